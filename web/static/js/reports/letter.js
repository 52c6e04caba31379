/**
 * What frames the printed report: authority and office, the state's name, number, place and date above it;
 * remarks and signatures below it.
 * @module
 */

import { el } from "../lib/dom.js";
import { lang, nameOf } from "../lib/texts.js";
import { clockText, dayIn } from "../lib/format.js";
import { weekOf } from "./spans.js";
import { t } from "./words.js";
import { dateName, monthName, spanName } from "./names.js";

const upper = (text) => text.toLocaleUpperCase(lang() === "en" ? "en" : "vi");

/** A day as official papers write it: 01/7/2026, for only the months 1 and 2 get a zero. @param {string} day */
export function officialDate(day) {
  if (lang() === "en") return dateName(day);
  return day.slice(8) + "/" + officialMonth(day) + "/" + day.slice(0, 4);
}

function officialMonth(day) {
  const month = Number(day.slice(5, 7));
  return month < 3 ? "0" + month : String(month);
}

/** The span as the title names it. */
function paperSpan(span) {
  const year = span.from.slice(0, 4);
  const quarter = Math.floor((Number(span.from.slice(5, 7)) - 1) / 3);
  const values = { day: officialDate(span.from), from: officialDate(span.from), to: officialDate(span.to), year: year, n: quarter + 1, roman: ["I", "II", "III", "IV"][quarter] };
  switch (span.kind) {
    case "half": case "year": return spanName(span);
    case "month": return t("paper_month", { n: Number(span.from.slice(5, 7)), year: year, month: monthName(span.from.slice(0, 7)) });
    case "week": return t("paper_week", { n: weekOf(span.from).week, year: weekOf(span.from).year });
    case "quarter": return t("paper_quarter", values);
    case "free": return t("paper_free", values);
    default: return t("paper_day", values);
  }
}

/**
 * @param {import("./sheet.js").Letter} letter
 * @param {any} hall
 * @param {import("./spans.js").Span} span
 * @param {boolean} running
 * @returns {HTMLElement[]}
 */
export function letterhead(letter, hall, span, running) {
  const dates = datesOf(span, running, hall);
  return [
    el("div", { class: "letter-top" },
      el("div", {}, letter.above ? el("p", { class: "above", "data-own": true }, upper(letter.above)) : null,
        el("p", { class: "office" }, upper(nameOf(hall))), el("p", { class: "ref" }, t("numberLine", { number: letter.number || t("numberEmpty") }))),
      el("div", {}, el("p", { class: "state" }, t("state")), el("p", { class: "motto" }, el("span", {}, t("motto"))),
        el("p", { class: "place-date", "data-own": true }, placeDate(letter)))),
    el("h2", {}, t("paperKind"), el("br"), t("paperTitle")),
    el("p", { class: "kept" }, el("strong", {}, paperSpan(span))),
    ...(dates ? [el("p", { class: "kept dates" }, dates)] : []),
  ];
}

/** The dates below the title; empty where the title says them. */
function datesOf(span, running, hall) {
  const dates = { from: officialDate(span.from), to: officialDate(span.to), time: clockText(hall.now, hall.time_zone) };
  if (span.from === span.to) return running ? t("dataToday", dates) : "";
  if (running) return t("dataSoFar", dates);
  return span.kind === "free" ? "" : t("dataSpan", dates);
}

function placeDate(letter) {
  const day = letter.date;
  const known = /^\d{4}-/.test(day);
  return t("placeDate", { place: letter.place || t("placeEmpty"), day: known ? day.slice(8) : "……", month: known ? officialMonth(day) : "……", year: known ? day.slice(0, 4) : "20……" });
}

/**
 * @param {import("./sheet.js").Letter} letter
 * @param {any} hall
 * @param {string} part  the last part's number
 * @returns {HTMLElement[]}
 */
export function closing(letter, hall, part) {
  const remarks = letter.remarks.split("\n").map((line) => line.trim()).filter(Boolean);
  const lines = remarks.length ? remarks.map((line) => el("p", { class: "text", "data-own": true }, line)) : [1, 2, 3].map(() => el("p", { class: "dots", "aria-hidden": "true" }));
  const sign = (title, how, name) => el("div", {}, el("p", { class: "signer" }, t(title)), el("p", { class: "how" }, t(how)), el("p", { class: "signed", "data-own": true }, name));
  return [
    el("h3", {}, t("partLast", { n: part })), ...lines,
    el("div", { class: "end" },
      el("p", { class: "text" }, t("closing", { hall: nameOf(hall) })),
      el("div", { class: "signatures" }, sign("signAuthor", "signAuthorHow", letter.author), sign("signHead", "signHeadHow", letter.head)),
      el("p", { class: "source" }, t("source", { time: clockText(hall.now, hall.time_zone), day: officialDate(dayIn(hall.now, hall.time_zone)) }))),
  ];
}
