/**
 * Asks the audit log, page by page. One answer looks at a bounded number of events, so a search goes on by
 * itself until it has found enough, has looked at everything, or is stopped.
 * @module
 */

import { get } from "../lib/api.js";

/** How many events one answer holds at most. */
const PAGE = 200;

/** @typedef {Object<string, string>} Query  parameters of GET /api/audit */

/** One search with what it has found. */
export class Search {
  /** @param {Query} query */
  constructor(query) {
    this.query = query;
    /** @type {Object[]} */
    this.events = [];
    /** Where it goes on; null once all has been looked at. @type {number|null} */
    this.next = 0;
    /** How far back it has looked. @type {string|null} */
    this.reached = null;
    this.stopped = false;
    this.busy = false;
  }

  /** Whether it has looked at everything. */
  get done() {
    return this.next === null;
  }

  /** Ends after the answer that is awaited. */
  stop() {
    this.stopped = true;
  }

  /**
   * Looks until so many events are found.
   * @param {() => void} told after each answer
   * @param {number} enough
   */
  async go(told, enough) {
    this.stopped = false;
    this.busy = true;
    try {
      while (!this.done && !this.stopped && this.events.length < enough) {
        await this.ask(Math.min(PAGE, enough - this.events.length));
        told();
      }
    } finally {
      this.busy = false;
    }
  }

  /** @private @param {number} limit */
  async ask(limit) {
    const query = new URLSearchParams(Object.assign({ limit: String(limit) }, this.query, this.next ? { before: String(this.next) } : {}));
    const answer = await get("/api/audit?" + query, { retryMs: 5000 });
    this.events.push(...answer.events);
    Object.assign(this, { next: answer.next, reached: answer.reached });
  }
}

/** The kinds of events by what they are about. @type {Object<string, string[]>} */
export const KINDS = {
  tickets: ["ticket.taken", "ticket.called", "ticket.recalled", "ticket.finished", "ticket.no_show", "ticket.reopened", "ticket.held", "ticket.continued", "ticket.returned",
    "ticket.transferred", "ticket.cancelled", "ticket.rated", "ticket.priority", "appointment.booked", "appointment.cancelled", "contact.kept", "contact.read", "contact.erased"],
  counters: ["counter.opened", "counter.closed", "counter.paused", "counter.resumed", "counter.handed_over", "counter.help", "counter.helped"],
  settings: ["hall.changed"],
  system: ["day.opened", "day.closed", "clock.stepped", "clock.set", "backup.made", "backup.downloaded", "backup.deleted", "data.restored"],
  signins: ["user.pin_changed", "session.begun", "session.refused", "session.ended"],
  printing: ["print.queued", "print.sending", "print.done", "print.failed", "print.page", "printer.paper_changed"],
  devices: ["device.paired", "device.changed", "device.revoked"],
};

/** What is shown until somebody wants more: what was done, and not each step of a paper and each sign-in. */
const USUAL = ["tickets", "counters", "settings", "system"];

/** What the log shows: some of the kinds, in the order of KINDS, or the calls out of order alone. @typedef {string[]|"direct"} Kinds */

/** The kinds as the address has them; nothing is the usual ones. @param {string} text @returns {Kinds} */
export function kindsOf(text) {
  if (text === "direct") return text;
  if (text === "all") return Object.keys(KINDS);
  const named = text.split(",");
  const kinds = Object.keys(KINDS).filter((kind) => named.includes(kind));
  return kinds.length ? kinds : USUAL;
}

/** The kinds for the address. @param {Kinds} kinds */
export function textOf(kinds) {
  const text = String(kinds);
  return text === String(Object.keys(KINDS)) ? "all" : text === String(USUAL) ? "" : text;
}

/** The kinds after a chip was touched. @param {Kinds} kinds @param {string} chip @returns {Kinds} */
export function touched(kinds, chip) {
  const on = isOn(kinds, chip);
  if (chip === "all" || chip === "direct") return kindsOf(on ? "" : chip);
  const before = kinds === "direct" ? [] : kinds;
  return kindsOf(String(on ? before.filter((kind) => kind !== chip) : [...before, chip]));
}

/** Whether the chip is on. @param {Kinds} kinds @param {string} chip */
export function isOn(kinds, chip) {
  return chip === "direct" ? kinds === chip : chip === "all" ? textOf(kinds) === chip : kinds.includes(chip);
}

/** The kinds that are left out. @param {Kinds} kinds */
export function leftOut(kinds) {
  return kinds === "direct" ? [] : Object.keys(KINDS).filter((kind) => !kinds.includes(kind));
}
