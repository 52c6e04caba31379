/**
 * What the staff pages say of the hall's displays that somebody has to look after.
 * @module
 */

import { clockText } from "../lib/format.js";

/**
 * @typedef {Object} Display  as GET /api/displays gives it
 * @property {string} id
 * @property {string} name
 * @property {string[]} counters  its zone; empty: all
 * @property {boolean} connected
 * @property {string|null} since
 * @property {string|null} seen_at
 * @property {number|null} behind
 * @property {"on"|"starting"|"suspended"|"failed"|"off"|"unknown"} sound
 * @property {""|"gone"|"frozen"} lost
 * @property {string|null} lost_since
 */

/** How often a staff page looks after the displays. */
export const LOOK_MS = 10000;

/**
 * A sentence for each display that is lost, with what to do.
 * @param {(key: string, values?: Object) => string} t
 * @param {Display[]} displays
 * @param {string} zone  the hall's time zone
 */
export const lostTexts = (t, displays, zone) => displays.filter((d) => d.lost)
  .map((d) => t("display_" + d.lost, { name: d.name, time: clockText(d.lost_since, zone) }));
