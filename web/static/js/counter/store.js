/**
 * What the counter page knows. Everything shown is made from here; the truth is the server's.
 * @module
 */

import { ServerClock } from "../lib/format.js";

const STORED = "layso.counter";

/** How long a press of Next is ignored after a new ticket appeared: a bounce is shorter, a clerk slower. */
export const NEXT_QUIET_MS = 1000;

/** @typedef {import("../staff/signin.js").User} User */

/**
 * @typedef {Object} State
 * @property {User|null} me
 * @property {Object|null} hall       as GET /api/hall gives it
 * @property {Object[]} printers
 * @property {import("../staff/displays.js").Display[]} displays  the paired ones
 * @property {Object|null} counter    as GET /api/counters/{id} gives it
 * @property {Object[]} tickets       as GET /api/waiting?no_show=1 gives it
 * @property {Object[]} calls         other counters' calls for the manager; only a manager has them
 * @property {Object[]} booked        today's appointments, as GET /api/appointments gives them
 * @property {"connecting"|"live"|"lost"} connection
 * @property {string} busy            the action whose answer is awaited, or empty
 * @property {number} quietUntil      Next is ignored until then, in performance.now() milliseconds
 * @property {number} pressedAt       when the latest key or button was pressed, on the same clock: a stalled
 *   page gets to know of it later, and a press from before the new ticket must not count
 * @property {string} notice          the one line about the last action
 * @property {"info"|"bad"} noticeKind
 * @property {"waiting"|"held"|"no_show"|"booked"} tab
 */

/** @type {State} */
export const state = {
  me: null, hall: null, printers: [], displays: [], counter: null, tickets: [], calls: [], booked: [], connection: "connecting",
  busy: "", quietUntil: 0, pressedAt: 0, notice: "", noticeKind: "info", tab: "waiting",
};

/** The server's clock, set by every frame that tells the time. */
export const clock = new ServerClock();

const listeners = [];

/** Calls draw after each change. @param {() => void} draw */
export function onChange(draw) {
  listeners.push(draw);
}

/** Takes changes in and draws. @param {Partial<State>} [changes] */
export function update(changes) {
  Object.assign(state, changes);
  for (const draw of listeners) draw();
}

/** Shows one line about the last action; it replaces the one before. @param {string} text @param {"info"|"bad"} [kind] */
export function notice(text, kind) {
  update({ notice: text, noticeKind: kind || "info" });
}

/** The ticket in hand, or null. */
export const inHand = () => (state.counter && state.counter.ticket) || null;

/**
 * Takes a counter's state in. A ticket that was not shown before makes Next deaf for a moment,
 * whoever called it: the key may be bouncing, or it was meant for the screen as it was. One that has
 * come for the next service of its route is a new one too.
 * @param {Object} counter
 */
export function takeCounter(counter) {
  const before = inHand();
  const after = counter.ticket;
  if (after && (!before || before.token !== after.token || before.service !== after.service)) hush();
  update({ counter: counter });
}

/** Makes Next deaf for NEXT_QUIET_MS. */
export function hush() {
  state.quietUntil = performance.now() + NEXT_QUIET_MS;
  setTimeout(() => update(), NEXT_QUIET_MS + 20);
}

/** Whether the ticket may be called by Next at this counter. @param {Object} ticket */
export function isMine(ticket) {
  const counter = state.counter;
  if (ticket.counter && ticket.state === "waiting") return ticket.counter === counter.id;
  return (counter.services || []).includes(ticket.service) || assists(ticket.service);
}

/** Whether the counter only helps out with this service. @param {string} service */
export const assists = (service) => (state.counter.assist || []).includes(service);

/** A service of the hall by its id. @param {string} id */
export const serviceOf = (id) => ((state.hall && state.hall.services) || []).find((s) => s.id === id) || { name: id };

/** How long somebody has waited, in minutes: from his slot, where he came before it. @param {Object} ticket */
export const waitedMin = (ticket) => Math.max(0, (clock.now() - Math.max(Date.parse(ticket.issued_at), Date.parse(ticket.slot || ticket.issued_at))) / 60000);

/** Waits at which somebody is marked, in minutes: the office is measured against 15. */
export const WARN_MIN = 15;
export const LATE_MIN = 30;

/** @param {number} minutes @returns {"ok"|"warn"|"late"} */
export const level = (minutes) => (minutes > LATE_MIN ? "late" : minutes > WARN_MIN ? "warn" : "ok");

/** The counter that this tab works at, also after a reload. @returns {string} */
export function rememberedCounter() {
  try {
    return sessionStorage.getItem(STORED) || "";
  } catch (err) {
    return "";
  }
}

/** @param {string} id empty: none */
export function rememberCounter(id) {
  try {
    if (id) sessionStorage.setItem(STORED, id);
    else sessionStorage.removeItem(STORED);
  } catch (err) {
    // Storage is blocked: after a reload the clerk chooses the counter again.
  }
}
