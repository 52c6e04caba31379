/**
 * The working half of the screen: the ticket in hand, and the buttons that act on it.
 * @module
 */

import { $, $$, icon, fill, setAttr, setText, show } from "../lib/dom.js";
import { nameOf } from "../lib/texts.js";
import { clockText } from "../lib/format.js";
import { state, clock, inHand, isMine, assists, serviceOf } from "./store.js";
import { allowed, step } from "./actions.js";
import { paperNote, unprinted } from "./paper.js";
import { t } from "./words.js";

/** Draws everything that depends on the ticket in hand. */
export function drawHand() {
  const ticket = inHand();
  const box = $("#hand");
  box.dataset.state = ticket ? "called" : state.counter.state === "paused" ? "paused" : "idle";
  setAttr(box, "data-number", ticket ? ticket.number : null);
  setAttr(box, "data-token", ticket ? ticket.token : null);
  show($("#hand-ticket"), Boolean(ticket));
  show($("#hand-none"), !ticket);
  if (ticket) drawTicket(ticket);
  else drawNone();
  drawTimes();
  drawButtons(ticket);
}

function drawTicket(ticket) {
  const number = $("#number");
  setText(number, ticket.number);
  number.dataset.length = String(ticket.number.length);
  setText($("#hand-service"), nameOf(ticket));
  drawMark("#hand-slot", "time", ticket.slot ? t("slotAt", { time: clockText(ticket.slot, state.hall.time_zone) }) : "");
  drawMark("#hand-assist", "people", assists(ticket.service) ? t("assisting") : "");
  show($("#hand-route"), ticket.route.length > 0);
  setText($("#hand-route"), ticket.route.length ? t("thenTo", { services: routeText(ticket) }) : "");
  drawProof(ticket);
  setText($("#hand-calls"), String(ticket.calls));
  const paper = $("#hand-paper");
  setText(paper, t("print_" + ticket.print));
  paper.dataset.bad = String(unprinted(ticket));
  setText($("#hand-paper-note"), paperNote(ticket));
}

function drawMark(selector, sign, text) {
  const mark = $(selector);
  show(mark, Boolean(text));
  if (mark.dataset.shown !== text) fill(mark, icon(sign), text);
  mark.dataset.shown = text;
}

/** The services that come after this one, in words. @param {Object} ticket */
export const routeText = (ticket) => ticket.route.map((id) => nameOf(serviceOf(id))).join(" → ");

/** A priority is a claim until a clerk has seen its proof. */
function drawProof(ticket) {
  const name = priorityName(ticket.priority);
  const open = Boolean(name) && !ticket.confirmed;
  show($("#hand-proof"), Boolean(name));
  $("#hand-proof").dataset.open = String(open);
  $("#hand-priority").dataset.kind = open ? "declared" : "call";
  drawMark("#hand-priority", open ? "star" : "check", name && t(open ? "priorityDeclared" : "priorityMark", { name: name }));
  for (const action of ["confirm", "revoke"]) show($(`#hand-proof [data-action="${action}"]`), open);
}

function drawNone() {
  const n = state.tickets.filter((x) => x.state === "waiting" && isMine(x)).length;
  const paused = state.counter.state === "paused";
  setText($("#hand-none-title"), t(paused ? "pausedNow" : "nobodyInHand"));
  const waits = n === 0 ? t("nobodyWaits") : n === 1 ? t("oneWaiting") : t("waitingForYou", { n: n });
  setText($("#hand-none-text"), paused ? t("pausedHint") : waits);
  const hint = paused ? null : state.counter.hint;
  const line = $("#hint");
  show(line, Boolean(hint));
  setAttr(line, "data-number", hint ? hint.number : null);
  const text = hint ? t(hint.state === "no_show" ? "hintAgain" : "hint", { number: hint.number }) : "";
  if (line.dataset.shown !== text) fill(line, ...(hint ? [icon("bell"), text] : [])); // Only news is spoken.
  line.dataset.shown = text;
}

/** Draws what changes with the clock alone. */
export function drawTimes() {
  const ticket = inHand();
  if (!ticket) return;
  const called = Date.parse(ticket.called_at);
  setText($("#hand-waited"), minutesText((called - Date.parse(ticket.issued_at)) / 60000));
  const seconds = Math.max(0, Math.floor((clock.now() - called) / 1000));
  const two = (n) => String(n).padStart(2, "0");
  const hours = Math.floor(seconds / 3600);
  setText($("#hand-timer"), (hours ? hours + ":" : "") + two(Math.floor(seconds / 60) % 60) + ":" + two(seconds % 60));
}

/** @param {number} minutes */
export function minutesText(minutes) {
  return minutes < 1 ? t("underMinute") : t("minutes", { n: Math.floor(minutes) });
}

/** The name of a priority reason in the page's language; empty for none. @param {string|null} id */
export function priorityName(id) {
  if (!id) return "";
  return nameOf(((state.hall && state.hall.priorities) || []).find((p) => p.id === id)) || id;
}

/**
 * Buttons stay focusable when they cannot be used (aria-disabled), so that the focus is never lost.
 * Next does not grey out while its press is deaf for a second: that would only flicker.
 */
function drawButtons(ticket) {
  for (const button of $$("[data-action]", $("#panel-work"))) {
    const name = button.dataset.action;
    const off = name === "next" ? state.counter.state !== "open" : !allowed(name);
    setAttr(button, "aria-disabled", off ? "true" : null);
    setAttr(button, "aria-busy", state.busy && state.busy === name ? "true" : null);
  }
  setText($("#next-hint"), nextHint(ticket));
  setText($("#finish-text"), t(ticket && ticket.route.length ? "finishStep" : "finish"));
  show($('[data-action="pause"]'), state.counter.state !== "paused");
  show($('[data-action="resume"]'), state.counter.state === "paused");
  const undo = state.counter.undo;
  show($('[data-action="undo"]'), Boolean(undo));
  if (undo) setText($("#undo-text"), t("undo_" + undo.state, { number: undo.number }));
  const dossiers = /** @type {HTMLInputElement} */ ($("#dossiers"));
  dossiers.disabled = !ticket;
  if (dossiers.dataset.token !== (ticket ? ticket.token : "")) dossiers.value = "";
  dossiers.dataset.token = ticket ? ticket.token : "";
}

function nextHint(ticket) {
  if (state.counter.state === "paused") return t("nextPaused");
  const some = Boolean(state.counter.next);
  if (ticket && ticket.route.length) {
    const here = isMine({ service: ticket.route[0], state: "waiting", counter: null });
    return t(some ? "nextStep" : here ? "nextStepHere" : "nextStepNone", step(ticket));
  }
  if (ticket) return t(some ? "nextAfter" : "nextNone", { number: ticket.number });
  return t(some ? "nextFirst" : "nextIdle");
}

/** The count of dossiers that the clerk has typed; 0 for none. @returns {number} */
export function dossiers() {
  const n = Math.floor(Number(/** @type {HTMLInputElement} */ ($("#dossiers")).value));
  return n > 0 ? Math.min(n, 1000) : 0;
}
