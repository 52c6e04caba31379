/**
 * Choosing a counter: all of the hall's, with who has the others.
 * @module
 */

import { $, $$, el, fill, icon, setText, show } from "../lib/dom.js";
import { nameOf } from "../lib/texts.js";
import { get } from "../lib/api.js";
import { state } from "./store.js";
import { counterPath } from "./sync.js";
import { t } from "./words.js";

/**
 * The hall's counters with their clerks. Only those at work are asked for: the hall says who is closed.
 * @returns {Promise<Object[]>}
 */
export async function loadCounters() {
  state.hall = await get("/api/hall", { retryMs: 10000 });
  return Promise.all(state.hall.counters.map((c) =>
    c.state === "closed" ? Object.assign({ user: null }, c) : get(counterPath(c.id))));
}

/**
 * Draws the counters.
 * @param {Object[]} counters
 * @param {string} preferred id of the counter that gets the focus
 * @param {(counter: Object, how: "open"|"enter") => void} onChoose  "enter": it is open already
 */
export function drawChoice(counters, preferred, onChoose) {
  show($("#choose-none"), counters.length === 0);
  fill($("#choices"), ...counters.map((counter) => card(counter, onChoose)));
  const free = $$("#choices button:not(:disabled)");
  const target = free.find((b) => b.dataset.counter === preferred) || free[0] || $("#choose-title");
  target.focus();
}

function card(counter, onChoose) {
  const open = counter.state !== "closed";
  const mine = open && counter.user === state.me.id;
  const stepIn = open && !mine && state.me.role !== "clerk";
  const how = open ? "enter" : "open";
  const services = (counter.services || []).map((id) => nameOf(state.hall.services.find((s) => s.id === id))).filter(Boolean);
  const word = !open ? t("openIt") : mine ? t("goOn") : stepIn ? t("stepIn") : "";
  const who = !open ? [t("free")] : mine ? [t("yours")]
    : [t("takenBy") + " ", el("span", { lang: "vi" }, counter.user_name || counter.user)];
  return el("li", { class: "card", "data-counter": counter.id, "data-state": counter.state, "data-taken": String(open && !mine) },
    el("h2", {}, nameOf(counter)),
    el("p", { class: "soft small" }, services.join(", ")),
    el("p", { class: "chip", "data-kind": mine ? "ok" : open ? "warn" : null }, icon(open ? "people" : "door"), el("span", {}, ...who),
      counter.state === "paused" ? " · " + t("state_paused") : ""),
    word && el("button", { type: "button", class: "btn primary wide", "data-action": how, "data-counter": counter.id,
      onclick: () => onChoose(counter, how) }, word, el("span", { class: "visually-hidden" }, " " + nameOf(counter))));
}

/** Says why the page is at the choice again. @param {string} text */
export function sayChoice(text) {
  setText($("#choose-notice"), text);
  show($("#choose-notice"), Boolean(text));
}
