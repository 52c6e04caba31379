/**
 * How waits and times are said. ES2017.
 * @module
 */

import { lang } from "./texts.js";

export { waitMinutes, waitShort, waitSpan, waitText } from "./wait.js";

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
 * A date in figures with its weekday, "thứ Tư, 25/11/2026" or "Wednesday, 25/11/2026".
 * @param {Date|string|number} at
 * @param {string} [zone]
 * @returns {string}
 */
export function dayText(at, zone) {
  const moment = new Date(at);
  const weekday = new Intl.DateTimeFormat(lang() === "en" ? "en-GB" : "vi-VN", { weekday: "long", timeZone: zone }).format(moment);
  const date = new Intl.DateTimeFormat("en-GB", { day: "2-digit", month: "2-digit", year: "numeric", timeZone: zone }).format(moment);
  return (lang() === "en" ? weekday : weekday.replace(/^T/, "t").replace(/^C/, "c")) + ", " + date;
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
