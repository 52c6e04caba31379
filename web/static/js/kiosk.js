/**
 * The kiosk page: touch a tile, answer at most one question, get a number. One screen shows at a
 * time (body[data-screen]); this file decides which, the files in kiosk/ draw them and do the rest.
 * @module
 */

import { $, $$, fill, icon, setText, show } from "./lib/dom.js";
import { apply, initLang, lang, nameOf, setLang } from "./lib/texts.js";
import { clockText, dateText } from "./lib/format.js";
import * as take from "./kiosk/pending.js";
import { renderAnswer, renderBar, renderPaper, stayMs } from "./kiosk/answer.js";
import { closedHall } from "./kiosk/closed.js";
import { back, checkIn, dismiss, home, onChoice, onRefusal, onScan, onSeveral, onTile, openDoor } from "./kiosk/flow.js";
import { renderAsk, renderTiles } from "./kiosk/home.js";
import { buildKeypad, renderKeypad } from "./kiosk/keypad.js";
import { listenForScans } from "./kiosk/scan.js";
import { follow, noPaper, paper, place, refresh } from "./kiosk/server.js";
import { renderSeveral } from "./kiosk/several.js";
import { changed, clock, clockTrusted, onChange, state } from "./kiosk/state.js";
import { swallowDoubleTouch } from "./kiosk/touch.js";
import { t } from "./kiosk/words.js";

const IDLE_MS = 30000;
const IDLE_WARNING_MS = 10000;
const NOTE_MS = 12000;

/** Screens that stay: only their language and height go back. */
const RESTING = ["home", "closed", "offline", "unpaired"];

/* ---- which screen ---- */

/** The screen that the state asks for: a ticket in hand goes before everything else. */
function wanted() {
  const pending = take.pending();
  if (pending && pending.phase === "answered") return "answer";
  if (!state.allowed) return "unpaired";
  if (state.looking) return "sending";
  if (state.note) return "note";
  if (pending && pending.phase === "sent") return "sending";
  if (!state.reachable) return "offline";
  if (!state.hall) return "loading";
  if (state.door === "code") return "code";
  if (!state.hall.open) return "closed";
  if (pending) return "ask";
  return state.door || "home";
}

function render() {
  const screen = wanted();
  const fresh = document.body.dataset.screen !== screen;
  document.body.dataset.screen = screen;
  for (const panel of $$(".panel")) show(panel, panel.dataset.panel === screen);
  words();
  if (state.hall) {
    setText($("#hall-name"), nameOf(state.hall));
    document.title = t("title") + " – " + nameOf(state.hall);
    renderDoors();
  }
  if (fresh) state.touchedAt = Date.now();
  setText($("#sending-title"), t(state.looking ? "looking" : "sending"));
  const draw = { home: renderHome, ask: renderQuestion, answer: renderTicket, closed: renderClosed, note: renderNote, code: renderKeypad, several: renderChoice };
  if (draw[screen]) draw[screen](fresh);
  tick();
}

function renderHome() {
  renderTiles(state.hall.services, onTile);
}

/** The side doors stand open only where there is something behind them. */
function renderDoors() {
  const booking = state.hall.services.some((s) => s.slots);
  for (const door of $$('[data-door="code"]')) show(door, booking);
  const several = state.hall.services.some((s) => s.open) && state.hall.services.length > 1;
  for (const door of $$('[data-door="several"]')) show(door, several);
  show($("#doors"), booking || several);
}

function renderChoice() {
  renderSeveral(state.hall.services, changed);
}

function renderQuestion(fresh) {
  const pending = take.pending();
  const services = [pending.service].concat(pending.then).map((id) => state.hall.services.find((s) => s.id === id));
  if (services.some((s) => !s)) {
    home(false); // Somebody took the service out of the hall meanwhile.
  } else if (fresh || $("#ask-service").lang !== lang()) {
    $("#ask-service").lang = lang();
    renderAsk(services, state.hall.priorities, onChoice);
  }
}

function renderTicket(fresh) {
  const pending = take.pending();
  if (fresh) {
    state.answerFrom = pending.at;
    state.paper = "";
  }
  renderAnswer(pending.ticket, state.hall || { phone: { mode: "off" } }, Boolean(pending.again));
  renderPaper(paper(), place(), noPaper());
}

function renderClosed() {
  const texts = closedHall();
  setText($("#closed-title"), texts.title);
  setText($("#opens-at"), texts.text);
}

function renderNote(fresh) {
  const note = state.note;
  $("#note").dataset.kind = note.kind;
  if (fresh || $("#note-sign").dataset.icon !== note.icon) {
    $("#note-sign").dataset.icon = note.icon;
    fill($("#note-sign"), icon(note.icon));
  }
  setText($("#note-title"), note.title());
  setText($("#note-number"), note.number || "");
  show($("#note-number"), Boolean(note.number));
  setText($("#note-text"), note.text ? note.text() : "");
}

/* ---- time ---- */

function tick() {
  const now = Date.now();
  const zone = state.hall ? state.hall.time_zone : undefined;
  setText($("#clock"), clockTrusted() ? clockText(clock.now(), zone) : "");
  setText($("#date"), clockTrusted() ? dateText(clock.now(), zone) : "");
  const screen = document.body.dataset.screen;
  const idle = IDLE_MS - (now - state.touchedAt);
  const asking = screen === "ask" || screen === "code" || screen === "several";
  const warn = asking && idle <= IDLE_WARNING_MS;
  for (const place of $$(".idle")) setText(place, warn ? t("idle", { n: Math.max(1, Math.ceil(idle / 1000)) }) : "");
  if (screen === "answer") return tickAnswer(now);
  if (asking && idle <= 0) home(true);
  if (RESTING.includes(screen) && idle <= 0 && (lang() !== "vi" || document.body.dataset.low === "true")) home(true);
  if (screen === "note" && now - Math.max(state.note.at, state.touchedAt) > NOTE_MS) home(false);
}

function tickAnswer(now) {
  const fate = paper();
  if (fate === "done" && state.paper && state.paper !== "done") state.answerFrom = now; // Time to reach for it.
  state.paper = fate;
  const left = state.answerFrom + stayMs(fate, place()) - now;
  if (left <= 0) home(true);
  else renderBar(left, fate, place());
}

/* ---- the page ---- */

let worded = "";

/** Writes the fixed words where the language or the height is another one. */
function words() {
  const low = document.body.dataset.low === "true";
  if (worded === lang() + low) return;
  worded = lang() + low;
  apply(t);
  for (const button of $$("[data-lang]")) button.setAttribute("aria-pressed", String(button.dataset.lang === lang()));
  fill($("#low"), icon(low ? "raise" : "lower"), t(low ? "high" : "low"));
  for (const button of $$(".back")) fill(button, icon("back"), t("back"));
  for (const [door, sign] of [["code", "calendar"], ["several", "list"]]) {
    for (const button of $$(`[data-door="${door}"]`)) fill(button, icon(sign), t(door + "Door"));
  }
}

function listen() {
  swallowDoubleTouch();
  document.addEventListener("pointerdown", () => {
    state.touchedAt = Date.now();
    if (document.body.dataset.screen === "answer") state.answerFrom = Date.now(); // Still reading.
  });
  document.addEventListener("contextmenu", (event) => event.preventDefault());
  window.addEventListener("resize", render);
  for (const button of $$("[data-lang]")) button.onclick = () => setLang(button.dataset.lang === "en" ? "en" : "vi");
  document.addEventListener("langchange", render);
  $("#low").onclick = () => {
    document.body.dataset.low = String(document.body.dataset.low !== "true");
    render();
  };
  for (const button of $$("[data-door]")) button.onclick = () => openDoor(button.dataset.door === "code" ? "code" : "several");
  $("#ask-back").onclick = back;
  $("#code-back").onclick = $("#several-back").onclick = () => home(false);
  $("#code-book").onclick = () => location.assign("/appointments?kiosk");
  $("#done").onclick = () => home(true);
  $("#note-back").onclick = () => (state.door ? dismiss() : home(false));
  $("#several-go").onclick = onSeveral;
}

function main() {
  initLang("vi");
  for (const sign of $$("[data-icon]")) fill(sign, icon(sign.dataset.icon));
  onChange(render);
  onRefusal(refresh);
  buildKeypad(render, (code) => checkIn({ code: code }));
  listenForScans((scan) => {
    state.touchedAt = Date.now();
    onScan(scan);
  });
  listen();
  render();
  follow();
  setInterval(tick, 250);
  document.fonts.addEventListener("loadingdone", render); // Widths are only true in the real type.
}

main();
