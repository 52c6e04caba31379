/**
 * The screens of a booking at the kiosk.
 * @module
 */

import { $, $$, el, fill, setText, show } from "../lib/dom.js";
import { nameOf } from "../lib/texts.js";
import { dayOf, dayWords, partOfDay, shortDate, timeText, weekday } from "../lib/days.js";
import { chooseDay, chooseService, chooseTime, offers } from "./book.js";
import { booking, step } from "./booking.js";
import { showPage } from "./large.js";
import { state } from "./state.js";
import { t } from "./words.js";

/** @typedef {{value: string, strong: string, small: string, full: boolean}} Choice */

/** How many columns and rows of choices there are, in ordinary and in large type. */
const SHAPES = {
  tall: { what: [1, 8], other: [3, 6], largeWhat: [1, 3], largeOther: [2, 3] },
  low: { what: [2, 3], other: [3, 3], largeWhat: [1, 2], largeOther: [2, 2] },
  wide: { what: [2, 4], other: [4, 4], largeWhat: [2, 2], largeOther: [3, 2] },
};

/** @returns {[number, number]} columns and rows */
function shape() {
  const kind = lying() ? "wide" : document.body.dataset.low === "true" ? "low" : "tall";
  const of = step() === "what" ? "what" : "other";
  return SHAPES[kind][state.large ? "large" + of[0].toUpperCase() + of.slice(1) : of];
}

/** Whether the screen is wider than high: there is little room then. */
const lying = () => innerWidth > innerHeight;

/** A day in words of which the date is not torn at the end of a line. @param {string} day */
const whole = (day) => dayWords(day).replace(/ (?=\d|tháng|[A-Z][a-z]+$)/g, "\u00a0");

const zone = () => state.hall.time_zone;

/** @returns {Choice[]} */
function choices() {
  if (step() === "what") return offers().map((s) => ({ value: s.id, strong: nameOf(s), small: "", full: false }));
  if (step() === "day") {
    return booking.days.map((d) => {
      const full = d.slots.every((s) => s.free === 0);
      return { value: d.day, strong: weekday(d.day), small: shortDate(d.day) + (full ? " · " + t("full") : ""), full: full };
    });
  }
  const day = booking.days.find((d) => d.day === booking.day);
  return (day ? day.slots : []).map((s) => ({
    value: s.start, strong: timeText(s.start, zone()), full: s.free === 0,
    small: [!lying() && t(partOfDay(s.start, zone())), s.free ? t("free", { n: s.free }) : t("full")].filter(Boolean).join(", "),
  }));
}

/** Shows the question, what was chosen before it, and the answers that there are. */
export function renderBook() {
  const now = step();
  document.body.dataset.step = now;
  const service = offers().find((s) => s.id === booking.service);
  setText($("#book-chosen"), [service && nameOf(service), booking.day && whole(booking.day)].filter(Boolean).join(" · "));
  show($("#book-chosen"), Boolean(service) && !(state.large && booking.fault)); // There is room for one of them.
  setText($("#book-title"), t("ask_" + now));
  setText($("#book-why"), booking.fault ? booking.fault() : "");
  show($("#book-why"), Boolean(booking.fault));
  const choose = { what: chooseService, day: chooseDay, time: chooseTime }[now];
  const box = $("#slots");
  const all = choices();
  const key = JSON.stringify([now, all]);
  if (box.dataset.key !== key) { // A finger may be on one.
    box.dataset.key = key;
    fill(box, ...all.map((c) => el("button", { type: "button", class: "pick slot", "data-slot": c.value, disabled: c.full, onclick: () => choose(c.value) },
      el("strong", {}, c.strong), c.small && el("span", {}, c.small))));
  }
  const [cols, rows] = shape();
  box.style.setProperty("--cols", String(cols));
  box.style.setProperty("--rows", String(Math.min(rows, Math.ceil(all.length / cols))));
  showPage("book", $$(".slot", box), cols * rows);
}

/** The question before a booking, and before its end. */
export function renderSure() {
  const start = booking.cancelling ? booking.made.start : booking.start;
  const service = offers().find((s) => s.id === booking.service);
  setText($("#sure-title"), t(booking.cancelling ? "sureCancel" : "sureBook"));
  setText($("#sure-time"), timeText(start, zone()));
  setText($("#sure-day"), whole(dayOf(start, zone())));
  setText($("#sure-service"), nameOf(booking.made || service));
  setText($("#sure-go"), t(booking.cancelling ? "goCancel" : "goBook"));
  $("#sure-go").classList.toggle("danger", booking.cancelling);
}

/** The code, to be written down. */
export function renderBooked() {
  const made = booking.made;
  const at = { service: nameOf(made), time: timeText(made.start, zone()), day: whole(dayOf(made.start, zone())) };
  setText($("#booked-when"), t("bookedWhen", at));
  setText($("#booked-code"), made.code.slice(0, 3) + " " + made.code.slice(3));
  $("#booked-code").dataset.code = made.code;
  const img = /** @type {HTMLImageElement} */ ($("#booked-qr"));
  const src = "/a/" + encodeURIComponent(made.token) + "/qr.svg";
  if (img.getAttribute("src") !== src) img.src = src;
  img.alt = t("bookedQR");
  setText($("#booked-how"), t("bookedHow", { time: timeText(made.check_in_from, zone()) }));
}
