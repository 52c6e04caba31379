/**
 * The citizen's opinion: five steps, sent at the touch, and reasons that may be added. ES2017.
 * @module
 */

import { $, $$, el, fill, setText, show } from "../lib/dom.js";
import { lang } from "../lib/texts.js";
import { alike, reasonsOf, stepWord } from "../lib/ratings.js";
import { t } from "./words.js";

/** The part of the page that asks for an opinion. */
export class Rating {
  /** @param {(stars: number, reasons: string[]) => Promise<boolean>} send  tells whether it was taken */
  constructor(send) {
    this.send = send;
    this.stars = 0; // touched on this page, so that reasons are asked for
    this.picked = [];
    this.sent = false;
    fill($("#stars"), ...[1, 2, 3, 4, 5].map((n) =>
      el("button", { type: "button", "data-stars": n, onclick: () => this.rate(n) }, "★")));
    $("#send").onclick = () => this.explain();
  }

  /** @private */
  async rate(stars) {
    if (!alike(stars, this.stars)) this.picked = []; // The other list of reasons.
    if (await this.send(stars, [])) {
      this.stars = stars;
      this.sent = false;
      this.show();
    }
  }

  /** @private */
  async explain() {
    if (await this.send(this.stars, this.picked)) {
      this.sent = true;
      this.show();
    }
  }

  /** @private */
  pick(reason) {
    const at = this.picked.indexOf(reason);
    if (at < 0) this.picked.push(reason);
    else this.picked.splice(at, 1);
    this.show();
  }

  /** @param {{state: string, stars?: number}} ticket */
  render(ticket) {
    this.ticket = ticket;
    show($("#rate"), ticket.state === "finished");
    if (ticket.state === "finished") this.show();
  }

  /** @private */
  show() {
    const given = this.ticket.stars || 0;
    setText($("#rate-title"), t("rate"));
    setText($("#worst"), t("worst"));
    setText($("#best"), t("best"));
    const word = given ? stepWord(given) : "";
    setText($("#rate-text"), !given ? "" : t(this.sent ? "thanks" : "rated", { n: given, word: word }));
    $$("#stars button").forEach((button, i) => {
      button.setAttribute("aria-label", t("star", { n: i + 1, word: stepWord(i + 1) }));
      button.setAttribute("aria-pressed", String(given === i + 1));
      button.dataset.on = String(i < given);
    });
    show($("#why"), this.stars > 0 && !this.sent);
    setText($("#why-title"), t("why"));
    setText($("#send"), t("send"));
    $("#send").disabled = !this.picked.length;
    this.showReasons();
  }

  /** @private */
  showReasons() {
    const box = $("#reasons");
    const shown = lang() + (this.stars > 3);
    if (box.dataset.shown !== shown) { // Made anew only when they are others: the focus stays.
      box.dataset.shown = shown;
      fill(box, ...reasonsOf(this.stars).map((r) =>
        el("button", { type: "button", "data-reason": r.code, onclick: () => this.pick(r.code) }, r.word)));
    }
    for (const button of $$("button", box)) button.setAttribute("aria-pressed", String(this.picked.indexOf(button.dataset.reason) >= 0));
  }
}
