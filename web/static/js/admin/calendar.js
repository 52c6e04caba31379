/**
 * The section of hours: the week, the end of the day, closed days, and how far ahead appointments
 * can be booked.
 * @module
 */

import { $, el, fill } from "../lib/dom.js";
import { draft } from "./draft.js";
import { textField, checkField, edited } from "./fields.js";
import { drawList, box } from "./lists.js";
import { DAYS } from "./hours.js";
import { nameFields } from "./sections.js";
import { weekFields } from "./service.js";
import { t } from "./words.js";

/** Draws the section. */
export function drawHours() {
  const setup = draft.setup;
  const hours = setup.edited_hours;
  const copy = el("button", { type: "button", class: "btn", "data-tool": "copy-monday", onclick: () => {
    for (const name of DAYS.slice(1, 5)) hours.days[name] = hours.days.mon;
    drawHours();
    edited();
    $('[data-tool="copy-monday"]').focus();
  } }, t("copyMonday"));
  const week = el("div", { hidden: hours.always }, el("p", { class: "soft" }, t("hoursHint")), weekFields("hours", hours.days), copy);
  const number = (field, label, hint, value, most, set, empty) => textField({ field: field, label: label, hint: hint,
    props: { type: "number", min: 0, max: most, placeholder: empty || "0" } }, value || "", (v) => set(Math.max(0, Math.round(Number(v)))));
  fill(box("hours"),
    checkField({ field: "hours.always", label: t("always") }, hours.always, (on) => {
      hours.always = on;
      week.hidden = on;
    }), week,
    el("div", { class: "two numbers" },
      number("overtime_s", t("overtime"), t("overtimeHint"), setup.overtime_s / 60, 240, (n) => { setup.overtime_s = n * 60; }),
      number("book_days", t("bookDays"), t("bookDaysHint"), setup.book_days, 60, (n) => { setup.book_days = n; }, "14")),
    el("h2", {}, t("closedDays")),
    el("div", { id: "section-closed_days" }, el("div", { class: "content" })));
  drawClosedDays();
}

function drawClosedDays() {
  drawList("closed_days", draft.setup.closed_days, {
    hint: t("closedDaysHint"), add: t("addClosedDay"), fixed: true,
    heads: [t("date"), t("nameVi"), t("nameEn"), ""],
    nameOf: (d) => d.name.vi || d.date,
    make: () => ({ date: "", name: { vi: "", en: "" } }),
    row: (d, at) => [
      textField({ field: at + ".date", label: t("date"), hideLabel: true, props: { type: "date" } }, d.date, (v) => { d.date = v; }),
      ...nameFields(d, at),
    ],
  });
}
