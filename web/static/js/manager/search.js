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
    "ticket.transferred", "ticket.cancelled", "ticket.rated", "ticket.priority", "appointment.booked", "appointment.cancelled"],
  counters: ["counter.opened", "counter.closed", "counter.paused", "counter.resumed", "counter.handed_over", "counter.help", "counter.helped"],
  printing: ["print.queued", "print.sending", "print.done", "print.failed", "print.page", "printer.paper_changed"],
  settings: ["hall.changed"],
  people: ["user.pin_changed", "session.begun", "session.refused", "session.ended", "device.paired", "device.changed", "device.revoked", "contact.kept", "contact.read", "contact.erased"],
  system: ["day.opened", "day.closed", "clock.stepped", "clock.set", "backup.made", "backup.deleted", "data.restored"],
};
