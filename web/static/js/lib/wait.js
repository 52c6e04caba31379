/**
 * How an expected wait is said. A module of its own because the phone loads nothing that it does
 * not need. ES2017.
 * @module
 */

import { lang } from "./texts.js";

/** @typedef {{p50_s: number, p80_s: number}} Wait */

/**
 * An expected wait in whole minutes, rounded as on the paper ticket (package printer/paper, Minutes):
 * the median down and the four-in-five value up to the next 5, beyond an hour and a half to the
 * next 15. low 0 means less than high; high 0 means at once.
 * @param {Wait|null|undefined} wait
 * @returns {{low: number, high: number}|null} null when nothing is known
 */
export function waitMinutes(wait) {
  if (!wait) return null;
  if (wait.p80_s <= 300) return { low: 0, high: wait.p80_s > 0 ? 5 : 0 };
  const step = wait.p80_s > 5400 ? 15 : 5;
  const low = Math.max(5, Math.floor(wait.p50_s / 60 / step) * step);
  return { low: low, high: Math.max(Math.ceil(wait.p80_s / 60 / step) * step, low + step) };
}

/** A shown wait moves by this much or not at all: a number that twitches says less than one that stands. */
const STEP_S = 120;

/**
 * The wait to show after news of a ticket: the one that is shown, unless the news is far from it or
 * about another service.
 * @param {(Wait & {service: string})|null} shown
 * @param {{service: string, wait: Wait}} ticket
 * @returns {Wait & {service: string}}
 */
export function steadyWait(shown, ticket) {
  const far = (a, b) => Math.abs(a - b) >= STEP_S;
  const moved = !shown || shown.service !== ticket.service || far(shown.p50_s, ticket.wait.p50_s) || far(shown.p80_s, ticket.wait.p80_s);
  return moved ? Object.assign({ service: ticket.service }, ticket.wait) : shown;
}

/**
 * "10–15'", beyond an hour and a half "1–2h", where there is room for nothing more; empty when there is
 * nothing to say.
 * @param {Wait|null|undefined} wait
 * @returns {string}
 */
export function waitShort(wait) {
  const range = waitMinutes(wait);
  if (!range || !range.high) return "";
  const unit = range.high > 90 ? 60 : 1;
  const low = Math.floor(range.low / unit);
  return (low ? low + "–" : "< ") + Math.ceil(range.high / unit) + (unit > 1 ? "h" : "'");
}

/**
 * "10–15 phút", "dưới 5 phút", "1 giờ 30 – 2 giờ 15"; empty when there is nothing to say, and when
 * the wait is none at all.
 * @param {Wait|null|undefined} wait
 * @returns {string}
 */
export function waitSpan(wait) {
  const range = waitMinutes(wait);
  if (!range || !range.high) return "";
  const english = lang() === "en";
  if (!range.low) return (english ? "under " : "dưới ") + range.high + (english ? " min" : " phút");
  if (range.high <= 90) return range.low + "–" + range.high + (english ? " min" : " phút");
  const hours = (n) => Math.floor(n / 60) + (english ? " h " : " giờ ") + String(n % 60).padStart(2, "0");
  return hours(range.low) + " – " + hours(range.high);
}

/**
 * "khoảng 10–15 phút", "about 10–15 min"; otherwise as waitSpan.
 * @param {Wait|null|undefined} wait
 * @returns {string}
 */
export function waitText(wait) {
  const range = waitMinutes(wait);
  const about = range && range.low && range.high <= 90;
  return (about ? (lang() === "en" ? "about " : "khoảng ") : "") + waitSpan(wait);
}
