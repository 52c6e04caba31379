/**
 * Draws the report: plain sentences first, then pictures, then the figures.
 * @module
 */

import { $, el, fill, setText } from "../lib/dom.js";
import { nameOf } from "../lib/texts.js";
import { dayText } from "../lib/format.js";
import { merge, byGroup, ours, bestOther } from "./scores.js";
import { bar, columns, dot } from "./charts.js";
import { t, minutes, figure, count } from "./words.js";

/** @typedef {import("./scores.js").Score} Score */
/** @typedef {import("./scores.js").Day} Day */

const AIM = 80;

/** Fewer people than this say little. */
const FEW = 50;

/** A lean of less than this many seconds is none. */
const LEAN_S = 30;

const percent = (score) => Math.round(100 * score.cover_80);

/** How the share within the range compares with the aim; too few people say nothing. */
function coverage(score) {
  const p = 100 * score.cover_80;
  if (score.n < FEW) return "few";
  return p < 75 ? "low" : p > 85 ? "high" : "good";
}

/** A day in words. @param {string} day 2026-11-25 */
export const dayName = (day) => dayText(day + "T12:00:00Z", "UTC");

/**
 * Draws all of it.
 * @param {Day[]} days   those of the period, newest first
 * @param {Day[]} all    every day that is known, newest first
 * @param {string} by    what the table is by
 * @param {Object|null} hall
 */
export function drawReport(days, all, by, hall) {
  const total = merge(days.map((d) => d.total));
  drawLead(total);
  drawFigures(total);
  drawComparison(total);
  drawDays(all, days);
  drawDetail(days, all, by, hall);
}

function drawLead(total) {
  const own = ours(total);
  const text = own ? t("lead", { off: minutes(own.mae_s), cover: percent(total) }) : t("noRows");
  setText($("#lead"), text + (total.n < FEW ? " " + t("few", { n: count(total.n) }) : ""));
}

function drawFigures(total) {
  const own = ours(total) || { mae_s: 0, bias_s: 0 };
  const lean = Math.abs(own.bias_s) < LEAN_S ? "None" : own.bias_s < 0 ? "Long" : "Short";
  const how = coverage(total);
  const card = (name, title, value, ...rest) => el("section", { class: "card figure", "data-figure": name },
    el("h2", {}, title), el("p", { class: "value" }, value), ...rest);
  fill($("#figures"),
    card("off", t("offTitle"), minutes(own.mae_s), el("p", { class: "soft" }, t("offText", { wait: minutes(total.mean_wait_s), n: count(total.n) }))),
    card("cover", t("coverTitle"), t("coverOf", { n: percent(total) }), dot(percent(total), AIM, how),
      el("p", { class: "soft" }, t({ good: "coverGood", low: "coverLow", high: "coverHigh", few: "coverFew" }[how]))),
    card("bias", t("biasTitle"), t("bias" + lean, { off: minutes(own.bias_s) }), el("p", { class: "soft" }, t("bias" + lean + "Text"))));
}

function drawComparison(total) {
  const own = ours(total);
  const best = bestOther(total);
  setText($("#compare-text"), own && best && total.n >= FEW ? compared(own, best) : "");
  const list = (total.estimators || []).filter((e) => e.n > 0);
  const most = Math.max(...list.map((e) => e.mae_s));
  fill($("#compare"), el("table", { class: "bars" },
    el("caption", { class: "visually-hidden" }, t("compareNote")),
    el("tbody", {}, ...list.map((e) => el("tr", { "data-estimator": e.name, "data-series": e.name === "forecast" ? "ours" : "other" },
      el("th", { scope: "row" }, t("est_" + e.name), " ", el("span", { class: "soft small" }, t("short_" + e.name))),
      el("td", {}, bar(e.mae_s, most, e.name === "forecast")),
      el("td", { class: "num" }, figure(e.mae_s / 60)))))));
}

function compared(own, best) {
  const gap = best.mae_s - own.mae_s;
  if (Math.abs(gap) < 6) return t("compareSame");
  return gap > 0 ? t("compareBetter", { off: minutes(gap) }) : t("compareWorse", { name: t("est_" + best.name), off: minutes(gap) });
}

function drawDays(all, chosen) {
  const list = all.filter((d) => ours(d.total)).reverse();
  const short = (day) => day.slice(8) + "/" + day.slice(5, 7);
  const marked = chosen.length < all.length ? chosen.map((d) => d.day) : [];
  fill($("#days"), list.length ? columns(list.map((d) => {
    const best = bestOther(d.total);
    const off = ours(d.total).mae_s / 60;
    return { label: short(d.day), title: dayName(d.day) + ": " + figure(off), ours: off, best: best ? best.mae_s / 60 : null, chosen: marked.includes(d.day) };
  }), { label: t("daysLabel", { from: dayName(list[0].day), to: dayName(list[list.length - 1].day) }), unit: t("minutesAxis") }) : t("noRows"));
}

/** The rows of the table: a name and its score. */
function rowsBy(by, days, all, hall) {
  const services = (hall && hall.services) || [];
  switch (by) {
    case "days": return all.map((d) => [dayName(d.day), d.total]);
    case "services": return byGroup(days, by).map((s) => [nameOf(services.find((x) => x.id === s.group)) || s.group, s]);
    case "classes": return byGroup(days, by).map((s) => [["regular", "priority", "appointment"].includes(s.group) ? t("class_" + s.group) : s.group, s]);
    default: return byGroup(days, "hours").sort((a, b) => a.group.localeCompare(b.group)).map((s) => [t("hour", { h: s.group }), s]);
  }
}

function drawDetail(days, all, by, hall) {
  const rows = rowsBy(by, days, all, hall).filter(([, score]) => ours(score));
  if (!rows.length) return fill($("#detail"), el("p", { class: "soft" }, t("noRows")));
  const most = Math.max(...rows.map(([, score]) => ours(score).mae_s));
  const heads = ["people", "meanWait", "off", "leans", "cover", "best"].map((key) =>
    el("th", { scope: "col", class: ["people", "meanWait"].includes(key) ? "num" : null }, t(key)));
  fill($("#detail"), el("table", { class: "table", "data-by": by },
    el("thead", {}, el("tr", {}, el("th", { scope: "col" }, t("head_" + by)), ...heads)),
    el("tbody", {}, ...rows.map(([name, score]) => detailRow(name, score, most)))),
  el("p", { class: "soft small" }, t("aim")));
}

function detailRow(name, score, most) {
  const own = ours(score);
  const best = bestOther(score);
  const lean = Math.abs(own.bias_s) < LEAN_S ? "leanNone" : own.bias_s < 0 ? "leanLong" : "leanShort";
  return el("tr", { "data-group": score.group },
    el("th", { scope: "row" }, name), el("td", { class: "num" }, count(score.n)), el("td", { class: "num" }, minutes(score.mean_wait_s)),
    el("td", { class: "with-bar" }, el("span", { class: "in-row" }, bar(own.mae_s, most, true), el("span", {}, minutes(own.mae_s)))),
    el("td", {}, t(lean, { off: minutes(own.bias_s) })),
    el("td", {}, el("span", { class: "in-row" }, dot(percent(score), AIM, coverage(score)), el("span", {}, String(percent(score))))),
    el("td", {}, best ? t("short_" + best.name) + " · " + minutes(best.mae_s) : "–"));
}
