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
  setText($("#hand-none-reason"), paused ? state.counter.reason || "" : "");
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
  const paused = state.counter.state === "paused";
  setText($("#hand-break"), !ticket && paused ? t("pausedFor", { time: minutesText((clock.now() - Date.parse(state.counter.since)) / 60000) }) : "");
  if (!ticket) return;
  const called = Date.parse(ticket.called_at);
  setText($("#hand-waited"), minutesText((called - Date.parse(ticket.issued_at)) / 60000));
  const seconds = Math.max(0, Math.floor((clock.now() - called) / 1000));
  const two = (n) => String(n).padStart(2, "0");
  const hours = Math.floor(seconds / 3600);
  setText($("#hand-timer"), (hours ? hours + ":" : "") + two(Math.floor(seconds / 60) % 60) + ":" + two(seconds % 60));
  drawPace(seconds);
}

/** The timer turns when the service takes longer than usual, and again at twice of that: colour, sign and words. */
function drawPace(seconds) {
  const usual = state.counter.mean_s || 0;
  const pace = usual && seconds >= 2 * usual ? "late" : usual && seconds >= usual ? "warn" : "ok";
  const box = $("#hand-pace");
  const text = pace === "ok" ? "" : t(pace === "late" ? "veryLongService" : "longService", { n: Math.max(1, Math.round(usual / 60)) });
  $("#hand-timer").dataset.level = pace;
  if (box.dataset.shown !== text) fill(box, ...(text ? [icon(pace === "late" ? "warning" : "time"), text] : []));
  Object.assign(box.dataset, { shown: text, level: pace });
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
  show($("#help-text-on"), Boolean(state.counter.help));
  show($("#help-text"), !state.counter.help);
  setText($("#finish-text"), t(ticket && ticket.route.length ? "finishStep" : "finish"));
  show($('[data-action="pause"]'), state.counter.state !== "paused");
  show($('[data-action="resume"]'), state.counter.state === "paused");
  const undo = state.counter.undo;
  show($('[data-action="undo"]'), Boolean(undo));
  if (undo) setText($("#undo-text"), t("undo_" + undo.state, { number: undo.number }));
  const dossiers = /** @type {HTMLInputElement} */ ($("#dossiers"));
  dossiers.disabled = !ticket;
  const key = ticket ? ticket.token + " " + ticket.service : "";
  if (dossiers.dataset.key !== key) dossiers.value = key ? unsent(key) : "";
  dossiers.dataset.key = key;
}

const UNSENT = "layso.dossiers";

/** The count that was typed for this ticket before the browser crashed; empty for none. */
function unsent(key) {
  try {
    const stored = JSON.parse(localStorage.getItem(UNSENT) || "{}");
    return stored.key === key ? stored.count : "";
  } catch (err) {
    return ""; // Storage is blocked or holds something else: the clerk counts again.
  }
}

/** Keeps the typed count, so that it is there again after a crash. */
export function keepCount() {
  const field = /** @type {HTMLInputElement} */ ($("#dossiers"));
  try {
    localStorage.setItem(UNSENT, JSON.stringify({ key: field.dataset.key, count: field.value }));
  } catch (err) {
    // Storage is blocked: then the count lasts as long as the page.
  }
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
