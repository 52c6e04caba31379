/**
 * The second screen of a counter: it shows calmly whom the counter serves, and asks the citizen whose matter was
 * finished for his opinion. It learns of news by the public WebSocket and then asks for what it may show.
 * @module
 */

import { $, $$, el, fill, setText, show } from "./lib/dom.js";
import { initLang, lang, nameOf, setLang } from "./lib/texts.js";
import { get, post } from "./lib/api.js";
import { Live } from "./lib/live.js";
import { reasonsOf, stepWord } from "./lib/ratings.js";
import { face } from "./rate/faces.js";
import { Opinion } from "./rate/opinion.js";
import { t } from "./rate/words.js";

const LOOK_MS = 10000; // How often an unpaired screen asks whether it is paired by now.
const TICK_MS = 250;
const SEND_MS = 6000;

const state = { device: null, hall: null, screen: null, connection: "connecting", asking: false, again: false };
const live = new Live({ query: { view: "public" }, resume: false, onFrame: onFrame, onState: (connection) => { state.connection = connection; draw(); } });
const opinion = new Opinion((body) => post(path("rate"), body, { repeat: true, retryMs: SEND_MS }), draw);

/** @returns {string} id of the counter, or empty */
const counter = () => (state.device && state.device.kind === "counter" && (state.device.counters || [])[0]) || "";
const path = (what) => "/api/counters/" + encodeURIComponent(counter()) + "/" + what;

/* ---- news ---- */

/** Asks who this screen is, and what it may show. One request at a time; news meanwhile leads to another. */
async function look() {
  state.again = state.asking;
  if (state.asking) return;
  state.asking = true;
  try {
    if (!counter()) await whoAmI();
    if (counter()) take(await get(path("screen")));
  } catch (err) {
    if (!err.unknown) forget(); // Revoked, or moved to another counter.
  }
  state.asking = false;
  draw();
  if (state.again) look();
}

async function whoAmI() {
  const [session, hall] = await Promise.all([get("/api/session"), get("/api/hall")]);
  state.device = session.device;
  state.hall = hall;
}

function forget() {
  state.device = state.screen = null;
  live.stop();
  opinion.end();
}

function take(screen) {
  const before = opinion.ask;
  state.screen = screen;
  if (live.stopped) live.start(); // Not before: an unpaired screen counts as a display that nobody looks after.
  opinion.take(screen);
  if (opinion.ask && opinion.ask !== before && (!before || opinion.ask.ticket !== before.ticket)) setLang(opinion.ask.lang === "en" ? "en" : "vi");
}

function onFrame(frame) {
  if (frame.type === "snapshot") state.hall = frame.hall;
  const mine = frame.counter === counter() || frame.type === "snapshot" || frame.type === "heartbeat";
  if (mine) look();
}

/* ---- the screen ---- */

function panelName() {
  if (!state.hall) return "loading";
  if (!counter()) return state.device && state.device.kind === "counter" ? "unplaced" : "unpaired";
  if (!state.screen) return "loading";
  return { idle: "idle", ask: "ask", why: "ask", thanks: "thanks" }[opinion.phase];
}

/** Draws; whoever comes after a citizen has chosen no language yet. */
function draw() {
  const before = document.body.dataset.phase;
  document.body.dataset.phase = opinion.phase;
  if (before !== opinion.phase && opinion.phase === "idle" && lang() !== "vi") return setLang("vi"); // It draws again.
  const name = panelName();
  const message = ["loading", "unpaired", "unplaced"].includes(name);
  document.body.dataset.screen = name;
  document.title = t("title");
  for (const panel of $$("[data-panel]")) show(panel, panel.dataset.panel === (message ? "message" : name));
  setText($("#hall-name"), nameOf(state.hall));
  setText($("#lang"), t("other"));
  $("#lang").lang = lang() === "vi" ? "en" : "vi";
  setText($("#lost"), t("lost"));
  show($("#lost"), state.connection === "lost");
  if (message) drawMessage(name);
  else if (name === "idle") drawIdle();
  else if (name === "ask") drawAsk();
  else drawThanks();
}

function drawMessage(name) {
  setText($("#message-title"), t(name));
  const values = { name: state.device ? state.device.name : "" };
  setText($("#message-text"), name === "loading" ? "" : t(name + "Text", values));
  setText($("#message-pair"), t("pair"));
  show($("#message-pair"), name === "unpaired");
}

function drawIdle() {
  const s = state.screen;
  setText($("#counter"), nameOf(s));
  setText($("#state"), t(s.now ? "serving" : s.state === "open" ? "free" : s.state));
  setText($("#now"), s.now || "");
  $("#serving").dataset.state = s.now ? "serving" : s.state;
}

function drawAsk() {
  const rated = opinion.phase === "why";
  setText($("#whose"), t("whose", { number: opinion.ask.number }));
  setText($("#next"), state.screen.now ? t("next", { number: state.screen.now }) : "");
  setText($("#question"), t("question"));
  setText($("#hint"), t(rated ? "given" : "hint"));
  for (const button of $$("#faces button")) {
    const stars = Number(button.dataset.stars);
    button.setAttribute("aria-pressed", String(stars === opinion.stars));
    setText($("span", button), stepWord(stars));
  }
  show($("#why"), rated);
  setText($("#why-title"), t("why"));
  setText($("#send"), t("send"));
  if (rated) drawReasons();
}

function drawReasons() {
  const box = $("#reasons");
  const shown = lang() + (opinion.stars > 3);
  if (box.dataset.shown !== shown) { // Made anew only when they are others: the focus stays.
    box.dataset.shown = shown;
    fill(box, ...reasonsOf(opinion.stars).map((r) => el("button", { type: "button", class: "btn", "data-reason": r.code, onclick: () => opinion.pick(r.code) }, r.word)));
  }
  for (const button of $$("button", box)) button.setAttribute("aria-pressed", String(opinion.picked.includes(button.dataset.reason)));
}

function drawThanks() {
  if ($("#given").dataset.stars !== String(opinion.stars)) {
    $("#given").dataset.stars = String(opinion.stars);
    fill($("#given"), face(opinion.stars));
  }
  setText($("#thanks"), t("thanks"));
  setText($("#change"), t("change"));
}

function listen() {
  fill($("#faces"), ...[1, 2, 3, 4, 5].map((n) =>
    el("button", { type: "button", "data-stars": n, onclick: () => opinion.rate(n) }, face(n), el("span", {}))));
  $("#send").onclick = () => opinion.explain();
  $("#change").onclick = () => opinion.again();
  $("#lang").onclick = () => setLang(lang() === "vi" ? "en" : "vi");
  document.addEventListener("langchange", draw);
  setInterval(() => opinion.tick(), TICK_MS);
  setInterval(() => state.screen || look(), LOOK_MS);
}

initLang("vi");
listen();
draw();
look();
