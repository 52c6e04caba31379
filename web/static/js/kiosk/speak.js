/**
 * The spoken help: says what to do on the screen that shows, and goes on with each next screen until
 * it is switched off or somebody else comes. A new screen stops the old sentence; nothing overlaps,
 * for there is one player. body[data-help] is on, off or failed, body[data-speaks] the screen that is
 * being spoken of.
 * @module
 */

import { $ } from "../lib/dom.js";
import { lang } from "../lib/texts.js";
import { clockTrusted, state } from "./state.js";
import { booking, step } from "./booking.js";
import * as take from "./pending.js";
import { noPaper, paper, place } from "./server.js";

/** Of what the PC plays at: the citizen stands before it, and others sit near. */
const VOLUME = 0.8;

/** No sentence lasts longer. A player that hangs holds up nothing after it. */
const LONGEST_MS = 20000;

/** Screens that are fixed sentences of their own. */
const PLAIN = ["ask", "code", "several", "papers", "sending", "closed", "locked"];

/** @type {{key: string, paper: string}} what was spoken last */
let said = { key: "", paper: "" };
/** The URL that follows the one that plays. */
let next = "";
let begunAt = 0;

const audio = () => /** @type {HTMLAudioElement} */ ($("#voice"));

/** Whether this screen has anything to say. @returns {boolean} */
export const hasHelp = () => Boolean(saying());

/** Whether somebody is listening. @returns {boolean} */
export const speaking = () => Boolean(document.body.dataset.speaks) && Date.now() - begunAt < LONGEST_MS;

/** Hears of the player, once. */
export function prepareVoice() {
  audio().volume = VOLUME;
  audio().addEventListener("ended", () => {
    const url = next;
    next = "";
    if (url) play(url, document.body.dataset.speaks);
    else quiet();
  });
  audio().addEventListener("error", () => audio().getAttribute("src") && failed());
}

/** Says what this screen asks for, if it was not said and somebody wants it. Called at every change. */
export function speak() {
  const now = state.help && saying();
  if (!state.help) return stop();
  if (!now || said.key === now.key && said.paper === now.paper) return;
  const more = said.key === now.key; // Only the paper's fate is another one: after what is being said.
  said = { key: now.key, paper: now.paper };
  const url = "/voice/help/" + (more ? "paper" : now.screen) + ".wav?" + new URLSearchParams(Object.assign({ lang: lang() }, now.with));
  if (more && speaking()) next = url;
  else play(url, now.screen);
}

/**
 * What is to be said of the screen that shows.
 * @returns {{key: string, screen: string, paper: string, with: Object<string, string>}|null}  key: what makes it another screen
 */
function saying() {
  const shown = document.body.dataset.screen;
  const make = (screen, more, of) => ({ key: [screen, lang(), of || ""].join(" "), screen: screen, paper: (more || {}).paper || "", with: more || {} });
  if (shown === "closed" && !clockTrusted()) return make("none");
  if (PLAIN.includes(shown)) return make(shown);
  if (shown === "home") return state.hall.services.some((s) => s.open) ? make("home", $("#home-more").hidden ? {} : { more: "1" }) : make("none");
  if (shown === "note") return make(state.note.says.screen, state.note.says.counter ? { counter: state.note.says.counter } : {}, state.note.at);
  if (shown === "book") return make(step() === "what" ? "home" : step(), $("#book-more").hidden ? {} : { more: "1" }, "book");
  if (shown === "sure") return booking.cancelling ? make("cancel") : make("book", { at: booking.start }, booking.start);
  if (shown === "booked") return make("booked", { number: booking.made.code }, booking.made.token);
  if (shown !== "answer") return null;
  const { ticket } = take.pending();
  return make("answer", { number: ticket.number, ahead: String(ticket.ahead || 0), paper: fate() }, ticket.token);
}

/** What is said of the ticket's paper. */
function fate() {
  const now = paper();
  if (now === "held") return noPaper() ? "out" : "fault";
  if (now === "printing" || now === "done") return place() ? "elsewhere" : "here";
  return { failed: "fault", before: "before", none: "none" }[now];
}

function play(url, screen) {
  next = "";
  begunAt = Date.now();
  document.body.dataset.help = "on";
  document.body.dataset.speaks = screen;
  audio().src = url;
  audio().play().catch((err) => err.name !== "AbortError" && failed()); // Aborted: a newer sentence has begun.
}

function quiet() {
  document.body.dataset.speaks = "";
}

function failed() {
  quiet();
  next = "";
  document.body.dataset.help = state.help ? "failed" : "off";
  document.dispatchEvent(new Event("helpchange"));
}

function stop() {
  if (document.body.dataset.help === "off") return;
  document.body.dataset.help = "off";
  said = { key: "", paper: "" };
  next = "";
  quiet();
  audio().pause();
  audio().removeAttribute("src");
}
