/**
 * The numbered parts of the printed report, with their tables.
 * @module
 */

import { el } from "../lib/dom.js";
import { nameOf } from "../lib/texts.js";
import { grain } from "./spans.js";
import { t } from "./words.js";
import { NONE, about, count, decimal, minutes, minutesText, percent, percentText, shareOf } from "./numbers.js";
import { TARGET_S, signed } from "./figures.js";
import { heatTable, heatText } from "./heat.js";
import { reasonName } from "./ratings.js";
import { busyCounters, idleCounters, rowName } from "./names.js";

/** A table of no more rows than this stays on one page. */
const SHORT = 8;

const text = (sentence) => el("p", { class: "text" }, sentence);

/**
 * @typedef {Object} Grid
 * @property {string} caption
 * @property {string[]} heads   after the running number
 * @property {string[][]} rows  a name, then figures
 * @property {string[]} [total]
 * @property {number} [words]   how many columns are words and not figures; 1 unless told
 */

/** A table of the sheet. @param {Grid} g */
function grid(g) {
  const cell = (value, i) => el(i === 0 ? "th" : "td", { scope: i === 0 ? "row" : null, class: i < (g.words || 1) ? "" : "num" }, value);
  return el("table", { class: "grid", "data-words": g.words || 1, "data-short": g.rows.length <= SHORT },
    el("caption", {}, g.caption),
    el("thead", {}, el("tr", {}, el("th", { scope: "col" }, t("th_no")), ...g.heads.map((h) => el("th", { scope: "col" }, h)))),
    el("tbody", {}, ...g.rows.map((row, n) => el("tr", {}, el("td", { class: "nth" }, n + 1), ...row.map(cell))),
      g.total ? el("tr", { class: "total" }, el("td", {}), ...g.total.map(cell)) : null));
}

/**
 * In general: two or three sentences and the main figures beside those of the span before.
 * @param {Object} report
 * @param {boolean} running
 * @param {(caption: string) => string} numbered
 */
export function partOne(report, running, numbered) {
  const f = report.total;
  if (!f.taken) return [el("h3", {}, t("partOne")), text(t("oneNone"))];
  return [
    el("h3", {}, t("partOne")),
    text(t(report.business_days > 1 ? "oneTaken" : "oneTakenDay", {
      days: count(report.business_days), taken: count(f.taken), mean: about(f.taken / Math.max(1, report.business_days)), served: count(f.served), p: percentText(shareOf(f.served, f.taken)),
      missed: count(f.no_shows), pm: percentText(shareOf(f.no_shows, f.taken)), cancelled: count(f.cancelled),
    }) + (f.dossiers ? " " + t("oneDossiers", { n: count(f.dossiers) }) : "")),
    ...(f.called ? [text(t("oneWait", { mean: minutesText(f.mean_wait_s), within: percentText(f.within_15), p90: minutesText(f.p90_wait_s) })),
      text(t(f.mean_wait_s <= TARGET_S ? "oneMet" : "oneMissed"))] : []),
    grid({ caption: numbered(t("sumCaption")), heads: ["th_what", "th_unit", "th_now", "th_was", "th_change"].map((key) => t(key)), rows: mainFigures(report, running), words: 2 }),
    ...(running && report.before && report.before.total.taken ? [el("p", { class: "note" }, t("runningNote"))] : []),
  ];
}

function mainFigures(report, running) {
  const now = report.total;
  const was = report.before && report.before.total.taken > 0 ? report.before.total : null;
  const counted = (key, unit) => [t("sum_" + key), t(unit), count(now[key]), was ? count(was[key]) : NONE,
    was && was[key] > 0 && !running ? signed(percent(Math.abs(now[key] - was[key]) / was[key]), now[key] - was[key]) + "%" : NONE];
  const measured = (key, field, n, unit, show) => {
    const both = was && was[n] > 0 && now[n] > 0;
    return [t("sum_" + key), t(unit), show(now[field], now[n]), was ? show(was[field], was[n]) : NONE, both ? signed(show(Math.abs(now[field] - was[field])), now[field] - was[field]) : NONE];
  };
  const timed = (key, n) => measured(key, key + "_s", n, "unit_minutes", minutes);
  return [
    counted("taken", "unit_tickets"), counted("served", "unit_tickets"), counted("no_shows", "unit_tickets"), counted("cancelled", "unit_tickets"), counted("dossiers", "unit_dossiers"),
    timed("mean_wait", "called"), timed("median_wait", "called"), timed("p90_wait", "called"), timed("longest_wait", "called"),
    measured("within_15", "within_15", "called", "unit_share", percent), timed("mean_service", "timed"), timed("forecast_off", "foretold"),
  ];
}

const OF_ALL = ["taken", "served", "no_shows", "cancelled"];
const allFigures = (f) => [...OF_ALL.map((key) => count(f[key])), minutes(f.mean_wait_s, f.called), percent(f.within_15, f.called), minutes(f.mean_service_s, f.timed)];
const counterFigures = (f) => [count(f.served), count(f.dossiers), minutes(f.mean_wait_s, f.called), minutes(f.mean_service_s, f.timed)];

/**
 * Results: by service, counter and time, and the peaks. What single clerks did is not on a paper that goes round.
 * @param {Object} report
 * @param {import("./spans.js").Span} span
 * @param {(caption: string) => string} numbered
 */
export function partTwo(report, span, numbered) {
  const all = [...OF_ALL.map((key) => "th_" + key), "th_wait", "th_within", "th_service"].map((key) => t(key));
  const by = grain(span, { days: 16, weeks: 100 });
  const total = [t("th_total"), ...allFigures(report.total)];
  return [
    el("h3", {}, t("partTwo")),
    el("h4", {}, "1. " + t("twoServices")),
    grid({ caption: numbered(t("servicesCaption")), heads: [t("head_services"), ...all], rows: report.services.map((s) => [nameOf(s) || s.id, ...allFigures(s)]), total: total }),
    el("h4", {}, "2. " + t("twoCounters")),
    ...byCounter(report, numbered),
    el("h4", {}, "3. " + t("two_" + by)),
    grid({ caption: numbered(t(by + "Caption")), heads: [t("head_" + by), ...all], rows: report[by].map((row) => [rowName(by, row), ...allFigures(row)]), total: total }),
    ...(by === "hours" ? [] : [el("h4", {}, "4. " + t("twoPeaks")), text(heatText(report.heat, "taken")), heatTable(report.heat, "taken", numbered(t("peaksCaption")))]),
  ];
}

/** The counters' table, and who is not in it. */
function byCounter(report, numbered) {
  const rows = busyCounters(report).map((c) => [nameOf(c) || c.id, ...counterFigures(c)]);
  const idle = idleCounters(report);
  return [
    rows.length > 0 && grid({ caption: numbered(t("countersCaption")), heads: [t("head_counters"), ...["th_served", "th_dossiers", "th_wait", "th_service"].map((key) => t(key))],
      rows: rows, total: [t("th_total"), ...counterFigures(report.total)] }),
    idle && el("p", { class: "note" }, idle),
  ].filter(Boolean);
}

/**
 * Satisfaction, with how many said so; never by name.
 * @param {Object} report
 * @param {(caption: string) => string} numbered
 */
export function partThree(report, numbered) {
  const r = report.ratings;
  if (!r.rated) return [el("h3", {}, t("partThree")), text(t("threeNone"))];
  const rated = r.counters.filter((c) => c.rated > 0);
  return [
    el("h3", {}, t("partThree")),
    text(t("threeText", { rated: count(r.rated), finished: count(r.finished), rate: percentText(r.rate), mean: decimal(r.mean) })),
    grid({ caption: numbered(t("threeCaption")), heads: ["th_step", "th_rated", "th_share"].map((key) => t(key)),
      rows: [5, 4, 3, 2, 1].map((n) => [t("step_" + n), count(r.stars[n - 1]), percent(shareOf(r.stars[n - 1], r.rated))]), total: [t("th_total"), count(r.rated), percent(1)] }),
    ...(rated.length ? [grid({ caption: numbered(t("threeCounters")), heads: ["head_counters", "th_rated", "th_rate", "th_mean"].map((key) => t(key)),
      rows: rated.map((c) => [nameOf(c) || c.id, count(c.rated), percent(c.rate, c.finished), decimal(c.mean)]) })] : []),
    ...(r.reasons.length ? [text(t("threeReasons", { list: r.reasons.map((x) => reasonName(x.reason) + " (" + count(x.n) + ")").join(", ") }))] : []),
  ];
}
