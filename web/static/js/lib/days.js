/**
 * How days and half-hours are said when booking. A module of its own because the phone loads nothing
 * that it does not need. ES2017.
 * @module
 */

import { lang } from "./texts.js";

const DAYS = {
  vi: ["Chủ nhật", "Thứ Hai", "Thứ Ba", "Thứ Tư", "Thứ Năm", "Thứ Sáu", "Thứ Bảy"],
  en: ["Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday"],
};
const MONTHS = ["January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December"];

/** The weekday in full. */
function fullWeekday(day) {
  return DAYS[lang()][new Date(day + "T00:00:00Z").getUTCDay()];
}

/**
 * The weekday where there is little room, "Thứ Sáu" or "Fri".
 * @param {string} day  YYYY-MM-DD
 * @returns {string}
 */
export function weekday(day) {
  return lang() === "en" ? fullWeekday(day).slice(0, 3) : fullWeekday(day);
}

/**
 * Day and month, "27/11" or "27 Nov".
 * @param {string} day  YYYY-MM-DD
 * @returns {string}
 */
export function shortDate(day) {
  const [, month, date] = day.split("-").map(Number);
  return lang() === "en" ? date + " " + MONTHS[month - 1].slice(0, 3) : date + "/" + month;
}

/**
 * A day in words, as within a sentence: "thứ Sáu, ngày 27 tháng 11". Appointments are a few weeks ahead
 * at most, so the year says nothing.
 * @param {string} day  YYYY-MM-DD
 * @returns {string}
 */
export function dayWords(day) {
  const [, month, date] = day.split("-").map(Number);
  if (lang() === "en") return fullWeekday(day) + " " + date + " " + MONTHS[month - 1];
  return fullWeekday(day).replace(/^(T|C)/, (c) => c.toLowerCase()) + ", ngày " + date + " tháng " + month;
}

/**
 * Hours and minutes in the hall's zone, "09:30".
 * @param {string|number} at
 * @param {string} zone  IANA name
 * @returns {string}
 */
export function timeText(at, zone) {
  return new Date(at).toLocaleTimeString("en-GB", { hour: "2-digit", minute: "2-digit", timeZone: zone });
}

/**
 * The day of a moment in the hall's zone, "2026-11-27".
 * @param {string|number} at
 * @param {string} zone
 * @returns {string}
 */
export function dayOf(at, zone) {
  return new Date(at).toLocaleDateString("en-CA", { year: "numeric", month: "2-digit", day: "2-digit", timeZone: zone });
}

/**
 * @param {string} at
 * @param {string} zone
 * @returns {"morning"|"afternoon"}
 */
export function partOfDay(at, zone) {
  return timeText(at, zone) < "12:00" ? "morning" : "afternoon";
}
