/**
 * What a search has found as a file for a spreadsheet.
 * @module
 */

import { el } from "../lib/dom.js";
import { nameOf } from "../lib/texts.js";
import { dayIn } from "../lib/format.js";
import { sentence, whoText, reasonText } from "./telling.js";
import { t } from "./words.js";

/**
 * @param {Object[]} events  as GET /api/audit gives them
 * @param {Object} hall
 * @returns {string} with a byte order mark, by which Excel knows UTF-8
 */
export function csvOf(events, hall) {
  const rows = [t("csvHead").split("|")].concat(events.map((e) => {
    const counter = hall.counters.find((c) => c.id === e.counter);
    return [String(e.seq), dayIn(e.at, hall.time_zone), secondsText(e.at, hall.time_zone), sentence(e, hall), e.type, whoText(e), e.number || "",
      nameOf(counter) || e.counter || "", reasonText(e)];
  }));
  return "\ufeff" + rows.map((row) => row.map(cell).join(",")).join("\r\n") + "\r\n";
}

/** A cell; a text that a spreadsheet would take for a formula is made a text. */
function cell(text) {
  const safe = /^[=+\-@\t\r]/.test(text) ? "'" + text : text;
  return /[",\r\n]/.test(safe) ? '"' + safe.replace(/"/g, '""') + '"' : safe;
}

/** Hours, minutes and seconds, "09:41:07". @param {string} at @param {string} zone */
export function secondsText(at, zone) {
  return new Intl.DateTimeFormat("en-GB", { hour: "2-digit", minute: "2-digit", second: "2-digit", timeZone: zone }).format(new Date(at));
}

/** Hands the browser a file. @param {string} name @param {string} text */
export function saveFile(name, text) {
  const url = URL.createObjectURL(new Blob([text], { type: "text/csv;charset=utf-8" }));
  const link = /** @type {HTMLAnchorElement} */ (el("a", { href: url, download: name }));
  link.click();
  setTimeout(() => URL.revokeObjectURL(url), 10000);
}
