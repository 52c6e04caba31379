/**
 * Draws a report on the screen: the sentence, the figures, the pictures, the tables.
 * @module
 */

import { $, $$, el, fill, setAttr, setText, show } from "../lib/dom.js";
import { lang, nameOf } from "../lib/texts.js";
import { bar } from "../lib/svg.js";
import { grain } from "./spans.js";
import { t } from "./words.js";
import { count, minutesText } from "./numbers.js";
import { TARGET_S, figureCards } from "./figures.js";
import { waitsChart } from "./charts.js";
import { heatTable, heatText } from "./heat.js";
import { ratingsParts } from "./ratings.js";
import { TABLES, rowsOf, table } from "./tables.js";
import { idleCounters, rowName, shortName } from "./names.js";

/**
 * What the manager chose on the page.
 * @typedef {Object} Choice
 * @property {string} by     the table
 * @property {"taken"|"wait"} heat
 * @property {import("./tables.js").Order} order
 */

/**
 * @param {Object} report
 * @param {import("./spans.js").Span} span
 * @param {boolean} running  the span is not over
 * @param {Choice} choice
 * @param {(key: string) => void} sort
 */
export function drawReport(report, span, running, choice, sort) {
  const empty = report.total.taken === 0;
  show($("#nothing"), empty);
  show($("#something"), !empty);
  setText($("#lead"), empty ? "" : lead(report));
  setText($("#provisional"), report.provisional && !empty ? t("provisional") : "");
  drawFiles(report, choice);
  if (empty) {
    const before = report.before ? report.before.total.taken : 0;
    return setText($("#empty-before"), before > 0 ? t("emptyBefore", { n: count(before) }) : "");
  }
  fill($("#figures"), ...figureCards(report, span.kind, running));
  drawWaits(report, span);
  drawServices(report.services);
  drawHeat(report.heat, choice.heat);
  fill($("#ratings"), ...ratingsParts(report.ratings));
  drawTable(report, choice, sort);
}

function lead(report) {
  const f = report.total;
  const parts = [t("lead", { taken: count(f.taken), served: count(f.served) })];
  if (f.called) parts.push(t((f.mean_wait_s <= TARGET_S ? "leadGood" : "leadPoor") + (report.provisional ? "Now" : ""), { wait: minutesText(f.mean_wait_s) }));
  return parts.join(" ");
}

/** The address of the same span as a file. */
function fileAddress(kind, report, more) {
  return "/api/reports." + kind + "?" + new URLSearchParams(Object.assign({ from: report.from, to: report.to, lang: lang() }, more));
}

function drawFiles(report, choice) {
  setAttr($("#excel"), "href", fileAddress("xlsx", report, {}));
  setAttr($("#csv"), "href", fileAddress("csv", report, { by: choice.by }));
}

function drawWaits(report, span) {
  const by = grain(span, { days: 45, weeks: 200 });
  const rows = report[by].filter((r) => r.called > 0);
  setText($("#waits-by"), t("waitsBy_" + by));
  if (!rows.length) return fill($("#waits"), el("p", { class: "soft" }, t("noRows")));
  const top = rows.reduce((a, b) => (b.mean_wait_s > a.mean_wait_s ? b : a));
  const over = rows.filter((r) => r.mean_wait_s > TARGET_S).length;
  const label = t("waitsLabel", { by: t("waitsBy_" + by), most: minutesText(top.mean_wait_s), when: rowName(by, top), over: over, n: rows.length });
  fill($("#waits"), waitsChart(rows.map((r) => ({
    label: shortName(by, r), mean: r.mean_wait_s / 60, p90: r.p90_wait_s / 60,
    title: t("waitsPoint", { when: rowName(by, r), mean: minutesText(r.mean_wait_s), p90: minutesText(r.p90_wait_s), n: count(r.taken) }),
  })), { label: label, unit: t("minutesAxis"), target: t("target") }));
}

function drawServices(services) {
  const used = services.filter((s) => s.taken > 0).sort((a, b) => b.taken - a.taken);
  const most = used.length ? used[0].taken : 0;
  fill($("#services"), el("table", { class: "bars" },
    el("caption", { class: "visually-hidden" }, t("servicesTitle")),
    el("tbody", {}, ...used.map((s) => el("tr", { "data-service": s.id },
      el("th", { scope: "row" }, nameOf(s) || s.id), el("td", {}, bar(s.taken, most, true)), el("td", { class: "num" }, count(s.taken)))))));
}

function drawHeat(cells, what) {
  for (const button of $$("[data-heat]")) setAttr(button, "aria-pressed", String(button.dataset.heat === what));
  setText($("#heat-text"), heatText(cells, what));
  fill($("#heat"), heatTable(cells, what));
}

function drawTable(report, choice, sort) {
  for (const button of $$("#by [data-by]")) {
    setAttr(button, "aria-pressed", String(button.dataset.by === choice.by));
    show(button, rowsOf(report, button.dataset.by).length > 0 || button.dataset.by === choice.by);
  }
  const scrolled = $("#detail").scrollLeft;
  fill($("#detail"), table(report, choice.by, choice.order, sort));
  $("#detail").scrollLeft = scrolled;
  setText($("#detail-note"), [choice.by === "counters" && idleCounters(report), t("note_" + choice.by)].filter(Boolean).join(" "));
}

/** Puts up the buttons of the tables. @param {(by: string) => void} choose */
export function tableButtons(choose) {
  fill($("#by"), ...TABLES.map((by) => el("button", { class: "btn", type: "button", "data-by": by, "data-text": "by_" + by, onclick: () => choose(by) })));
}
