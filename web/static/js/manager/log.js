/**
 * The audit log: what is looked for stands in the page's address, so a search can be kept and sent on.
 * @module
 */

import { $, $$, el, fill, setAttr, setText, show } from "../lib/dom.js";
import { lang } from "../lib/texts.js";
import { clockText, dayIn, dayText } from "../lib/format.js";
import { state, clock } from "./state.js";
import { Search, KINDS, kindsOf, textOf, touched, isOn, leftOut } from "./search.js";
import { sentence } from "./telling.js";
import { csvOf, saveFile, secondsText } from "./csv.js";
import { t, count } from "./words.js";

/** A file for a spreadsheet holds so many events at most. */
const CSV_MOST = 20000;

const DAY_MS = 86400000;

/** How many more events "more" shows. */
const PAGE = 50;

/** @type {Search|null} */
let search = null;
/** How many of its events are shown at most; a file may need more of them. */
let most = 0;
/** What the form says. @type {{from: string, to: string, kind: string, by: string, q: string, of: string, number: string}} */
let wish = { from: "", to: "", kind: "", by: "", q: "", of: "", number: "" };

const zone = () => state.hall.time_zone;
const input = (id) => /** @type {HTMLInputElement} */ ($("#" + id));
const dayAgo = (n) => dayIn(clock.now() - n * DAY_MS, zone());

/** Lets the form work. */
export function initLog() {
  $("#log-form").addEventListener("submit", (event) => {
    event.preventDefault();
    read();
    if (wish.from && wish.to && wish.from > wish.to) return say(t("badDays"), "bad");
    keep();
  });
  for (const button of $$("[data-span]")) button.addEventListener("click", () => span(button.dataset.span));
  for (const button of $$("[data-kind-of]")) button.addEventListener("click", () => { read(); wish.kind = textOf(touched(kindsOf(wish.kind), button.dataset.kindOf)); keep(); });
  $("#log-who").addEventListener("change", () => { read(); keep(); });
  $("#log-stop").addEventListener("click", () => search && search.stop());
  $("#log-more").addEventListener("click", more);
  $("#log-csv").addEventListener("click", download);
  $("#log-back").addEventListener("click", () => { Object.assign(wish, { of: "", number: "" }); keep(); });
}

function read() {
  Object.assign(wish, { from: input("log-from").value, to: input("log-to").value, by: input("log-who").value, q: input("log-words").value.trim() });
}

function span(name) {
  read();
  const days = { today: 0, week: 6, month: 29 }[name];
  Object.assign(wish, days === undefined ? { from: "", to: "" } : { from: dayAgo(days), to: dayAgo(0) });
  keep();
}

/** Puts the wish into the address, which begins the search; the same wish again searches anew. */
function keep() {
  const before = location.hash;
  location.hash = "log?" + new URLSearchParams(Object.entries(wish).filter(([, value]) => value));
  if (location.hash === before) start();
}

/** The address of the events of today's ticket. @param {string} number */
export const hashOfTicket = (number) => "#log?" + new URLSearchParams({ from: dayAgo(0), to: dayAgo(0), kind: "all", q: number });

/** Shows the log as the address wants it. @param {string} query */
export function showLog(query) {
  const asked = Object.fromEntries(new URLSearchParams(query));
  const today = query ? "" : dayAgo(0);
  wish = Object.assign({ from: today, to: today, kind: "", by: "", q: "", of: "", number: "" }, asked);
  write();
  start();
}

function write() {
  for (const [id, value] of [["log-from", wish.from], ["log-to", wish.to], ["log-words", wish.q]]) input(id).value = value;
  const people = ((state.live && state.live.users) || []).map((u) => ["user:" + u.id, u.name]);
  const who = $("#log-who");
  fill(who, ...[["", t("anybody")], ...people, ["citizen", t("byCitizen")], ["system", t("bySystem")]].map(([value, text]) => el("option", { value: value }, text)));
  input("log-who").value = wish.by;
  for (const button of $$("[data-kind-of]")) button.setAttribute("aria-pressed", String(isOn(kindsOf(wish.kind), button.dataset.kindOf)));
  const spans = { today: [dayAgo(0), dayAgo(0)], week: [dayAgo(6), dayAgo(0)], month: [dayAgo(29), dayAgo(0)], all: ["", ""] };
  for (const button of $$("[data-span]")) button.setAttribute("aria-pressed", String(spans[button.dataset.span].join() === [wish.from, wish.to].join()));
  show($("#log-form"), !wish.of);
  show($("#log-one"), Boolean(wish.of));
  setText($("#log-one-title"), t("logOf", { number: wish.number }));
}

/** @returns {import("./search.js").Query} */
function queryOf() {
  if (wish.of) return { of: wish.of };
  const query = {};
  for (const key of ["from", "to", "by", "q"]) if (wish[key]) query[key] = wish[key];
  const kinds = kindsOf(wish.kind);
  if (kinds === "direct") query.only = "out_of_order";
  else if (leftOut(kinds).length) query.types = kinds.flatMap((kind) => KINDS[kind]).join(",");
  return query;
}

function start() {
  if (search) search.stop();
  search = new Search(queryOf());
  fill($("#entries"));
  most = 0;
  more();
}

function more() {
  most += PAGE;
  go(most);
}

/** Looks on until there are so many events, and shows how far it has come. @param {number} enough */
async function go(enough) {
  const mine = search;
  const told = () => mine === search && draw();
  const asked = mine.go(told, enough);
  draw();
  try {
    await asked;
    told();
  } catch (err) {
    if (mine === search) {
      draw();
      say(err.message, "bad");
    }
  }
}

/** Draws again in another language. */
export function redrawLog() {
  if (!search) return;
  write();
  fill($("#entries"));
  draw();
}

/** Forgets what was found. */
export function leaveLog() {
  if (search) search.stop();
  search = null;
  fill($("#entries"));
}

function draw() {
  const box = $("#entries");
  const shown = $$(".entry", box).length;
  search.events.slice(shown, most).forEach((e, i) => {
    const day = dayText(e.at, zone());
    const before = search.events[shown + i - 1];
    if (!before || dayText(before.at, zone()) !== day) box.append(el("li", { class: "day" }, el("h3", {}, day)));
    box.append(entry(e));
  });
  show($("#log-stop"), search.busy);
  show($("#log-more"), !search.busy && (!search.done || search.events.length > most));
  setText($("#log-more"), t(search.stopped ? "searchOn" : "goOn"));
  setAttr($("#log-csv"), "aria-disabled", search.events.length && !search.busy ? null : "true");
  box.setAttribute("aria-busy", String(search.busy));
  $("#panel-log").dataset.found = search.busy ? "" : String(search.events.length);
  say(statusText(), "info");
}

function statusText() {
  const when = search.reached ? clockText(search.reached, zone()) + ", " + dayText(search.reached, zone()) : "";
  const n = search.events.length;
  if (search.busy) return when ? t("searching", { when: when }) : t("searchBegun");
  if (!search.done && search.stopped) return t("stopped", { when: when });
  const all = !search.done ? t("foundSome", { n: count(n) }) : n === 0 ? t("foundNone") : n === 1 ? t("foundOne") : t("foundAll", { n: count(n) });
  const without = wish.of ? [] : leftOut(kindsOf(wish.kind)).map((kind) => t("kind_" + kind).toLowerCase());
  return all + (without.length ? " " + t("foundWithout", { kinds: without.join(", ") }) : "");
}

function say(text, kind) {
  const line = $("#log-status");
  line.dataset.kind = kind;
  setText(line, text);
}

/** One event. What stands out of order is marked, for it is what a manager looks for. */
function entry(e) {
  const direct = e.type === "ticket.called" && Boolean(e.reason);
  const text = sentence(e, state.hall);
  const all = wish.of || !e.number ? null : el("a", { class: "all", href: "#log?" + new URLSearchParams({ of: String(e.seq), number: e.number }), "aria-label": t("logOf", { number: e.number }) }, e.number);
  return el("li", { class: "entry", "data-seq": e.seq, "data-type": e.type, "data-direct": direct },
    el("time", { datetime: e.at }, secondsText(e.at, zone())), el("p", {}, e.type === "hall.changed" && state.admin ? el("a", { href: "/admin#changes" }, text) : text), all);
}

/** Looks for the rest, then hands it all over as a file. */
async function download() {
  if ($("#log-csv").getAttribute("aria-disabled") === "true") return;
  const mine = search;
  await go(CSV_MOST);
  if (mine !== search || mine.stopped) return;
  saveFile(t("csvName") + "-" + (wish.of ? wish.number : [wish.from, wish.to].filter(Boolean).join("-") || dayAgo(0)) + ".csv", csvOf(mine.events, state.hall));
  say(mine.done ? t("csvDone", { n: count(mine.events.length) }) : t("csvMany", { n: count(mine.events.length) }), "info");
  document.body.dataset.saved = lang() + " " + mine.events.length;
}
