/**
 * The start screen's tiles and the priority question's choices.
 * @module
 */

import { $, $$, el, fill, icon, setAttr, setText } from "../lib/dom.js";
import { nameOf } from "../lib/texts.js";
import { waitShort, waitText } from "../lib/format.js";
import { closedText } from "./closed.js";
import { showPage } from "./large.js";
import { procedureOf } from "./papers.js";
import { state } from "./state.js";
import { t } from "./words.js";

/**
 * How many columns and rows show n tiles without scrolling.
 * @param {number} n
 * @param {boolean} portrait
 * @param {boolean} low  only the lower half of the screen is there
 * @returns {{cols: number, rows: number}}
 */
export function grid(n, portrait, low) {
  const tall = portrait && !low;
  let cols = 1;
  if (tall) cols = n <= 6 ? 1 : n <= 16 ? 2 : 3;
  else if (portrait) cols = n <= 3 ? 1 : n <= 8 ? 2 : 3;
  else cols = n <= 2 ? 1 : n <= 6 ? 2 : n <= 12 ? 3 : 4;
  return { cols: cols, rows: Math.ceil(n / cols) };
}

/**
 * Shows the hall's services. Tiles that are already there are updated, not replaced: a finger may
 * be on one.
 * @param {Object[]} services
 * @param {(service: string) => void} onTouch   told the id of the touched tile's service
 * @param {(service: string) => void} onPapers  the same, where its papers are asked for
 * @returns {boolean} whether these are all, or the last ones
 */
export function renderTiles(services, onTouch, onPapers) {
  const box = $("#tiles");
  const ids = services.map((s) => s.id).join(" ");
  if (box.dataset.ids !== ids) {
    box.dataset.ids = ids;
    fill(box, ...services.map((s) => el("div", { class: "cell" }, tile(s.id, onTouch), papersButton(s.id, onPapers))));
  }
  const page = showPage("home", $$(".cell", box));
  const compact = arrange(page.places);
  for (const service of services) update(service, compact);
  box.dataset.papers = String(services.some((s) => procedureOf(s.id)));
  setText($("#home-title"), t(services.some((s) => s.open) ? "choose" : "noneOpen"));
  fitNames();
  return page.last;
}

function papersButton(id, onPapers) {
  return el("button", { type: "button", class: "papers", "data-papers": id, onclick: () => onPapers(id) },
    icon("paper"), el("span", { class: "label" }), el("span", { class: "visually-hidden" }));
}

function tile(id, onTouch) {
  return el("button", { type: "button", class: "tile", "data-service": id, onclick: () => onTouch(id) },
    el("span", { class: "prefix", "aria-hidden": "true" }),
    el("span", { class: "words" },
      el("span", { class: "name" }),
      el("span", { class: "meta" },
        el("span", { class: "people" }, icon("people"), el("span", { class: "count" })),
        el("span", { class: "time" }, icon("time"), el("span", { class: "wait" })),
        el("span", { class: "reason" }),
        el("span", { class: "again" }),
        el("span", { class: "said visually-hidden" }))),
    icon("next"));
}

function update(service, compact) {
  const node = $(`.tile[data-service="${CSS.escape(service.id)}"]`);
  const count = service.ahead ? t("before", { n: service.ahead }) : t("nobody");
  const wait = waitText(service.wait);
  const closed = service.open ? { why: "", again: "" } : closedText(service, compact);
  node.disabled = !service.open;
  node.dataset.state = service.open ? "open" : "closed";
  node.dataset.waiting = String(service.waiting);
  setText($(".prefix", node), service.prefix);
  setText($(".name", node), nameOf(service));
  setText($(".count", node), compact ? String(service.ahead) : count);
  setText($(".wait", node), compact ? waitShort(service.wait) : wait);
  setText($(".reason", node), closed.why);
  setText($(".again", node), closed.again);
  $(".people", node).hidden = !service.open;
  $(".time", node).hidden = !service.open || !wait;
  $(".reason", node).hidden = service.open;
  $(".again", node).hidden = !closed.again;
  // Bare numbers are said in words; a closed tile shows words already.
  for (const part of ["people", "time"]) setAttr($("." + part, node), "aria-hidden", compact && "true");
  setText($(".said", node), compact && service.open ? count + (wait && ", " + wait) : "");
  const papers = $(`.papers[data-papers="${CSS.escape(service.id)}"]`);
  papers.hidden = !procedureOf(service.id);
  papers.parentElement.dataset.papers = String(!papers.hidden);
  setText($(".label", papers), t("papers"));
  setText($(".visually-hidden", papers), nameOf(service));
}

/**
 * Lays out n tiles and tells whether they are so small that they show bare numbers beside the icons.
 * @param {number} n
 * @returns {boolean}
 */
function arrange(n) {
  const box = $("#tiles");
  const shape = grid(n, innerHeight > innerWidth, document.body.dataset.low === "true");
  box.style.setProperty("--cols", String(shape.cols));
  box.style.setProperty("--rows", String(shape.rows));
  const unit = parseFloat(getComputedStyle($(".tools")).columnGap) / 12; // --u in pixels, see kiosk.css
  const width = box.clientWidth / shape.cols / unit;
  const height = box.clientHeight / shape.rows / unit;
  const density = (state.large || width > 900) && height > 260 ? "wide" : width > 560 && height > 180 ? "normal"
    : width > 400 && height > 170 ? "tight" : "dense";
  box.dataset.density = density;
  box.dataset.flat = String(density === "dense" && height < 124);
  return density === "dense";
}

/**
 * Makes long names smaller until every tile holds its own; what is too long even then ends with an
 * ellipsis. Where people and wait have no room beside the letter, the letter goes, and then the clock: a
 * wait has its unit behind it.
 */
function fitNames() {
  const box = $("#tiles");
  const tiles = $$(".cell:not([hidden]) > .tile", box);
  box.dataset.clip = "false";
  for (const crowded of ["false", "true", "more"]) {
    box.dataset.crowded = crowded;
    if (!$$(".meta", box).some((meta) => meta.scrollWidth > meta.clientWidth + 1)) break;
  }
  for (let scale = 1; scale >= 0.5; scale -= 0.05) {
    box.style.setProperty("--scale", scale.toFixed(2));
    if (tiles.every(fits)) return;
  }
  const lines = tiles.map((tile) =>
    (tile.clientHeight - $(".meta", tile).offsetHeight - 16) / parseFloat(getComputedStyle($(".name", tile)).lineHeight));
  box.style.setProperty("--lines", String(Math.max(1, Math.floor(Math.min(...lines)))));
  box.dataset.clip = "true";
}

function fits(tile) {
  const name = $(".name", tile);
  const air = $("#tiles").dataset.density === "wide" ? 48 : 16;
  const need = name.offsetHeight + $(".meta", tile).offsetHeight + air;
  return need <= tile.clientHeight && name.scrollWidth <= name.clientWidth + 1;
}

/**
 * Shows the one question: "no" first, then the hall's reasons.
 * @param {Object[]} services  what the ticket is for, in order
 * @param {Object[]} priorities
 * @param {(priority: string|null) => void} onChoice
 */
export function renderAsk(services, priorities, onChoice) {
  const [first, ...then] = services;
  fill($("#ask-service"), el("span", { class: "prefix", "aria-hidden": "true" }, first.prefix),
    el("span", {}, nameOf(first), then.length > 0 && el("span", { class: "then" }, t("then", { names: then.map(nameOf).join(", ") }))));
  const no = $("#ask-no");
  fill(no, el("strong", {}, t("askNo")), el("span", {}, t("askNoHint")));
  no.onclick = () => onChoice(null);
  fill($("#reasons"), ...priorities.map((p) => el("button",
    { type: "button", class: "choice", "data-priority": p.id, onclick: () => onChoice(p.id) }, nameOf(p))));
}

/** Shows as many of the reasons as fit. */
export function pageReasons() {
  const page = showPage("ask", $$("#reasons .choice"));
  $("#reasons").dataset.many = String(page.places > 6);
}
