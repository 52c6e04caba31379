/**
 * The managers' reports: what the hall did in a day, a week, a month, a half-year or any other span, on the
 * screen, as a sheet to print and sign, and as files. The span stands in the page's address.
 * @module
 */

import { $, $$, setAttr, setText, show } from "./lib/dom.js";
import { get } from "./lib/api.js";
import { dayIn } from "./lib/format.js";
import { staffPage } from "./staff/frame.js";
import { hashOf, spanFrom } from "./reports/spans.js";
import { periodControl } from "./reports/period.js";
import { drawReport, tableButtons } from "./reports/view.js";
import { nextOrder } from "./reports/tables.js";
import { Sheet } from "./reports/sheet.js";
import { t } from "./reports/words.js";

/** Figures of a day that is not over grow by themselves. */
const POLL_MS = 60000;

/** A half-year of a big hall on a small PC takes a moment. */
const PATIENCE = { retryMs: 10000, timeoutMs: 20000 };

const frame = staffPage(t, { enter: enter, draw: draw, leave: forget });
const sheet = new Sheet();
/** @type {import("./reports/view.js").Choice} */
const choice = { by: "services", heat: "taken", order: null };
/** @type {import("./reports/spans.js").Span} */
let span;
let report = null;
let asked = 0;

/** The day that counts as today in the hall: the open business day, also past midnight. */
function today() {
  const hall = frame.hall;
  return hall.business_day && !hall.day_closed ? hall.business_day : dayIn(hall.now, hall.time_zone);
}

/** Whether figures of the span can still change: a day that was ended is over before midnight. */
function runs() {
  const over = frame.hall.day_closed && frame.hall.business_day === today();
  return span.to > today() || (span.to === today() && !over);
}

const wantsPaper = () => new URLSearchParams(location.hash.slice(1)).has("paper");

function address(next, paper) {
  return "#" + hashOf(next) + (paper ? "&paper" : "");
}

async function enter() {
  span = spanFrom(location.hash, today());
  await load();
}

function forget() {
  asked++;
  report = null;
  sheet.forget();
}

/** Asks for the report; an answer that was overtaken by another question is thrown away. */
async function load() {
  const mine = ++asked;
  setAttr($("#report"), "aria-busy", "true");
  period.draw();
  try {
    // The hall with it, for the sheet says when the figures were drawn up.
    const [found, hall] = await Promise.all([get("/api/reports?from=" + span.from + "&to=" + span.to, PATIENCE), get("/api/hall", PATIENCE)]);
    if (mine !== asked) return;
    [report, frame.hall] = [found, hall];
    problem("");
  } catch (err) {
    if (mine !== asked) return;
    if (err.status === 401) throw err;
    problem(err.message);
  }
  setAttr($("#report"), "aria-busy", null);
  draw();
}

function problem(text) {
  setText($("#problem"), text);
  show($("#problem"), text !== "");
}

function draw() {
  const known = report && report.from === span.from && report.to === span.to;
  const running = runs();
  period.draw();
  for (const id of ["#known", "#actions"]) show($(id), Boolean(known));
  if (known) {
    drawReport(report, span, running, choice, sort);
    sheet.draw(report, span, running, frame);
  }
  frame.view(known && wantsPaper() ? "paper" : "report");
}

/** @param {import("./reports/spans.js").Span} next */
function choose(next) {
  location.hash = address(next, wantsPaper()); // The event does the rest, as it does after "back".
}

function follow() {
  if (!frame.me || frame.me.role === "clerk") return;
  const next = spanFrom(location.hash, today());
  const same = hashOf(next) === hashOf(span);
  span = next;
  if (same) draw();
  else load().catch(frame.failed);
}

function sort(key) {
  choice.order = nextOrder(choice.order, key);
  draw();
  $('#detail [data-sort="' + key + '"]').focus();
}

async function refresh() {
  if (!frame.me || !span || document.hidden || !(runs() || span.kind === "today")) return;
  span = spanFrom(location.hash, today()); // The hall, which comes with the figures, may have begun another day.
  await load();
}

function wire() {
  tableButtons((by) => {
    choice.by = by;
    choice.order = null;
    draw();
  });
  for (const button of $$("[data-heat]")) {
    button.addEventListener("click", () => {
      choice.heat = button.dataset.heat === "wait" ? "wait" : "taken";
      draw();
    });
  }
  $("#paper").addEventListener("click", () => { location.hash = address(span, true); });
  $("#back").addEventListener("click", () => { location.hash = address(span, false); });
  $("#print").addEventListener("click", () => window.print());
  window.addEventListener("hashchange", follow);
  setInterval(() => refresh().catch((err) => err.status === 401 && frame.failed(err)), POLL_MS);
}

const period = periodControl({ span: () => span, today: today, choose: choose });
wire();
frame.start();
