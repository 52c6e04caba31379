/**
 * What the kiosk asks for with plain requests: at its start, and whenever the live connection is away.
 * @module
 */

import { get } from "../lib/api.js";

/**
 * Everything that the page starts from.
 * @returns {Promise<{allowed: boolean, hall: Object, printers: Object[], printer: string}>} allowed: this machine
 *   may give numbers; printer: its own, empty for the hall's first
 * @throws {import("../lib/api.js").ApiError} when the server cannot be reached
 */
export async function load() {
  const [session, hall, printers] = await Promise.all([get("/api/session"), get("/api/hall"), get("/api/printers").catch(ifForbidden)]);
  const allowed = Boolean(session.user || (session.device && session.device.kind === "kiosk"));
  return { allowed: allowed, hall: hall, printers: printers, printer: (session.device && session.device.printer) || "" };
}

/** A machine that is not paired may not see the printers; its screen says so by itself. */
function ifForbidden(err) {
  if (err.status === 401 || err.status === 403) return [];
  throw err;
}

/**
 * What is known of a ticket's paper.
 * @param {string} token
 * @returns {Promise<{print: string, printer?: string}>} the print state, see API.md, and the printer
 */
export const paperState = (token) => get("/api/tickets/" + encodeURIComponent(token));
