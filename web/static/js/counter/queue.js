/**
 * The queue's half of the screen: how many wait for each service, and the lists of those who wait,
 * are on hold, did not come, or have an appointment today. Rows are kept and updated, not replaced: the focus may be on one.
 * @module
 */

import { $, $$, el, fill, icon, setAttr, setText, show } from "../lib/dom.js";
import { lang, nameOf } from "../lib/texts.js";
import { clockText, waitShort } from "../lib/format.js";
import { inDoubt } from "../staff/clock.js";
import { state, clock, isMine, assists, update, inHand, waitedMin, level } from "./store.js";
import { minutesText, priorityName, routeText } from "./hand.js";
import { allowed } from "./actions.js";
import { heldBy, unprinted } from "./paper.js";
import { t } from "./words.js";

/** Who comes later than this after the slot's begin has not kept the appointment, as package kiosk has it. */
const LATE_MS = 10 * 60000;

const TABS = ["waiting", "held", "no_show", "booked"];

/** @typedef {{open: (item: Object) => void, back: (item: Object) => void}} Handlers  the row, and its button */

/** @type {Handlers} */
let handlers = { open: () => {}, back: () => {} };

/** @param {Handlers} on */
export function initQueue(on) {
  handlers = on;
  for (const tab of $$("[data-tab]")) {
    tab.addEventListener("click", () => update({ tab: /** @type {any} */ (tab.dataset.tab) }));
    tab.addEventListener("keydown", (event) => {
      const step = event.key === "ArrowRight" ? 1 : event.key === "ArrowLeft" ? -1 : 0;
      const tabs = TABS.filter((name) => name !== "booked" || offered());
      if (step) chooseTab(tabs[(tabs.indexOf(state.tab) + step + tabs.length) % tabs.length], true);
    });
  }
  $("#rows").addEventListener("keydown", (event) => {
    const step = event.key === "ArrowDown" ? 1 : event.key === "ArrowUp" ? -1 : 0;
    if (step && move(step)) event.preventDefault();
  });
}

/**
 * Shows a list and puts the focus on its first row, or on the tab when the list is empty.
 * @param {string} tab
 * @param {boolean} [onTab] focus the tab in any case
 */
export function chooseTab(tab, onTab) {
  if (tab === "booked" && !offered()) return;
  update({ tab: /** @type {any} */ (tab) });
  const first = onTab ? null : $("#rows").querySelector(".open");
  /** @type {HTMLElement} */ (first || $(`[data-tab="${tab}"]`)).focus();
}

function move(step) {
  const rows = $$("#rows .open");
  const at = rows.findIndex((row) => row.parentElement.contains(document.activeElement));
  const to = rows[at + step];
  if (to) to.focus();
  return Boolean(to);
}

/** Draws the whole half. */
export function drawQueue() {
  if (state.tab === "booked" && !offered()) state.tab = "waiting";
  drawServices();
  for (const tab of TABS) {
    const button = $(`[data-tab="${tab}"]`);
    const on = tab === state.tab;
    button.setAttribute("aria-selected", String(on));
    button.tabIndex = on ? 0 : -1;
    setText($(".count", button), String(tab === "booked" ? state.booked.filter((x) => x.state === "booked").length : itemsOf(tab).length));
  }
  show($("#tab-booked"), offered());
  $("#rows").setAttribute("aria-labelledby", "tab-" + state.tab);
  $("#rows").dataset.list = state.tab;
  drawOver();
  drawRows();
}

/** How many have waited too long, in the page's header; and who has waited longest, above the list: he need not be its first. */
function drawOver() {
  const waiting = itemsOf("waiting");
  const over = waiting.filter((x) => level(waitedMin(x)) !== "ok").length;
  const longest = waiting.reduce((a, b) => (a && waitedMin(a) >= waitedMin(b) ? a : b), null);
  const worst = longest ? level(waitedMin(longest)) : "ok";
  const box = $("#over");
  const text = over === 1 ? t("overOne") : t("overMany", { n: over });
  show(box, over > 0);
  if (box.dataset.shown !== text || box.dataset.worst !== worst) {
    fill(box, icon(worst === "late" ? "warning" : "time"), el("span", { class: "long" }, text), el("span", { class: "short" }, t("overShort", { n: over })));
  }
  Object.assign(box.dataset, { shown: text, worst: worst, kind: worst === "late" ? "bad" : "warn" });
  const line = $("#longest");
  show(line, state.tab === "waiting" && longest !== null && waitedMin(longest) >= 1);
  line.dataset.level = worst;
  setText(line, longest ? t("longestNow", { number: longest.number, wait: minutesText(waitedMin(longest)) }) : "");
}

/** Whether there is anything to say of appointments. */
const offered = () => state.booked.length > 0 || ((state.hall && state.hall.services) || []).some((s) => s.slots);

/** What stands in a list: tickets, or appointments. */
const itemsOf = (tab) => (tab === "booked" ? state.booked : state.tickets.filter((x) => x.state === tab));

function drawServices() {
  const services = (state.hall && state.hall.services) || [];
  const box = $("#service-rows");
  const ids = services.map((s) => s.id).join(" ");
  if (box.dataset.ids !== ids) fill(box, ...services.map(serviceRow));
  box.dataset.ids = ids;
  for (const service of services) {
    const row = $(`[data-service="${CSS.escape(service.id)}"]`, box);
    const waits = state.tickets.filter((x) => x.state === "waiting" && x.service === service.id).map(waitedMin);
    const longest = Math.max(0, ...waits);
    row.dataset.mine = String((state.counter.services || []).includes(service.id) || assists(service.id));
    row.dataset.level = level(longest);
    setText($(".name", row), nameOf(service));
    setText($(".count", row), String(waits.length));
    setText($(".longest", row), waits.length ? minutesText(longest) : "–");
    setText($(".expected", row), (service.open && waitShort(service.wait)) || "–");
    drawSign($(".sign", row), waits.length ? row.dataset.level : "ok");
  }
}

function serviceRow(service) {
  return el("tr", { "data-service": service.id },
    el("th", { scope: "row" }, el("span", { class: "prefix", "aria-hidden": "true" }, service.prefix), el("span", { class: "name" })),
    el("td", { class: "num count" }),
    el("td", { class: "num" }, el("span", { class: "sign" }), el("span", { class: "longest" })),
    el("td", { class: "num expected" }));
}

/** A wait over the limit is told by a shape and a word, not by colour alone; in a list the word is seen, too. */
function drawSign(box, is, words) {
  if (box.dataset.level === is && box.lang === lang()) return;
  Object.assign(box, { lang: lang() }).dataset.level = is;
  const text = is === "ok" ? "" : t(is === "late" ? "over30" : "over15");
  if (is === "ok") fill(box);
  else fill(box, icon(is === "late" ? "warning" : "time"), el("span", { class: "visually-hidden" }, words ? "" : text));
  if (words) setText(words, text);
}

function drawRows() {
  const box = $("#rows");
  const list = itemsOf(state.tab);
  const key = (ticket) => state.tab + ":" + ticket.token;
  const focused = box.contains(document.activeElement) ? document.activeElement.closest("li").dataset.key : "";
  const at = $$("li", box).findIndex((li) => li.dataset.key === focused);
  const known = new Map($$("li", box).map((li) => [li.dataset.key, li]));
  const rows = list.map((ticket) => {
    const li = known.get(key(ticket)) || row(key(ticket));
    known.delete(key(ticket));
    return li;
  });
  for (const li of known.values()) li.remove();
  rows.forEach((li, i) => box.children[i] === li || box.insertBefore(li, box.children[i] || null));
  list.forEach((item, i) => (state.tab === "booked" ? drawBooked(rows[i], item) : drawRow(rows[i], item)));
  show($("#rows-empty"), list.length === 0);
  setText($("#rows-empty"), t("empty_" + state.tab));
  show(box, list.length > 0);
  if (focused && !box.contains(document.activeElement)) refocus(rows, at);
}

/** The row with the focus has left the list: its neighbour takes over. */
function refocus(rows, at) {
  const next = rows[Math.min(at, rows.length - 1)];
  if (next) $(".open", next).focus();
}

function row(key) {
  const li = el("li", { "data-key": key },
    el("button", { type: "button", class: "open" },
      el("strong", { class: "number" }), el("span", { class: "what" }, el("span", { class: "name" }), el("span", { class: "tags" })),
      el("span", { class: "wait" }, el("span", { class: "sign" }), el("span", { class: "longest" }), el("span", { class: "over" }))),
    el("button", { type: "button", class: "btn back", "data-action": "call" }));
  $(".open", li).addEventListener("click", () => handlers.open(find(li)));
  $(".back", li).addEventListener("click", () => handlers.back(find(li)));
  return li;
}

const find = (li) => itemsOf(state.tab).find((x) => x.token === li.dataset.token);

/** An appointment: its half-hour stands where a ticket has its number. */
function drawBooked(li, booked) {
  li.dataset.token = booked.token;
  li.dataset.state = booked.state;
  li.dataset.mine = String(isMine(booked));
  li.dataset.level = "ok";
  setText($(".number", li), clockText(booked.start, state.hall.time_zone));
  setText($(".name", li), nameOf(booked));
  const ticket = state.tickets.find((x) => x.token === booked.ticket);
  drawChips(li, [
    ["", "", t("slotCode", { code: booked.code })],
    booked.state === "booked" && clock.now() > Date.parse(booked.start) + LATE_MS && !inDoubt(state.hall) ? ["warn", "time", t("slotLate")] : null,
    booked.state === "arrived" ? ["ok", "check", ticket ? t("slotArrivedAs", { number: ticket.number }) : t("slotArrived")] : null,
  ].filter(Boolean));
  const back = $(".back", li);
  show(back, booked.state === "booked");
  back.dataset.action = "arrive";
  setText(back, t("arrive"));
}

function drawRow(li, ticket) {
  const first = ticket.token === state.counter.next;
  li.dataset.token = ticket.token;
  li.dataset.number = ticket.number;
  li.dataset.mine = String(isMine(ticket));
  setAttr(li, "data-first", first ? "true" : null);
  setText($(".number", li), ticket.number);
  setText($(".name", li), nameOf(ticket));
  drawTags(li, ticket, first);
  const minutes = waitedMin(ticket);
  li.dataset.level = ticket.state === "waiting" ? level(minutes) : "ok";
  setText($(".longest", li), ticket.state === "no_show" ? "" : minutesText(minutes));
  drawSign($(".sign", li), li.dataset.level, $(".over", li));
  drawBack($(".back", li), ticket);
}

/** The row's button: a ticket on hold comes to this counter, one that missed its call waits on. */
function drawBack(back, ticket) {
  const missed = ticket.state === "no_show";
  const off = !missed && !allowed("call");
  show(back, ticket.state !== "waiting");
  back.dataset.action = missed ? "return" : "call";
  setText(back, t(missed ? "giveBack" : "takeBack"));
  setAttr(back, "aria-label", t(missed ? "giveBackNumber" : "takeBackNumber", { number: ticket.number }));
  setAttr(back, "aria-disabled", off ? "true" : null);
  setAttr(back, "title", off && inHand() ? t("busyHand", { number: inHand().number }) : null);
}

function drawTags(li, ticket, first) {
  const tags = [];
  if (first) tags.push(["teal", "next", t("firstInLine")]);
  if (ticket.slot) tags.push(["teal", "time", t("slotAt", { time: clockText(ticket.slot, state.hall.time_zone) })]);
  tags.push(...placeTags(ticket), ...missTags(ticket));
  if (ticket.priority) {
    const name = priorityName(ticket.priority);
    tags.push(ticket.confirmed ? ["call", "star", name] : ["declared", "star", t("declared", { name: name })]);
  }
  if (ticket.route.length) tags.push(["", "next", t("thenTo", { services: routeText(ticket) })]);
  if (ticket.reason) tags.push(["", "", ticket.reason]);
  if (unprinted(ticket)) tags.push(["bad", "printer", t("print_" + ticket.print)]);
  if (heldBy(ticket)) tags.push(["warn", "printer", t("paperHeld", { name: heldBy(ticket) })]);
  drawChips(li, tags);
}

/** Where a waiting ticket belongs, if not simply here. */
function placeTags(ticket) {
  if (ticket.state !== "waiting") return [];
  if (ticket.counter) {
    const to = ((state.hall && state.hall.counters) || []).find((c) => c.id === ticket.counter);
    return [["", "counter", t("onlyCounter", { name: nameOf(to) || ticket.counter })]];
  }
  if (!isMine(ticket)) return [["", "counter", t("otherCounters")]];
  return assists(ticket.service) ? [["", "people", t("assisting")]] : [];
}

/** What becomes of somebody who did not come. */
function missTags(ticket) {
  if (ticket.state !== "no_show") return [];
  if (ticket.recall_in === undefined) return [["", "", t("parked")]];
  return [["warn", "bell", ticket.recall_in > 0 ? t("recallIn", { n: ticket.recall_in }) : t("recallNow")]];
}

function drawChips(li, tags) {
  const box = $(".tags", li);
  const print = JSON.stringify(tags);
  if (box.dataset.print === print) return;
  box.dataset.print = print;
  fill(box, ...tags.map(([kind, sign, text]) => el("span", { class: "chip", "data-kind": kind || null }, sign ? icon(sign) : null, el("span", {}, text))));
}
