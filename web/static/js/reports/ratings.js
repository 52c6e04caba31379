/**
 * What people said about the service: always with how many said it.
 * @module
 */

import { el } from "../lib/dom.js";
import { bar } from "../lib/svg.js";
import { t } from "./words.js";
import { count, decimal, percentText, shareOf } from "./numbers.js";

/** With fewer ratings than this a mean says little. */
const FEW = 10;

/** The steps from the best to the worst. */
const STEPS = [5, 4, 3, 2, 1];

/** One step's name. @param {number} n */
export const starsName = (n) => t(n === 1 ? "starOf" : "starsOf", { n: n });

/** The reasons that may be given, by their codes (kiosk.RatingReasons); anything else is another reason. */
const REASONS = ["quick", "helpful", "clear", "tidy", "long_wait", "unfriendly", "unclear", "many_trips"];

/** A reason in words. @param {string} code */
export const reasonName = (code) => t("reason_" + (REASONS.includes(code) ? code : "other"));

/**
 * @param {Object} ratings  of the report
 * @returns {HTMLElement[]}
 */
export function ratingsParts(ratings) {
  if (!ratings.rated) return [el("p", { class: "soft" }, t("ratingsNone"))];
  const most = Math.max(...ratings.stars);
  const rows = STEPS.map((n) => el("tr", { "data-stars": n },
    el("th", { scope: "row" }, starsName(n)), el("td", {}, bar(ratings.stars[n - 1], most, true)),
    el("td", { class: "num" }, count(ratings.stars[n - 1])),
    el("td", { class: "num soft" }, percentText(shareOf(ratings.stars[n - 1], ratings.rated)))));
  return [
    el("p", { class: "sum" }, t("ratingsText", { rated: count(ratings.rated), finished: count(ratings.finished), rate: percentText(ratings.rate), mean: t("outOf5", { n: decimal(ratings.mean) }) }),
      ratings.rated < FEW ? " " + t("ratingsFew") : ""),
    el("table", { class: "bars" }, el("caption", { class: "visually-hidden" }, t("ratingsTitle")), el("tbody", {}, ...rows)),
    el("h3", {}, t("reasonsTitle")),
    ratings.reasons.length ? el("ul", { class: "reasons" }, ...ratings.reasons.map((r) => el("li", { class: "chip" }, reasonName(r.reason) + " · " + count(r.n)))) : el("p", { class: "soft small" }, t("reasonsNone")),
  ];
}
