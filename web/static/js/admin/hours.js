/**
 * Opening hours as people type them: "7h30-11h30, 13:30 – 17:00".
 * @module
 */

/** The weekdays in the order of the week, as package kiosk names them. */
export const DAYS = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"];

const SPAN = /^(\d{1,2})(?:[:h.](\d{2})?)?\s*[-–—]\s*(\d{1,2})(?:[:h.](\d{2})?)?$/;

/**
 * Reads the spans of one day.
 * @param {string} text
 * @returns {string[]|null} as the server wants them, ["07:30-11:30"]; null when it cannot be read
 */
export function parseHours(text) {
  const spans = [];
  let last = -1;
  for (const part of text.split(/[,;]/).map((x) => x.trim()).filter(Boolean)) {
    const m = SPAN.exec(part);
    if (!m) return null;
    const from = minutes(m[1], m[2]);
    const to = minutes(m[3], m[4]);
    if (from === null || to === null || from >= to || from < last) return null;
    spans.push(clock(from) + "-" + clock(to));
    last = to;
  }
  return spans;
}

/**
 * Hours as they are edited: a line of text for each weekday.
 * @param {Object|null|undefined} hours as the server gives them
 * @returns {{always: boolean, days: Object<string, string>}}
 */
export function editable(hours) {
  const days = {};
  for (const day of DAYS) days[day] = ((hours && hours[day]) || []).join(", ");
  return { always: Boolean(hours && hours.always), days: days };
}

/**
 * The way back. What cannot be read is left out: badDays finds it first.
 * @param {{always: boolean, days: Object<string, string>}} edited
 * @returns {Object}
 */
export function readable(edited) {
  const hours = {};
  if (edited.always) hours.always = true;
  for (const day of DAYS) {
    const spans = parseHours(edited.days[day]);
    if (spans && spans.length) hours[day] = spans;
  }
  return hours;
}

/** The weekdays whose line cannot be read. @param {Object<string, string>} days @returns {string[]} */
export const badDays = (days) => DAYS.filter((day) => parseHours(days[day]) === null);

function minutes(hour, minute) {
  const total = Number(hour) * 60 + Number(minute || 0);
  return Number(minute || 0) > 59 || total > 1440 ? null : total;
}

function clock(total) {
  return String(Math.floor(total / 60)).padStart(2, "0") + ":" + String(total % 60).padStart(2, "0");
}
