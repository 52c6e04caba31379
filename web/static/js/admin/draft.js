/**
 * The hall's setup as it is being edited. It is read and written as a whole, with the seq that it
 * was read at, so that two admins cannot overwrite each other unseen.
 *
 * New entries carry an id that begins with "~" until they are saved; then they get one made of
 * their Vietnamese name. Hours and spans are edited as text: a service's own hours as edited_hours,
 * its appointments as edited_slots, each null where it has none.
 * @module
 */

import { get, put } from "../lib/api.js";
import { idFor } from "./names.js";
import { badDays, editable, parseHours, readable } from "./hours.js";

/** @typedef {{field: string, problem: string, detail: string}} Fault */

/** @type {{seq: number, setup: any, saved: string}} */
export const draft = { seq: 0, setup: null, saved: "" };

let fresh = 0;

/** An id for a new entry, until it is saved. */
export const newId = () => "~" + ++fresh;

/** Whether an entry has not been saved yet. @param {{id: string}} entry */
export const isNew = (entry) => entry.id.startsWith("~") || entry.isNew === true;

const print = () => JSON.stringify(draft.setup);

/** Whether there is something to save. */
export const dirty = () => draft.setup !== null && print() !== draft.saved;

/** Reads the setup from the server; what was changed here is gone. */
export async function load() {
  take(await get("/api/setup", { retryMs: 10000 }));
}

function take(answer) {
  draft.seq = answer.seq;
  draft.setup = complete(answer.setup);
  draft.saved = print();
}

/** The server leaves empty values out; the form wants them. */
function complete(setup) {
  for (const key of ["services", "counters", "priorities", "users", "closed_days", "notices"]) setup[key] = setup[key] || [];
  for (const thing of [setup, ...setup.services, ...setup.counters, ...setup.priorities, ...setup.closed_days]) thing.name.en = thing.name.en || "";
  setup.phone.ssid = setup.phone.ssid || "";
  setup.paper = completePaper(setup.paper || {});
  setup.notices = setup.notices.map(completeNotice);
  setup.voice = Object.assign({ off: false, once: false, whole: false, linh: false, ngan: false, vietnamese_only: false, chime: "" }, setup.voice);
  Object.assign(setup, { overtime_s: setup.overtime_s || 0, book_days: setup.book_days || 0, edited_hours: editable(setup.hours) });
  for (const c of setup.counters) c.assist = c.assist || [];
  for (const s of setup.services) {
    Object.assign(s, {
      quota: s.quota || 0, closed: Boolean(s.closed), edited_hours: s.hours ? editable(s.hours) : null,
      edited_slots: s.slots ? { capacity: s.slots.capacity, spans: (s.slots.spans || []).join(", ") } : null,
      procedure: completeProcedure(s.procedure || {}),
    });
    delete s.hours;
    delete s.slots;
  }
  delete setup.hours;
  return setup;
}

const text = (x) => ({ vi: (x && x.vi) || "", en: (x && x.en) || "" });
const lines = (x) => ({ vi: (x && x.vi) || [], en: (x && x.en) || [] });

const completeNotice = (n) => ({ title: text(n.title), lines: lines(n.lines), picture: n.picture || "", from: n.from || "", until: n.until || "" });

/** A procedure with all its parts. */
export const completeProcedure = (p) => ({ papers: lines(p.papers), time: text(p.time), fee: text(p.fee) });

/** Whether something is published about the service. */
export const hasProcedure = (p) => [...p.papers.vi, ...p.papers.en, p.time.vi, p.time.en, p.fee.vi, p.fee.en].some(Boolean);

function completePaper(paper) {
  return { head: text(paper.head), foot: text(paper.foot), crest: paper.crest || "", closing: Boolean(paper.closing) };
}

/**
 * Saves the draft.
 * @param {string} [reason] why; it stands in the list of changes
 * @returns {Promise<Fault[]>} what is wrong with it; none when it was saved
 * @throws {import("../lib/api.js").ApiError} for every other refusal
 */
export async function save(reason) {
  const faults = hoursFaults();
  if (faults.length) return faults;
  try {
    take(await put("/api/setup", { seq: draft.seq, setup: wire(), reason: reason || undefined }));
    return [];
  } catch (err) {
    if (err.code === "invalid_field" && err.faults.length) return err.faults;
    throw err;
  }
}

/** Hours that cannot be read: the server never gets to see them. */
function hoursFaults() {
  const fault = (field) => ({ field: field, problem: "hours", detail: "" });
  const found = badDays(draft.setup.edited_hours.days).map((day) => fault("hours." + day));
  draft.setup.services.forEach((s, i) => {
    if (s.edited_hours) found.push(...badDays(s.edited_hours.days).map((day) => fault(`services[${i}].hours.${day}`)));
    if (s.edited_slots && parseHours(s.edited_slots.spans) === null) found.push(fault(`services[${i}].slots.spans`));
  });
  return found;
}

/** The draft as the server wants it: ids made, hours read, nothing of ours left in it. */
function wire() {
  const setup = JSON.parse(JSON.stringify(draft.setup));
  const there = setup.services.map((s) => s.id);
  const renamed = name(setup.services, "linh-vuc");
  const known = (ids) => ids.filter((id) => there.includes(id)).map((id) => renamed.get(id) || id);
  for (const counter of setup.counters) {
    counter.services = known(counter.services);
    counter.assist = known(counter.assist);
  }
  name(setup.priorities, "uu-tien");
  for (const list of [setup.counters, setup.users]) for (const entry of list) delete entry.isNew;
  for (const s of setup.services) {
    if (s.edited_hours) s.hours = readable(s.edited_hours);
    if (s.edited_slots) s.slots = { capacity: s.edited_slots.capacity, spans: parseHours(s.edited_slots.spans) };
    if (!hasProcedure(s.procedure)) delete s.procedure;
    delete s.edited_hours;
    delete s.edited_slots;
  }
  setup.hours = readable(setup.edited_hours);
  delete setup.edited_hours;
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
