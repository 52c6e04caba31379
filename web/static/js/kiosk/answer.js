/**
 * The answer screen: the number as large as the screen allows, and what becomes of the paper.
 * @module
 */

import { $, icon, fill, setText, show } from "../lib/dom.js";
import { nameOf } from "../lib/texts.js";
import { clockText, waitMinutes, waitSpan } from "../lib/format.js";
import { state } from "./state.js";
import { t } from "./words.js";

/** How long the answer stays: with the paper in hand, and when the screen is all there is. */
export const WITH_PAPER_MS = 12000;
export const WITHOUT_PAPER_MS = 25000;

/** @typedef {"printing"|"held"|"done"|"before"|"failed"|"none"} Paper  held: the printer needs somebody first; before: it came long ago */

/**
 * What to tell the citizen about the paper.
 * @param {string} print     the ticket's print state, see API.md
 * @param {{ok: boolean, stand_in?: string}|undefined} printer  this kiosk's
 * @returns {Paper}
 */
export function paperOf(print, printer) {
  if (print === "off") return "none";
  if (print === "sent" || print === "processed" || print === "confirmed") return "done";
  if (print === "failed" || print === "uncertain" || print === "expired") return "failed";
  return print === "queued" && printer && !printer.ok && !printer.stand_in ? "held" : "printing";
}

/**
 * Shows a ticket.
 * @param {Object} ticket
 * @param {Object} hall
 * @param {boolean} again  the citizen had this ticket before
 */
export function renderAnswer(ticket, hall, again) {
  const number = $("#number");
  setText(number, ticket.number);
  number.dataset.number = ticket.number;
  number.dataset.token = ticket.token;
  setText($("#answer-title"), t(again ? "yourNumberAgain" : "yourNumber"));
  setText($("#answer-service"), nameOf(ticket));
  renderThen(ticket, hall);
  const reason = (hall.priorities || []).find((p) => p.id === ticket.priority);
  show($("#answer-priority"), Boolean(reason));
  setText($("#answer-priority"), reason ? t("priority", { reason: nameOf(reason) }) : "");
  setText($("#ahead"), ticket.ahead > 0 ? t("ahead", { n: ticket.ahead }) : t("aheadNone"));
  renderWait(ticket);
  renderQR(ticket, hall.phone || { mode: "off" });
}

/** What comes after this service on the same ticket, and the appointment's time. */
function renderThen(ticket, hall) {
  const then = (ticket.route || []).map((id) => nameOf((hall.services || []).find((s) => s.id === id))).filter(Boolean);
  show($("#answer-then"), then.length > 0);
  setText($("#answer-then"), then.length ? t("then", { names: then.join(", ") }) : "");
  show($("#answer-slot"), Boolean(ticket.slot));
  setText($("#answer-slot"), ticket.slot ? t("slot", { time: clockText(ticket.slot, hall.time_zone) }) : "");
}

function renderWait(ticket) {
  const range = waitMinutes(ticket.wait);
  const soon = Boolean(range) && range.high === 0 && !ticket.ahead;
  const wait = soon ? t("soon") : waitSpan(ticket.wait);
  show($("#wait-fact"), Boolean(wait));
  setText($("#wait-label"), t(range && range.low && range.high <= 90 ? "waitAbout" : "waitLabel"));
  setText($("#wait"), wait);
}

function renderQR(ticket, phone) {
  const img = /** @type {HTMLImageElement} */ ($("#qr"));
  const src = "/t/" + encodeURIComponent(ticket.token) + "/qr.svg";
  if (img.getAttribute("src") !== src) img.src = src;
  img.alt = t("qrAlt", { number: ticket.number });
  setText($("#qr-text"), t({ public: "qrPublic", wifi: "qrWifi" }[phone.mode] || "qrOff"));
  const named = phone.mode === "wifi" && Boolean(phone.ssid);
  show($("#ssid"), named);
  $(".qr").dataset.wifi = String(named);
  setText($("#ssid"), named ? t("ssid", { ssid: phone.ssid }) : "");
}

/** Gives the number the largest type that its box holds, once everything around it stands. */
export function fitNumber() {
  const number = $("#number");
  const box = $(".number-box");
  number.style.fontSize = "100px";
  const size = Math.min(box.clientWidth / number.offsetWidth, box.clientHeight / number.offsetHeight) * 100;
  if (isFinite(size) && size > 0) number.style.fontSize = Math.floor(size) + "px";
}

/** What is said of the paper, in one sentence. */
function paperText(paper, place, empty) {
  const texts = { printing: "printing", held: "printHeld", done: "printed", before: "printedBefore", failed: "printFailed", none: "printOff" };
  if (paper === "held" && empty) return t("printEmpty");
  if (place && (paper === "printing" || paper === "done")) return t(texts[paper] + "At", { name: place });
  return t(texts[paper]);
}

/**
 * Shows what becomes of the paper.
 * @param {Paper} paper
 * @param {string} place   the printer where it comes out, when that is not this kiosk's own; else empty
 * @param {boolean} empty  this kiosk's printer has no paper
 */
export function renderPaper(paper, place, empty) {
  const box = $("#print");
  setText($("#print-text"), paperText(paper, place, empty));
  if (box.dataset.print === paper && $("#print-icon").firstChild) return;
  box.dataset.print = paper;
  fill($("#print-icon"), icon({ printing: "printer", held: "warning", done: "paper", before: "paper", failed: "warning", none: "paper" }[paper]));
}

/**
 * How long the answer is to stay from its beginning.
 * @param {Paper} paper
 * @param {string} place  where the paper has to be fetched; empty: it comes out here
 * @returns {number} milliseconds
 */
export function stayMs(paper, place) {
  return paper === "done" && !place && !state.large ? WITH_PAPER_MS : WITHOUT_PAPER_MS;
}

/**
 * Shows how much of the stay is left. While the paper is still to come the bar stays full.
 * @param {number} leftMs
 * @param {Paper} paper
 * @param {string} place
 */
export function renderBar(leftMs, paper, place) {
  const part = leftMs / (paper === "printing" ? WITH_PAPER_MS : stayMs(paper, place));
  $("#bar").style.transform = "scaleX(" + Math.max(0, Math.min(1, part)).toFixed(3) + ")";
}
