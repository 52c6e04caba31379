/**
 * What people do at the kiosk: touch a tile and answer the question, type an appointment's code,
 * choose several services, hold a ticket's or an appointment's QR code under the scanner.
 * @module
 */

import { $, show } from "../lib/dom.js";
import { lang, nameOf, setLang } from "../lib/texts.js";
import { clockText, dayIn, whenText } from "../lib/format.js";
import { get, post } from "../lib/api.js";
import * as take from "./pending.js";
import { booking, forget } from "./booking.js";
import { emptyCode } from "./keypad.js";
import { firstPages } from "./large.js";
import { choice, emptyChoice } from "./several.js";
import { changed, clock, state } from "./state.js";
import { t } from "./words.js";

const RETRY_MS = 60000;
const SLOW_MS = 250;

/** @param {string} id  the service of the touched tile */
export function onTile(id) {
  if (take.pending() || document.body.dataset.screen !== "home") return; // The second half of a double touch.
  start(id, []);
}

/** @param {string} id  the service whose papers are asked for */
export function onPapers(id) {
  if (take.pending() || document.body.dataset.screen !== "home") return;
  state.sheet = id;
  changed();
}

/** From the sheet of papers on to the number. */
export function onSheet() {
  if (take.pending() || !state.sheet) return;
  start(state.sheet, []);
}

/** The chosen services become one ticket. */
export function onSeveral() {
  const [first, ...then] = choice();
  if (take.pending() || then.length === 0) return;
  start(first, then);
}

function start(service, then) {
  take.begin(service, then, lang());
  if (state.hall.priorities.length) changed();
  else onChoice(null);
}

/** @param {string|null} priority  the answer to the one question */
export function onChoice(priority) {
  const pending = take.pending();
  if (!pending || pending.phase !== "ask") return;
  take.send(priority);
  request();
}

/** @param {{code?: string, appointment?: string}} booking  who has an appointment is asked nothing more */
export function checkIn(booking) {
  if (take.pending()) return;
  take.beginCheckIn(booking, lang());
  take.send(null);
  request();
}

/** Asks for the ticket until there is an answer. Called again after a reload: same key, same body. */
export async function request() {
  const slow = setTimeout(changed, SLOW_MS); // A quick answer needs no screen in between.
  const retry = () => {
    take.tried();
    show($("#sending-slow"), true);
  };
  let made = true;
  show($("#sending-slow"), false);
  take.tried();
  try {
    const ticket = await post(take.path(), take.body(), {
      key: take.pending().key, retryMs: RETRY_MS, timeoutMs: 6000, onRetry: retry, onStatus: (status) => { made = status === 201; },
    });
    accept(ticket, made);
  } catch (err) {
    refuse(err);
  } finally {
    clearTimeout(slow);
    changed();
  }
}

/** An appointment that had been checked in before has a ticket already, and that may be over. */
function accept(ticket, made) {
  if (!take.pending()) return;
  state.door = state.sheet = "";
  take.answered(ticket, made);
  if (take.pending().again && ticket.state !== "waiting") {
    take.clear();
    tell(ticket, false);
  }
}

function refuse(err) {
  const pending = take.pending();
  if (!err.unknown) take.clear(); // Otherwise it stays pending: the poll takes it up again.
  if (beyond(err)) return;
  note(refusal(err, Boolean(pending && pending.booking)));
  emptyCode();
  if (err.code !== "unknown_appointment") state.door = state.sheet = "";
  refreshSoon();
}

/**
 * What has nothing to do with the wish itself: no answer, a machine that is locked, or not paired any more.
 * @param {import("../lib/api.js").ApiError} err
 * @returns {boolean} whether it was that; the screen says so then
 */
export function beyond(err) {
  if (err.unknown) {
    state.reachable = false;
  } else if (err.code === "kiosk_locked") {
    state.locked = state.locked || { reason: "", reasonEn: "", kiosks: [] };
    putAside();
    refreshSoon(); // It knows why.
  } else if (err.status === 401 || err.status === 403) {
    state.allowed = false;
  } else {
    return false;
  }
  return true;
}

/** What a refusal looks like: an early bird is told when to come, everybody else what the server says. */
function refusal(err, booking) {
  const at = err.problem.at;
  if (err.code === "appointment_early" && at) return early(at, (state.hall || {}).time_zone);
  if (err.code === "unknown_appointment") {
    return { kind: "bad", icon: "warning", title: () => t("noBooking"), text: () => t("noBookingText"), says: { screen: "refused" } };
  }
  return { kind: "bad", icon: "warning", title: () => t(booking ? "refusedBooking" : "refused"), text: () => err.detail || "", says: { screen: "refused" } };
}

/** On the day of the appointment the time says all; before it, the day matters more. */
function early(at, zone) {
  const today = dayIn(at, zone) === dayIn(clock.now(), zone);
  return {
    kind: "wait", icon: today ? "time" : "calendar", title: () => t(today ? "early" : "earlyDay"),
    number: clockText(at, zone), text: () => t("earlyText", { when: whenText(at, clock.now(), zone) }), says: { screen: "early" },
  };
}

let refreshSoon = () => {};

/** @param {() => void} refresh  asks the server how things stand, after a refusal */
export function onRefusal(refresh) {
  refreshSoon = refresh;
}

/** Fills the screen with a message. @param {Object} message  a Note of state.js without its time */
export function note(message) {
  state.note = Object.assign({ at: Date.now() }, message);
  changed();
}

/* ---- the scanner ---- */

/** Screens on which a scan means something; elsewhere somebody else's business is under way. */
const SCANNING = ["home", "closed", "code", "several", "papers", "note", "ask", "answer"];

/** @param {import("./scan.js").Scan} scan */
export function onScan(scan) {
  if (!SCANNING.includes(document.body.dataset.screen)) return;
  take.clear();
  if (scan.kind !== "ticket") state.note = null; // A ticket's stays until the next is known.
  changed();
  if (scan.kind === "ticket") bringBack(scan.value);
  else if (scan.kind === "appointment") checkIn({ appointment: scan.value });
  else if (scan.kind === "code") checkIn({ code: scan.value });
  else note({ kind: "bad", icon: "warning", title: () => t("noCode"), text: () => t("noCodeText"), says: { screen: "unread" } });
}

/** A ticket was scanned: a missed or held one goes back into the queue, any other is told how it stands. */
async function bringBack(token) {
  const slow = setTimeout(() => looking(true), SLOW_MS);
  const path = "/api/tickets/" + encodeURIComponent(token);
  const opts = { repeat: true, retryMs: 8000, timeoutMs: 4000 };
  try {
    const before = await get(path, opts);
    const back = before.state === "no_show" || before.state === "held";
    tell(back ? await post(path + "/return", undefined, opts) : before, back);
  } catch (err) {
    const plain = { unknown_ticket: "noTicket", ticket_expired: "oldTicket" }[err.code];
    note({ kind: "bad", icon: "warning", title: () => t(plain || "noAnswer"), text: () => (plain ? t(plain + "Text") : err.detail || ""), says: { screen: plain ? "over" : "unread" } });
  } finally {
    clearTimeout(slow);
    looking(false);
  }
}

function looking(is) {
  show($("#sending-slow"), false);
  state.looking = is;
  changed();
}

/** Says how a ticket stands. */
function tell(ticket, back) {
  const counter = ((state.hall || {}).counters || []).find((c) => c.id === ticket.counter);
  const place = () => (counter ? nameOf(counter) : t("counter", { id: ticket.counter || "" }));
  const texts = {
    waiting: { kind: "good", icon: back ? "check" : "people", title: () => t(back ? "returned" : "stillWaiting"), text: () => (ticket.ahead ? t("waitText", { n: ticket.ahead }) : t("waitNext")), says: { screen: "queue" } },
    called: { kind: "good", icon: "counter", title: () => t("goTo", { counter: place() }), text: () => t("goToText"), says: { screen: "called", counter: ticket.counter || "" } },
    held: { kind: "wait", icon: "time", title: () => t("held"), text: () => t("heldText"), says: { screen: "staff" } },
    no_show: { kind: "wait", icon: "time", title: () => t("missed"), text: () => t("missedText"), says: { screen: "staff" } },
    finished: { kind: "good", icon: "check", title: () => t("finished"), text: () => "", says: { screen: "over" } },
    cancelled: { kind: "bad", icon: "warning", title: () => t(ticket.reason === "closing" ? "closing" : "cancelled"), text: () => t("cancelledText"), says: { screen: "over" } },
  };
  note(Object.assign({ number: ticket.number }, texts[ticket.state]));
}

/* ---- back ---- */

/** @param {"code"|"several"|"book"} door */
export function openDoor(door) {
  if (take.pending()) return;
  emptyCode();
  emptyChoice();
  state.note = null;
  state.door = door;
  firstPages();
  changed();
}

/** From the question back to where it was asked from. */
export function back() {
  take.clear();
  changed();
}

/** Away with the message; whoever typed a wrong code comes back to the keypad. */
export function dismiss() {
  state.note = null;
  changed();
}

/** The machine is locked: whatever was begun and can't be finished goes. A request that is on its way has its answer. */
export function putAside() {
  const pending = take.pending();
  if (pending && pending.phase === "ask") take.clear();
  if (!booking.made && !booking.busy) forget();
  state.note = null;
  state.door = state.sheet = "";
}

/**
 * Back to the start.
 * @param {boolean} forNext  somebody else comes: Vietnamese, the usual height and type, and no voice
 */
export function home(forNext) {
  take.clear();
  forget();
  state.note = null;
  state.door = state.sheet = "";
  firstPages();
  if (forNext) {
    document.body.dataset.low = "false";
    state.help = state.large = false;
    setLang("vi");
  }
  changed();
}
