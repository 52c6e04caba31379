/**
 * The question of the staff pages when the server's clock is in doubt: what time is it? This
 * device's own time is proposed, and one tap says yes. The page has <section id="clock">.
 *
 *   const clock = clockQuestion(t, { hall: () => hall, take: (next) => { hall = next; } });
 *   clock.draw(Boolean(me));
 * @module
 */

import { $, el, fill, icon, setText, show } from "../lib/dom.js";
import { get, post } from "../lib/api.js";
import { clockText, dayText } from "../lib/format.js";
import { openDialog, labelled } from "./dialog.js";

/** How often a page looks whether the clock is in doubt, and whether it still is. */
const LOOK_MS = 15000;
const DOUBT_MS = 3000;

/** Whether the hall's clock is in doubt: then no time is shown as certain. @param {Object|null} hall */
export const inDoubt = (hall) => Boolean(hall) && hall.clock === "suspect";

/**
 * Takes over #clock.
 * @param {(key: string, values?: Object) => string} t
 * @param {{hall: () => Object|null, take: (hall: Object) => void}} page  the hall that the page
 *   shows, and where a newer one goes
 * @returns {{draw: (signedIn: boolean) => void, look: () => Promise<void>}} look asks the server at once
 */
export function clockQuestion(t, page) {
  const box = $("#clock");
  const ask = el("strong", { id: "clock-ask" });
  const fault = el("p", { id: "clock-fault", class: "error", role: "alert", hidden: true });
  const yes = el("button", { type: "button", class: "btn primary", "data-tool": "clock-yes" });
  const other = el("button", { type: "button", class: "btn", "data-tool": "clock-other" });
  const doubt = el("span", { id: "clock-doubt", role: "status" });
  fill(box, icon("time"), el("p", {}, doubt, " ", ask), yes, other, fault);
  let staff = false;

  const zone = () => (page.hall() || {}).time_zone;
  const say = (at) => dayText(at, zone()) + ", " + clockText(at, zone());
  const refuse = (text) => { setText(fault, text); show(fault, Boolean(text)); };
  const write = () => {
    if (box.hidden) return;
    setText(doubt, t("clockDoubt"));
    setText(ask, t("clockAsk", { now: say(Date.now()) }));
    setText(yes, t("clockYes"));
    setText(other, t("clockOther"));
    box.setAttribute("aria-label", t("clockTitle"));
  };
  const draw = (signedIn) => {
    staff = signedIn;
    show(box, staff && inDoubt(page.hall()));
    write();
  };
  const take = (hall) => {
    page.take(hall);
    draw(staff);
  };
  const set = async (at, tooEarly) => {
    refuse("");
    const before = document.activeElement;
    const answer = await send(t, at, { day: dayText(at, zone()).replace(" ", "\u00a0"), tooEarly: tooEarly });
    if (answer) take(answer);
    if (box.hidden && before && box.contains(before)) document.body.focus();
  };
  yes.addEventListener("click", () => busy(yes, () => set(Date.now(), t("clockBefore")).catch((err) => refuse(err.message))));
  other.addEventListener("click", () => otherTime(t, zone(), set));
  setInterval(write, 1000);
  const look = async () => {
    try {
      if (staff) take(await get("/api/hall"));
    } catch (err) {
      // The page's own requests tell of a lost connection.
    }
  };
  let looked = performance.now();
  setInterval(() => {
    if (!inDoubt(page.hall()) && performance.now() - looked < LOOK_MS) return;
    looked = performance.now();
    look();
  }, DOUBT_MS);
  return { draw: draw, look: look };
}

async function busy(button, work) {
  if (button.getAttribute("aria-busy") === "true") return;
  button.setAttribute("aria-busy", "true");
  await work();
  button.removeAttribute("aria-busy");
}

/**
 * Tells the server the time. A time far ahead of the last event is asked for twice.
 * @param {(key: string, values?: Object) => string} t
 * @param {number} at
 * @param {{day: string, tooEarly: string}} words  the day as it is asked for, and what to say to a time before the last event
 * @returns {Promise<Object|null>} the hall, or null when the second question was answered with no
 * @throws {Error} with a sentence that says what to do
 */
async function send(t, at, words) {
  const now = new Date(at).toISOString();
  try {
    return await post("/api/clock", { now: now });
  } catch (err) {
    if (err.code === "time_far_ahead") return sure(t, now, words.day);
    throw err.code === "invalid_field" ? new Error(words.tooEarly) : err;
  }
}

function sure(t, now, day) {
  return new Promise((done) => {
    let answer = null;
    openDialog({
      name: "clock-sure", title: t("clockFar", { day: day }), body: [el("p", {}, t("clockFarText"))],
      confirm: t("clockFarYes", { day: day }), cancel: t("cancel"),
      onConfirm: async () => { answer = await post("/api/clock", { now: now, sure: true }); },
      onClose: () => done(answer),
    });
  });
}

function otherTime(t, zone, set) {
  const now = Date.now();
  const input = (id, type, value) => /** @type {HTMLInputElement} */ (el("input", { id: id, type: type, value: value, required: true }));
  const iso = new Date(now + offsetMs(now, zone)).toISOString();
  const date = input("clock-date", "date", iso.slice(0, 10));
  const time = input("clock-time", "time", iso.slice(11, 16));
  openDialog({
    name: "clock", title: t("clockWhat"), confirm: t("clockSet"), cancel: t("cancel"),
    body: [labelled(t("clockDate"), date), labelled(t("clockTime"), time, t("clockHint"))],
    onConfirm: async () => {
      if (!date.value || !time.value) throw new Error(t("clockMissing"));
      await set(instantIn(date.value, time.value, zone), t("clockBeforeTyped"));
    },
  });
}

/**
 * The moment at which the clocks of a time zone show this date and time.
 * @param {string} date 2026-11-25
 * @param {string} time 07:32
 * @param {string} zone IANA name
 * @returns {number} milliseconds since 1970
 */
export function instantIn(date, time, zone) {
  const wall = Date.parse(date + "T" + time + ":00Z");
  const near = wall - offsetMs(wall, zone);
  return wall - offsetMs(near, zone); // the offset at the moment itself, which a change of clocks may have moved
}

/** By how much the clocks of the zone are ahead of UTC at this moment. */
function offsetMs(at, zone) {
  const parts = {};
  const format = new Intl.DateTimeFormat("en-US", {
    timeZone: zone, hourCycle: "h23", year: "numeric", month: "numeric", day: "numeric", hour: "numeric", minute: "numeric", second: "numeric",
  });
  for (const part of format.formatToParts(new Date(at))) parts[part.type] = Number(part.value);
  return Date.UTC(parts.year, parts.month - 1, parts.day, parts.hour, parts.minute, parts.second) - Math.floor(at / 1000) * 1000;
}
