/**
 * Keeps the page in step with the server: every frame of /ws says that something happened, and the
 * page then asks for the counter and the queue as they are. So two browsers at one counter always
 * show the same, and no fold of events can drift.
 * @module
 */

import { get } from "../lib/api.js";
import { Live } from "../lib/live.js";
import { foldHall } from "../lib/hall.js";
import { LOOK_MS } from "../staff/displays.js";
import { troubled } from "../staff/printers.js";
import { state, clock, update, takeCounter } from "./store.js";

/** At most four refreshes a second, however busy the hall is. */
const MIN_GAP_MS = 250;

/** While the connection is down the page asks by itself. */
const LOST_POLL_MS = 4000;

/** Time alone changes who is next: a ticket's ten minutes are over, an appointment's hour has come. */
const TIME_POLL_MS = 20000;

/** Frames that change nothing that a refresh would bring. */
const QUIET_FRAMES = ["hello", "heartbeat", "printer.state"];

let live = null;
let onError = () => {};
let generation = 0;
let timer = 0;
let last = -Infinity;

/**
 * Connects as a clerk. Call it after signing in: the connection's rights are those of the session.
 * @param {(err: import("../lib/api.js").ApiError) => void} whenRefused told when a refresh is refused
 */
export function startSync(whenRefused) {
  onError = whenRefused;
  stopSync();
  live = new Live({
    query: { view: "clerk" },
    onFrame: take,
    onState: (connection) => update({ connection: connection }),
  });
  live.start();
}

/** Leaves the connection, at sign-out. */
export function stopSync() {
  if (live) live.stop();
  live = null;
  clearTimeout(timer);
  generation++;
}

setInterval(() => {
  if (live && state.connection === "lost" && state.counter) refresh();
}, LOST_POLL_MS);
setInterval(() => live && !state.busy && refreshSoon(), TIME_POLL_MS);

setInterval(() => live && lookAfterDisplays(), LOOK_MS);

/** No frame tells of a display: its silence is what is to be noticed. */
async function lookAfterDisplays() {
  try {
    const told = state.displays;
    const displays = (await get("/api/displays")).paired;
    if (live && JSON.stringify(displays.map((d) => d.lost)) !== JSON.stringify(told.map((d) => d.lost))) update({ displays: displays });
  } catch (err) {
    // A lost connection or session is told by the page's other requests.
  }
}

function take(frame) {
  clock.set(frame.now || (frame.hall && frame.hall.now));
  const changes = { hall: foldHall(state.hall, frame) };
  if (frame.printers) changes.printers = frame.printers;
  update(changes);
  if (frame.type.startsWith("clock.")) get("/api/hall").then((hall) => update({ hall: hall }), () => {}); // The next frame or question tries again.
  if (!QUIET_FRAMES.includes(frame.type)) refreshSoon();
}

/** Asks for the counter and the queue, now or as soon as the gap since the last time allows. */
export function refreshSoon() {
  if (timer || !state.counter) return;
  timer = setTimeout(refresh, Math.max(0, last + MIN_GAP_MS - performance.now()));
}

/**
 * Asks for the counter and the queue at once. An answer that was overtaken by an action of this
 * page or by a later refresh is dropped, for it shows the past.
 * @returns {Promise<boolean>} whether the page is up to date now
 */
export async function refresh() {
  clearTimeout(timer);
  timer = 0;
  if (!state.counter) return false;
  last = performance.now();
  const mine = ++generation;
  const id = state.counter.id;
  try {
    const told = state.printers;
    const [counter, tickets, booked, printers, calls] = await Promise.all([get(counterPath(id)), get("/api/waiting?no_show=1"), appointments(), inTrouble(), helpCalls()]);
    if (mine !== generation || !state.counter) return false;
    Object.assign(state, { tickets: tickets, booked: booked, calls: calls, printers: state.printers === told ? printers : state.printers });
    takeCounter(counter);
    return true;
  } catch (err) {
    if (mine === generation && err.status) onError(err);
    return false;
  }
}

/** Today's appointments; not asked for where the hall offers none. */
function appointments() {
  const hall = state.hall;
  const offered = hall && (hall.services.some((s) => s.slots) || state.booked.length > 0);
  return offered ? get("/api/appointments?day=" + hall.business_day) : Promise.resolve([]);
}

/** The printers; frames tell of faults that come and go, and not of the tickets and the paper meanwhile. */
function inTrouble() {
  return state.printers.some(troubled) ? get("/api/printers") : Promise.resolve(state.printers);
}

/** Who asks for the manager; a clerk is not told. */
function helpCalls() {
  return state.me && state.me.role !== "clerk" ? get("/api/help") : Promise.resolve([]);
}

/** Whatever refresh is under way shows the past from here on. */
export function overtake() {
  generation++;
}

/** @param {string} id @param {string} [action] */
export function counterPath(id, action) {
  return "/api/counters/" + encodeURIComponent(id) + (action ? "/" + action : "");
}
