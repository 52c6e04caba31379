/**
 * The citizen's phone: one ticket, live. Phones are old and the network is bad, so this is ES2017,
 * small, works from plain requests when the live connection does not, and says when it is stale.
 * @module
 */

import { $, setText, show } from "./lib/dom.js";
import { initLang, lang, nameOf, setLang } from "./lib/texts.js";
import { steadyWait, waitMinutes, waitSpan } from "./lib/wait.js";
import { get, post } from "./lib/api.js";
import { Live } from "./lib/live.js";
import { Alarm, notice, recall, remember } from "./phone/alert.js";
import { Rating } from "./phone/rate.js";
import { t } from "./phone/words.js";

const POLL_MS = 15000;

const token = decodeURIComponent(location.pathname.split("/")[2] || "");
const path = "/api/tickets/" + encodeURIComponent(token);
const state = { ticket: null, hall: null, gone: "", live: false, reached: false, freshAt: 0, frames: 0, memory: recall(token), asking: false, wait: null };
const live = new Live({ query: { ticket: token }, resume: false, onFrame: onFrame, onState: onState });
const alarm = new Alarm(() => render());
const rating = new Rating((stars, reasons) => act("/rate", { stars: stars, reasons: reasons }));

/* ---- news ---- */

function onFrame(frame) {
  state.frames++;
  state.live = true;
  state.freshAt = Date.now();
  if (frame.type === "ticket.status") accept(frame.ticket);
  else if (!$("#offline").hidden) render();
}

function onState(connection) {
  state.live = connection === "live";
  if (state.live) state.reached = true;
  else load();
  render();
}

/** Takes up what the server says of the ticket; the first answer also brings the ticket's language. */
function accept(ticket) {
  if (!state.ticket) initLang(ticket.lang);
  state.ticket = ticket;
  state.reached = true;
  state.freshAt = Date.now();
  if (ticket.state !== "waiting" && ticket.state !== "held") state.asking = false; // The question is over; it must not come back.
  state.wait = steadyWait(state.wait, ticket);
  const news = notice(state.memory, ticket);
  state.memory = news.memory;
  remember(token, news.memory);
  render();
  if (news.alert) alert(news.alert);
}

/** The alert stays in data-alert for whoever watches the page; its colour and shape are those of the state. */
function alert(what) {
  document.body.dataset.alert = what;
  document.body.dataset.alerts = String(Number(document.body.dataset.alerts || 0) + 1);
  window.scrollTo(0, 0);
  alarm.tell(what);
}

/** Asks once, with a plain request. What a live frame has told meanwhile is newer than the answer. */
async function load() {
  const frames = state.frames;
  try {
    if (!state.hall) state.hall = await get("/api/hall");
    const ticket = await get(path);
    state.reached = true;
    if (frames === state.frames) accept(ticket);
    if (live.stopped) live.start();
  } catch (err) {
    if (err.status === 410 || err.status === 404) leave(err.status);
    else if (frames === state.frames) state.live = state.reached = false;
  }
  render();
}

/** The ticket is of no use any more. Whose day ended while he waited is told so. */
function leave(status) {
  const left = state.ticket && (state.ticket.state === "waiting" || state.ticket.state === "held");
  state.gone = status === 404 ? "unknown" : left ? "closing" : "expired";
  live.stop();
}

/* ---- the screen ---- */

function render() {
  const ticket = state.gone ? null : state.ticket;
  document.body.dataset.screen = state.gone || (ticket ? "ticket" : "loading");
  show($("#lang"), true);
  setText($("#lang"), t("other"));
  $("#lang").lang = lang() === "vi" ? "en" : "vi";
  setText($("#hall-name"), nameOf(state.hall));
  show($("#message"), !ticket);
  show($("#ticket"), Boolean(ticket));
  setText($("#message-title"), t(state.gone || "loading"));
  setText($("#message-text"), state.gone ? t(state.gone + "Text") : "");
  if (state.gone) document.title = t(state.gone);
  renderOffline(!state.gone && !state.live && !state.reached);
  if (ticket) renderTicket(ticket);
}

/** Says that what is shown is old, since when, and in a hall with a network of its own, why perhaps. */
function renderOffline(stale) {
  document.body.dataset.stale = String(stale);
  show($("#offline"), stale);
  const phone = (state.hall && state.hall.phone) || {};
  const where = phone.mode === "wifi" && phone.ssid ? " " + t("wifi", { ssid: phone.ssid }) : "";
  setText($("#offline"), !stale ? "" : (state.freshAt ? t("offline", { time: clock(state.freshAt) }) : t("offlineNew")) + where);
}

/** Hours and minutes in the hall's zone. */
function clock(at) {
  const zone = state.hall ? state.hall.time_zone : undefined;
  return new Date(at).toLocaleTimeString("en-GB", { hour: "2-digit", minute: "2-digit", timeZone: zone });
}

function counterName(id) {
  const counter = state.hall && state.hall.counters.find((c) => c.id === id);
  return counter ? nameOf(counter) : id ? (lang() === "en" ? "Counter " : "Quầy ") + id : "";
}

function serviceName(id) {
  return nameOf(((state.hall && state.hall.services) || []).find((s) => s.id === id));
}

function renderTicket(ticket) {
  const counter = counterName(ticket.counter);
  document.title = title(ticket, counter);
  const panel = $("#ticket");
  panel.dataset.state = ticket.state;
  panel.dataset.near = String(state.memory.near);
  setText($("#number-label"), t("number"));
  setText($("#number"), ticket.number);
  $("#number").dataset.number = ticket.number;
  $("#number").dataset.long = String(ticket.number.length > 4);
  setText($("#service"), nameOf(ticket));
  setText($("#then"), then(ticket));
  setText($("#slot"), ticket.slot ? t("slot", { time: clock(ticket.slot) }) : "");
  setText($("#issued"), ticket.undated ? "" : t("issued", { time: clock(ticket.issued_at) }));
  renderState(ticket, counter);
  renderAlarm(ticket);
  rating.render(ticket);
  renderCancel(ticket);
}

function title(ticket, counter) {
  const values = { number: ticket.number, n: ticket.ahead, counter: counter };
  if (ticket.state === "called") return t("titleCalled", values);
  if (ticket.state !== "waiting") return t("title", values);
  return t(ticket.ahead > 0 ? "titleAhead" : "titleNext", values);
}

/** What comes after this service on the same ticket. */
function then(ticket) {
  const names = ticket.route.map(serviceName).filter(Boolean);
  return names.length ? t("then", { names: names.join(", ") }) : "";
}

/** The card: what to do now, where, and how many are before. */
function renderState(ticket, counter) {
  const waiting = ticket.state === "waiting";
  const near = state.memory.near;
  const moved = waiting && state.memory.moved;
  setText($("#moved"), moved ? t(moved.step ? "step" : "transfer", { from: serviceName(moved.from), to: nameOf(ticket) }) : "");
  setText($("#state-text"), t(near ? "near" : ticket.state === "cancelled" && ticket.reason === "closing" ? "closing" : ticket.state));
  setText($("#counter"), ticket.state === "called" ? counter : waiting && counter ? t("fixed", { counter: counter }) : "");
  $("#counter").dataset.long = String(counter.length > 7);
  setText($("#ahead"), !waiting ? "" : t(ticket.ahead > 0 ? "ahead" : "next", { n: ticket.ahead }));
  setText($("#wait"), waiting ? waitWords() : "");
  setText($("#state-hint"), hint(ticket));
}

function waitWords() {
  const range = waitMinutes(state.wait);
  const span = waitSpan(state.wait);
  return span && t(range.low && range.high <= 90 ? "waitAbout" : "wait", { span: span });
}

function hint(ticket) {
  switch (ticket.state) {
    case "waiting": return t(state.memory.near ? "nearHint" : "waitingHint");
    case "called": return ticket.calls > 1 ? t("calledAgain", { n: ticket.calls }) : t("calledHint");
    case "held": return t("heldHint");
    case "no_show": return t(ticket.misses > 1 ? "parked" : "missedOnce");
    default: return "";
  }
}

/** The sound is offered to whoever may still be called, and what it cannot do is said beside it. */
function renderAlarm(ticket) {
  show($("#alarm"), ticket.state === "waiting" || ticket.state === "held" || ticket.state === "no_show");
  show($("#sound"), alarm.possible);
  const lost = alarm.wanted && !alarm.on;
  document.body.dataset.sound = alarm.on ? "on" : lost ? "lost" : "off";
  setText($("#sound"), t(alarm.on ? "soundOff" : lost ? "soundAgain" : "soundOn"));
  setText($("#sound-state"), alarm.on ? t("soundIsOn") : lost ? t("soundLost") : "");
  setText($("#sound-note"), t(alarm.possible ? alarm.vibrates ? "noteBoth" : "noteSound" : alarm.vibrates ? "noteVibrate" : "noteNone"));
}

function renderCancel(ticket) {
  const possible = ticket.state === "waiting" || ticket.state === "held";
  show($("#cancel"), possible && !state.asking);
  show($("#confirm"), possible && state.asking);
  setText($("#cancel"), t("cancel"));
  setText($("#confirm-text"), t("confirm", { number: ticket.number }));
  setText($("#cancel-yes"), t("cancelYes"));
  setText($("#cancel-no"), t("cancelNo"));
}

/* ---- what the citizen does ---- */

/** Sends what he wants, again where an answer was lost: both requests name their own outcome. */
async function act(what, body) {
  show($("#fault"), false);
  try {
    accept(await post(path + what, body, { repeat: true, retryMs: 10000 }));
    return true;
  } catch (err) {
    if (!err.unknown) await load();
    if (what === "/cancel" && state.ticket.state === "cancelled") return true; // The repeat of what was done already.
    setText($("#fault"), err.detail);
    show($("#fault"), true);
    return false;
  }
}

function ask(asking) {
  state.asking = asking;
  render();
  $(asking ? "#cancel-no" : "#cancel").focus();
  if (asking) $("#confirm").scrollIntoView(false); // Both answers are seen, not only the one with the focus.
}

function listen() {
  $("#lang").onclick = () => setLang(lang() === "vi" ? "en" : "vi");
  document.addEventListener("langchange", render);
  $("#sound").onclick = () => alarm.toggle();
  $("#cancel").onclick = () => ask(true);
  $("#cancel-no").onclick = () => ask(false);
  $("#cancel-yes").onclick = () => {
    state.asking = false;
    act("/cancel");
  };
  // A phone that slept may believe in a connection that is long dead: it asks.
  document.addEventListener("visibilitychange", () => document.hidden || state.gone || load());
  window.addEventListener("pageshow", (event) => event.persisted && !state.gone && load());
  window.addEventListener("offline", () => {
    state.live = state.reached = false;
    render();
  });
  window.addEventListener("online", () => state.gone || load());
}

/** Begins with what came with the page; a ticket that the server does not know today, or no more, is asked for. */
function begin() {
  const first = document.body.dataset.first;
  listen();
  if (!first) {
    initLang("vi");
    load();
    return;
  }
  const look = JSON.parse(first);
  document.body.removeAttribute("data-first"); // Old from now on.
  state.hall = look.hall;
  accept(look.ticket);
  state.freshAt = Date.parse(look.now); // The page may come out of a browser's store, hours later.
  live.start();
}

begin();
setInterval(() => state.gone || state.live || load(), POLL_MS);
