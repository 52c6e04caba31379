/**
 * The live hall: what to do, the day's figures, who waits for what and for how long. Rows are kept and
 * updated, not replaced: the focus may be on one.
 * @module
 */

import { $, $$, el, fill, icon, setText, show } from "../lib/dom.js";
import { lang, nameOf } from "../lib/texts.js";
import { clockText, whenText, waitShort } from "../lib/format.js";
import { state, clock, level, waited, minutesSince, serviceOf, counterOf } from "./state.js";
import { advise, inState } from "./advice.js";
import { ticketDialog } from "./dialogs.js";
import { t, count, lasting } from "./words.js";

/** So many pieces of advice can be acted on; the rest is told as a number. */
const MOST = 5;

/** Draws all of it. */
export function drawHall() {
  if (!state.live || !state.hall) return;
  drawDoor();
  drawAdvice();
  drawFigures();
  drawServices();
  drawWaiting();
}

function drawDoor() {
  const hall = state.hall;
  const chip = $("#door");
  chip.dataset.kind = hall.open ? "ok" : "warn";
  const when = (at) => whenText(at, clock.now(), hall.time_zone);
  if (hall.open) setText(chip, hall.closes_at ? t("openUntil", { time: when(hall.closes_at) }) : t("openNow"));
  else setText(chip, hall.opens_at ? t("opensAt", { time: when(hall.opens_at) }) : t("closedNow"));
}

function drawAdvice() {
  const all = advise(state.live, waited, minutesSince);
  const box = $("#advice");
  const texts = all.slice(0, MOST).map((a) => [a.kind, adviceText(a), a.key + " " + (a.service || a.counter)]);
  if (all.length > MOST) texts.push(["warn", t("more", { n: all.length - MOST }), "more"]);
  setText($("#advice-said"), texts.filter(([kind]) => kind === "bad").map(([, text]) => text).join(" ")); // The minutes of the others are no news.
  const print = JSON.stringify(texts);
  if (box.dataset.print === print) return;
  box.dataset.print = print;
  show(box, texts.length > 0);
  fill(box, ...texts.map(([kind, text, key]) => el("li", { class: "banner", "data-kind": kind, "data-advice": key }, icon(kind === "bad" ? "warning" : "time"), el("span", {}, text))));
}

/** "Quầy 3, Quầy 5 hoặc Quầy 6". @param {string[]} names */
const oneOf = (names) => [names.slice(0, -1).join(", "), ...names.slice(-1)].filter(Boolean).join(t("or"));

/** @param {import("./advice.js").Advice} a */
function adviceText(a) {
  const names = (a.counters || []).map((id) => nameOf(counterOf(id)) || id);
  return t(a.key, {
    service: nameOf(serviceOf(a.service)) || a.service || "", n: a.n || 0, number: a.number || "", counter: nameOf(counterOf(a.counter)) || a.counter || "",
    counters: oneOf(names.slice(0, 3)), time: lasting(a.minutes || 0),
  });
}

function drawFigures() {
  const { today, waiting, held } = state.live;
  const none = today.called === 0;
  figure("taken", count(today.taken), "");
  figure("waiting", count(waiting.length), held ? t("figHeld", { n: held }) : "");
  figure("served", count(today.served), "");
  figure("missed", count(today.no_shows), "");
  figure("mean", none ? "–" : lasting(today.mean_wait_s / 60), none ? t("figNone") : t("figOf", { n: count(today.called) }));
  drawShort(none, today.within_15);
  $('[data-figure="mean"]').dataset.level = level(today.mean_wait_s / 60);
}

/** The share says nothing of those who still wait: where some wait too long already, it says so. */
function drawShort(none, share) {
  const over = state.live.waiting.map(waited).filter((m) => m !== null && level(m) !== "ok");
  figure("short", none ? "–" : Math.round(share * 100) + "%", over.length ? t(none ? "over15Now" : "figShortOver", { n: over.length }) : t(none ? "figNone" : "figOfCalled"));
  $('[data-figure="short"]').dataset.level = level(Math.max(0, ...over));
}

function figure(name, value, note) {
  const box = $(`[data-figure="${name}"]`);
  setText($(".value", box), value);
  setText($(".note", box), note);
}

function drawServices() {
  const services = state.hall.services;
  const box = $("#service-rows");
  const ids = services.map((s) => s.id).join(" ");
  if (box.dataset.ids !== ids) fill(box, ...services.map(serviceRow));
  box.dataset.ids = ids;
  for (const service of services) drawService($(`[data-service="${CSS.escape(service.id)}"]`, box), service);
}

function serviceRow(service) {
  return el("tr", { "data-service": service.id },
    el("th", { scope: "row" }, el("div", {}, el("span", { class: "prefix", "aria-hidden": "true" }, service.prefix),
      el("span", { class: "name" }), el("span", { class: "served small" }), el("span", { class: "marks" }))),
    el("td", { class: "num count" }), el("td", { class: "num longest" }), el("td", { class: "num expected" }));
}

function drawService(row, service) {
  const waits = state.live.waiting.filter((w) => w.service === service.id);
  const minutes = waits.map(waited).filter((m) => m !== null);
  const longest = Math.max(0, ...minutes);
  const open = inState(state.live, service.id, "open").length;
  row.dataset.level = level(longest);
  row.dataset.served = String(open > 0 || waits.length === 0);
  setText($(".name", row), nameOf(service));
  setText($(".served", row), open === 0 ? t("noCounter") : open === 1 ? t("oneCounter") : t("nCounters", { n: open }));
  setText($(".count", row), String(waits.length));
  setText($(".longest", row), minutes.length ? lasting(longest) : "–");
  setText($(".expected", row), (service.open && waitShort(service.wait)) || "–");
  drawMarks($(".marks", row), minutes);
}

/** How many are over the limits, each with a shape and a word of its own. */
function drawMarks(box, minutes) {
  const late = minutes.filter((m) => level(m) === "late").length;
  const warn = minutes.filter((m) => level(m) === "warn").length;
  const print = [lang(), late, warn].join(" ");
  if (box.dataset.print === print) return;
  box.dataset.print = print;
  fill(box, ...(late ? [mark("late", t("over30", { n: late }))] : []), ...(warn ? [mark("warn", t("over15", { n: warn }))] : []));
}

/** @param {"warn"|"late"} is @param {string} text */
export const mark = (is, text) => el("span", { class: "chip", "data-kind": is === "late" ? "bad" : "warn", "data-mark": is }, icon(is === "late" ? "warning" : "time"), text);

function drawWaiting() {
  const list = state.live.waiting.slice().sort((a, b) => Date.parse(a.since) - Date.parse(b.since));
  const box = $("#waiting-rows");
  const known = new Map($$("li", box).map((li) => [li.dataset.token, li]));
  const focused = box.contains(document.activeElement) ? $$("li", box).indexOf(document.activeElement.closest("li")) : -1;
  const rows = list.map((w) => {
    const li = known.get(w.token) || waitingRow(w.token);
    known.delete(w.token);
    return li;
  });
  for (const li of known.values()) li.remove();
  rows.forEach((li, i) => box.children[i] === li || box.insertBefore(li, box.children[i] || null));
  list.forEach((w, i) => drawRow(rows[i], w));
  if (focused >= 0 && !box.contains(document.activeElement) && rows.length) $("button", rows[Math.min(focused, rows.length - 1)]).focus();
  setText($("#waiting-count"), String(list.length));
  show($("#waiting-none"), list.length === 0);
  show(box, list.length > 0);
}

function waitingRow(token) {
  const li = el("li", { "data-token": token }, el("button", { type: "button", class: "open" },
    el("strong", { class: "number" }), el("span", { class: "what" }, el("span", { class: "name" }), el("span", { class: "tags" })), el("span", { class: "wait" })));
  $("button", li).addEventListener("click", () => {
    const found = state.live.waiting.find((w) => w.token === token);
    if (found) ticketDialog(found);
  });
  return li;
}

function drawRow(li, waiting) {
  const minutes = waited(waiting);
  const is = minutes === null ? "ok" : level(minutes);
  li.dataset.number = waiting.number;
  li.dataset.level = is;
  setText($(".number", li), waiting.number);
  setText($(".name", li), nameOf(serviceOf(waiting.service)) || waiting.service);
  setText($(".wait", li), minutes === null ? t("unknownWait") : lasting(minutes));
  const tags = tagsOf(waiting, is);
  const print = JSON.stringify(tags);
  const box = $(".tags", li);
  if (box.dataset.print === print) return;
  box.dataset.print = print;
  fill(box, ...tags.map(([kind, sign, text]) => el("span", { class: "chip", "data-kind": kind || null }, sign ? icon(sign) : null, el("span", {}, text))));
}

function tagsOf(waiting, is) {
  const tags = [];
  if (is === "late") tags.push(["bad", "warning", t("tag30")]);
  if (is === "warn") tags.push(["warn", "time", t("tag15")]);
  const priority = waiting.priority && state.hall.priorities.find((p) => p.id === waiting.priority);
  if (waiting.priority) tags.push(["", "star", waiting.confirmed ? nameOf(priority) : t("declared", { name: nameOf(priority) || waiting.priority })]);
  if (waiting.slot) tags.push(["teal", "calendar", t("slotAt", { time: clockText(waiting.slot, state.hall.time_zone) })]);
  if (waiting.counter) tags.push(["", "counter", t("onlyCounter", { name: nameOf(counterOf(waiting.counter)) || waiting.counter })]);
  return tags;
}
