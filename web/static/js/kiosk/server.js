/**
 * The kiosk's side of the server: the live connection, and plain requests whenever that is away.
 * @module
 */

import { foldHall } from "../lib/hall.js";
import { Live } from "../lib/live.js";
import { paperOf } from "./answer.js";
import { resume } from "./book.js";
import { putAside, request } from "./flow.js";
import { load, loadSelf, paperState } from "./load.js";
import { fetchProcedures } from "./papers.js";
import * as take from "./pending.js";
import { changed, clock, state } from "./state.js";

const POLL_MS = 4000;

const live = new Live({ query: { view: "kiosk" }, resume: false, onFrame: onFrame, onState: onState });

/** Begins to follow the hall, and takes up a request that a reload interrupted. */
export function follow() {
  live.start();
  poll();
  const pending = take.pending();
  if (pending && pending.phase === "sent") request();
  resume();
}

function onFrame(frame) {
  clock.set(frame.now || (frame.hall && frame.hall.now));
  state.hall = foldHall(state.hall, frame);
  if (frame.type === "snapshot" || frame.type === "hall.changed") fetchProcedures();
  if (frame.printers) state.printers = frame.printers;
  if (frame.token && frame.type.startsWith("print.")) notePrint(frame);
  if (frame.type !== "hello") changed(); // A heartbeat brings the time, by which closed says "lunch" or not.
}

function notePrint(frame) {
  const plain = { "print.queued": "queued", "print.sending": "sending", "print.done": "sent", "print.failed": "failed" };
  state.prints[frame.token] = frame.outcome || plain[frame.type];
  if (frame.type === "print.sending") state.places[frame.token] = frame.printer || "";
}

function onState(connection) {
  state.live = connection === "live";
  if (state.live) state.reachable = true;
  changed();
  lookAtMyself();
}

/**
 * Who is locked, or not any more, is cut off and comes back: whenever the connection goes or comes, this machine
 * asks what it is. Without an answer the usual round finds out.
 */
async function lookAtMyself() {
  try {
    become(await loadSelf());
  } catch (err) {
    return;
  }
  changed();
}

/** @param {Object} news  of load or loadSelf */
function become(news) {
  Object.assign(state, news);
  if (state.locked) putAside();
}

/** How the page starts, and how it finds out that the server is back. */
export async function refresh() {
  try {
    become(await load());
    state.reachable = true;
    clock.set(state.hall.now);
  } catch (err) {
    state.reachable = false;
  }
  changed();
}

/**
 * Without a live connection, before pairing, or when a request went unanswered although the connection
 * lives, asks again and again; takes up an unanswered request.
 */
async function poll() {
  if (!state.live || !state.allowed || !state.reachable) {
    const before = state.reachable;
    await refresh();
    const pending = take.pending();
    if (!before && state.reachable && pending && pending.phase === "sent") request();
    if (!before && state.reachable) resume();
  }
  await followPaper();
  setTimeout(poll, POLL_MS);
}

/** What is known of the paper of the ticket on the screen. @returns {import("./answer.js").Paper} */
export function paper() {
  const { ticket, again } = take.pending();
  const fate = paperOf(state.prints[ticket.token] || ticket.print, ownPrinter());
  return again && fate === "done" ? "before" : fate;
}

/** This kiosk's printer, or undefined where the hall has none. */
const ownPrinter = () => state.printers.find((p) => p.name === state.printer) || state.printers[0];

/** Whether this kiosk's printer has no paper. @returns {boolean} */
export const noPaper = () => ((ownPrinter() || {}).faults || []).includes("paper_out");

/** The printer at which the ticket on the screen comes out, when it is not this kiosk's own; else empty. @returns {string} */
export function place() {
  const { ticket } = take.pending();
  const own = ownPrinter() || { name: "" };
  const waits = (state.prints[ticket.token] || ticket.print) === "queued";
  const at = waits ? own.stand_in : state.places[ticket.token];
  return at && at !== own.name ? at : "";
}

/** The fate of the paper, when the frames that tell it may be missed. */
async function followPaper() {
  const pending = take.pending();
  if (state.live || !pending || pending.phase !== "answered" || paper() === "done") return;
  try {
    const now = await paperState(pending.ticket.token);
    state.prints[pending.ticket.token] = now.print;
    if (now.print !== "queued") state.places[pending.ticket.token] = now.printer || "";
    changed();
  } catch (err) {
    // The next round asks again; the number on the screen stays true.
  }
}
