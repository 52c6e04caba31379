/**
 * Keeps the page in step with the hall: every frame of /ws says that something happened, and the page then
 * asks for the live hall as it is, once a second at most.
 * @module
 */

import { get } from "../lib/api.js";
import { Live } from "../lib/live.js";
import { foldHall } from "../lib/hall.js";
import { LOOK_MS } from "../staff/displays.js";
import { state, clock } from "./state.js";

const MIN_GAP_MS = 1000;

/** Time alone changes the day's figures, and a lost connection is asked around. */
const TIME_POLL_MS = 15000;

/** Frames that change nothing that a refresh would bring. */
const QUIET_FRAMES = ["hello", "heartbeat", "printer.state", "hall.counts"];

/** @type {Live|null} */
let live = null;
let drawn = () => {};
/** @type {(err: any) => void} */
let refused = () => {};
let timer = 0;
let last = -Infinity;
let generation = 0;

/**
 * Connects as a clerk does. Call it after signing in.
 * @param {() => void} whenNews told when something has changed
 * @param {(err: any) => void} whenRefused told when the session is over
 */
export function startSync(whenNews, whenRefused) {
  stopSync();
  drawn = whenNews;
  refused = whenRefused;
  live = new Live({ query: { view: "clerk" }, onFrame: take, onState: connected });
  live.start();
  look();
  return refresh();
}

/** Leaves the connection, at sign-out. */
export function stopSync() {
  if (live) live.stop();
  live = null;
  generation++;
  clearTimeout(timer);
  timer = 0;
}

setInterval(() => live && refreshSoon(), TIME_POLL_MS);
setInterval(() => live && look(), LOOK_MS);

function connected(connection) {
  state.connection = connection;
  if (connection === "lost" && !state.lostAt) state.lostAt = clock.now();
  if (connection === "live") state.lostAt = 0;
  drawn();
}

function take(frame) {
  clock.set(frame.now || (frame.hall && frame.hall.now));
  state.hall = foldHall(state.hall, frame);
  if (frame.printers) state.printers = frame.printers;
  if (frame.type.startsWith("clock.")) get("/api/hall").then((hall) => { state.hall = hall; drawn(); }, () => {}); // The next question tries again.
  if (!QUIET_FRAMES.includes(frame.type)) refreshSoon();
  if (frame.type !== "heartbeat") drawn();
}

/** Asks for the live hall as soon as the gap since the last time allows. */
function refreshSoon() {
  if (!timer) timer = setTimeout(refresh, Math.max(0, last + MIN_GAP_MS - performance.now()));
}

/** Asks for the live hall now. An answer that a later one has overtaken is dropped. */
export async function refresh() {
  clearTimeout(timer);
  timer = 0;
  last = performance.now();
  const mine = ++generation;
  try {
    const answer = await get("/api/live");
    if (mine !== generation) return;
    clock.set(answer.now);
    state.live = answer;
    drawn();
  } catch (err) {
    if (mine === generation && (err.status === 401 || err.status === 403)) refused(err);
  }
}

/** No frame tells of a display or a kiosk that has gone: its silence is what is to be noticed. */
async function look() {
  try {
    const [displays, check] = await Promise.all([get("/api/displays"), get("/api/check")]);
    if (!live) return;
    Object.assign(state, { displays: displays.paired, kiosks: check.kiosks.paired });
    drawn();
  } catch (err) {
    // A lost connection or session is told by the page's other requests.
  }
}
