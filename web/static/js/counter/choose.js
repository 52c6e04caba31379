/**
 * Choosing a counter: all of the hall's, with who has the others.
 * @module
 */

import { $, $$, el, fill, icon, setText, show } from "../lib/dom.js";
import { nameOf } from "../lib/texts.js";
import { get } from "../lib/api.js";
import { clockText } from "../lib/format.js";
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
  const own = counters.find((c) => c.state !== "closed" && c.user === state.me.id);
  drawGoOn(own, onChoose);
  fill($("#choices"), ...counters.map((counter) => card(counter, onChoose)));
  const free = $$("#choices button:not(:disabled)");
  const target = (own && $("#go-on .btn")) || free.find((b) => b.dataset.counter === preferred) || free[0] || $("#choose-title");
  target.focus();
}

/** Who has a counter open, after a crash or at another PC, goes on there with one touch. */
function drawGoOn(own, onChoose) {
  const box = $("#go-on");
  show(box, Boolean(own));
  show($("#choose-title"), !own);
  show($("#choose-hint"), !own);
  show($("#choose-other"), Boolean(own));
  if (!own) return fill(box);
  const at = (time) => clockText(time, state.hall.time_zone);
  const how = own.ticket ? t("goOnWith", { number: own.ticket.number, time: at(own.ticket.called_at) })
    : own.state === "paused" ? t("goOnPaused", { time: at(own.since) }) : t("goOnOpen");
  fill(box, el("p", {}, how), el("button", { type: "button", class: "btn call big", "data-action": "enter", "data-counter": own.id, onclick: () => onChoose(own, "enter") },
    icon("next"), t("goOnAt", { name: nameOf(own) })));
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
