/**
 * The spans of time that a report can be of, and how they stand in the page's address: #today,
 * #day=2026-11-24, #week=2026-W48, #month=2026-11, #quarter=2026-Q4, #half=2026-H2, #year=2026,
 * #from=2026-10-05&to=2026-11-20. Days are strings, "2026-11-24", so that no time zone moves them.
 * @module
 */

/** @typedef {"today"|"day"|"week"|"month"|"quarter"|"half"|"year"|"free"} Kind */
/** @typedef {{kind: Kind, from: string, to: string}} Span */

const DAY_MS = 86400000;

/** How many months each kind of span has. */
const MONTHS = { month: 1, quarter: 3, half: 6, year: 12 };

const at = (day) => Date.parse(day + "T00:00:00Z");
const dayOf = (ms) => new Date(ms).toISOString().slice(0, 10);
const two = (n) => String(n).padStart(2, "0");

/** The day n days later. @param {string} day @param {number} n */
export const plus = (day, n) => dayOf(at(day) + n * DAY_MS);

/** How many days the span has. @param {Span} span */
export const days = (span) => (at(span.to) - at(span.from)) / DAY_MS + 1;

/** The weekday, 1 (Monday) to 7. @param {string} day */
export const weekday = (day) => ((new Date(at(day)).getUTCDay() + 6) % 7) + 1;

/** Whether the text is a day that a report can be of: one that is half typed is not. @param {string|null} text */
export function isDay(text) {
  if (!/^20\d\d-\d\d-\d\d$/.test(text || "")) return false;
  const ms = at(text);
  return !isNaN(ms) && dayOf(ms) === text;
}

/** The ISO week of a day and its year. @param {string} day @returns {{year: number, week: number}} */
export function weekOf(day) {
  const thursday = plus(day, 4 - weekday(day));
  const year = Number(thursday.slice(0, 4));
  return { year: year, week: Math.floor((at(thursday) - at(year + "-01-01")) / DAY_MS / 7) + 1 };
}

/**
 * The span of this kind that the day is in.
 * @param {Kind} kind
 * @param {string} day
 * @returns {Span}
 */
export function spanOf(kind, day) {
  if (kind === "week") {
    const from = plus(day, 1 - weekday(day));
    return { kind: kind, from: from, to: plus(from, 6) };
  }
  const n = MONTHS[kind];
  if (!n) return { kind: kind, from: day, to: day };
  const [year, month] = day.split("-").map(Number);
  const first = Math.floor((month - 1) / n) * n;
  return { kind: kind, from: dayOf(Date.UTC(year, first, 1)), to: dayOf(Date.UTC(year, first + n, 0)) };
}

/**
 * The span after (1) or before (-1) this one.
 * @param {Span} span
 * @param {1|-1} way
 * @returns {Span}
 */
export function step(span, way) {
  if (span.kind === "free") {
    const n = days(span) * way;
    return { kind: "free", from: plus(span.from, n), to: plus(span.to, n) };
  }
  return spanOf(span.kind === "today" ? "day" : span.kind, way > 0 ? plus(span.to, 1) : plus(span.from, -1));
}

/**
 * By what a span is shown, so that there are neither too few nor too many rows.
 * @param {Span} span
 * @param {{days: number, weeks: number}} up  how many days a span has at most that is shown by day, by week
 * @returns {"hours"|"days"|"weeks"|"months"}
 */
export function grain(span, up) {
  const n = days(span);
  return n === 1 ? "hours" : n <= up.days ? "days" : n <= up.weeks ? "weeks" : "months";
}

/** The span as it stands in the address, without "#". @param {Span} span */
export function hashOf(span) {
  const year = span.from.slice(0, 4);
  const nth = (n) => Math.floor((Number(span.from.slice(5, 7)) - 1) / n) + 1;
  switch (span.kind) {
    case "today": return "today";
    case "day": return "day=" + span.from;
    case "week": return "week=" + weekOf(span.from).year + "-W" + two(weekOf(span.from).week);
    case "month": return "month=" + span.from.slice(0, 7);
    case "quarter": return "quarter=" + year + "-Q" + nth(3);
    case "half": return "half=" + year + "-H" + nth(6);
    case "year": return "year=" + year;
    default: return "from=" + span.from + "&to=" + span.to;
  }
}

/**
 * The span that the address names; this month where it names none.
 * @param {string} hash   with or without "#"
 * @param {string} today
 * @returns {Span}
 */
export function spanFrom(hash, today) {
  const named = new URLSearchParams(hash.replace(/^#/, ""));
  if (named.has("today")) return spanOf("today", today);
  const from = named.get("from");
  const to = named.get("to");
  if (isDay(from) && isDay(to) && from <= to) return { kind: "free", from: from, to: to };
  for (const kind of /** @type {Kind[]} */ (["day", "week", "month", "quarter", "half", "year"])) {
    const day = dayNamed(kind, named.get(kind) || "");
    if (isDay(day)) return spanOf(kind, day);
  }
  return spanOf("month", today);
}

/** A day of the span that is named "2026-W48", "2026-H2" and so on; empty where it is no such name. */
function dayNamed(kind, name) {
  if (kind === "day") return name;
  const [all, year, n] = { week: /^(\d{4})-W(\d\d)$/, month: /^(\d{4})-(\d\d)$/, quarter: /^(\d{4})-Q([1-4])$/, half: /^(\d{4})-H([12])$/, year: /^(\d{4})()$/ }[kind].exec(name) || [];
  if (!all) return "";
  if (kind === "week") return Number(n) >= 1 && Number(n) <= 53 ? plus(year + "-01-04", 7 * (Number(n) - 1)) : "";
  return year + "-" + two((Number(n || 1) - 1) * MONTHS[kind] + 1) + "-01";
}
