/**
 * One citizen's opinion at the counter: the question, the reasons, the thanks, and when each is over. It decides
 * nothing about whom it counts for: every request names the ticket by the handle that the server gave, and what the
 * server refuses ends here in silence.
 * @module
 */

import { alike } from "../lib/ratings.js";

/** After the last touch of a reason, and how long the thanks stay. */
const WHY_MS = 10000;
const THANKS_MS = 5000;

/** @typedef {{ticket: string, number: string, lang: string, stars: number, left_s: number}} Ask */
/** @typedef {"idle"|"ask"|"why"|"thanks"} Phase */

export class Opinion {
  /**
   * @param {(body: Object) => Promise<any>} send  resolves when it was taken, rejects when it was not
   * @param {() => void} changed  told to draw again
   */
  constructor(send, changed) {
    this.post = send;
    this.changed = changed;
    /** @type {Phase} */
    this.phase = "idle";
    /** @type {Ask|null} */
    this.ask = null;
    this.over = ""; // The ticket that needs no asking any more.
    this.reset();
  }

  /** @private */
  reset() {
    this.stars = 0;
    /** @type {string[]} */
    this.picked = [];
    this.until = 0;
    this.sent = Promise.resolve();
  }

  /**
   * Takes up what the server says of the counter.
   * @param {{now: string|null, ask: Ask|null}} screen
   */
  take(screen) {
    const ask = screen.ask;
    if (ask && this.ask && ask.ticket === this.ask.ticket) {
      if (this.phase === "ask") this.until = Date.now() + ask.left_s * 1000;
      this.now = screen.now;
    } else if (ask && !ask.stars && ask.ticket !== this.over) {
      this.begin(ask, screen.now);
    } else if (this.phase !== "idle" && (this.phase === "ask" || screen.now !== this.now)) {
      this.end(); // The time is over, the next number was called, or the finish was taken back.
    }
    this.changed();
  }

  /** @private */
  begin(ask, now) {
    this.reset();
    this.ask = ask;
    this.now = now;
    this.phase = "ask";
    this.until = Date.now() + ask.left_s * 1000;
  }

  /** Back to the counter's own picture. */
  end() {
    if (this.ask) this.over = this.ask.ticket;
    this.ask = null;
    this.phase = "idle";
    this.reset();
    this.changed();
  }

  /** One touch suffices: it is sent at once. @param {number} stars */
  rate(stars) {
    if (!alike(stars, this.stars)) this.picked = []; // The other list of reasons.
    this.stars = stars;
    this.phase = "why";
    this.until = Date.now() + WHY_MS;
    this.send();
    this.changed();
  }

  /** @param {string} code */
  pick(code) {
    this.picked = this.picked.includes(code) ? this.picked.filter((x) => x !== code) : [...this.picked, code];
    this.until = Date.now() + WHY_MS;
    this.changed();
  }

  /** Sends the reasons, where there are some, and thanks. */
  explain() {
    if (this.picked.length) this.send();
    this.phase = "thanks";
    this.until = Date.now() + THANKS_MS;
    this.changed();
  }

  /** From the thanks back to the faces. */
  again() {
    this.phase = "why";
    this.until = Date.now() + WHY_MS;
    this.changed();
  }

  /** What is due by now; asked for often. */
  tick() {
    if (this.phase === "idle" || Date.now() < this.until) return;
    if (this.phase === "why") this.explain();
    else this.end();
  }

  /** @private */
  send() {
    const ask = this.ask;
    const body = { ticket: ask.ticket, stars: this.stars, reasons: this.picked };
    this.sent = this.sent.then(() => this.post(body)).catch(() => {
      if (this.ask === ask) this.end();
    });
  }
}
