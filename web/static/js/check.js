/**
 * The morning check: one page that says before the doors open what works and what somebody has to see
 * to. All facts come from the server, but for this device's loudspeaker.
 * @module
 */

import { $, $$, fill, icon, setText, show } from "./lib/dom.js";
import { nameOf } from "./lib/texts.js";
import { get, del } from "./lib/api.js";
import { signInForm } from "./staff/signin.js";
import { langSwitch } from "./staff/lang.js";
import { clockQuestion } from "./staff/clock.js";
import { judge } from "./check/judge.js";
import { drawRows } from "./check/rows.js";
import { t } from "./check/words.js";

const POLL_MS = 5000;

/** Where this tab keeps what was said of the loudspeaker. */
const STORED = "layso.check.sound";

const form = signInForm(t, (user) => enter(user));
const clock = clockQuestion(t, { hall: () => hall, take: (next) => { hall = next; look(); } });
let me = null;
let hall = null;
let facts = null;
let lost = false;
/** @type {import("./check/judge.js").Sound} */
let sound = storedSound();

function storedSound() {
  try {
    return JSON.parse(sessionStorage.getItem(STORED) || "null") || { answer: "", at: 0 };
  } catch (err) {
    return { answer: "", at: 0 }; // Storage is blocked, or somebody else's data under our name.
  }
}

/** @param {"yes"|"no"|"blocked"} answer */
function heard(answer) {
  sound = { answer: answer, at: Date.now() };
  try {
    sessionStorage.setItem(STORED, JSON.stringify(sound));
  } catch (err) {
    // As in storedSound: the answer lasts until the page is left.
  }
  draw();
}

function view(name) {
  document.body.dataset.view = name;
  for (const panel of $$("[data-panel]")) show(panel, panel.dataset.panel === name);
  show($("#me"), Boolean(me));
  show($("#sign-out"), Boolean(me));
  show($("#admin-link"), Boolean(me) && me.role !== "clerk");
  setText($("#me"), me ? me.name : "");
  setText($("#hall-name"), nameOf(hall));
  document.title = t("title");
  clock.draw(Boolean(me));
}

function draw() {
  if (!facts) return;
  const rows = judge(facts, { zone: hall.time_zone, here: Date.now(), origin: location.origin, sound: sound, names: serviceName });
  drawRows(rows, { look: look, heard: heard });
  if (lost) setText($("#verdict-more"), t("lost"));
  setText($("#version"), t("version", { version: facts.version }));
}

/** The name of the service with this id; the id itself when it is gone. */
const serviceName = (id) => nameOf(hall.services.find((s) => s.id === id)) || id;

/** Asks the server how things stand. */
async function look() {
  if (!me) return;
  try {
    facts = await get("/api/check");
    lost = false;
  } catch (err) {
    if (err.status === 401) return leave(t("signedOut"));
    lost = true;
  }
  draw();
}

async function enter(user) {
  me = user;
  try {
    facts = await get("/api/check", { retryMs: 10000 });
  } catch (err) {
    return failed(err);
  }
  draw();
  view("report");
}

function failed(err) {
  if (err.status === 401) return leave(t("signedOut"));
  view("loading");
  fill($("#panel-loading"), icon("warning"), " " + err.message);
}

function leave(message) {
  me = null;
  for (const dialog of $$("dialog[open]")) /** @type {HTMLDialogElement} */ (dialog).close();
  view("signin");
  form.show(message);
}

async function signOut() {
  await del("/api/session");
  leave("");
}

async function start() {
  langSwitch(t, () => {
    draw();
    view(document.body.dataset.view);
  });
  $("#sign-out").addEventListener("click", () => signOut().catch(() => {}));
  setInterval(() => document.body.dataset.view === "report" && look(), POLL_MS);
  const [session, open] = await Promise.all([get("/api/session", { retryMs: 3600000 }), get("/api/hall", { retryMs: 3600000 })]);
  hall = open;
  show($("#demo-hint"), open.demo);
  if (session.user) return enter(session.user);
  leave("");
}

start().catch(failed);
