/**
 * The steps of the set-up, as they are drawn. Each gives the nodes that stand in it.
 * @module
 */

import { el, fill, icon, setText } from "../lib/dom.js";
import { lang } from "../lib/texts.js";
import { DAYS } from "../admin/hours.js";
import { idFor, plain } from "../admin/names.js";
import { englishOf, freeLetter } from "./catalogue.js";
import { newPerson, offered, pins, servedBy, typed } from "./draft.js";
import { errorOf, line, pinLine, tick } from "./field.js";
import { t } from "./words.js";

/**
 * @typedef {Object} Page
 * @property {import("./draft.js").Draft} draft
 * @property {{blank: boolean, setup: any}} known
 * @property {(focus?: string) => void} redraw  draws the step again and puts the focus there
 * @property {(step: string) => void} go
 */

/** @param {Page} page */
function you({ draft }) {
  const user = line("user", t("user"), draft.user, (text) => { draft.user = text; draft.own = text !== ""; },
    { hint: t("userHint"), props: { maxlength: 32, autocomplete: "username", autocapitalize: "none", spellcheck: "false" } });
  const input = /** @type {HTMLInputElement} */ (user.querySelector("input"));
  const name = line("user_name", t("name"), draft.userName, (text) => {
    draft.userName = text;
    if (!draft.own) input.value = draft.user = plain(text);
  }, { props: { autocomplete: "name" } });
  return [
    line("hall", t("hall"), draft.hall, (text) => { draft.hall = text; }, { hint: t("hallHint"), props: { autocomplete: "organization" } }),
    line("hall_en", t("hallEn"), draft.hallEn, (text) => { draft.hallEn = text; }, { props: { "data-optional": true } }),
    el("div", { class: "two" }, name, user),
    el("div", { class: "two" }, pinLine("pin", t("pin"), pins.admin, (text) => { pins.admin = text; }, { hint: t("pinHint") }),
      pinLine("again", t("pinAgain"), pins.again, (text) => { pins.again = text; })),
  ];
}

/** What was typed is Vietnamese, whatever the page speaks. @param {string} text */
const own = (text) => el("span", { lang: "vi" }, text);

/** A service's name in the page's language. */
const shown = (s) => (lang() === "en" && englishOf(s)) || own(s.name);

/** Nodes with commas between them. @param {(Node|string)[]} nodes */
const listed = (nodes) => nodes.flatMap((node, i) => (i ? [", ", node] : [node]));

/** @param {Page} page */
function services({ draft, redraw }) {
  const row = (s, i) => el("li", { class: "service", "data-service": s.key, "data-on": String(s.on) },
    tick(el("span", { class: "visually-hidden" }, t("serviceOn"), own(s.name)), s.on, (on) => { s.on = on; redraw("services-" + s.key + "-name"); }, { "data-tool": "on" }),
    line("services-" + s.key + "-name", t("serviceName"), s.name, (text) => { s.name = text; }, { hide: i > 0, props: { disabled: !s.on, lang: "vi" } }),
    line("services-" + s.key + "-prefix", t("letter"), s.prefix, (text) => { s.prefix = text; }, { hide: i > 0, props: { disabled: !s.on, maxlength: 2, autocapitalize: "characters" } }),
    line("services-" + s.key + "-minutes", t("minutes"), s.minutes, (text) => { s.minutes = text; }, { hide: i > 0, props: { disabled: !s.on, maxlength: 3, inputmode: "numeric" } }));
  const add = () => {
    const key = Math.max(...draft.services.map((s) => s.key)) + 1;
    draft.services.push({ key: key, on: true, name: "", nameEn: "", prefix: freeLetter(draft.services), minutes: "10" });
    redraw("services-" + key + "-name");
  };
  return [el("ul", { class: "rows" }, ...draft.services.map(row)), errorOf("services"),
    el("button", { type: "button", class: "btn", "data-tool": "add-service", onclick: add }, icon("plus"), t("addService"))];
}

const MOST_COUNTERS = 40;

/** @param {Page} page */
function counters({ draft, redraw }) {
  const change = (by) => {
    const n = draft.counters.length + by;
    if (n < 1 || n > MOST_COUNTERS) return;
    if (by > 0) draft.counters.push({ without: [] });
    else draft.counters.pop();
    redraw();
    document.getElementById(by > 0 ? "more" : "less").focus();
  };
  const box = (c) => (s) => tick(shown(s), !c.without.includes(s.key),
    (on) => { c.without = on ? c.without.filter((key) => key !== s.key) : [...c.without, s.key]; }, { "data-service": s.key });
  const row = (c, i) => el("fieldset", { class: "counter", "data-counter": i + 1 }, el("legend", {}, counterName(i)),
    el("div", { class: "boxes" }, ...offered(draft).map(box(c))), errorOf("counters-" + i));
  return [
    el("div", { class: "amount", role: "group", "aria-label": t("counterCount") },
      el("button", { type: "button", id: "less", class: "btn", "aria-label": t("less"), disabled: draft.counters.length < 2, onclick: () => change(-1) }, "–"),
      el("output", { id: "counter-count" }, draft.counters.length),
      el("button", { type: "button", id: "more", class: "btn", "aria-label": t("more"), disabled: draft.counters.length >= MOST_COUNTERS, onclick: () => change(1) }, "+"),
      el("span", {}, t("counterCount"))),
    ...draft.counters.map(row), errorOf("counters"),
  ];
}

const counterName = (i) => (lang() === "en" ? "Counter " : "Quầy ") + (i + 1);

/** @param {Page} page */
function people(page) {
  const { draft, known, redraw } = page;
  const add = () => {
    const person = newPerson(draft.people);
    draft.people.push(person);
    redraw("people-" + person.key + "-name");
  };
  return [el("ul", { class: "rows" }, ...draft.people.map((p) => personRow(page, p))),
    known.blank && el("button", { type: "button", class: "btn", "data-tool": "add-person", onclick: add }, icon("plus"), t("addPerson"))].filter(Boolean);
}

function personRow({ draft, redraw }, p) {
  const at = "people-" + p.key + "-";
  const user = line(at + "user", t("personUser"), p.user, (text) => { p.user = text; p.own = text !== ""; }, { props: { maxlength: 32, autocapitalize: "none", spellcheck: "false", disabled: p.known } });
  const input = /** @type {HTMLInputElement} */ (user.querySelector("input"));
  const name = line(at + "name", t("personName"), p.name, (text) => {
    p.name = text;
    if (!p.own) input.value = p.user = text.trim() ? idFor(text, [draft.user, ...draft.people.filter((x) => x !== p).map((x) => x.user)], "can-bo") : "";
  }, { props: { disabled: p.known } });
  const role = /** @type {HTMLSelectElement} */ (el("select", { id: "setup-" + at + "role", disabled: p.known, onchange: () => { p.role = role.value; redraw(at + "pin"); } },
    ...["clerk", "manager"].map((r) => el("option", { value: r, selected: r === p.role }, t("role_" + r)))));
  const remove = () => {
    draft.people = draft.people.filter((x) => x !== p);
    delete pins.people[p.key];
    redraw();
  };
  return el("li", { class: "person", "data-person": p.key }, name, user,
    pinLine(at + "pin", t("personPin"), pins.people[p.key] || "", (text) => { pins.people[p.key] = text; }),
    el("div", { class: "field" }, el("label", { for: "setup-" + at + "role" }, t("personRole")), role),
    !p.known && el("button", { type: "button", class: "btn quiet", "aria-label": t("remove", { name: p.name || t("someone") }), onclick: remove }, icon("cross")));
}

/** @param {Page} page */
function hours({ draft, redraw }) {
  const copy = () => {
    for (const day of DAYS.slice(1, 5)) draft.hours[day] = draft.hours.mon;
    redraw("hours-mon");
  };
  return [...DAYS.map((day) => el("div", { class: "day" }, line("hours-" + day, t("day_" + day), draft.hours[day], (text) => { draft.hours[day] = text; }, { props: { placeholder: t("closedDay") } }))),
    el("button", { type: "button", class: "btn", "data-tool": "same-days", onclick: copy }, icon("copy"), t("sameDays"))];
}

/** What stands in each part, in one look. @param {Page} page */
function finish({ draft, known, go }) {
  const part = (step, ...lines) => el("div", { class: "part", "data-part": step }, el("div", {}, el("h2", {}, t("step_" + step)), ...lines.map((nodes) => el("p", {}, ...nodes))),
    el("button", { type: "button", class: "btn", "aria-label": t("editWhat", { what: t("step_" + step) }), onclick: () => go(step) }, t("edit")));
  const who = typed(draft).map((p) => [own(p.name.trim()), " (" + p.user.trim() + ", " + t("role_" + p.role).toLowerCase() + ")"]);
  const parts = [part("you", [own(draft.hall)], [t("admin"), " ", own(draft.userName), " (" + draft.user + ")"])];
  if (known.blank) {
    parts.push(part("services", ...offered(draft).map((s) => [s.prefix.toUpperCase() + " – ", shown(s)])),
      part("counters", ...draft.counters.map((c, i) => [counterName(i) + ": ", ...listed(servedBy(draft, c).map(shown))])),
      part("people", ...(who.length ? who : [[t("nobody")]])),
      part("hours", ...DAYS.map((day) => [t("day_" + day) + ": " + (draft.hours[day].trim() || t("closedDay"))])));
  } else if (draft.people.length) {
    parts.push(part("people", ...who));
  }
  return parts;
}

const drawers = { you, services, counters, people, hours, finish };

/** The steps that the hall needs: one that was seeded knows most already. @param {{blank: boolean}} known @param {import("./draft.js").Draft} draft */
export const stepsOf = (known, draft) => (known.blank ? ["you", "services", "counters", "people", "hours", "finish"] : ["you", ...(draft.people.length ? ["people"] : []), "finish"]);

/** Draws a step into the page. @param {string} step @param {Page} page */
export function drawStep(step, page) {
  setText(document.getElementById("step-title"), t("title_" + step));
  setText(document.getElementById("step-intro"), t(step === "people" && !page.known.blank ? "intro_known" : "intro_" + step));
  const place = document.getElementById("step");
  place.dataset.step = step;
  fill(place, ...drawers[step](page));
}
