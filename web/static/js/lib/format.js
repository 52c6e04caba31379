/**
 * How waits and times are said. ES2017.
 * @module
 */

import { lang } from "./texts.js";

/** @typedef {{p50_s: number, p80_s: number}} Wait */

/**
 * An expected wait in minutes as people are told it: median to 80 %, to the nearest 5, at least 5.
 * @param {Wait|null|undefined} wait
 * @returns {{from: number, to: number}|null} null when nothing is known
 */
export function waitRange(wait) {
  if (!wait) return null;
  const five = (seconds) => Math.max(5, Math.round(seconds / 300) * 5);
  const from = five(wait.p50_s);
  return { from: from, to: Math.max(from, five(wait.p80_s)) };
}

/**
 * "10–15 phút", "10–15 min"; empty when nothing is known.
 * @param {Wait|null|undefined} wait
 * @returns {string}
 */
export function waitSpan(wait) {
  const range = waitRange(wait);
  if (!range) return "";
  const span = range.from === range.to ? String(range.from) : range.from + "–" + range.to;
  return span + (lang() === "en" ? " min" : " phút");
}

/**
 * "khoảng 10–15 phút", "about 10–15 min"; empty when nothing is known.
 * @param {Wait|null|undefined} wait
 * @returns {string}
 */
export function waitText(wait) {
  const span = waitSpan(wait);
  return span && (lang() === "en" ? "about " : "khoảng ") + span;
}

/**
 * Hours and minutes of a moment in the hall's zone, "07:05".
 * @param {Date|string|number} at
 * @param {string} [zone] IANA name; the browser's own when left out
 * @returns {string}
 */
export function clockText(at, zone) {
  return new Intl.DateTimeFormat("en-GB", { hour: "2-digit", minute: "2-digit", timeZone: zone }).format(new Date(at));
}

/**
 * A date in words, "Thứ Ba, 24 tháng 11, 2026" or "Tuesday, 24 November 2026".
 * @param {Date|string|number} at
 * @param {string} [zone]
 * @returns {string}
 */
export function dateText(at, zone) {
  return new Intl.DateTimeFormat(lang() === "en" ? "en-GB" : "vi-VN", {
    weekday: "long", day: "numeric", month: "long", year: "numeric", timeZone: zone,
  }).format(new Date(at));
}

/**
 * A clock that runs on the server's time, whatever the device believes: set it from every frame
 * that carries "now", read it as often as wanted.
 */
export class ServerClock {
  constructor() {
    this.offset = 0;
  }

  /** @param {string|undefined} now RFC 3339, as the server sends it */
  set(now) {
    const at = now ? Date.parse(now) : NaN;
    if (!isNaN(at)) this.offset = at - Date.now();
  }

  /** @returns {number} the server's time in milliseconds since 1970 */
  now() {
    return Date.now() + this.offset;
  }
}
