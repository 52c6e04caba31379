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
  const date = new Intl.DateTimeFormat("en-GB", { day: "2-digit", month: "2-digit", year: "numeric", timeZone: zone }).format(new Date(at));
  return weekday(at, zone) + ", " + date;
}

/** The weekday as it stands within a sentence. */
function weekday(at, zone) {
  const name = new Intl.DateTimeFormat(lang() === "en" ? "en-GB" : "vi-VN", { weekday: "long", timeZone: zone }).format(new Date(at));
  return lang() === "en" ? name : name.replace(/^T/, "t").replace(/^Chủ Nhật/, "chủ nhật");
}

/**
 * The day of a moment in the hall's zone, "2026-11-24".
 * @param {Date|string|number} at
 * @param {string} [zone]
 * @returns {string}
 */
export function dayIn(at, zone) {
  return new Intl.DateTimeFormat("en-CA", { year: "numeric", month: "2-digit", day: "2-digit", timeZone: zone }).format(new Date(at));
}

/**
 * A moment that people have to come back at: "13:30" today, "07:30 thứ Hai, 30/11" on another day.
 * @param {Date|string|number} at
 * @param {Date|string|number} now
 * @param {string} [zone]
 * @returns {string}
 */
export function whenText(at, now, zone) {
  const time = clockText(at, zone);
  const [, month, date] = dayIn(at, zone).split("-").map(Number);
  if (dayIn(at, zone) === dayIn(now, zone)) return time;
  return time + (lang() === "en" ? ", " : " ") + weekday(at, zone) + (lang() === "en" ? " " : ", ") + date + "/" + month;
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
