/**
 * The one appointment that is being booked here. Its request lives in sessionStorage from the touch that books it
 * until the citizen is done with the code, so that a lost answer and a reload lead to the same appointment.
 * @module
 */

/**
 * @typedef {Object} Request
 * @property {string} key   Idempotency-Key
 * @property {{service: string, start: string, lang: string}} body
 * @property {number} at    when it was sent, milliseconds since 1970
 * @property {Object} [made] the appointment
 */

const STORED = "layso.kiosk.booking";

/** Whoever asked longer ago than this has gone. */
const FRESH_MS = 120000;

const empty = () => ({
  service: "",
  /** @type {{day: string, slots: {start: string, free: number}[]}[]} */
  days: [],
  day: "",
  start: "",
  /** @type {(() => string)|null} why it does not go on */
  fault: null,
  /** @type {Object|null} the appointment that was booked */
  made: null,
  /** It is to be cancelled again; that is asked for once more. */
  cancelling: false,
  /** A request is on its way, and whether it takes so long that the screen says so. */
  busy: false,
  slow: false,
});

export const booking = empty();

/** Whoever booked here is done, or has gone. */
export function forget() {
  Object.assign(booking, empty());
  keep(null);
}

/** @param {Request|null} request */
export function keep(request) {
  if (request) sessionStorage.setItem(STORED, JSON.stringify(request));
  else sessionStorage.removeItem(STORED);
}

/** @returns {Request|null} what was asked for before a reload, or without an answer */
export function kept() {
  try {
    const request = JSON.parse(sessionStorage.getItem(STORED) || "null");
    return request && request.key && request.body && Date.now() - request.at < FRESH_MS ? request : null;
  } catch (err) {
    return null; // Somebody else's data under our name.
  }
}

/** What the citizen is asked next. @returns {"what"|"day"|"time"|"sure"} */
export function step() {
  if (booking.start || booking.cancelling) return "sure";
  if (booking.day) return "time";
  return booking.service ? "day" : "what";
}
