/**
 * The kiosk page: touch a tile, answer at most one question, get a number. One screen shows at a
 * time (body[data-screen]); this file decides which, the files in kiosk/ draw them.
 * @module
 */

import { $, $$, fill, icon, setText, show } from "./lib/dom.js";
import { apply, initLang, lang, nameOf, setLang } from "./lib/texts.js";
import { ServerClock, clockText, dateText } from "./lib/format.js";
import { post } from "./lib/api.js";
import { foldHall } from "./lib/hall.js";
import { Live } from "./lib/live.js";
import * as take from "./kiosk/pending.js";
import { paperOf, renderAnswer, renderBar, renderPaper, stayMs } from "./kiosk/answer.js";
import { load, paperState } from "./kiosk/load.js";
import { renderAsk, renderTiles } from "./kiosk/home.js";
import { swallowDoubleTouch } from "./kiosk/touch.js";
import { t } from "./kiosk/words.js";

const IDLE_MS = 30000;
const IDLE_WARNING_MS = 10000;
const REFUSED_MS = 8000;
const POLL_MS = 4000;
const RETRY_MS = 60000;
const SLOW_MS = 250;

const clock = new ServerClock();
const state = {
  hall: null,
  /** @type {Object[]} */
  printers: [],
  allowed: true,
  reachable: true,
  live: false,
  touchedAt: Date.now(),
  refusedAt: 0,
  /** When the answer's stay began: at the answer, at the last touch, or when the paper came. */
  answerFrom: 0,
  paper: "",
  /** @type {Object<string, string>} token -> print state, also of tickets whose answer is still on its way */
  prints: {},
};
const live = new Live({ query: { view: "kiosk" }, resume: false, onFrame: onFrame, onState: onState });

/* ---- which screen ---- */

/** The screen that the state asks for: a ticket in hand goes before everything else. */
function wanted() {
  const pending = take.pending();
  if (pending && pending.phase === "answered") return "answer";
  if (!state.allowed) return "unpaired";
  if (state.refusedAt) return "refused";
  if (pending && pending.phase === "sent") return "sending";
  if (!state.reachable) return "offline";
  if (!state.hall) return "loading";
  if (!state.hall.open) return "closed";
  return pending ? "ask" : "home";
}

function render() {
  const screen = wanted();
  const changed = document.body.dataset.screen !== screen;
  document.body.dataset.screen = screen;
  for (const panel of $$(".panel")) show(panel, panel.dataset.panel === screen);
  if (state.hall) {
    setText($("#hall-name"), nameOf(state.hall));
    document.title = t("title") + " – " + nameOf(state.hall);
  }
  if (changed) state.touchedAt = Date.now();
  if (screen === "home") renderTiles(state.hall.services, onTile);
  if (screen === "ask") renderQuestion(changed);
  if (screen === "answer") renderTicket(changed);
  if (screen === "closed") renderClosed();
  tick();
}

function renderQuestion(changed) {
  const service = state.hall.services.find((s) => s.id === take.pending().service);
  if (!service) {
    take.clear();
    render();
  } else if (changed || $("#ask-service").lang !== lang()) {
    $("#ask-service").lang = lang();
    renderAsk(service, state.hall.priorities, onChoice);
  }
}

function renderTicket(changed) {
  const pending = take.pending();
  if (changed) {
    state.answerFrom = pending.at;
    state.paper = "";
  }
  renderAnswer(pending.ticket, state.hall || { phone: { mode: "off" } });
  renderPaper(paper());
}

function renderClosed() {
  const at = state.hall.opens_at;
  const zone = state.hall.time_zone;
  setText($("#opens-at"), at ? t("opensAt", { time: clockText(at, zone), date: dateText(at, zone) }) : "");
}

function paper() {
  const ticket = take.pending().ticket;
  return paperOf(state.prints[ticket.token] || ticket.print, state.printers);
}

/* ---- what people do ---- */

function onTile(id) {
  if (take.pending() || wanted() !== "home") return; // The second half of a double touch.
  take.begin(id, lang());
  if (state.hall.priorities.length) render();
  else onChoice(null);
}

function onChoice(priority) {
  const pending = take.pending();
  if (!pending || pending.phase !== "ask") return;
  take.send(priority);
  request();
}

/** Asks for the ticket until there is an answer. Called again after a reload: same key, same body. */
async function request() {
  const slow = setTimeout(render, SLOW_MS); // A quick answer needs no screen in between.
  show($("#sending-slow"), false);
  try {
    const ticket = await post("/api/tickets", take.body(), {
      key: take.pending().key, retryMs: RETRY_MS, timeoutMs: 6000, onRetry: () => show($("#sending-slow"), true),
    });
    take.answered(ticket);
  } catch (err) {
    refuse(err);
  } finally {
    clearTimeout(slow);
    render();
  }
}

function refuse(err) {
  if (err.unknown) {
    state.reachable = false; // The request stays pending: poll() takes it up again.
    return;
  }
  take.clear();
  if (err.status === 401 || err.status === 403) {
    state.allowed = false;
    return;
  }
  state.refusedAt = Date.now();
  setText($("#refused-text"), err.detail || "");
  refresh();
}

/** Back to the start, in Vietnamese and at the usual height for whoever comes next. */
function home(forNext) {
  take.clear();
  state.refusedAt = 0;
  if (forNext) {
    document.body.dataset.low = "false";
    setLang("vi");
    words();
  }
  render();
}

/* ---- the server ---- */

function onFrame(frame) {
  clock.set(frame.now);
  state.hall = foldHall(state.hall, frame);
  if (frame.printers) state.printers = frame.printers;
  if (frame.token && frame.type.startsWith("print.")) notePrint(frame);
  if (frame.type !== "heartbeat" && frame.type !== "hello") render();
}

function notePrint(frame) {
  const plain = { "print.queued": "queued", "print.sending": "sending", "print.done": "sent", "print.failed": "failed" };
  state.prints[frame.token] = frame.outcome || plain[frame.type];
}

function onState(connection) {
  state.live = connection === "live";
  if (state.live) state.reachable = true;
  render();
}

/** How the page starts, and how it finds out that the server is back. */
async function refresh() {
  try {
    Object.assign(state, await load(), { reachable: true });
    clock.set(state.hall.now);
  } catch (err) {
    state.reachable = false;
  }
  render();
}

/** Without a live connection, or before pairing, asks again and again; takes up an unanswered request. */
async function poll() {
  if (!state.live || !state.allowed) {
    const before = state.reachable;
    await refresh();
    const pending = take.pending();
    if (!before && state.reachable && pending && pending.phase === "sent") request();
  }
  await followPaper();
  setTimeout(poll, POLL_MS);
}

/** The fate of the paper, when the frames that tell it may be missed. */
async function followPaper() {
  const pending = take.pending();
  if (state.live || !pending || pending.phase !== "answered" || paper() === "done") return;
  try {
    state.prints[pending.ticket.token] = await paperState(pending.ticket.token);
    render();
  } catch (err) {
    // The next round asks again; the number on the screen stays true.
  }
}

/* ---- time ---- */

function tick() {
  const now = Date.now();
  const zone = state.hall ? state.hall.time_zone : undefined;
  setText($("#clock"), clockText(clock.now(), zone));
  setText($("#date"), dateText(clock.now(), zone));
  const screen = document.body.dataset.screen;
  const idle = IDLE_MS - (now - state.touchedAt);
  const warn = screen === "ask" && idle <= IDLE_WARNING_MS;
  setText($("#idle"), warn ? t("idle", { n: Math.max(1, Math.ceil(idle / 1000)) }) : "");
  if (screen === "answer") return tickAnswer(now);
  if (screen === "ask" && idle <= 0) home(true);
  if (screen === "home" && idle <= 0 && (lang() !== "vi" || document.body.dataset.low === "true")) home(true);
  if (screen === "refused" && now - state.refusedAt > REFUSED_MS) home(false);
}

function tickAnswer(now) {
  const fate = paper();
  if (fate === "done" && state.paper === "printing") state.answerFrom = now; // Time to reach for it.
  state.paper = fate;
  const left = state.answerFrom + stayMs(fate) - now;
  if (left <= 0) home(true);
  else renderBar(left, fate);
}

/* ---- the page ---- */

function words() {
  apply(t);
  for (const button of $$("[data-lang]")) button.setAttribute("aria-pressed", String(button.dataset.lang === lang()));
  const low = document.body.dataset.low === "true";
  fill($("#low"), icon(low ? "raise" : "lower"), t(low ? "high" : "low"));
  fill($("#ask-back"), icon("back"), t("back"));
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
  document.addEventListener("langchange", () => {
    words();
    render();
  });
  $("#low").onclick = () => {
    document.body.dataset.low = String(document.body.dataset.low !== "true");
    words();
    render();
  };
  $("#ask-back").onclick = () => home(false);
  $("#done").onclick = () => home(true);
  $("#refused-back").onclick = () => home(false);
}

function main() {
  initLang("vi");
  for (const sign of $$("[data-icon]")) fill(sign, icon(sign.dataset.icon));
  words();
  listen();
  render();
  live.start();
  poll();
  const pending = take.pending();
  if (pending && pending.phase === "sent") request();
  setInterval(tick, 250);
  document.fonts.addEventListener("loadingdone", render); // Widths are only true in the real type.
}

main();
