/**
 * The one ticket that is being taken. It lives in sessionStorage from the touch of the tile until
 * the citizen is done with the answer, so that a double touch, a lost answer and a reload all lead
 * to the same Idempotency-Key and so to the same ticket.
 * @module
 */

import { newId } from "../lib/ids.js";

/**
 * @typedef {Object} Pending
 * @property {string} key       Idempotency-Key, made when the tile was touched
 * @property {string} service   service id
 * @property {string|null} priority
 * @property {string} lang
 * @property {"ask"|"sent"|"answered"} phase  "sent": the request may have reached the server
 * @property {number} at        when this phase began, milliseconds since 1970
 * @property {Object} [ticket]  the answer
 */

const STORED = "layso.kiosk.pending";

/** After this long an unanswered request is given up: whoever made it has gone to the staff. */
const GIVE_UP_MS = 120000;

/** @type {Pending|null} */
let current = read();

function read() {
  try {
    const pending = JSON.parse(sessionStorage.getItem(STORED) || "null");
    return pending && pending.key && pending.phase ? pending : null;
  } catch (err) {
    return null; // Somebody else's data under our name: start clean.
  }
}

function keep() {
  if (current) sessionStorage.setItem(STORED, JSON.stringify(current));
  else sessionStorage.removeItem(STORED);
}

/** @returns {Pending|null} what is under way, unless it is too old to matter */
export function pending() {
  if (current && current.phase === "sent" && Date.now() - current.at > GIVE_UP_MS) clear();
  return current;
}

/** A tile was touched. @param {string} service @param {string} lang */
export function begin(service, lang) {
  current = { key: newId(), service: service, priority: null, lang: lang, phase: "ask", at: Date.now() };
  keep();
}

/** The question was answered: from here on the request may exist on the server. @param {string|null} priority */
export function send(priority) {
  current = Object.assign({}, current, { priority: priority, phase: "sent", at: Date.now() });
  keep();
}

/** The server has answered. @param {Object} ticket */
export function answered(ticket) {
  current = Object.assign({}, current, { phase: "answered", ticket: ticket, at: Date.now() });
  keep();
}

/** Done with, one way or another. */
export function clear() {
  current = null;
  keep();
}

/** The body of POST /api/tickets; the same for every repeat. @returns {Object} */
export function body() {
  const out = { service: current.service, lang: current.lang };
  if (current.priority) out.priority = current.priority;
  return out;
}
