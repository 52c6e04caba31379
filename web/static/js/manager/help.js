/**
 * Calls for help: at the top of the page, with a chime once, and in the tab's title.
 * @module
 */

import { $, $$, el, fill, icon, setText, show } from "../lib/dom.js";
import { lang, nameOf } from "../lib/texts.js";
import { clockText } from "../lib/format.js";
import { post } from "../lib/api.js";
import { helpReason } from "../staff/helpreasons.js";
import { chime } from "../check/sound.js";
import { state, minutesSince } from "./state.js";
import { refresh } from "./sync.js";
import { t, lasting } from "./words.js";

const BLINK_MS = 1000;

/** The calls that have rung. @type {Set<string>} */
const rung = new Set();

/** Whether the browser lets the page be heard: somebody has touched it. */
const heard = () => !navigator.userActivation || navigator.userActivation.hasBeenActive;

const calls = () => (state.live && state.live.help) || [];
const keyOf = (call) => call.counter + " " + call.since;

/** Draws the calls, and rings for one that is new. */
export function drawHelp() {
  const list = calls();
  const box = $("#help-calls");
  show($("#help"), list.length > 0);
  const print = JSON.stringify([lang(), list]);
  if (box.dataset.print !== print) {
    box.dataset.print = print;
    fill(box, ...list.map(card));
  }
  for (const li of $$("li", box)) {
    const call = list.find((c) => keyOf(c) === li.dataset.call);
    setText($(".who", li), t("helpWho", { user: call.user_name || call.user, time: clockText(call.since, state.hall.time_zone), waited: lasting(minutesSince(call.since)) }));
  }
  ring(list);
  show($("#sound-ask"), !heard());
  setText($("#sound-ask"), t("soundAsk"));
}

function card(call) {
  const error = el("p", { class: "error", role: "alert", hidden: true });
  const go = el("button", { type: "button", class: "btn call", "data-action": "helped", "data-counter": call.counter }, t("helpGo"));
  go.addEventListener("click", () => answer(call, go, error));
  return el("li", { "data-call": keyOf(call), "data-counter": call.counter },
    icon("bell"),
    el("div", { class: "what" },
      el("p", {}, el("strong", {}, t("helpAsks", { counter: nameOf(call) })), " ", el("span", { class: "why", "data-own": true }, helpReason(call.reason) || t("helpNoReason"))),
      el("p", { class: "who", "data-own": true, "aria-live": "off" }), error),
    go);
}

async function answer(call, button, error) {
  if (button.getAttribute("aria-busy") === "true") return;
  button.setAttribute("aria-busy", "true");
  try {
    await post("/api/counters/" + encodeURIComponent(call.counter) + "/helped");
    await refresh();
  } catch (err) {
    setText(error, err.message);
    show(error, true);
  } finally {
    button.removeAttribute("aria-busy");
  }
}

/** One chime for whatever is new: two clerks who call at once are one reason to look up. */
function ring(list) {
  const news = list.filter((c) => !rung.has(keyOf(c)));
  if (!news.length) return;
  for (const call of news) rung.add(keyOf(call));
  document.body.dataset.rung = String(rung.size);
  if (heard()) chime();
}

/** The title of the tab, as long as somebody asks for help in turn with the page's own. */
export function blinkTitle() {
  let on = false;
  setInterval(() => {
    const list = calls();
    on = list.length > 0 && !on;
    const title = on ? t("helpBlink", { n: list.length, counter: nameOf(list[0]) }) : t("title");
    if (document.title !== title) document.title = title;
  }, BLINK_MS);
}

/** Forgets what only who is signed in may know. */
export function leaveHelp() {
  show($("#help"), false);
  $("#help-calls").dataset.print = "";
}
