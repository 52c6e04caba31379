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

/**
 * A day in words: "Thứ Sáu, 27/11", or with the year "thứ Sáu, ngày 27 tháng 11 năm 2026".
 * @param {string} day  YYYY-MM-DD
 * @param {boolean} whole  with the year, as within a sentence
 * @returns {string}
 */
export function dayWords(day, whole) {
  const [year, month, date] = day.split("-").map(Number);
  const name = DAYS[lang()][new Date(Date.UTC(year, month - 1, date)).getUTCDay()];
  if (lang() === "en") return name + " " + date + " " + (whole ? MONTHS[month - 1] + " " + year : MONTHS[month - 1].slice(0, 3));
  if (!whole) return name + ", " + date + "/" + month;
  return name.replace(/^T/, "t").replace(/^C/, "c") + ", ngày " + date + " tháng " + month + " năm " + year;
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
