/**
 * The one ticket that is being taken. It lives in sessionStorage from the touch of the tile until
 * the citizen is done with the answer, so that a double touch, a lost answer and a reload all lead
 * to the same Idempotency-Key and so to the same ticket. Checking in for an appointment is the same
 * with another request.
 * @module
 */

import { newId } from "../lib/ids.js";

/**
 * @typedef {Object} Pending
 * @property {string} key       Idempotency-Key, made when the tile was touched
 * @property {string} service   service id; empty for an appointment
 * @property {string[]} then    ids of the services after it
 * @property {{code?: string, appointment?: string}|null} booking  the appointment that is checked in
 * @property {string|null} priority
 * @property {string} lang
 * @property {"ask"|"sent"|"answered"} phase  "sent": the request may have reached the server
 * @property {number} at        when this phase began, milliseconds since 1970
 * @property {number} tries     how often the request was sent
 * @property {Object} [ticket]  the answer
 * @property {boolean} [again]  the ticket was there before anything was asked here
 */

const STORED = "layso.kiosk.pending";

/** After this long an unanswered request is given up: whoever made it has gone to the staff. */
const GIVE_UP_MS = 120000;

/** @type {Pending|null} */
let current = read();

function read() {
  try {
    const pending = JSON.parse(sessionStorage.getItem(STORED) || "null");
    return pending && pending.key && pending.phase && pending.then ? pending : null;
  } catch (err) {
    return null; // Somebody else's data under our name: start clean.
  }
}

function keep() {
  if (current) sessionStorage.setItem(STORED, JSON.stringify(current));
  else sessionStorage.removeItem(STORED);
}

function start(what, lang) {
  current = Object.assign({ key: newId(), service: "", then: [], booking: null, priority: null, lang: lang, phase: "ask", at: Date.now(), tries: 0 }, what);
  keep();
}

/** @returns {Pending|null} what is under way, unless it is too old to matter */
export function pending() {
  if (current && current.phase === "sent" && Date.now() - current.at > GIVE_UP_MS) clear();
  return current;
}

/**
 * A tile was touched, or several services were chosen.
 * @param {string} service
 * @param {string[]} then  ids of the services after it
 * @param {string} lang
 */
export function begin(service, then, lang) {
  start({ service: service, then: then }, lang);
}

/**
 * An appointment's code was typed, or its QR code was read.
 * @param {{code?: string, appointment?: string}} booking
 * @param {string} lang
 */
export function beginCheckIn(booking, lang) {
  start({ booking: booking }, lang);
}

/** All is asked: from here on the request may exist on the server. @param {string|null} priority */
export function send(priority) {
  current = Object.assign({}, current, { priority: priority, phase: "sent", at: Date.now() });
  keep();
}

/** The request is sent once more. */
export function tried() {
  if (!current) return;
  current.tries++;
  keep();
}

/**
 * The server has answered. A ticket that it did not make for this request was there before, unless an
 * earlier answer got lost.
 * @param {Object} ticket
 * @param {boolean} made  by this request
 */
export function answered(ticket, made) {
  current = Object.assign({}, current, { phase: "answered", ticket: ticket, at: Date.now(), again: !made && current.tries === 1 });
  keep();
}

/** Done with, one way or another. */
export function clear() {
  current = null;
  keep();
}

/** Where the request goes. @returns {string} */
export function path() {
  return current.booking ? "/api/checkin" : "/api/tickets";
}

/** The body of the request; the same for every repeat. @returns {Object} */
export function body() {
  const out = Object.assign({ lang: current.lang }, current.booking || { service: current.service });
  if (current.then.length) out.then = current.then;
  if (current.priority) out.priority = current.priority;
  return out;
}
