/**
 * The choice of several services for one ticket: touched in the order in which they are to be done.
 * @module
 */

import { $, $$, el, fill, icon, setText } from "../lib/dom.js";
import { nameOf } from "../lib/texts.js";
import { closedText } from "./closed.js";
import { grid } from "./home.js";
import { showPage } from "./large.js";
import { t } from "./words.js";

/** One ticket carries at most so many services. */
const MOST = 5;

/** @type {string[]} ids in order */
let chosen = [];

/** Forgets the choice. */
export function emptyChoice() {
  chosen = [];
}

/** @returns {string[]} the chosen services in order */
export function choice() {
  return chosen;
}

/** Whether a service may be added now: the first has to be open, a later one need not be open yet. */
function possible(service) {
  if (chosen.length >= MOST) return false;
  return chosen.length ? service.reason !== "service_closed" || Boolean(service.opens_at) : service.open;
}

/**
 * Shows the services with the place that each has in the order. Buttons that are there already are
 * updated, not replaced: a finger may be on one.
 * @param {Object[]} services
 * @param {() => void} onChange
 */
export function renderSeveral(services, onChange) {
  const box = $("#picks");
  const ids = services.map((s) => s.id).join(" ");
  if (box.dataset.ids !== ids) {
    box.dataset.ids = ids;
    chosen = chosen.filter((id) => services.some((s) => s.id === id));
    fill(box, ...services.map((s) => pick(s.id, onChange)));
  }
  arrange(box, showPage("several", $$(".pick", box)).places);
  services.forEach((service, i) => update(/** @type {HTMLButtonElement} */ ($$(".pick", box)[i]), service));
  const go = /** @type {HTMLButtonElement} */ ($("#several-go"));
  go.disabled = chosen.length < 2;
  setText(go, chosen.length < 2 ? t("severalMore") : t("severalGo", { n: chosen.length }));
}

/** Lays the buttons out so that none needs scrolling; the more there are, the less each of them says. */
function arrange(box, n) {
  const portrait = innerHeight > innerWidth;
  const low = document.body.dataset.low === "true";
  const cols = portrait && !low && n <= 8 ? 1 : Math.max(2, grid(n, portrait, low).cols);
  box.style.setProperty("--cols", String(cols));
  box.dataset.many = String(n > (portrait && !low ? 8 : 4));
}

function pick(id, onChange) {
  const toggle = () => {
    chosen = chosen.includes(id) ? chosen.filter((x) => x !== id) : chosen.concat(id);
    onChange();
  };
  return el("button", { type: "button", class: "pick", "data-pick": id, onclick: toggle },
    el("span", { class: "order" }),
    el("span", { class: "words" }, el("span", { class: "name" }), el("span", { class: "why" })));
}

function update(node, service) {
  const at = chosen.indexOf(service.id);
  const free = at >= 0 || possible(service);
  node.disabled = !free;
  node.setAttribute("aria-pressed", String(at >= 0));
  setText($(".name", node), nameOf(service));
  setText($(".why", node), service.open || at >= 0 ? "" : closedText(service).why);
  const order = $(".order", node);
  if (order.dataset.at === String(at)) return;
  order.dataset.at = String(at);
  fill(order, at < 0 ? icon("plus") : String(at + 1));
}
