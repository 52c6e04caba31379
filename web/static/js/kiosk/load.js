/**
 * What the kiosk asks for with plain requests: at its start, and whenever the live connection is away.
 * @module
 */

import { get } from "../lib/api.js";

/**
 * Everything that the page starts from.
 * @returns {Promise<Self & {hall: Object, printers: Object[]}>}
 * @throws {import("../lib/api.js").ApiError} when the server cannot be reached
 */
export async function load() {
  const [self, hall, printers] = await Promise.all([loadSelf(), get("/api/hall"), get("/api/printers").catch(ifForbidden)]);
  return Object.assign(self, { hall: hall, printers: printers });
}

/**
 * @typedef {Object} Self  what this machine is
 * @property {boolean} allowed  it may give numbers
 * @property {string} printer   its own; empty: the hall's first
 * @property {{reason: string, reasonEn: string, kiosks: string[]}|null} locked  as in state.js
 */

/** @returns {Promise<Self>} @throws {import("../lib/api.js").ApiError} */
export async function loadSelf() {
  const session = await get("/api/session");
  const device = session.device || {};
  return {
    allowed: Boolean(session.user || device.kind === "kiosk"),
    printer: device.printer || "",
    locked: device.locked ? { reason: device.lock_reason || "", reasonEn: device.lock_reason_en || "", kiosks: session.kiosks || [] } : null,
  };
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
