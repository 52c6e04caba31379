/**
 * The peaks: a table of weekdays and hours whose cells are the darker the more there is. The numbers stand in the
 * cells, so it reads without colours as well.
 * @module
 */

import { el } from "../lib/dom.js";
import { t } from "./words.js";
import { about, count, decimal } from "./numbers.js";
import { capital, hourName, shortName, weekdayName } from "./names.js";

/** @typedef {{weekday: number, hour: number, taken: number, days: number, mean_wait_s: number}} Cell */

/** Where the greatest value is below this, one decimal says more than whole numbers. */
const FINE = 10;

/** How many shades there are beside white. */
const SHADES = 5;

/**
 * What a cell shows: how many took a number in such an hour on average, or how many minutes they waited.
 * @param {Cell} cell
 * @param {"taken"|"wait"} what
 */
export const heatValue = (cell, what) => (what === "wait" ? cell.mean_wait_s / 60 : cell.taken / Math.max(1, cell.days));

/**
 * The cells to show, with the weekdays and hours between the first and the last of them.
 * @param {Cell[]} cells
 * @param {"taken"|"wait"} what
 */
export function heatGrid(cells, what) {
  const used = cells.filter((c) => c.taken > 0);
  const between = (list) => (list.length ? Array.from({ length: Math.max(...list) - Math.min(...list) + 1 }, (_, i) => Math.min(...list) + i) : []);
  const peak = used.reduce((best, c) => (!best || heatValue(c, what) > heatValue(best, what) ? c : best), /** @type {Cell|null} */ (null));
  return {
    weekdays: between(used.map((c) => c.weekday)),
    hours: between(used.map((c) => c.hour)),
    peak: peak,
    at: (weekday, hour) => used.find((c) => c.weekday === weekday && c.hour === hour) || null,
    shade: (cell) => (heatValue(peak, what) > 0 ? Math.ceil((SHADES * heatValue(cell, what)) / heatValue(peak, what)) : 0),
  };
}

/** The peak in words; empty without any. @param {Cell[]} cells @param {"taken"|"wait"} what */
export function heatText(cells, what) {
  const peak = heatGrid(cells, what).peak;
  if (!peak) return "";
  const n = heatValue(peak, what);
  return t("heatText_" + what, { day: weekdayName(peak.weekday), hour: hourName(peak.hour), n: what === "wait" ? decimal(n) : about(n) });
}

/**
 * @param {Cell[]} cells
 * @param {"taken"|"wait"} what
 * @param {string} [caption]  a shown one, of a printed table; a spoken one unless told
 * @returns {HTMLElement}
 */
export function heatTable(cells, what, caption) {
  const grid = heatGrid(cells, what);
  const fine = grid.peak && heatValue(grid.peak, what) < FINE && cells.some((c) => !Number.isInteger(heatValue(c, what)));
  const shown = (cell) => (fine ? decimal(heatValue(cell, what)) : count(Math.round(heatValue(cell, what))));
  return el("table", { class: caption ? "heat grid" : "heat", "data-what": what },
    el("caption", { class: caption ? null : "visually-hidden" }, caption || t("heatCaption_" + what)),
    el("thead", {}, el("tr", {}, el("td", {}), ...grid.hours.map((h) => el("th", { scope: "col" }, shortName("hours", { hour: h }))))),
    el("tbody", {}, ...grid.weekdays.map((d) => el("tr", {},
      el("th", { scope: "row" }, capital(weekdayName(d))),
      ...grid.hours.map((h) => {
        const cell = grid.at(d, h);
        return cell ? el("td", { "data-shade": grid.shade(cell), "data-peak": cell === grid.peak }, shown(cell)) : el("td", { class: "none" }, "·");
      })))));
}
