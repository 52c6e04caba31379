/**
 * What has been typed so far. It outlives a reload of the page in this tab; PINs never do, they are kept in memory
 * alone.
 * @module
 */

import { DAYS, readable } from "../admin/hours.js";
import { idFor } from "../admin/names.js";
import { commonServices, englishOf, officeHours } from "./catalogue.js";

const STORED = "layso.setup";

/** @typedef {{key: number, name: string, user: string, own: boolean, role: string, known: boolean}} Person */
/** @typedef {{without: number[]}} Counter  keys of the services that it does not serve */

/**
 * @typedef {Object} Draft
 * @property {string} code
 * @property {string} step
 * @property {string} hall
 * @property {string} hallEn
 * @property {string} userName
 * @property {string} user
 * @property {boolean} own   the user name was typed and is not made of the name any more
 * @property {import("./catalogue.js").Service[]} services
 * @property {Counter[]} counters
 * @property {Person[]} people
 * @property {Object<string, string>} hours
 */

/** @type {{admin: string, again: string, people: Object<number, string>}} */
export const pins = { admin: "", again: "", people: {} };

/**
 * What the set-up begins with.
 * @param {string} code
 * @param {{blank: boolean, setup: any}} known  as the server tells it
 * @returns {Draft}
 */
export function newDraft(code, known) {
  const people = known.setup.users.filter((u) => u.role !== "admin").map((u, key) =>
    ({ key: key, name: u.name, user: u.id, own: true, role: u.role, known: true }));
  return {
    code: code, step: "you", hall: known.blank ? "" : known.setup.name.vi, hallEn: known.blank ? "" : known.setup.name.en || "",
    userName: "", user: "", own: false, services: commonServices(), counters: [{ without: [] }, { without: [] }],
    people: known.blank ? [newPerson([])] : people, hours: officeHours(),
  };
}

/** @param {Person[]} people @returns {Person} */
export const newPerson = (people) => ({ key: Math.max(-1, ...people.map((p) => p.key)) + 1, name: "", user: "", own: false, role: "clerk", known: false });

/** @returns {Draft|null} what this tab had before a reload */
export function kept() {
  try {
    return JSON.parse(sessionStorage.getItem(STORED) || "null");
  } catch (err) {
    return null; // Storage is blocked, or holds what we can't read: the set-up begins anew.
  }
}

/** @param {Draft|null} draft  null: it is over */
export function keep(draft) {
  try {
    if (draft) sessionStorage.setItem(STORED, JSON.stringify(draft));
    else sessionStorage.removeItem(STORED);
  } catch (err) {
    // As in kept: a reload then begins anew.
  }
}

/** The services that are offered. @param {Draft} draft */
export const offered = (draft) => draft.services.filter((s) => s.on);

/** What the counter serves. @param {Draft} draft @param {Counter} counter */
export const servedBy = (draft, counter) => offered(draft).filter((s) => !counter.without.includes(s.key));

/** The people of whom something was typed. @param {Draft} draft */
export const typed = (draft) => draft.people.filter((p) => p.name.trim() || p.user.trim() || pins.people[p.key]);

/**
 * The whole as the server wants it.
 * @param {Draft} draft
 * @param {{blank: boolean, setup: any}} known
 */
export function toBody(draft, known) {
  const body = { code: draft.code, hall: draft.hall.trim(), user_name: draft.userName.trim(), user: draft.user.trim(), pin: pins.admin, pins: {}, setup: known.setup };
  for (const p of typed(draft)) if (pins.people[p.key]) body.pins[p.user.trim()] = pins.people[p.key];
  const name = { vi: body.hall };
  if (draft.hallEn.trim()) name.en = draft.hallEn.trim();
  body.setup = Object.assign({}, known.setup, { name: name });
  if (known.blank) Object.assign(body.setup, described(draft));
  return body;
}

function described(draft) {
  const ids = new Map();
  const services = offered(draft).map((s) => {
    ids.set(s.key, idFor(s.name, ids.values(), "linh-vuc"));
    const name = { vi: s.name.trim() };
    if (englishOf(s)) name.en = englishOf(s);
    return { id: ids.get(s.key), name: name, prefix: s.prefix.trim().toUpperCase(), mean_s: Number(s.minutes) * 60 };
  });
  return {
    services: services,
    counters: draft.counters.map((c, i) => ({
      id: String(i + 1), name: { vi: "Quầy " + (i + 1), en: "Counter " + (i + 1) }, services: servedBy(draft, c).map((s) => ids.get(s.key)),
    })),
    users: typed(draft).map((p) => ({ id: p.user.trim(), name: p.name.trim(), role: p.role })),
    hours: readable({ always: false, days: Object.fromEntries(DAYS.map((day) => [day, draft.hours[day]])) }),
  };
}
