/**
 * What people do to book an appointment at the kiosk: what for, which day, what time, is this right; then they have a
 * code. One question a screen, like everything here.
 * @module
 */

import { $ } from "../lib/dom.js";
import { lang } from "../lib/texts.js";
import { get, post } from "../lib/api.js";
import { newId } from "../lib/ids.js";
import { booking, forget, keep, kept, step } from "./booking.js";
import { beyond, home, note, openDoor } from "./flow.js";
import { firstPages } from "./large.js";
import { changed, state } from "./state.js";
import { t } from "./words.js";

const RETRY_MS = 30000;
const SLOW_MS = 250;

/** Somebody else had the last place: what is free now. */
const TAKEN = ["slot_full", "slot_unknown", "quota_reached"];

/** The services with appointments. @returns {Object[]} */
export const offers = () => (state.hall ? state.hall.services.filter((s) => s.slots) : []);

/** Opens the first question, or the second where there is nothing to choose. */
export function openBook() {
  forget();
  openDoor("book");
  if (offers().length === 1) chooseService(offers()[0].id);
}

/** One request at a time; a quick answer needs no screen in between. */
async function during(work) {
  if (booking.busy) return;
  Object.assign(booking, { busy: true, fault: null });
  const slow = setTimeout(() => {
    booking.slow = true;
    changed();
  }, SLOW_MS);
  try {
    await work();
  } catch (err) {
    failed(err);
  } finally {
    clearTimeout(slow);
    Object.assign(booking, { busy: false, slow: false });
    changed();
  }
}

function failed(err) {
  if (!err.unknown) keep(null);
  if (beyond(err)) return;
  home(false);
  note({ kind: "bad", icon: "warning", title: () => t("unbooked"), text: () => err.detail || "", says: { screen: "unbooked" } });
}

const freeDays = async (service) => (await get("/api/appointments/slots?service=" + encodeURIComponent(service), { retryMs: 8000 })).days;

/** @param {string} id */
export const chooseService = (id) => during(async () => {
  const days = await freeDays(id);
  if (days.length) Object.assign(booking, { service: id, days: days });
  else booking.fault = () => t("noSlots");
  firstPages();
});

/** @param {string} day */
export function chooseDay(day) {
  Object.assign(booking, { day: day, fault: null });
  firstPages();
  changed();
}

/** @param {string} start */
export function chooseTime(start) {
  Object.assign(booking, { start: start, fault: null });
  changed();
}

/** The answer to "is this right?", of a booking or of its end. */
export function onSure() {
  if (booking.cancelling) cancel();
  else send({ key: newId(), body: { service: booking.service, start: booking.start, lang: lang() }, at: Date.now() });
}

/** Sends the request until there is an answer: the same after a reload, or when the server is back. */
function send(request) {
  return during(async () => {
    keep(request);
    try {
      booking.made = await post("/api/appointments", request.body, { key: request.key, retryMs: RETRY_MS, timeoutMs: 6000 });
      keep(Object.assign({}, request, { made: booking.made }));
    } catch (err) {
      if (!TAKEN.includes(err.code)) throw err;
      keep(null);
      await another(request.body.service, err.detail);
    }
  });
}

/** What is free now, on the same day if there is anything. */
async function another(service, fault) {
  const days = await freeDays(service);
  const same = days.find((d) => d.day === booking.day && d.slots.some((s) => s.free > 0));
  Object.assign(booking, { service: service, days: days, day: same ? same.day : "", start: "", fault: () => fault });
  firstPages();
}

/** Takes up what a reload interrupted, or what had no answer. */
export function resume() {
  const request = kept();
  if (!request || booking.made || booking.busy) return;
  state.door = "book";
  booking.made = request.made || null;
  if (!request.made) send(request);
  changed();
}

function cancel() {
  return during(async () => {
    await post("/api/appointments/" + encodeURIComponent(booking.made.token) + "/cancel", undefined, { repeat: true, retryMs: RETRY_MS });
    home(false);
    note({ kind: "good", icon: "check", title: () => t("bookCancelled"), says: { screen: "cancelled" } });
  });
}

/** One question back; before the first one is where the door was. */
export function bookBack() {
  booking.fault = null;
  if (booking.cancelling) booking.cancelling = false;
  else if (booking.start) booking.start = "";
  else if (booking.day) booking.day = "";
  else if (booking.service && offers().length > 1) booking.service = "";
  else return openDoor("code");
  changed();
}

/** Connects the buttons. */
export function listenToBooking() {
  $("#code-book").onclick = openBook;
  $("#book-back").onclick = $("#sure-back").onclick = bookBack;
  $("#sure-go").onclick = onSure;
  $("#booked-done").onclick = () => home(true);
  $("#booked-cancel").onclick = () => {
    booking.cancelling = true;
    changed();
  };
}

/** The screen of the booking. @returns {"book"|"sure"|"booked"|"sending"} */
export function bookScreen() {
  if (booking.slow) return "sending";
  if (booking.made && !booking.cancelling) return "booked";
  return step() === "sure" ? "sure" : "book";
}
