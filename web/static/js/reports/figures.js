/**
 * The key figures with what they were in the span before.
 * @module
 */

import { el } from "../lib/dom.js";
import { t } from "./words.js";
import { NONE, about, count, decimal, minutesText, percent, percentText, shareOf } from "./numbers.js";

/** The office's target: a mean wait of 15 minutes at most (Decision 468/QĐ-TTg). */
export const TARGET_S = 15 * 60;

/**
 * @typedef {Object} Figure
 * @property {string} name
 * @property {string} value
 * @property {string} text
 * @property {string|null} [was]   the value of the span before, with how much it changed
 * @property {boolean} [met]       whether it keeps the target; left out where there is none
 */

/**
 * How a count changed, "1.204 (+8,3%)"; without the change while the span still runs, for then it says nothing.
 * @param {number} now @param {number} was @param {boolean} running
 */
export function changed(now, was, running) {
  if (running || was === 0) return count(was);
  return count(was) + " (" + signed(percent(Math.abs(now - was) / was), now - was) + "%)";
}

/** A figure with its sign; none before 0. @param {string} text @param {number} difference */
export const signed = (text, difference) => (/[1-9]/.test(text) ? (difference < 0 ? "−" : "+") : "") + text;

/**
 * @param {Object} report
 * @param {boolean} running  the span is not over
 * @returns {Figure[]}
 */
function figures(report, running) {
  const now = report.total;
  const was = report.before && report.before.total.taken > 0 ? report.before.total : null;
  const counted = (of) => was && changed(of(now), of(was), running);
  const timed = (key, n) => (was && was[n] > 0 ? minutesText(was[key]) : null);
  const cancelled = now.cancelled;
  const r = report.ratings;
  return [
    { name: "taken", value: count(now.taken), was: counted((f) => f.taken),
      text: report.business_days > 1 ? t("fig_takenText", { days: report.business_days, n: about(now.taken / report.business_days) }) : t("fig_takenDay") },
    { name: "served", value: count(now.served), was: counted((f) => f.served),
      text: t("fig_servedText", { p: percentText(shareOf(now.served, now.taken), now.taken) }) + (now.dossiers > 0 ? " · " + t("fig_dossiers", { n: count(now.dossiers) }) : "") },
    { name: "missed", value: count(now.no_shows), was: counted((f) => f.no_shows),
      text: t("fig_missedText", { p: percentText(shareOf(now.no_shows, now.taken), now.taken), n: count(cancelled) }) },
    { name: "rating", value: r.rated ? t("outOf5", { n: decimal(r.mean) }) : NONE,
      text: r.rated ? t("fig_ratingText", { n: count(r.rated), p: percentText(r.rate) }) : t("fig_ratingNone") },
    { name: "wait", value: minutesText(now.mean_wait_s, now.called), was: timed("mean_wait_s", "called"), met: now.called ? now.mean_wait_s <= TARGET_S : undefined,
      text: now.called ? t("fig_waitText", { median: minutesText(now.median_wait_s), p90: minutesText(now.p90_wait_s) }) : t("noneYet") },
    { name: "within", value: percentText(now.within_15, now.called), was: was && was.called > 0 ? percentText(was.within_15) : null,
      text: now.called ? t("fig_withinText", { n: count(now.called), longest: minutesText(now.longest_wait_s) }) : t("noneYet") },
    { name: "service", value: minutesText(now.mean_service_s, now.timed), was: timed("mean_service_s", "timed"),
      text: now.timed ? t("fig_serviceText", { median: minutesText(now.median_service_s) }) : t("noneYet") },
    { name: "forecast", value: minutesText(now.forecast_off_s, now.foretold), was: timed("forecast_off_s", "foretold"),
      text: now.foretold ? t("fig_forecastText", { p: percentText(now.forecast_within) }) : t("noneYet") },
  ];
}

/**
 * The cards of the key figures.
 * @param {Object} report
 * @param {import("./spans.js").Kind} kind
 * @param {boolean} running
 * @returns {HTMLElement[]}
 */
export function figureCards(report, kind, running) {
  return figures(report, running).map((f) => el("section", { class: "card figure", "data-figure": f.name },
    el("h2", {}, t("fig_" + f.name)),
    el("p", { class: "value" }, f.value,
      f.met === undefined ? null : el("span", { class: "chip", "data-kind": f.met ? "ok" : "warn" }, t(f.met ? "targetMet" : "targetMissed"))),
    el("p", { class: "soft" }, f.text),
    f.was ? el("p", { class: "soft was" }, t("before_" + kind, { was: f.was })) : null));
}
