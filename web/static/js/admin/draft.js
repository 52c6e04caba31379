/**
 * The hall's setup as it is being edited. It is read and written as a whole, with the seq that it
 * was read at, so that two admins cannot overwrite each other unseen.
 *
 * New entries carry an id that begins with "~" until they are saved; then they get one made of
 * their Vietnamese name.
 * @module
 */

import { get, put } from "../lib/api.js";
import { idFor } from "./names.js";
import { DAYS, parseHours } from "./hours.js";

/** @typedef {{field: string, problem: string, detail: string}} Fault */

/** @type {{seq: number, setup: any, hours: Object<string, string>, saved: string}} */
export const draft = { seq: 0, setup: null, hours: {}, saved: "" };

let fresh = 0;

/** An id for a new entry, until it is saved. */
export const newId = () => "~" + ++fresh;

/** Whether an entry has not been saved yet. @param {{id: string}} entry */
export const isNew = (entry) => entry.id.startsWith("~") || entry.isNew === true;

const print = () => JSON.stringify([draft.setup, draft.hours]);

/** Whether there is something to save. */
export const dirty = () => draft.setup !== null && print() !== draft.saved;

/** Reads the setup from the server; what was changed here is gone. */
export async function load() {
  take(await get("/api/setup", { retryMs: 10000 }));
}

function take(answer) {
  draft.seq = answer.seq;
  draft.setup = complete(answer.setup);
  draft.hours = {};
  for (const day of DAYS) draft.hours[day] = (answer.setup.hours[day] || []).join(", ");
  draft.saved = print();
}

/** The server leaves empty values out; the form wants them. */
function complete(setup) {
  for (const key of ["services", "counters", "priorities", "users"]) setup[key] = setup[key] || [];
  for (const thing of [setup, ...setup.services, ...setup.counters, ...setup.priorities]) thing.name.en = thing.name.en || "";
  setup.phone.ssid = setup.phone.ssid || "";
  for (const s of setup.services) Object.assign(s, { quota: s.quota || 0, closed: Boolean(s.closed) });
  return setup;
}

/**
 * Saves the draft.
 * @returns {Promise<Fault[]>} what is wrong with it; none when it was saved
 * @throws {import("../lib/api.js").ApiError} for every other refusal
 */
export async function save() {
  const faults = hoursFaults();
  if (faults.length) return faults;
  try {
    take(await put("/api/setup", { seq: draft.seq, setup: wire() }));
    return [];
  } catch (err) {
    if (err.code === "invalid_field" && err.faults.length) return err.faults;
    throw err;
  }
}

function hoursFaults() {
  return DAYS.filter((day) => parseHours(draft.hours[day]) === null)
    .map((day) => ({ field: "hours." + day, problem: "hours", detail: "" }));
}

/** The draft as the server wants it: ids made, hours read, nothing of ours left in it. */
function wire() {
  const setup = JSON.parse(JSON.stringify(draft.setup));
  const there = setup.services.map((s) => s.id);
  const renamed = name(setup.services, "linh-vuc");
  for (const counter of setup.counters) {
    counter.services = counter.services.filter((id) => there.includes(id)).map((id) => renamed.get(id) || id);
  }
  name(setup.priorities, "uu-tien");
  for (const list of [setup.counters, setup.users]) for (const entry of list) delete entry.isNew;
  for (const day of DAYS) setup.hours[day] = parseHours(draft.hours[day]);
  if (setup.phone.mode !== "wifi") delete setup.phone.ssid;
  return setup;
}

function name(list, fallback) {
  const renamed = new Map();
  for (const entry of list) {
    if (!entry.id.startsWith("~")) continue;
    const id = idFor(entry.name.vi, list.map((x) => x.id), fallback);
    renamed.set(entry.id, id);
    entry.id = id;
  }
  return renamed;
}
