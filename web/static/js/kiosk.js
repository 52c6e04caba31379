/**
 * The kiosk page: touch a tile, answer at most one question, get a number. One screen shows at a
 * time (body[data-screen]); this file decides which, the files in kiosk/ draw them and do the rest.
 * @module
 */

import { $, $$, fill, icon, setText, show } from "./lib/dom.js";
import { apply, initLang, lang, nameOf, setLang } from "./lib/texts.js";
import { clockText, dateText } from "./lib/format.js";
import * as take from "./kiosk/pending.js";
import { fitNumber, renderAnswer, renderBar, renderPaper, stayMs } from "./kiosk/answer.js";
import { bookScreen, listenToBooking } from "./kiosk/book.js";
import { booking } from "./kiosk/booking.js";
import { renderBook, renderBooked, renderSure } from "./kiosk/bookscreen.js";
import { closedHall } from "./kiosk/closed.js";
import { back, checkIn, dismiss, home, onChoice, onPapers, onRefusal, onScan, onSeveral, onSheet, onTile, openDoor } from "./kiosk/flow.js";
import { pageReasons, renderAsk, renderTiles } from "./kiosk/home.js";
import { buildKeypad, renderKeypad } from "./kiosk/keypad.js";
import { firstPages } from "./kiosk/large.js";
import { renderLocked } from "./kiosk/locked.js";
import { procedureOf, renderSheet } from "./kiosk/papers.js";
import { listenForScans } from "./kiosk/scan.js";
import { follow, noPaper, paper, place, refresh } from "./kiosk/server.js";
import { renderSeveral } from "./kiosk/several.js";
import { hasHelp, prepareVoice, speak, speaking } from "./kiosk/speak.js";
import { changed, clock, clockTrusted, onChange, state } from "./kiosk/state.js";
import { swallowDoubleTouch } from "./kiosk/touch.js";
import { t } from "./kiosk/words.js";

const IDLE_MS = 30000;
const IDLE_WARNING_MS = 10000;
const NOTE_MS = 12000;
const DOUBLE_MS = 600;

/** Reading and writing down take longer than deciding. */
const READING_MS = 75000;
const READING = ["papers", "book", "sure", "booked"];

/** Screens that ask for something, and go away when nobody answers. */
const ASKING = ["ask", "code", "several", ...READING];

/** Screens that stay: only what somebody wanted for himself goes back: language, height, type and voice. */
const RESTING = ["home", "closed", "locked", "offline", "unpaired"];

/* ---- which screen ---- */

/** The screen that the state asks for: a ticket in hand goes before everything else. */
function wanted() {
  const pending = take.pending();
  if (pending && pending.phase === "answered") return "answer";
  if (booking.made && state.hall) return bookScreen(); // Its code, too.
  if (!state.allowed) return "unpaired";
  if (state.looking) return "sending";
  if (state.note && !state.locked) return "note";
  if (pending && pending.phase === "sent" || booking.slow) return "sending";
  if (!state.reachable) return "offline";
  if (state.locked) return "locked";
  if (!state.hall) return "loading";
  if (state.door === "code") return "code";
  if (state.door === "book") return bookScreen();
  if (!state.hall.open) return "closed";
  if (pending) return "ask";
  if (state.sheet) return "papers";
  return state.door || "home";
}

function render() {
  const screen = wanted();
  const fresh = document.body.dataset.screen !== screen;
  document.body.dataset.screen = screen;
  document.body.dataset.large = String(state.large);
  for (const panel of $$(".panel")) show(panel, panel.dataset.panel === screen);
  words();
  if (state.hall) {
    setText($("#hall-name"), nameOf(state.hall));
    document.title = t("title") + " – " + nameOf(state.hall);
  }
  if (fresh) state.touchedAt = Date.now();
  setText($("#sending-title"), t(state.looking ? "looking" : booking.slow ? (booking.start && !booking.made ? "bookSending" : "bookLoading") : "sending"));
  const draw = { home: renderHome, ask: renderQuestion, answer: renderTicket, closed: renderClosed, note: renderNote, code: renderKeypad, several: renderChoice, papers: renderPapers, locked: renderLocked, book: renderBook, sure: renderSure, booked: renderBooked };
  if (draw[screen]) draw[screen](fresh);
  speak();
  renderHelp();
  tick();
}

function renderHome() {
  const draw = () => renderTiles(state.hall.services, onTile, onPapers);
  if (renderDoors(draw())) draw(); // They take room from the tiles, or give it back.
}

/**
 * The side doors stand open only where there is something behind them.
 * @param {boolean} last  no more tiles come after these
 * @returns {boolean} whether they are there now and were not before, or the other way round
 */
function renderDoors(last) {
  const booking = state.hall.services.some((s) => s.slots);
  for (const door of $$('[data-door="code"]')) show(door, booking);
  const several = state.hall.services.some((s) => s.open) && state.hall.services.length > 1;
  for (const door of $$('[data-door="several"]')) show(door, several);
  const hide = !(last && (booking || several));
  const changes = $("#doors").hidden !== hide;
  show($("#doors"), !hide);
  return changes;
}

function renderPapers() {
  const service = state.hall.services.find((s) => s.id === state.sheet);
  if (service && procedureOf(service.id)) renderSheet(service);
  else home(false); // Somebody took it away meanwhile.
}

function renderChoice() {
  renderSeveral(state.hall.services, changed);
}

function renderQuestion(fresh) {
  const pending = take.pending();
  const services = [pending.service].concat(pending.then).map((id) => state.hall.services.find((s) => s.id === id));
  if (services.some((s) => !s)) {
    home(false); // Somebody took the service out of the hall meanwhile.
    return;
  }
  if (fresh || $("#ask-service").lang !== lang()) {
    $("#ask-service").lang = lang();
    renderAsk(services, state.hall.priorities, onChoice);
  }
  pageReasons();
}

function renderTicket(fresh) {
  const pending = take.pending();
  if (fresh) {
    state.answerFrom = pending.at;
    state.paper = "";
  }
  renderAnswer(pending.ticket, state.hall || { phone: { mode: "off" } }, Boolean(pending.again));
  renderPaper(paper(), place(), noPaper());
  fitNumber();
}

function renderClosed() {
  renderDoors(true);
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
  if (speaking()) state.touchedAt = state.answerFrom = now; // Somebody listens.
  const idle = (READING.includes(screen) ? READING_MS : IDLE_MS) - (now - state.touchedAt);
  const asking = ASKING.includes(screen);
  const warn = asking && idle <= IDLE_WARNING_MS;
  for (const place of $$(".idle")) setText(place, warn ? t("idle", { n: Math.max(1, Math.ceil(idle / 1000)) }) : "");
  if (screen === "answer") return tickAnswer(now);
  if (asking && idle <= 0) home(true);
  if (RESTING.includes(screen) && idle <= 0 && somebodysOwn()) home(true);
  if (screen === "note" && now - Math.max(state.note.at, state.touchedAt) > NOTE_MS) home(false);
}

/** Whether the screen is as somebody wanted it for himself. */
const somebodysOwn = () => lang() !== "vi" || document.body.dataset.low === "true" || state.large || state.help;

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

/** The button of the spoken help, where this screen has something to say. */
function renderHelp() {
  const button = $("#help");
  const is = document.body.dataset.help;
  show(button, hasHelp());
  if (button.dataset.is === is + lang()) return;
  button.dataset.is = is + lang();
  button.setAttribute("aria-pressed", String(is !== "off"));
  fill(button, icon({ on: "mute", off: "speaker", failed: "warning" }[is]), t({ on: "helpOn", off: "help", failed: "helpFailed" }[is]));
}

/** Writes the fixed words where the language, the height or the type is another one. */
function words() {
  const low = document.body.dataset.low === "true";
  if (worded === lang() + low + state.large) return;
  worded = lang() + low + state.large;
  apply(t);
  for (const button of $$("[data-lang]")) button.setAttribute("aria-pressed", String(button.dataset.lang === lang()));
  fill($("#low"), icon(low ? "raise" : "lower"), t(low ? "high" : "low"));
  fill($("#large"), icon("large"), t(state.large ? "largeOn" : "large"));
  $("#large").setAttribute("aria-pressed", String(state.large));
  for (const button of $$(".back")) fill(button, icon("back"), t("back"));
  for (const [door, sign] of [["code", "calendar"], ["several", "list"]]) {
    for (const button of $$(`[data-door="${door}"]`)) fill(button, icon(sign), t(door + "Door"));
  }
}

/** A button that turns something on and off. A double touch turns it once. */
function toggle(selector, turn) {
  let last = -Infinity;
  $(selector).onclick = (event) => {
    if (event.timeStamp - last < DOUBLE_MS) return;
    last = event.timeStamp;
    turn();
    firstPages();
    render();
  };
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
  toggle("#low", () => { document.body.dataset.low = String(document.body.dataset.low !== "true"); });
  toggle("#large", () => { state.large = !state.large; });
  toggle("#help", () => { state.help = !state.help; });
  document.addEventListener("helpchange", renderHelp);
  for (const button of $$("[data-door]")) button.onclick = () => openDoor(button.dataset.door === "code" ? "code" : "several");
  $("#ask-back").onclick = back;
  $("#papers-go").onclick = onSheet;
  $("#code-back").onclick = $("#several-back").onclick = $("#papers-back").onclick = () => home(false);
  listenToBooking();
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
  prepareVoice();
  listen();
  render();
  follow();
  setInterval(tick, 250);
  document.fonts.addEventListener("loadingdone", render); // Widths are only true in the real type.
}

main();
