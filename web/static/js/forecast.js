/**
 * The manager's page about the forecast: does what the tickets say come true?
 * @module
 */

import { $, $$, el, fill, icon, setText, show } from "./lib/dom.js";
import { nameOf } from "./lib/texts.js";
import { get, del } from "./lib/api.js";
import { signInForm } from "./staff/signin.js";
import { langSwitch } from "./staff/lang.js";
import { clockQuestion } from "./staff/clock.js";
import { drawReport, dayName } from "./forecast/report.js";
import { t } from "./forecast/words.js";

const DAYS = 30;

/** A call changes the scores of the day; a manager need not see it at once. */
const POLL_MS = 30000;

const form = signInForm(t, (user) => enter(user));
const clock = clockQuestion(t, { hall: () => hall, take: (next) => { hall = next; } });
let me = null;
let hall = null;
/** @type {import("./forecast/scores.js").Day[]} */
let days = [];
let period = "all";
let by = "services";
let drawn = "";

function view(name) {
  document.body.dataset.view = name;
  for (const panel of $$("[data-panel]")) show(panel, panel.dataset.panel === name);
  show($("#me"), Boolean(me));
  show($("#sign-out"), Boolean(me));
  setText($("#me"), me ? me.name : "");
  setText($("#hall-name"), nameOf(hall));
  document.title = t("title");
  clock.draw(Boolean(me));
}

async function enter(user) {
  me = user;
  if (user.role === "clerk") return deny();
  try {
    await load();
  } catch (err) {
    failed(err);
  }
}

function deny() {
  setText($("#denied-text"), t("needManagerText", { role: t("role_" + me.role).toLowerCase() }));
  view("denied");
}

async function load() {
  const found = await get("/api/forecast/scores?days=" + DAYS, { retryMs: 10000 });
  const print = JSON.stringify([found, hall && hall.business_day]);
  if (print === drawn && document.body.dataset.view === "report") return; // A list may be unfolded.
  drawn = print;
  days = found.filter((d) => d.total.n > 0);
  draw();
}

function draw() {
  if (!days.length) return view("empty");
  if (period !== "all" && !days.some((d) => d.day === period)) period = "all";
  drawPeriods();
  for (const button of $$("[data-by]", $(".by"))) button.setAttribute("aria-pressed", String(button.dataset.by === by));
  drawReport(period === "all" ? days : days.filter((d) => d.day === period), days, by, hall);
  view("report");
}

function drawPeriods() {
  const today = hall && hall.business_day;
  const name = (day) => (day === today ? t("today", { day: dayName(day) }) : dayName(day));
  const all = days.length < DAYS ? t("allDays") : t("lastDays", { n: DAYS });
  const select = /** @type {HTMLSelectElement} */ ($("#period"));
  fill(select, el("option", { value: "all" }, all), ...days.map((d) => el("option", { value: d.day }, name(d.day))));
  select.value = period;
}

/** A page that cannot go on says why; an ended session leads to signing in. */
function failed(err) {
  if (err.status === 401) return leave(t("signedOut"));
  view("loading");
  fill($("#panel-loading"), icon("warning"), " " + err.message);
}

function leave(message) {
  me = null;
  days = [];
  view("signin");
  form.show(message);
}

async function signOut() {
  await del("/api/session");
  leave("");
}

function wire() {
  $("#period").addEventListener("change", (event) => {
    period = /** @type {HTMLSelectElement} */ (event.target).value;
    draw();
  });
  for (const button of $$("[data-by]", $(".by"))) {
    button.addEventListener("click", () => {
      by = button.dataset.by;
      draw();
    });
  }
  for (const id of ["#sign-out", "#other-account"]) $(id).addEventListener("click", () => signOut().catch(failed));
  setInterval(() => {
    if (me && document.body.dataset.view !== "denied") load().catch((err) => err.status === 401 && failed(err));
  }, POLL_MS);
}

async function start() {
  langSwitch(t, () => {
    const shown = document.body.dataset.view;
    if (shown === "report") draw();
    else if (shown === "denied") deny();
    else view(shown);
  });
  wire();
  const [session, open] = await Promise.all([get("/api/session", { retryMs: 3600000 }), get("/api/hall", { retryMs: 3600000 })]);
  hall = open;
  show($("#demo-hint"), open.demo);
  if (session.user) return enter(session.user);
  leave("");
}

start().catch(failed);
