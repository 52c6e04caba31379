/**
 * The sections that are part of the setup, each drawn into its own box from the draft.
 * @module
 */

import { el, fill } from "../lib/dom.js";
import { lang } from "../lib/texts.js";
import { completeProcedure, draft, isNew, newId } from "./draft.js";
import { textField, checkField, edited } from "./fields.js";
import { drawList, box } from "./lists.js";
import { moreOfService } from "./service.js";
import { t } from "./words.js";

/** A text of the draft in the page's language. */
const own = (text) => (lang() === "en" && text.en) || text.vi;

/** Draws the hall's own settings. */
export function drawHall() {
  const s = draft.setup;
  const ssid = textField({ field: "phone.ssid", label: t("ssid") }, s.phone.ssid, (v) => { s.phone.ssid = v; });
  const mode = (value) => el("label", { class: "check" },
    el("input", { type: "radio", name: "phone", value: value, checked: s.phone.mode === value, onchange: () => {
      s.phone.mode = value;
      ssid.hidden = value !== "wifi";
      edited();
    } }), t("phone_" + value));
  ssid.hidden = s.phone.mode !== "wifi";
  fill(box("hall"),
    el("div", { class: "two" },
      textField({ field: "name.vi", label: t("nameVi") }, s.name.vi, (v) => { s.name.vi = v; }),
      textField({ field: "name.en", label: t("nameEn"), hint: t("nameEnHint") }, s.name.en, (v) => { s.name.en = v; })),
    el("div", { class: "two" },
      textField({ field: "time_zone", label: t("timeZone"), hint: t("timeZoneHint"), props: { spellcheck: "false" } }, s.time_zone, (v) => { s.time_zone = v.trim(); })),
    el("fieldset", { class: "field", "data-field": "phone.mode" }, el("legend", {}, t("phoneTitle")),
      mode("off"), mode("wifi"), mode("public"), el("p", { class: "error", hidden: true })),
    el("div", { class: "two" }, ssid));
}

/** The two names of an entry. @param {any} entry @param {string} at */
export const nameFields = (entry, at) => [
  textField({ field: at + ".name.vi", label: t("nameVi"), hideLabel: true }, entry.name.vi, (v) => { entry.name.vi = v; }),
  textField({ field: at + ".name.en", label: t("nameEn"), hideLabel: true }, entry.name.en, (v) => { entry.name.en = v; }),
];

/** Draws the services. */
export function drawServices() {
  drawList("services", draft.setup.services, {
    hint: t("servicesHint"), add: t("addService"),
    heads: [t("prefix"), t("nameVi"), t("nameEn"), t("meanMinutes"), t("quota"), t("closed"), t("order")],
    nameOf: (s) => s.name.vi,
    make: () => ({ id: newId(), name: { vi: "", en: "" }, prefix: freePrefix(), mean_s: 600, quota: 0, closed: false, edited_hours: null, edited_slots: null, procedure: completeProcedure({}) }),
    row: (s, at) => [
      textField({ field: at + ".prefix", label: t("prefix"), hideLabel: true, props: { maxlength: 2, class: "prefix-input" } }, s.prefix, (v) => { s.prefix = v.trim().toUpperCase(); }),
      ...nameFields(s, at),
      textField({ field: at + ".mean_s", label: t("meanMinutes"), hideLabel: true, props: { type: "number", min: 0.5, max: 240, step: 0.5 } }, s.mean_s / 60, (v) => { s.mean_s = Math.round(Number(v) * 60); }),
      textField({ field: at + ".quota", label: t("quota"), hideLabel: true, props: { type: "number", min: 0, max: 100000, placeholder: "–", title: t("unlimited") } }, s.quota || "", (v) => { s.quota = Math.floor(Number(v)); }),
      checkField({ field: at + ".closed", label: t("closed"), hideLabel: true }, s.closed, (on) => { s.closed = on; }),
    ],
    more: moreOfService,
  });
}

/** The first letter that no service has. */
function freePrefix() {
  const used = draft.setup.services.map((s) => s.prefix);
  return "ABCDEFGHKLMNPQRSTUVXYZIJOW".split("").find((letter) => !used.includes(letter)) || "";
}

/** Draws the counters. */
export function drawCounters() {
  drawList("counters", draft.setup.counters, {
    hint: t("counterIdHint"), add: t("addCounter"),
    heads: [t("counterId"), t("nameVi"), t("nameEn"), t("serves"), t("order")],
    nameOf: (c) => c.name.vi,
    make: () => {
      const id = freeNumber();
      return { id: id, isNew: true, name: { vi: "Quầy " + id, en: "Counter " + id }, services: draft.setup.services.map((s) => s.id), assist: [] };
    },
    row: (c, at) => [
      textField({ field: at + ".id", label: t("counterId"), hideLabel: true, props: { maxlength: 4, readonly: !isNew(c) } }, c.id, (v) => { c.id = v.trim(); }),
      ...nameFields(c, at),
      servesField(c, at),
    ],
  });
}

function freeNumber() {
  const used = draft.setup.counters.map((c) => c.id);
  let n = 1;
  while (used.includes(String(n))) n++;
  return String(n);
}

/** For each service whether the counter serves it always, only to help out, or not at all. */
function servesField(counter, at) {
  const name = el("span", { class: "visually-hidden" }, " – " + own(counter.name));
  const tool = (key, ids) => el("button", { type: "button", class: "btn small", "data-tool": "serves-" + key, onclick: () => {
    [counter.services, counter.assist] = [ids.slice(), []];
    for (const select of field.querySelectorAll("select")) select.value = select.dataset.serves = ids.length ? "own" : "none";
    edited();
  } }, t("serves_all_" + key), name.cloneNode(true));
  const choice = (s) => {
    const now = counter.services.includes(s.id) ? "own" : counter.assist.includes(s.id) ? "assist" : "none";
    const select = /** @type {HTMLSelectElement} */ (el("select", { "data-service": s.id, "data-serves": now, onchange: () => {
      for (const list of ["services", "assist"]) counter[list] = counter[list].filter((id) => id !== s.id);
      if (select.value === "own") counter.services.push(s.id);
      if (select.value === "assist") counter.assist.push(s.id);
      select.dataset.serves = select.value;
      edited();
    } }, ...["own", "assist", "none"].map((key) => el("option", { value: key, selected: key === now }, t("serves_" + key)))));
    return el("label", { class: "serve" }, el("span", {}, own(s.name) || t("unnamed")), select);
  };
  const field = el("fieldset", { class: "field serves", "data-field": at + ".services" },
    el("legend", { class: "visually-hidden" }, t("serves") + ": " + own(counter.name)),
    el("div", { class: "serve-tools" }, tool("yes", draft.setup.services.map((s) => s.id)), tool("no", [])),
    el("div", { class: "checks", "data-field": at + ".assist" }, ...draft.setup.services.map(choice), el("p", { class: "error", hidden: true })),
    el("p", { class: "error", hidden: true }));
  return field;
}

/** Draws the priority reasons. */
export function drawPriorities() {
  drawList("priorities", draft.setup.priorities, {
    hint: t("prioritiesHint"), add: t("addPriority"),
    heads: [t("nameVi"), t("nameEn"), t("credit"), t("order")],
    nameOf: (p) => p.name.vi,
    make: () => ({ id: newId(), name: { vi: "", en: "" }, credit_s: 1800 }),
    row: (p, at) => [
      ...nameFields(p, at),
      textField({ field: at + ".credit_s", label: t("credit"), hideLabel: true, props: { type: "number", min: 0, max: 120 } }, p.credit_s / 60, (v) => { p.credit_s = Math.round(Number(v) * 60); }),
    ],
  });
}
