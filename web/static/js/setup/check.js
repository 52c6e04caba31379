/**
 * What is wrong with a step, by field, in words; and where the server's faults belong.
 * @module
 */

import { DAYS, badDays } from "../admin/hours.js";
import { offered, pins, servedBy, typed } from "./draft.js";
import { t } from "./words.js";

/** @typedef {Object<string, string>} Wrong  id of the field without "setup-" -> what is wrong */

const USER = /^[a-z0-9][a-z0-9-]{0,31}$/;

/** As the server judges it: one digit six times, or a run. */
function badPin(pin) {
  if (!/^\d{6}$/.test(pin)) return t("pinMissing");
  return new Set(pin).size === 1 || "01234567890".includes(pin) || "09876543210".includes(pin) ? t("weakPin") : "";
}

const badUser = (user) => (!user.trim() ? t("missing") : USER.test(user.trim()) ? "" : t("userForm"));

const checks = {
  you(draft, wrong) {
    if (!draft.hall.trim()) wrong.hall = t("missing");
    if (!draft.userName.trim()) wrong.user_name = t("missing");
    wrong.user = badUser(draft.user);
    wrong.pin = badPin(pins.admin);
    if (!wrong.pin && pins.admin !== pins.again) wrong.again = t("pinDiffers");
  },
  services(draft, wrong) {
    const letters = new Set();
    for (const s of offered(draft)) {
      const at = "services-" + s.key + "-";
      const letter = s.prefix.trim().toUpperCase();
      if (!s.name.trim()) wrong[at + "name"] = t("missing");
      if (!/^[A-Z]{1,2}$/.test(letter)) wrong[at + "prefix"] = t("letterForm");
      else if (letters.has(letter)) wrong[at + "prefix"] = t("duplicate");
      if (!/^\d{1,3}$/.test(s.minutes.trim()) || Number(s.minutes) < 1 || Number(s.minutes) > 240) wrong[at + "minutes"] = t("minutesForm");
      letters.add(letter);
    }
    if (!offered(draft).length) wrong.services = t("noService");
  },
  counters(draft, wrong) {
    draft.counters.forEach((c, i) => { if (!servedBy(draft, c).length) wrong["counters-" + i] = t("counterNone"); });
    const missing = offered(draft).filter((s) => draft.counters.every((c) => c.without.includes(s.key)));
    if (missing.length) wrong.counters = t("unserved", { names: missing.map((s) => s.name).join(", ") });
  },
  people(draft, wrong, known) {
    const users = new Set([draft.user.trim()]);
    for (const p of typed(draft)) {
      const at = "people-" + p.key + "-";
      const pin = pins.people[p.key] || "";
      if (!p.name.trim()) wrong[at + "name"] = t("missing");
      wrong[at + "user"] = badUser(p.user) || (users.has(p.user.trim()) ? t("duplicate") : "");
      wrong[at + "pin"] = pin || known.blank ? badPin(pin) : "";
      users.add(p.user.trim());
    }
  },
  hours(draft, wrong) {
    for (const day of badDays(draft.hours)) wrong["hours-" + day] = t("hourForm");
    if (DAYS.every((day) => !draft.hours[day].trim())) wrong["hours-mon"] = t("noHours");
  },
  finish() {},
};

/**
 * @param {string} step
 * @param {import("./draft.js").Draft} draft
 * @param {{blank: boolean}} known
 * @returns {Wrong|null} null when nothing is wrong
 */
export function wrongIn(step, draft, known) {
  const wrong = {};
  checks[step](draft, wrong, known);
  for (const field of Object.keys(wrong)) if (!wrong[field]) delete wrong[field];
  return Object.keys(wrong).length ? wrong : null;
}

/** Field of the server -> ours. The lists that were sent hold only what is offered, and those who were typed. */
const PLACES = [
  [/^name\.vi$/, () => ["you", "hall"]],
  [/^name\.en$/, () => ["you", "hall_en"]],
  [/^pin$/, () => ["you", "pin"]],
  [/^services\[(\d+)\]\.(prefix|mean_s|name)/, (m, draft) => ["services", "services-" + offered(draft)[m[1]].key + "-" + { prefix: "prefix", mean_s: "minutes", name: "name" }[m[2]]]],
  [/^counters\[(\d+)\]/, (m) => ["counters", "counters-" + m[1]]],
  [/^pins\.(.+)$/, (m, draft) => ["people", "people-" + typed(draft).find((p) => p.user.trim() === m[1]).key + "-pin"]],
  [/^users\[(\d+)\]\.(id|name)/, (m, draft) => (typed(draft)[m[1]] ? ["people", "people-" + typed(draft)[m[1]].key + "-" + { id: "user", name: "name" }[m[2]]] : ["you", m[2] === "id" ? "user" : "user_name"])],
  [/^hours\.(\w+)/, (m) => ["hours", "hours-" + m[1]]],
];

/**
 * Where a refusal of the server belongs.
 * @param {any} err
 * @param {import("./draft.js").Draft} draft
 * @returns {{step: string, wrong: Wrong}|null} null when it is about no field of ours
 */
export function placeOf(err, draft) {
  const fault = err.faults[0] || { field: err.problem.field || "", problem: "" };
  for (const [form, place] of PLACES) {
    const m = form.exec(fault.field);
    if (!m) continue;
    const [step, field] = place(m, draft);
    const words = { required: "missing", duplicate: "duplicate", too_long: "tooLong" }[fault.problem];
    return { step: step, wrong: { [field]: words ? t(words) : err.faults.length ? t("wrong") : err.message } };
  }
  return null;
}
