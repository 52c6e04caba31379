/**
 * What the manager's page knows. Everything shown is made from here; the truth is the server's.
 * @module
 */

import { ServerClock } from "../lib/format.js";
import { inDoubt } from "../staff/clock.js";

/**
 * @typedef {Object} State
 * @property {boolean} admin           whether the admin page is his, too
 * @property {Object|null} hall       as GET /api/hall gives it
 * @property {Object|null} live       as GET /api/live gives it
 * @property {Object[]} printers
 * @property {Object[]} displays      the paired ones
 * @property {Object[]} kiosks        the paired ones, as GET /api/check gives them
 * @property {"connecting"|"live"|"lost"} connection
 * @property {number} lostAt          when the connection was lost, by this device's clock
 */

/** @type {State} */
export const state = { admin: false, hall: null, live: null, printers: [], displays: [], kiosks: [], connection: "connecting", lostAt: 0 };

/** The server's clock, set by everything that tells the time. */
export const clock = new ServerClock();

/** Waits and services that are marked, in minutes: the office is measured against 15. */
export const WARN_MIN = 15;
export const LATE_MIN = 30;

/** @param {number} minutes @returns {"ok"|"warn"|"late"} */
export const level = (minutes) => (minutes > LATE_MIN ? "late" : minutes > WARN_MIN ? "warn" : "ok");

/** Minutes since a moment of the hall. @param {string} at */
export const minutesSince = (at) => Math.max(0, (clock.now() - Date.parse(at)) / 60000);

/**
 * For how many minutes somebody has waited; nothing where nobody knows.
 * @param {{since: string, undated: boolean}} waiting
 * @returns {number|null}
 */
export const waited = (waiting) => (waiting.undated || inDoubt(state.hall) ? null : minutesSince(waiting.since));

/** @param {string} id */
export const serviceOf = (id) => state.hall.services.find((s) => s.id === id);
/** @param {string} id */
export const counterOf = (id) => state.hall.counters.find((c) => c.id === id);
