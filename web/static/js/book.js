/**
 * Booking an appointment: service, day, half-hour, code. Made for a slow telephone first: one small
 * page, ES2017, nothing that it does not need. The appointment's own page shows the code.
 * @module
 */

import { $, $$, el, fill, setText, show } from "./lib/dom.js";
import { initLang, lang, nameOf, setLang, texts } from "./lib/texts.js";
import { get, post } from "./lib/api.js";
import { newId } from "./lib/ids.js";
import { dayWords, partOfDay, shortDate, timeText, weekday } from "./lib/days.js";

const t = texts({
  title: ["Đặt lịch hẹn", "Book an appointment"],
  other: ["English", "Tiếng Việt"],
  loading: ["Đang tải…", "Loading…"],
  none: ["Hiện không có lĩnh vực nào nhận đặt hẹn. Xin đến lấy số trực tiếp.", "No service takes appointments now. Please come and take a number."],
  noSlots: ["Lĩnh vực này tạm hết chỗ hẹn. Xin chọn lĩnh vực khác, hoặc đến lấy số trực tiếp.", "This service has no appointments left. Choose another one, or come and take a number."],
  service: ["1. Việc cần làm", "1. What you come for"],
  day: ["2. Ngày", "2. Day"],
  time: ["3. Giờ", "3. Time"],
  morning: ["Buổi sáng", "Morning"],
  afternoon: ["Buổi chiều", "Afternoon"],
  free: ["còn {n} chỗ", "{n} free"],
  full: ["hết chỗ", "full"],
  summary: ["{service}, lúc {time} {day}", "{service}, at {time} on {day}"],
  go: ["Đặt lịch hẹn này", "Book this appointment"],
  going: ["Đang đặt…", "Booking…"],
});

const STORED = "layso.book";

/** @typedef {{start: string, free: number}} Slot */
/** @type {{hall: Object|null, service: string, days: {day: string, slots: Slot[]}[]|null, day: string, start: string, sending: boolean, fault: string}} */
const state = { hall: null, service: "", days: null, day: "", start: "", sending: false, fault: "" };

/* ---- the server ---- */

async function load() {
  try {
    state.hall = await get("/api/hall", { retryMs: 60000 });
    const offered = offers();
    if (offered.length === 1) choose(offered[0].id);
  } catch (err) {
    state.fault = err.detail;
  }
  render();
}

/** The services with appointments. */
function offers() {
  return state.hall ? state.hall.services.filter((s) => s.slots) : [];
}

async function choose(service) {
  Object.assign(state, { service: service, days: null, day: "", start: "", fault: "" });
  render();
  try {
    const answer = await get("/api/appointments/slots?service=" + encodeURIComponent(service), { retryMs: 20000 });
    if (state.service === service) state.days = answer.days;
  } catch (err) {
    state.fault = err.detail;
  }
  render();
  if (state.days) reveal("#step-day");
}

/** The key of this booking: the same until it has an answer, also after a reload. */
function key() {
  const what = state.service + " " + state.start;
  try {
    const kept = JSON.parse(sessionStorage.getItem(STORED) || "null");
    if (kept && kept.what === what) return kept.key;
    const fresh = { what: what, key: newId() };
    sessionStorage.setItem(STORED, JSON.stringify(fresh));
    return fresh.key;
  } catch (err) {
    return newId(); // Without storage a reload forgets what was under way.
  }
}

async function book() {
  if (state.sending) return;
  Object.assign(state, { sending: true, fault: "" });
  render();
  try {
    const made = await post("/api/appointments", { service: state.service, start: state.start, lang: lang() }, { key: key(), retryMs: 30000 });
    sessionStorage.removeItem(STORED);
    location.assign("/a/" + encodeURIComponent(made.token));
    return;
  } catch (err) {
    state.fault = err.detail;
    if (err.code === "slot_full" || err.code === "slot_unknown" || err.code === "quota_reached") await again(err.detail);
  }
  state.sending = false;
  render();
}

/** Somebody was faster: the choice anew, with what is free now. */
async function again(fault) {
  const day = state.day;
  await choose(state.service);
  Object.assign(state, { day: day, fault: fault });
}

/* ---- the screen ---- */

function render() {
  const offered = offers();
  document.title = t("title") + (state.hall ? " – " + nameOf(state.hall) : "");
  document.body.dataset.screen = state.hall ? "book" : "loading";
  setText($("#lang"), t("other"));
  $("#lang").lang = lang() === "vi" ? "en" : "vi";
  setText($("#hall-name"), nameOf(state.hall));
  setText($("#title"), t("title"));
  const message = !state.hall ? state.fault || t("loading") : !offered.length ? t("none") : state.service && state.days && !state.days.length ? t("noSlots") : "";
  setText($("#message"), message);
  show($("#message"), Boolean(message));
  renderServices(offered);
  renderDays();
  renderTimes();
  renderConfirm();
}

function option(name, value, chosen, disabled, onclick, ...content) {
  return el("button", { type: "button", ["data-" + name]: value, "aria-pressed": String(chosen), disabled: disabled || state.sending, onclick: onclick }, ...content);
}

/** Puts the options into the box, and the focus back to where it was. */
function refill(box, options) {
  const at = box.contains(document.activeElement) ? [...box.querySelectorAll("button")].indexOf(/** @type {HTMLButtonElement} */ (document.activeElement)) : -1;
  fill(box, ...options);
  const again = box.querySelectorAll("button")[at];
  if (again) again.focus();
}

function renderServices(offered) {
  show($("#step-service"), offered.length > 0);
  setText($("#service-title"), t("service"));
  refill($("#services"), offered.map((s) => option("service", s.id, s.id === state.service, false, () => choose(s.id), nameOf(s))));
}

const places = (free) => (free > 0 ? t("free", { n: free }) : t("full"));

function renderDays() {
  const days = state.days || [];
  show($("#step-day"), days.length > 0);
  setText($("#day-title"), t("day"));
  refill($("#days"), days.map((d) => {
    const free = d.slots.reduce((sum, s) => sum + s.free, 0);
    return option("day", d.day, d.day === state.day, free === 0, () => pick({ day: d.day, start: "" }, "#step-time"),
      el("strong", {}, weekday(d.day)), el("span", {}, shortDate(d.day) + (free > 0 ? "" : " · " + t("full"))));
  }));
}

function renderTimes() {
  const day = (state.days || []).find((d) => d.day === state.day);
  show($("#step-time"), Boolean(day));
  setText($("#time-title"), t("time"));
  const groups = [];
  for (const part of ["morning", "afternoon"]) {
    const slots = (day ? day.slots : []).filter((s) => partOfDay(s.start, state.hall.time_zone) === part);
    if (slots.length === 0) continue;
    groups.push(el("h3", {}, t(part)), el("div", { class: "choices times", role: "group", "aria-label": t(part) }, ...slots.map((s) =>
      option("start", s.start, s.start === state.start, s.free === 0, () => pick({ start: s.start }, "#confirm"),
        el("strong", {}, timeText(s.start, state.hall.time_zone)), el("span", {}, places(s.free))))));
  }
  refill($("#times"), groups);
}

function renderConfirm() {
  show($("#confirm"), Boolean(state.start) || Boolean(state.fault && state.hall));
  const service = offers().find((s) => s.id === state.service);
  setText($("#summary"), state.start && service ? t("summary", { service: nameOf(service), time: timeText(state.start, state.hall.time_zone), day: dayWords(state.day) }) : "");
  show($("#fault"), Boolean(state.fault));
  setText($("#fault"), state.fault);
  const go = /** @type {HTMLButtonElement} */ ($("#go"));
  show(go, Boolean(state.start));
  go.disabled = state.sending;
  setText(go, t(state.sending ? "going" : "go"));
}

function pick(choice, step) {
  Object.assign(state, choice, { fault: "" });
  render();
  reveal(step);
}

/** Brings the next step into sight. */
function reveal(selector) {
  $(selector).scrollIntoView({ block: "nearest", behavior: "auto" });
}

initLang("vi");
$("#lang").onclick = () => setLang(lang() === "vi" ? "en" : "vi");
$("#go").onclick = book;
document.addEventListener("langchange", render);
window.addEventListener("pageshow", (event) => event.persisted && location.reload()); // "Back" from the appointment: what is free has changed.
render();
load();
