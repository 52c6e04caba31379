/**
 * Entering numbers that were written by hand in an outage, one after another, by keyboard: service, number, time.
 * Each is answered at once with its place in line.
 * @module
 */

import { $, $$, el, fill } from "../lib/dom.js";
import { nameOf } from "../lib/texts.js";
import { post } from "../lib/api.js";
import { newId } from "../lib/ids.js";
import { clockText } from "../lib/format.js";
import { openDialog, labelled, selectField } from "../staff/dialog.js";
import { state, clock } from "./store.js";
import { refreshSoon } from "./sync.js";
import { t } from "./words.js";

/** What was entered since the page was opened, the newest first: {number, at, ahead, name}. */
const entered = [];

/** The last slip's service and time: the next one's are likely the same. */
const last = { service: "", time: "" };

/** Opens the dialog. */
export function writtenDialog() {
  const form = slipForm();
  let sent = { what: "", key: "" };
  const dialog = openDialog({
    name: "written", title: t("writtenTitle"), confirm: t("writtenEnter"), cancel: t("close"),
    body: [el("p", { class: "hint" }, t("writtenHint")), form.box, el("h3", {}, t("writtenList")), form.list],
    onConfirm: async () => {
      const slip = form.read();
      const what = JSON.stringify(slip);
      if (sent.what !== what) sent = { what: what, key: newId() }; // The same slip again is the same wish.
      await enter(slip, sent.key).catch((err) => form.refuse(err));
      sent = { what: "", key: "" };
      form.draw();
      form.next();
      return false;
    },
  });
  form.wire(dialog);
}

/** Sends a slip and notes its place in line. */
async function enter(slip, key) {
  const ticket = await post("/api/tickets/written", slip, { key: key, retryMs: 15000 });
  refreshSoon();
  last.service = slip.service;
  last.time = clockText(ticket.issued_at, state.hall.time_zone);
  entered.unshift({ number: ticket.number, at: last.time, ahead: ticket.ahead, name: nameOf(ticket) });
}

function slipForm() {
  const services = state.hall.services;
  const radios = services.map((s, i) => el("label", { class: "choice", "data-service": s.id },
    el("input", { type: "radio", name: "written-service", value: s.id, checked: s.id === last.service || (!last.service && i === 0) }),
    i < 9 && el("kbd", {}, String(i + 1)), el("span", { class: "prefix", "aria-hidden": "true" }, s.prefix), el("span", { class: "name" }, nameOf(s))));
  const number = field("written-number", 6, "none");
  const time = field("written-time", 5, "numeric");
  const priority = selectField("written-priority", [["", t("noPriority")], ...(state.hall.priorities || []).map((p) => [p.id, nameOf(p)])]);
  const box = el("div", { class: "written-form" },
    el("fieldset", { class: "field" }, el("legend", {}, t("service")), el("div", { class: "services" }, ...radios)),
    el("div", { class: "three" }, labelled(t("writtenNumber"), number), labelled(t("writtenAt"), time), labelled(t("issuePriority"), priority)));
  const list = el("ol", { class: "entered", id: "written-list", "aria-live": "polite" });
  const form = { box: box, list: list, number: number, time: time, priority: priority };
  return {
    box: box, list: list, read: () => read(form), refuse: (err) => refuse(form, err), draw: () => draw(form), next: () => next(form),
    wire: (dialog) => wire(form, dialog),
  };
}

const field = (id, length, mode) => /** @type {HTMLInputElement} */ (el("input", {
  id: id, type: "text", maxlength: length, autocomplete: "off", autocapitalize: "characters", spellcheck: "false", inputmode: mode === "numeric" ? "numeric" : null }));

const chosen = (form) => state.hall.services.find((s) => s.id === (/** @type {HTMLInputElement|undefined} */ ($$("input[type=radio]", form.box).find((r) => /** @type {HTMLInputElement} */ (r).checked)) || { value: "" }).value);

function choose(form, service) {
  /** @type {HTMLInputElement} */ ($(`[data-service="${CSS.escape(service.id)}"] input`, form.box)).checked = true;
}

/** A digit chooses a service, a letter in front of the number too, and Enter goes on to the time. */
function wire(form, dialog) {
  $(".services", form.box).addEventListener("keydown", (event) => {
    const n = /^(?:Digit|Numpad)([1-9])$/.exec(event.code);
    const service = n && state.hall.services[Number(n[1]) - 1];
    if (!service) return;
    event.preventDefault();
    choose(form, service);
    form.number.focus();
  });
  form.number.addEventListener("input", () => {
    const prefix = form.number.value.trim().toUpperCase().replace(/[^A-Z].*$/, "");
    const service = prefix && state.hall.services.find((s) => s.prefix === prefix);
    if (service) choose(form, service);
    form.number.removeAttribute("aria-invalid");
  });
  form.time.addEventListener("input", () => form.time.removeAttribute("aria-invalid"));
  form.number.addEventListener("keydown", (event) => {
    if (event.key !== "Enter") return;
    event.preventDefault();
    if (event.repeat || !form.number.value.trim()) return;
    form.time.focus();
    form.time.select();
  });
  form.box.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && event.repeat) event.preventDefault(); // A held key enters nothing.
  });
  form.time.value = last.time || clockText(clock.now(), state.hall.time_zone);
  draw(form);
  const first = $$("input[type=radio]", form.box).find((r) => /** @type {HTMLInputElement} */ (r).checked);
  (last.service ? form.number : first || form.number).focus();
  dialog.fail("");
}

/** The slip as it is sent. @throws {Error} with a sentence, the wrong field marked */
function read(form) {
  const service = chosen(form);
  if (!service) throw new Error(t("writtenService"));
  const digits = form.number.value.trim().toUpperCase().replace(new RegExp("^" + service.prefix), "");
  if (!/^[0-9]{1,4}$/.test(digits) || Number(digits) === 0) wrong(form.number, t("writtenDigits"));
  const time = clockOf(form.time.value);
  if (!time) wrong(form.time, t("writtenTime"));
  const slip = { service: service.id, number: service.prefix + digits.replace(/^0+/, "").padStart(3, "0"), at: atToday(time) };
  if (form.priority.value) slip.priority = form.priority.value;
  return slip;
}

/** Reads 0941, 941, 9:41 or 9h41 as "09:41"; empty when it is no time. */
function clockOf(text) {
  const m = /^([0-9]{1,2})[:hH.]?([0-9]{2})$/.exec(text.trim());
  return m && Number(m[1]) < 24 && Number(m[2]) < 60 ? m[1].padStart(2, "0") + ":" + m[2] : "";
}

/** A time of the business day in the hall's zone, as RFC 3339. */
function atToday(time) {
  const day = state.hall.business_day;
  const offset = /[+-]\d\d:\d\d$|Z$/.exec(state.hall.now);
  return day + "T" + time + ":00" + (offset ? offset[0] : "Z");
}

function wrong(input, text) {
  input.setAttribute("aria-invalid", "true");
  input.focus();
  input.select();
  throw new Error(text);
}

function refuse(form, err) {
  if (err.code === "number_taken" || (err.problem || {}).field === "number") wrong(form.number, err.message);
  if ((err.problem || {}).field === "at") wrong(form.time, err.message);
  throw err;
}

/** The next slip: the same service and time. Its number is typed: a bouncing Enter must not make one up. */
function next(form) {
  form.number.value = "";
  form.time.value = last.time;
  form.priority.value = "";
  form.number.focus();
}

function draw(form) {
  fill(form.list, ...entered.map((x, i) => el("li", { "data-number": x.number, class: i === 0 ? "new" : null },
    el("strong", {}, x.number), el("span", {}, x.at), el("span", { class: "name" }, x.name),
    el("span", { class: "place" }, x.ahead ? t("writtenPlace", { n: x.ahead }) : t("writtenFirst")))));
  if (!entered.length) fill(form.list, el("li", { class: "soft" }, t("writtenNone")));
}
