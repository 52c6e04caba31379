/**
 * The section of the business day: what stands open, and ending the day by hand. It acts at once and
 * is no part of the setup. The closing slip of the newest day that has ended can be printed, also on the
 * days after it: the printer may have had no paper in the evening.
 * @module
 */

import { $, el, fill, icon } from "../lib/dom.js";
import { nameOf } from "../lib/texts.js";
import { get, post } from "../lib/api.js";
import { clockText, dayIn, dayText } from "../lib/format.js";
import { openDialog, selectField } from "../staff/dialog.js";
import { faultSentence, printerChoices } from "../staff/printers.js";
import { box } from "./lists.js";
import { t } from "./words.js";

/** While the section is shown it is kept up to date. */
const LOOK_MS = 5000;

/** How long a printer may take to say what became of a closing slip. */
const SLIP_MS = 45000;

/** @type {{hall: any, waiting: number, held: number, printers: import("../staff/printers.js").Printer[], slip: {day?: string, at?: string, printer?: string, print?: string}}|null} */
let now = null;
/** What became of the closing slip that was asked for here last, and where. */
let slip = { busy: false, at: "", kind: "", text: () => "" };
let timer = 0;

/** Draws the section and keeps it so. @param {(err: Error) => void} failed */
export async function drawDay(failed) {
  clearInterval(timer);
  timer = setInterval(() => {
    if (document.querySelector("#section-day:not([hidden])")) look(failed);
  }, LOOK_MS);
  if (now) draw();
  await look(failed);
}

async function look(failed) {
  try {
    const [hall, tickets, printers] = await Promise.all([get("/api/hall"), get("/api/waiting"), get("/api/printers")]);
    const n = (state) => tickets.filter((x) => x.state === state).length;
    now = { hall: hall, waiting: n("waiting"), held: n("held"), printers: printers, slip: await closingSlip(hall) };
    draw();
  } catch (err) {
    failed(err);
  }
}

/** What is known of the newest closing slip. That of an earlier day no longer changes by itself. */
async function closingSlip(hall) {
  if (now && now.slip.day && !hall.day_closed) return now.slip;
  return get("/api/papers/closing");
}

const hand = () => now.hall.counters.filter((c) => c.now);
const working = () => now.hall.counters.filter((c) => c.state !== "closed");

function draw() {
  const over = now.hall.day_closed;
  const day = dayText(now.hall.business_day + "T12:00:00Z", "UTC");
  const count = (name, sign, n) => el("div", { "data-count": name }, el("dt", {}, icon(sign), t("count_" + name)), el("dd", { class: "number" }, n));
  const print = JSON.stringify([slip.busy, slip.text(), now.printers.map((p) => [p.name, p.ok, p.fault]), now.slip, over, day, now.waiting, now.held, hand(), working().length, t("endDay")]);
  if (box("day").dataset.print === print) return; // The focus may be on the button.
  box("day").dataset.print = print;
  fill(box("day"),
    el("div", { class: "card day", "data-over": String(Boolean(over)) },
      el("p", { class: "day-name" }, el("strong", {}, day), el("span", { class: "chip", "data-kind": over ? "warn" : "ok" }, t(over ? "dayOver" : "dayOpen"))),
      el("dl", { class: "counts" }, count("waiting", "people", now.waiting), count("held", "paper", now.held),
        count("hand", "bell", hand().length), count("counters", "counter", working().length)),
      over ? el("p", {}, t("dayOverText")) : el("p", { class: "soft" }, t("endDayHint")),
      !over && el("button", { type: "button", class: "btn danger", "data-tool": "end-day", onclick: ask }, icon("door"), t("endDay")),
      now.slip.day && now.printers.length > 0 && slipTools(over)));
}

/** The slip's printer when nobody has chosen one: the first that prints. */
const usual = () => (now.printers.find((p) => p.ok) || now.printers[0]).name;

/** Which day the slip is of, and whether it was printed. */
function slipFacts() {
  const { day, at, printer, print } = now.slip;
  const sure = Boolean(at) && print !== "uncertain";
  const zone = now.hall.time_zone;
  const when = at ? clockText(at, zone) + (dayIn(at, zone) === day ? "" : ", " + dayText(at, zone)) : "";
  return [el("strong", {}, t("closingOf", { day: dayText(day + "T12:00:00Z", "UTC") })), " ",
    el("span", { class: "chip", "data-kind": sure ? "ok" : "warn" }, at ? t(sure ? "closingPrinted" : "closingPerhaps", { when: when, name: printer }) : t("closingNotYet"))];
}

/** The button of the closing slip, and what became of the one that was asked for last. */
function slipTools(over) {
  const where = selectField("slip-printer", printerChoices(t, now.printers), slip.at || usual());
  where.addEventListener("change", () => { slip.at = where.value; });
  const button = el("button", { type: "button", class: over && !now.slip.at ? "btn primary" : "btn", "data-tool": "closing-slip", "aria-busy": slip.busy ? "true" : null, onclick: () => printSlip(where.value) }, icon("printer"), t("closingSlip"));
  return el("div", { class: "slip" }, el("p", { class: "slip-facts" }, ...slipFacts()), el("p", { class: "soft" }, t("closingHint")),
    now.printers.length > 1 ? el("div", { class: "field" }, el("label", { for: "slip-printer", class: "visually-hidden" }, t("closingWhere")), where) : null,
    button, el("p", { class: "outcome", role: "status", "data-kind": slip.kind }, slip.text()));
}

async function printSlip(printer) {
  if (slip.busy) return;
  slip = { busy: true, at: printer, kind: "", text: () => t("closingPrinting") };
  draw();
  try {
    const answer = await post("/api/papers/closing", { printer: printer }, { timeoutMs: SLIP_MS });
    const bad = answer.print === "failed" || answer.print === "uncertain";
    const p = now.printers.find((x) => x.name === answer.printer);
    const why = () => (bad && answer.fault && p ? " " + faultSentence(t, p, answer.fault) : "");
    slip = { busy: false, at: printer, kind: bad ? "bad" : "ok", text: () => t("closing_" + answer.print) + why() };
    now.slip = await get("/api/papers/closing");
  } catch (err) {
    slip = { busy: false, at: printer, kind: "bad", text: () => err.message };
  }
  draw();
  $('[data-tool="closing-slip"]').focus();
}

/** Says what will be closed, and asks once. */
function ask() {
  const busy = hand();
  if (busy.length) {
    const list = busy.map((c) => c.now + " (" + nameOf(c) + ")").join(", ");
    return void openDialog({ name: "end-day", title: t("endDayBusyTitle"), cancel: t("ok"), body: [el("p", {}, t("endDayBusy", { list: list }))] });
  }
  const lines = [
    now.waiting + now.held > 0 ? t("endDayTickets", { n: now.waiting + now.held }) : t("endDayNobody"),
    working().length > 0 ? t("endDayCounters", { n: working().length }) : "",
    t("endDayAfter"),
  ].filter(Boolean);
  openDialog({
    name: "end-day", title: t("endDayTitle"), cancel: t("cancel"), confirm: t("endDay"), kind: "danger",
    body: [el("ul", { class: "what" }, ...lines.map((line) => el("li", {}, line)))],
    onConfirm: async () => {
      now.hall = await post("/api/day/close", {}).catch((err) => {
        throw err.code === "clock_suspect" ? new Error(t("endDayDoubt")) : err;
      });
      Object.assign(now, { waiting: 0, held: 0, slip: await closingSlip(now.hall) });
      draw();
    },
    onClose: () => /** @type {HTMLElement} */ (document.querySelector('[data-tool="end-day"]') || $('[data-go="day"]')).focus(),
  });
}
