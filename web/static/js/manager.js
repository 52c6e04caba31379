/**
 * The page that the head of the department keeps open all day: the live hall, calls for help, the audit log.
 * @module
 */

import { $, $$, setText } from "./lib/dom.js";
import { nameOf } from "./lib/texts.js";
import { staffPage } from "./staff/frame.js";
import { state, clock } from "./manager/state.js";
import { startSync, stopSync } from "./manager/sync.js";
import { drawHall } from "./manager/hall.js";
import { drawCounters } from "./manager/counters.js";
import { drawFaults } from "./manager/faults.js";
import { drawHelp, blinkTitle, leaveHelp } from "./manager/help.js";
import { initLog, showLog, redrawLog, leaveLog, hashOfTicket } from "./manager/log.js";
import { onTicketLog } from "./manager/dialogs.js";
import { t } from "./manager/words.js";

/** Waits grow by themselves. */
const TICK_MS = 5000;

const frame = staffPage(t, { enter: enter, draw: redraw, leave: leave });

/** "hall" or "log", and what the log is to show. */
function place() {
  const [part, query] = location.hash.slice(1).split("?");
  return { part: part === "log" ? "log" : "hall", query: query || "" };
}

async function enter() {
  state.hall = frame.hall;
  state.admin = frame.me.role === "admin";
  clock.set(frame.hall.now);
  await startSync(draw, frame.failed);
  open();
}

/** Shows the part that the address names. */
function open() {
  if (!frame.me || !state.live) return;
  const { part, query } = place();
  frame.view(part);
  for (const link of $$("[data-part]")) link.setAttribute("aria-current", String(link.dataset.part === part));
  if (part === "log") showLog(query);
  draw();
}

function draw() {
  if (!frame.me) return;
  frame.hall = state.hall;
  setText($("#hall-name"), nameOf(state.hall));
  drawHelp();
  drawFaults();
  if (place().part === "hall") {
    drawHall();
    drawCounters();
  }
}

function redraw() {
  draw();
  if (place().part === "log") redrawLog();
}

function leave() {
  stopSync();
  leaveHelp();
  leaveLog();
  Object.assign(state, { live: null, printers: [], displays: [], kiosks: [] });
  drawFaults();
}

initLog();
onTicketLog((number) => { location.hash = hashOfTicket(number); });
window.addEventListener("hashchange", open);
setInterval(() => frame.me && draw(), TICK_MS);
blinkTitle();
frame.start();
