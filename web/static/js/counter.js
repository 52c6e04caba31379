/**
 * The counter page: sign in, choose a counter, serve citizens. It can be worked by keyboard alone,
 * and after a reload it is where it was.
 * @module
 */

import { $, $$, icon, fill, setText, show } from "./lib/dom.js";
import { nameOf } from "./lib/texts.js";
import { get, post, del } from "./lib/api.js";
import { signInForm } from "./staff/signin.js";
import { langSwitch } from "./staff/lang.js";
import { dialogOpen } from "./staff/dialog.js";
import { clockQuestion } from "./staff/clock.js";
import { drawBar, menu } from "./staff/bar.js";
import { state, clock, update, onChange, notice, inHand, rememberCounter, rememberedCounter } from "./counter/store.js";
import { startSync, stopSync, refresh, counterPath } from "./counter/sync.js";
import * as act from "./counter/actions.js";
import * as ask from "./counter/dialogs.js";
import { issueDialog } from "./counter/issue.js";
import { writtenDialog } from "./counter/written.js";
import { historyDialog } from "./counter/history.js";
import { handoverDialog } from "./counter/handover.js";
import { helpKey, drawHelp } from "./counter/help.js";
import { keysDialog, moreDialog } from "./counter/keyhelp.js";
import { drawHand, drawTimes, dossiers, keepCount } from "./counter/hand.js";
import { initQueue, drawQueue, chooseTab } from "./counter/queue.js";
import { loadCounters, drawChoice, sayChoice } from "./counter/choose.js";
import { drawBanner, listenBanner } from "./counter/banner.js";
import { listenKeys } from "./counter/keys.js";
import { drawSingleKeys } from "./counter/single.js";
import { t } from "./counter/words.js";

/** The lists' minutes need no second hand. */
const QUEUE_TICK_MS = 10000;

const form = signInForm(t, (user) => enter(user));
const doubt = clockQuestion(t, { hall: () => state.hall, take: (hall) => update({ hall: hall }) });
let choices = [];

function view(name) {
  document.body.dataset.view = name;
  for (const panel of $$("[data-panel]")) show(panel, panel.dataset.panel === name);
  drawTop();
}

const working = () => document.body.dataset.view === "work";

function drawTop() {
  const counter = working() ? state.counter : null;
  drawBar(state.me, state.hall);
  show($("#page-name"), !counter);
  show($("#at-counter"), Boolean(counter));
  show($("#counter-tools"), Boolean(counter));
  if (!counter) show($("#over"), false);
  document.title = t("title");
  doubt.draw(Boolean(state.me));
  if (!counter) return;
  drawSingleKeys();
  setText($("#counter-name"), nameOf(counter));
  const chip = $("#counter-state");
  chip.dataset.kind = counter.state === "open" ? "ok" : "warn";
  chip.dataset.state = counter.state;
  setText(chip, t("state_" + counter.state) + (counter.reason ? ": " + counter.reason : ""));
  document.body.dataset.counter = counter.id;
  const hint = counter.state === "open" && counter.hint;
  document.title = (inHand() ? inHand().number : hint ? "● " + hint.number : "–") + " · " + nameOf(counter);
}

function draw() {
  drawTop();
  if (!working()) return;
  if (leftCounter()) return;
  drawBanner();
  drawHelp();
  drawHand();
  drawQueue();
  const line = $("#notice");
  setText(line, state.notice);
  line.dataset.kind = state.noticeKind;
  keepFocus();
}

/** The keyboard always has a place: without one it is the Next button. */
function keepFocus() {
  if (!dialogOpen() && (document.activeElement === document.body || !document.activeElement)) $("#next").focus();
}

/** The counter was closed, or somebody else has it now: back to the choice. */
function leftCounter() {
  const c = state.counter;
  const mine = c.user === state.me.id || state.me.role !== "clerk";
  if (c.state !== "closed" && mine) return false;
  const text = c.state === "closed" ? t("counterClosed", { name: nameOf(c) }) : t("counterTaken", { name: nameOf(c), user: c.user_name || c.user });
  choose(text);
  return true;
}

/** Somebody has signed in: to the counter of before, or to the choice. */
async function enter(user) {
  state.me = user;
  startSync(refused);
  try {
    state.printers = await get("/api/printers");
  } catch (err) {
    state.printers = []; // The banner comes with the first frame instead.
  }
  const id = rememberedCounter();
  if (!id) return choose("");
  try {
    takeUp(await get(counterPath(id), { retryMs: 10000 }));
  } catch (err) {
    if (err.status === 401) refused(err);
    else choose(err.status === 404 ? t("counterGone") : err.message);
  }
}

async function choose(text) {
  state.counter = null;
  rememberCounter("");
  for (const dialog of $$("dialog[open]")) /** @type {HTMLDialogElement} */ (dialog).close();
  view("choose");
  sayChoice(text);
  try {
    choices = await loadCounters();
  } catch (err) {
    return err.status === 401 ? refused(err) : sayChoice(err.message);
  }
  drawTop();
  drawChoices();
}

function drawChoices() {
  drawChoice(choices, document.body.dataset.counter || "", async (counter, how) => {
    try {
      if (how === "open") await post(counterPath(counter.id, "open"));
      takeUp(await get(counterPath(counter.id)));
    } catch (err) {
      choose(err.message);
    }
  });
}

/** Works at this counter from here on. */
async function takeUp(counter) {
  if (counter.state === "closed") return choose("");
  rememberCounter(counter.id);
  Object.assign(state, { counter: counter, notice: "", busy: "", tab: "waiting" });
  if (!state.hall) state.hall = await get("/api/hall");
  view("work");
  await refresh();
  update();
  $("#next").focus();
}

/** A refresh was refused: the session is over, or the counter is no more. */
function refused(err) {
  if (err.status === 401) {
    leave();
    form.show(t("signedOut"));
  } else if (err.status === 404) choose(t("counterGone"));
  else notice(err.message, "bad");
}

function leave() {
  stopSync();
  for (const dialog of $$("dialog[open]")) /** @type {HTMLDialogElement} */ (dialog).close();
  state.me = null;
  state.counter = null;
  view("signin");
}

/** The colleague who has typed his PIN has the counter now; without one everything is as before. */
async function goOn(user) {
  if (user) Object.assign(state, { me: user, counter: Object.assign({}, state.counter, { user: user.id, user_name: user.name }) });
  startSync(refused);
  await refresh();
  update();
  if (user) notice(t("handoverDone", { user: user.name }));
}

async function signOut() {
  await del("/api/session");
  rememberCounter("");
  leave();
  form.show();
}

/** Buttons and keys by their name. */
const ACTIONS = {
  next: () => act.next(dossiers()),
  recall: act.recall,
  finish: () => act.finish(dossiers()),
  "no-show": () => act.simple("no-show"),
  undo: () => act.simple("undo"),
  hold: ask.holdDialog,
  transfer: ask.transferDialog,
  priority: () => ask.priorityDialog(inHand()),
  confirm: () => act.confirmPriority(inHand()),
  revoke: () => ask.revokeDialog(inHand()),
  reprint: () => ask.reprintDialog(inHand()),
  issue: issueDialog,
  pause: ask.pauseDialog,
  resume: () => act.simple("resume"),
  rest: () => run(state.counter.state === "paused" ? "resume" : "pause"),
  close: ask.closeDialog,
  waiting: () => chooseTab("waiting"),
  held: () => chooseTab("held"),
  no_show: () => chooseTab("no_show"),
  booked: () => chooseTab("booked"),
  home: () => $("#next").focus(),
  dossiers: () => /** @type {HTMLInputElement} */ ($("#dossiers")).select(),
  history: () => historyDialog(inHand()),
  help: helpKey,
  handover: () => handoverDialog(stopSync, goOn),
  written: writtenDialog,
  keys: keysDialog,
  more: () => moreDialog(run),
};

function run(name) {
  if (!working() || dialogOpen() || state.busy) return;
  if (act.allowed(name)) ACTIONS[name]();
  else act.sayIdle(name);
}

function wire() {
  for (const kind of ["keydown", "click"]) document.addEventListener(kind, (event) => { state.pressedAt = event.timeStamp; }, true);
  for (const button of $$("#panel-work .doing [data-action]")) button.addEventListener("click", () => run(button.dataset.action));
  for (const tool of $$("#counter-tools [data-tool]")) tool.addEventListener("click", () => run(tool.dataset.tool));
  $("#dossiers").addEventListener("input", keepCount);
  $("#sign-out").addEventListener("click", () => {
    if (working()) ask.signOutDialog(signOut);
    else signOut().catch((err) => sayChoice(err.message));
  });
  $("#dossiers").addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || event.repeat) return;
    event.preventDefault();
    $("#next").focus();
    run("finish");
  });
  listenBanner();
  listenKeys(working, run);
  initQueue({
    open: (item) => (state.tab === "booked" ? ask.arriveDialog(item) : ask.ticketDialog(item)),
    back: (item) => (state.tab === "booked" ? ask.arriveDialog(item) : item.state === "no_show" ? act.giveBack(item) : ask.backToHand(item)),
  });
  onChange(draw);
  setInterval(() => working() && drawTimes(), 1000);
  setInterval(() => working() && drawQueue(), QUEUE_TICK_MS);
}

async function start() {
  langSwitch(t, () => {
    update();
    if (document.body.dataset.view === "choose") drawChoices();
  });
  menu();
  wire();
  const [session, hall] = await Promise.all([get("/api/session", { retryMs: 3600000 }), get("/api/hall", { retryMs: 3600000 })]);
  state.hall = hall;
  clock.set(hall.now);
  show($("#demo-hint"), hall.demo);
  if (session.user) return enter(session.user);
  view("signin");
  form.show();
}

start().catch((err) => fill($("#panel-loading"), icon("warning"), " " + err.message));
