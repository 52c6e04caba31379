/**
 * The form fields of the admin page. Each knows the path of its value in the setup (data-field), so
 * that a fault that the server finds can be shown where it is.
 * @module
 */

import { $$, el, icon, setText, show } from "../lib/dom.js";
import { t } from "./words.js";

/** @type {() => void} */
let changed = () => {};

/** Calls after each edit. @param {() => void} then */
export function onEdit(then) {
  changed = then;
}

/** Tells that something was edited outside of a field: an entry added, moved, removed. */
export const edited = () => changed();

/**
 * @typedef {Object} FieldOptions
 * @property {string} field    path in the setup, as the server's faults name it
 * @property {string} label
 * @property {boolean} [hideLabel] a column's head says it already
 * @property {string} [hint]
 * @property {Object<string, any>} [props] of the control
 */

const idOf = (field) => "f-" + field.replace(/[^a-zA-Z0-9]+/g, "-");

function wrap(options, control, extra) {
  const id = idOf(options.field);
  control.id = id;
  const hint = options.hint ? el("p", { class: "hint", id: id + "-hint" }, options.hint) : null;
  control.setAttribute("aria-describedby", (hint ? id + "-hint " : "") + id + "-error");
  return el("div", { class: "field", "data-field": options.field },
    el("label", { for: id, class: options.hideLabel ? "visually-hidden" : null }, options.label), control, extra, hint,
    el("p", { class: "error", id: id + "-error", hidden: true }));
}

function listen(control, event, take) {
  control.addEventListener(event, () => {
    take();
    clear(control.closest("[data-field]"));
    changed();
  });
}

/**
 * A line of text, or with props.type "number" a number; set gets what stands there.
 * @param {FieldOptions} options
 * @param {string|number} value
 * @param {(text: string) => void} set
 */
export function textField(options, value, set) {
  const input = /** @type {HTMLInputElement} */ (el("input", Object.assign({ type: "text", autocomplete: "off" }, options.props)));
  input.value = String(value);
  listen(input, "input", () => set(input.value));
  return wrap(options, input);
}

/**
 * Several lines of text.
 * @param {FieldOptions} options
 * @param {string} value
 * @param {(text: string) => void} set
 */
export function areaField(options, value, set) {
  const area = /** @type {HTMLTextAreaElement} */ (el("textarea", options.props));
  area.value = value;
  listen(area, "input", () => set(area.value));
  return wrap(options, area);
}

/**
 * A choice of [value, text] pairs.
 * @param {FieldOptions} options
 * @param {[string, string][]} pairs
 * @param {string} value
 * @param {(value: string) => void} set
 */
export function choiceField(options, pairs, value, set) {
  const select = /** @type {HTMLSelectElement} */ (el("select", options.props, ...pairs.map(([key, text]) => el("option", { value: key }, text))));
  select.value = value;
  listen(select, "change", () => set(select.value));
  return wrap(options, select);
}

/**
 * A switch.
 * @param {{field: string, label: string, hideLabel?: boolean}} options
 * @param {boolean} value
 * @param {(on: boolean) => void} set
 */
export function checkField(options, value, set) {
  const box = /** @type {HTMLInputElement} */ (el("input", { type: "checkbox", id: idOf(options.field), checked: value }));
  const node = el("div", { class: "field check-field", "data-field": options.field },
    el("label", { class: "check" }, box, el("span", { class: options.hideLabel ? "visually-hidden" : null }, options.label)),
    el("p", { class: "error", id: idOf(options.field) + "-error", hidden: true }));
  listen(box, "change", () => set(box.checked));
  return node;
}

/**
 * The buttons that move and remove an entry of a list.
 * @param {any[]} list
 * @param {number} at
 * @param {string} name  what to call the entry
 * @param {(focus: number, action: string) => void} redraw
 * @param {boolean} [fixed] the order means nothing
 */
export function entryButtons(list, at, name, redraw, fixed) {
  const called = name || t("unnamed");
  const swap = (to) => {
    [list[at], list[to]] = [list[to], list[at]];
    redraw(to, to < at ? "up" : "down");
  };
  const button = (action, sign, text, off, work) => el("button", {
    type: "button", class: "btn quiet icon-btn", "data-entry": action, "aria-label": text, title: text, "aria-disabled": off ? "true" : null,
    onclick: () => off || work(),
  }, icon(sign));
  return el("div", { class: "entry-buttons" },
    !fixed && button("up", "raise", t("up", { name: called }), at === 0, () => swap(at - 1)),
    !fixed && button("down", "lower", t("down", { name: called }), at === list.length - 1, () => swap(at + 1)),
    button("remove", "cross", t("remove", { name: called }), false, () => {
      list.splice(at, 1);
      redraw(Math.min(at, list.length - 1), "remove");
    }));
}

function clear(box) {
  const line = box && box.querySelector(".error");
  if (!line || line.hidden) return;
  show(line, false);
  for (const control of $$("input, select, textarea", box)) control.removeAttribute("aria-invalid");
}

/**
 * Shows the faults at their fields and gives back those that have no field on the page.
 * @param {import("./draft.js").Fault[]} faults
 * @returns {import("./draft.js").Fault[]}
 */
export function showFaults(faults) {
  for (const box of $$("[data-field]")) clear(box);
  return faults.filter((fault) => {
    const box = boxOf(fault.field);
    if (!box) return true;
    const line = box.querySelector(".error");
    setText(line, faultText(fault));
    show(line, true);
    for (let fold = box.closest("details"); fold; fold = fold.parentElement.closest("details")) fold.open = true;
    for (const control of $$("input, select, textarea", box)) control.setAttribute("aria-invalid", "true");
    return false;
  });
}

/** The field's own box, or the nearest around it: counters[0].services[2] is shown at counters[0].services. */
function boxOf(field) {
  for (let path = field; path; path = path.replace(/(\.[^.[]*|\[\d+\])$/, "")) {
    const box = document.querySelector(`[data-field="${CSS.escape(path)}"]`);
    if (box) return box;
    if (!/[.[]/.test(path)) return null;
  }
  return null;
}

/** What a number may be, in the unit that the page shows it in. */
const RANGES = {
  credit_s: { low: 0, high: 120 }, quota: { low: 0, high: 100000 }, mean_s: { low: "½", high: 240 },
  capacity: { low: 1, high: 100 }, overtime_s: { low: 0, high: 240 }, book_days: { low: 0, high: 60 },
};

/** What can be wrong with the form of a file. */
const OF_FILES = ["yaml", "empty", "too_large", "documents", "depth", "too_many", "unknown_key", "twice", "not_keys", "not_list", "not_text", "not_bool", "not_number", "value"];

/** A fault in the page's language. @param {import("./draft.js").Fault} fault */
export function faultText(fault) {
  const ofHours = /(^|\.)(hours\b|spans)/.test(fault.field);
  if (fault.problem === "hours" || (fault.problem === "range" && ofHours)) return t("hoursForm");
  const known = ["required", "duplicate", "format", "range", "unknown", "too_long", "characters", "last_admin", ...OF_FILES];
  if (fault.problem === "range" && RANGES[fault.field.replace(/^.*\./, "")]) return t("problem_between", RANGES[fault.field.replace(/^.*\./, "")]);
  if (fault.field === "notices" && fault.problem === "too_long") return t("noticesTooLarge");
  if (fault.field.endsWith(".until") && fault.problem === "range") return t("untilBeforeFrom");
  if (/\.(lines|papers)\./.test(fault.field) && fault.problem === "range") return t("tooManyLines");
  const most = fault.field.startsWith("paper.") ? 160 : /\.(lines|papers)\./.test(fault.field) ? 200 : 120;
  return known.includes(fault.problem) ? t("problem_" + fault.problem, { n: most }) : fault.detail;
}
