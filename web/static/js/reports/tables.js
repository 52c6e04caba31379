/**
 * The tables of the figures. A head that is touched sorts by its column; the clerks' table is not for sorting.
 * @module
 */

import { el } from "../lib/dom.js";
import { t } from "./words.js";
import { count, decimal, minutes, percent } from "./numbers.js";
import { busyCounters, rowName } from "./names.js";

/**
 * @typedef {Object} Column
 * @property {string} key    of its words, col_KEY
 * @property {string} group  of its words, group_GROUP
 * @property {(row: Object) => number} of
 * @property {(row: Object) => string} show
 * @property {string} [words]  the key of its words, where it is another one
 * @property {Object} [values] for its words
 */

/** @typedef {{by: string, down: boolean}|null} Order  null: as the report has them */

const number = (key, group) => ({ key: key, group: group, of: (r) => r[key], show: (r) => count(r[key]) });
const time = (key, group, n) => ({ key: key, group: group, of: (r) => (r[n] ? r[key + "_s"] : -1), show: (r) => minutes(r[key + "_s"], r[n]) });
const share = (key, group, n) => ({ key: key, group: group, of: (r) => (r[n] ? r[key] : -1), show: (r) => percent(r[key], r[n]) });

/** @type {Column[]} */
const ALL = [
  number("taken", "tickets"), number("served", "tickets"), number("no_shows", "tickets"), number("cancelled", "tickets"), number("dossiers", "tickets"),
  time("mean_wait", "wait", "called"), time("median_wait", "wait", "called"), time("p90_wait", "wait", "called"), time("longest_wait", "wait", "called"), share("within_15", "wait", "called"),
  time("mean_service", "service", "timed"), time("median_service", "service", "timed"), time("forecast_off", "forecast", "foretold"),
];

/** A counter has only those whom it called. @type {Column[]} */
const COUNTERS = [Object.assign({ words: "called" }, number("taken", "tickets")), ...ALL.slice(1, 12).filter((c) => c.key !== "cancelled")];

/** A clerk's table says what was done, not how long others had to wait. @type {Column[]} */
const CLERKS = [number("served", "tickets"), number("dossiers", "tickets"), time("mean_service", "service", "timed"), time("median_service", "service", "timed"), time("p90_service", "service", "timed")];

/** @type {Column[]} */
const RATINGS = [
  { key: "finished", group: "rating", of: (r) => r.finished, show: (r) => count(r.finished) },
  { key: "rated", group: "rating", of: (r) => r.rated, show: (r) => count(r.rated) },
  { key: "rate", group: "rating", of: (r) => r.rate, show: (r) => percent(r.rate, r.finished) },
  { key: "mean", group: "rating", of: (r) => r.mean, show: (r) => decimal(r.mean, r.rated) },
  ...[5, 4, 3, 2, 1].map((n) => ({ key: "star" + n, group: "stars", of: (r) => r.stars[n - 1], show: (r) => count(r.stars[n - 1]), values: { n: n } })),
];

/** The tables that there are, in the order of their buttons. */
export const TABLES = ["services", "counters", "clerks", "hours", "days", "weeks", "months", "ratings"];

/** @param {string} by @returns {Column[]} */
const columnsOf = (by) => ({ counters: COUNTERS, clerks: CLERKS, ratings: RATINGS }[by] || ALL);

/** What stands below a table: of the counters' calls, those that came to a counter at all. */
function totalOf(report, by) {
  if (by === "counters") return Object.assign({}, report.total, { taken: report.counters.reduce((sum, c) => sum + c.taken, 0) });
  return by === "ratings" ? report.ratings : report.total;
}

/** The rows of a table, in the report's order. @param {Object} report @param {string} by @returns {Object[]} */
export function rowsOf(report, by) {
  if (by === "ratings") return report.ratings.counters;
  return by === "counters" ? busyCounters(report) : report[by];
}

/**
 * @param {Object} report
 * @param {string} by     one of TABLES
 * @param {Order} order
 * @param {(key: string) => void} sort  asks for another order
 * @returns {HTMLElement}
 */
export function table(report, by, order, sort) {
  const columns = columnsOf(by);
  const rows = sorted(rowsOf(report, by), columns.find((c) => order && c.key === order.by), order);
  if (!rows.length) return el("p", { class: "soft" }, t("noRows"));
  const cells = (row) => columns.map((c) => el("td", { class: "num" }, c.show(row)));
  return el("table", { class: "table", "data-by": by },
    el("caption", { class: "visually-hidden" }, t("detailTitle") + ": " + t("by_" + by)),
    el("thead", {}, groupRow(columns), el("tr", {},
      el("th", { scope: "col" }, t("head_" + by)), ...columns.map((c) => head(c, order, by === "clerks" ? null : sort)))),
    el("tbody", {}, ...rows.map((row) => el("tr", { "data-row": row.id || row.day || row.week || row.month || row.hour },
      el("th", { scope: "row", "data-own": by === "clerks" }, by === "ratings" ? rowName("counters", row) : rowName(by, row)), ...cells(row)))),
    el("tfoot", {}, el("tr", {}, el("th", { scope: "row" }, t("whole")), ...cells(totalOf(report, by)))));
}

function groupRow(columns) {
  const groups = columns.map((c) => c.group).filter((g, i, all) => g !== all[i - 1]);
  return el("tr", { class: "groups" }, el("td", {}),
    ...groups.map((g) => el("th", { scope: "colgroup", colspan: columns.filter((c) => c.group === g).length }, t("group_" + g))));
}

function columnName(c) {
  return c.values ? t("col_star", c.values) : t("col_" + (c.words || c.key));
}

function head(c, order, sort) {
  const name = columnName(c);
  const mine = order && order.by === c.key;
  if (!sort) return el("th", { scope: "col", class: "num" }, name);
  return el("th", { scope: "col", class: "num", "aria-sort": mine ? (order.down ? "descending" : "ascending") : null },
    el("button", { type: "button", class: "sort", "data-sort": c.key, title: t("sortBy", { column: t("group_" + c.group) + ": " + name }), onclick: () => sort(c.key) },
      name, el("span", { class: "way", "aria-hidden": "true" }, mine ? (order.down ? "▼" : "▲") : "")));
}

function sorted(rows, column, order) {
  if (!column) return rows;
  return [...rows].sort((a, b) => (order.down ? column.of(b) - column.of(a) : column.of(a) - column.of(b)));
}

/**
 * The order after a touch of a head: falling, then rising, then as the report has them.
 * @param {Order} order
 * @param {string} key
 * @returns {Order}
 */
export function nextOrder(order, key) {
  if (!order || order.by !== key) return { by: key, down: true };
  return order.down ? { by: key, down: false } : null;
}
