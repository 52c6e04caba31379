/**
 * The morning check: one page that says before the doors open what works and what somebody has to see
 * to. All facts come from the server, but for this device's loudspeaker.
 * @module
 */

import { $, setText } from "./lib/dom.js";
import { nameOf } from "./lib/texts.js";
import { get } from "./lib/api.js";
import { staffPage } from "./staff/frame.js";
import { judge } from "./check/judge.js";
import { drawRows } from "./check/rows.js";
import { t } from "./check/words.js";

const POLL_MS = 5000;

/** Where this tab keeps what was said of the loudspeaker. */
const STORED = "layso.check.sound";

const frame = staffPage(t, { enter: enter, draw: draw, leave: () => { facts = null; }, clerks: true, clock: look });
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

function draw() {
  if (!facts) return;
  const rows = judge(facts, { zone: frame.hall.time_zone, here: Date.now(), origin: location.origin, sound: sound, names: serviceName });
  drawRows(rows, { look: look, heard: heard });
  if (lost) setText($("#verdict-more"), t("lost"));
  setText($("#version"), t("version", { version: facts.version }));
}

/** The name of the service with this id; the id itself when it is gone. */
const serviceName = (id) => nameOf(frame.hall.services.find((s) => s.id === id)) || id;

/** Asks the server how things stand. */
async function look() {
  if (!frame.me) return;
  try {
    facts = await get("/api/check");
    lost = false;
  } catch (err) {
    if (err.status === 401) return frame.leave(t("signedOut"));
    lost = true;
  }
  draw();
}

async function enter() {
  facts = await get("/api/check", { retryMs: 10000 });
  draw();
  frame.view("report");
}

setInterval(() => document.body.dataset.view === "report" && look(), POLL_MS);
frame.start();
