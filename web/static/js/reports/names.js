/**
 * What spans, days, weeks and hours are called on the screen.
 * @module
 */

import { lang, nameOf } from "../lib/texts.js";
import { dayText } from "../lib/format.js";
import { weekOf } from "./spans.js";
import { t } from "./words.js";

const ROMAN = ["I", "II", "III", "IV"];

/** "24/11/2026". @param {string} day */
export const dateName = (day) => day.slice(8) + "/" + day.slice(5, 7) + "/" + day.slice(0, 4);

/** "24/11". @param {string} day */
export const shortDate = (day) => day.slice(8) + "/" + day.slice(5, 7);

/** "thứ Ba, 24/11/2026". @param {string} day */
export const dayName = (day) => dayText(day + "T12:00:00Z", "UTC");

/** A weekday in words, "thứ Ba"; 1 is Monday. @param {number} n 1-7 */
export const weekdayName = (n) => dayName("2026-11-" + (22 + n)).split(",")[0]; // The 23rd was a Monday.

/** A sentence's first letter as a capital. @param {string} text */
export const capital = (text) => text.charAt(0).toUpperCase() + text.slice(1);

/** An hour of the day, "8–9 giờ". @param {number} h 0-23 */
export const hourName = (h) => t("hour", { h: h, next: h + 1 });

/** A month, "Tháng 11/2026". @param {string} month 2026-11 */
export function monthName(month) {
  const [year, n] = month.split("-").map(Number);
  return t("name_month", { n: n, year: year, month: new Intl.DateTimeFormat("en-GB", { month: "long", timeZone: "UTC" }).format(new Date(Date.UTC(year, n - 1, 1))) });
}

/** A week that may be cut off by the span, "Tuần 48 (23/11 – 29/11/2026)". @param {string} from @param {string} to */
export const weekName = (from, to) => t("name_week", { n: weekOf(from).week, from: shortDate(from), to: dateName(to) });

/** @param {import("./spans.js").Span} span */
export function spanName(span) {
  const year = span.from.slice(0, 4);
  const quarter = Math.floor((Number(span.from.slice(5, 7)) - 1) / 3);
  switch (span.kind) {
    case "today": return t("name_today", { day: dayName(span.from) });
    case "day": return capital(dayName(span.from));
    case "week": return weekName(span.from, span.to);
    case "month": return monthName(span.from.slice(0, 7));
    case "quarter": return t("name_quarter", { roman: ROMAN[quarter], n: quarter + 1, year: year });
    case "half": return t(quarter < 2 ? "name_half1" : "name_half2", { year: year });
    case "year": return t("name_year", { year: year });
    default: return dateName(span.from) + " – " + dateName(span.to);
  }
}

/**
 * What the rows of one of the report's lists are called.
 * @param {string} by   services, counters, clerks, hours, days, weeks or months
 * @param {Object} row
 */
export function rowName(by, row) {
  switch (by) {
    case "hours": return hourName(row.hour);
    case "days": return capital(dayName(row.day));
    case "weeks": return weekName(row.from, row.to);
    case "months": return monthName(row.month);
    default: return nameOf(row) || row.id;
  }
}

const WORK = ["taken", "served", "no_shows", "cancelled", "dossiers"];

/** The counters that called or served anybody; the hall's others have nothing to say. @param {Object} report @returns {Object[]} */
export const busyCounters = (report) => report.counters.filter((c) => WORK.some((key) => c[key] > 0));

/** The others in one sentence; empty where there are none. @param {Object} report @returns {string} */
export function idleCounters(report) {
  const busy = busyCounters(report);
  const names = report.counters.filter((c) => !busy.includes(c)).map((c) => rowName("counters", c));
  return names.length ? t("idleCounters", { names: names.join(", ") }) : "";
}

/** The name of a row where there is little room: "24/11", "T48". @param {string} by @param {Object} row */
export function shortName(by, row) {
  switch (by) {
    case "hours": return row.hour + (lang() === "en" ? ":00" : "h");
    case "days": return shortDate(row.day);
    case "weeks": return shortDate(row.from);
    case "months": return Number(row.month.slice(5)) + "/" + row.month.slice(2, 4);
    default: return rowName(by, row);
  }
}
