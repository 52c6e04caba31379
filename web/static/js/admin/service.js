/**
 * What a service may have of its own: hours, appointments and a published procedure.
 * @module
 */

import { el, fill } from "../lib/dom.js";
import { hasProcedure } from "./draft.js";
import { textField, choiceField, checkField, edited } from "./fields.js";
import { DAYS, editable } from "./hours.js";
import { procedurePart } from "./notices.js";
import { t } from "./words.js";

/** The services whose further settings are shown, by id, also when the list is drawn anew. */
const unfolded = new Set();

/**
 * The fold below a service's row. Its head says what is inside.
 * @param {any} service
 * @param {string} at  its path, services[2]
 * @returns {HTMLElement}
 */
export function moreOfService(service, at) {
  const head = el("summary", {});
  const say = () => fill(head, summary(service));
  const fold = /** @type {HTMLDetailsElement} */ (el("details", { class: "more", "data-more": service.id },
    head, el("div", { class: "more-body" }, hoursPart(service, at, say), slotsPart(service, at, say), procedurePart(service, at, say))));
  fold.open = unfolded.has(service.id);
  fold.addEventListener("toggle", () => (fold.open ? unfolded.add(service.id) : unfolded.delete(service.id)));
  say();
  return fold;
}

function summary(service) {
  const hours = !service.edited_hours ? "hoursAsHall" : service.edited_hours.always ? "hoursAlways" : "hoursOwn";
  const slots = service.edited_slots ? t("slotsOn", { n: service.edited_slots.capacity || 0 }) : t("slotsOff");
  return t("serviceHours") + ": " + t(hours).toLowerCase() + " · " + slots + " · " + t(hasProcedure(service.procedure) ? "procedureOn" : "procedureOff");
}

/**
 * Seven fields for the week.
 * @param {string} at    path of the hours
 * @param {Object<string, string>} days  text for each weekday
 * @returns {HTMLElement}
 */
export function weekFields(at, days) {
  return el("div", { class: "days" }, ...DAYS.map((name) =>
    textField({ field: at + "." + name, label: t(name), props: { placeholder: t("dayOff"), spellcheck: "false" } }, days[name], (v) => { days[name] = v; })));
}

function hoursPart(service, at, say) {
  const week = el("div", { class: "week" });
  const draw = () => {
    const own = service.edited_hours;
    fill(week, ...(own && !own.always ? [weekFields(at + ".hours", own.days)] : []));
    say();
  };
  const now = !service.edited_hours ? "hall" : service.edited_hours.always ? "always" : "own";
  const choice = choiceField({ field: at + ".hours", label: t("serviceHours"), hint: t("serviceHoursHint") },
    [["hall", t("hoursAsHall")], ["own", t("hoursOwn")], ["always", t("hoursAlways")]], now, (value) => {
      service.edited_hours = value === "hall" ? null : Object.assign(editable(null), { always: value === "always" });
      draw();
    });
  draw();
  return el("div", {}, choice, week);
}

function slotsPart(service, at, say) {
  const fields = el("div", { class: "slots" });
  const draw = () => {
    const slots = service.edited_slots;
    fill(fields, ...(slots ? [
      textField({ field: at + ".slots.capacity", label: t("capacity"), props: { type: "number", min: 1, max: 100 } }, slots.capacity, (v) => {
        slots.capacity = Math.floor(Number(v));
        say();
      }),
      textField({ field: at + ".slots.spans", label: t("spans"), hint: t("spansHint"), props: { placeholder: t("spansAll"), spellcheck: "false" } },
        slots.spans, (v) => { slots.spans = v; }),
    ] : []));
    say();
  };
  const check = checkField({ field: at + ".slots", label: t("offersSlots") }, Boolean(service.edited_slots), (on) => {
    service.edited_slots = on ? { capacity: 2, spans: "" } : null;
    draw();
    edited();
  });
  draw();
  return el("div", {}, check, fields);
}
