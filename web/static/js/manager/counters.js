/**
 * The counters: who sits there, what he has in hand and for how long, who rests and why.
 * @module
 */

import { $, $$, el, fill, icon, setText, show } from "../lib/dom.js";
import { lang, nameOf } from "../lib/texts.js";
import { state, minutesSince, LATE_MIN, serviceOf, counterOf } from "./state.js";
import { pauseDialog, closeDialog, resume } from "./dialogs.js";
import { mark } from "./hall.js";
import { t, lasting } from "./words.js";

const ACTIONS = { pause: pauseDialog, resume: resume, close: closeDialog };

/** Draws the counters in the order of the hall; those that are closed in one line. */
export function drawCounters() {
  if (!state.live || !state.hall) return;
  const working = state.live.counters.filter((c) => c.state !== "closed");
  const box = $("#counters");
  const known = new Map($$("li", box).map((li) => [li.dataset.counter, li]));
  working.forEach((counter, i) => {
    const li = known.get(counter.id) || card(counter.id);
    known.delete(counter.id);
    if (box.children[i] !== li) box.insertBefore(li, box.children[i] || null);
    drawCard(li, counter);
  });
  for (const li of known.values()) li.remove();
  const closed = state.live.counters.filter((c) => c.state === "closed").map((c) => nameOf(counterOf(c.id)) || c.id);
  show($("#counters-none"), working.length === 0);
  show($("#counters-closed"), closed.length > 0);
  setText($("#counters-closed"), t("closedList", { names: closed.join(" · ") }));
}

function card(id) {
  const button = (action) => el("button", { type: "button", class: "btn", "data-action": action, onclick: () => act(action, id) });
  return el("li", { class: "card", "data-counter": id },
    el("div", { class: "head" }, el("h3", {}), el("span", { class: "chip state" })),
    el("p", { class: "user" }), el("p", { class: "doing" }), el("p", { class: "marks" }), el("p", { class: "failed", role: "alert", hidden: true }),
    el("div", { class: "row" }, button("pause"), button("resume"), button("close")));
}

async function act(action, id) {
  const failed = $(`#counters [data-counter="${CSS.escape(id)}"] .failed`);
  const counter = state.live.counters.find((c) => c.id === id);
  show(failed, false);
  try {
    if (counter) await ACTIONS[action](counter);
  } catch (err) {
    setText(failed, err.message);
    show(failed, true);
  }
}

/** The signs of a counter's state. */
const SIGNS = { open: ["ok", "check"], paused: ["warn", "time"] };

function drawCard(li, counter) {
  const name = nameOf(counterOf(counter.id)) || counter.id;
  li.dataset.state = counter.state;
  setText($("h3", li), name);
  drawState($(".state", li), counter.state);
  setText($(".user", li), counter.user_name || counter.user);
  $(".user", li).dataset.own = "true";
  const doing = $(".doing", li);
  setText(doing, doingText(counter));
  doing.dataset.own = "true"; // A reason is somebody's own words.
  const long = tooLong(counter);
  li.dataset.level = long ? "late" : "ok";
  const marks = $(".marks", li);
  show(marks, long);
  if (long && marks.textContent !== t("tooLongNow")) fill(marks, mark("warn", t("tooLongNow")));
  for (const action of ["pause", "resume", "close"]) drawButton($(`[data-action="${action}"]`, li), action, counter, name);
}

function drawState(chip, is) {
  if (chip.dataset.state === is && chip.lang === lang()) return;
  const [kind, sign] = SIGNS[is];
  Object.assign(chip, { lang: lang() });
  Object.assign(chip.dataset, { state: is, kind: kind });
  fill(chip, icon(sign), t("state_" + is));
}

function doingText(counter) {
  const parts = [];
  if (counter.state === "paused" && counter.since) {
    const time = lasting(minutesSince(counter.since));
    parts.push(counter.reason ? t("restWhy", { time: time, reason: counter.reason }) : t("restSince", { time: time }));
  }
  const hand = counter.ticket;
  if (hand) parts.push(t("handSince", { number: hand.number, service: nameOf(serviceOf(hand.service)) || hand.service, time: lasting(minutesSince(hand.called_at)) }));
  else if (counter.state === "open") parts.push(counter.idle ? t("handNoneFor", { time: lasting(minutesSince(counter.idle)) }) : t("handNone"));
  return parts.join(" · ");
}

const tooLong = (counter) => Boolean(counter.ticket) && minutesSince(counter.ticket.called_at) > LATE_MIN ||
  counter.state === "paused" && Boolean(counter.since) && minutesSince(counter.since) > LATE_MIN;

function drawButton(button, action, counter, name) {
  show(button, action === "close" || (action === "pause") === (counter.state === "open"));
  setText(button, t(action === "close" ? "closeShort" : action));
  button.setAttribute("aria-label", t({ pause: "actPause", resume: "actResume", close: "actClose" }[action], { counter: name }));
}
