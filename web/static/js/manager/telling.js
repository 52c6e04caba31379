/**
 * Tells an event of the audit log as one plain sentence.
 * @module
 */

import { texts, nameOf } from "../lib/texts.js";
import { clockText, dayText } from "../lib/format.js";
import { printerWords } from "../staff/printerwords.js";
import { sentences, parts } from "./sentences.js";

const say = texts(Object.assign({}, printerWords, parts, sentences));
const has = (key) => key in sentences || key in parts || key in printerWords;

/** @typedef {{time_zone: string, services: Object[], counters: Object[], priorities: Object[]}} Hall  as GET /api/hall gives it */

/**
 * The event as a sentence, without its time.
 * @param {Object} e  as GET /api/audit gives it
 * @param {Hall} hall
 * @returns {string}
 */
export function sentence(e, hall) {
  const values = valuesOf(e, hall);
  let text = say(keyOf(e), values);
  if (e.type === "ticket.taken" && e.priority) text = say("withPriority", { text: text, priority: values.priority });
  if (e.type === "ticket.taken" && e.slot) text = say("withSlot", { text: text, slot: values.slot });
  if (e.type === "ticket.transferred" && e.to_counter && !keyOf(e).endsWith(".counter")) text = say("withOnly", { text: text, to: values.to });
  if (e.type === "printer.paper_changed" && e.mm) text = say("withLength", { text: text, n: Math.round(e.mm / 100) / 10 });
  const reason = reasonText(e);
  return capital(reason ? say("withReason", { text: text, reason: reason }) : text);
}

/** Which sentence it is: of the type, or of a case of it. */
function keyOf(e) {
  const special = (CASES[e.type] || (() => ""))(e);
  const key = special ? e.type + "." + special : e.type;
  return key in sentences ? key : e.type in sentences ? e.type : "unknown";
}

const CASES = {
  "hall.changed": (e) => (e.of ? "back" : ""),
  "clock.stepped": (e) => (e.reason ? "doubt" : ""),
  "ticket.taken": (e) => (e.written ? "written" : isDevice(e) ? "device" : ""),
  "ticket.called": (e) => (e.from && e.from !== "waiting" ? e.from : e.reason ? "direct" : ""),
  "ticket.finished": (e) => (e.count ? "dossiers" : ""),
  "ticket.transferred": (e) => (e.to_counter && (!e.from_service || e.from_service === e.service) ? "counter" : ""),
  "ticket.cancelled": (e) => (e.reason === "closing" ? "closing" : ""),
  "ticket.priority": (e) => (e.priority ? "" : "none"),
  "print.queued": (e) => (String(e.by).startsWith("user:") ? "staff" : ""),
};

const isDevice = (e) => String(e.by).startsWith("device:");

function valuesOf(e, hall) {
  const named = (list, id) => nameOf((list || []).find((x) => x.id === id)) || id || "–";
  const when = (at) => (at ? clockText(at, hall.time_zone) + ", " + dayText(at, hall.time_zone) : "–");
  return {
    type: e.type, who: whoText(e), number: e.number || "–", day: e.day ? dayText(e.day + "T12:00:00Z", "UTC") : "–", count: e.count || 0, of: e.of || 0,
    service: named(hall.services, e.service), from: named(hall.services, e.from_service), counter: named(hall.counters, e.counter),
    to: named(hall.counters, e.to_counter), priority: named(hall.priorities, e.priority), user: e.user_name || e.user || "–",
    device: e.device_name ? "“" + e.device_name + "”" : e.device || "–", what: whatText(e), stars: e.stars || 0, printer: e.printer || "–",
    page: word("page_", e.page), outcome: word("outcome_", e.outcome), slot: when(e.slot), step: stepText(e.step_s || 0),
    written: e.written ? clockText(e.written, hall.time_zone) : "–",
  };
}

/** A code in words; what is no code stays as it is. */
const word = (prefix, code) => (code && has(prefix + code) ? say(prefix + code) : code || "–");

/** What a note is about. Of a device that was changed the log has a few fixed words. */
function whatText(e) {
  const [, field, what] = e.type === "device.changed" && /^(printer|counters): (.*)$/.exec(e.what || "") || [];
  if (field === "printer") return say("changedPrinter", { what: what });
  if (field === "counters") return say("changedCounters", { what: what.replace(/[[\]]/g, "").replace(/ /g, ", ") || "–" });
  if (/^session\./.test(e.type) && /^(127\.|::1)/.test(e.what || "")) return say("whatServer"); // Its address says nothing to people.
  return e.type === "device.changed" ? word("changed_", e.what) : e.what || "–";
}

/** Who caused it. A device is named by its place, a person by his name, or as the log has him where he has left. */
export function whoText(e) {
  const [kind, id] = String(e.by || "system").split(":");
  if (kind === "user") return e.by_name || id;
  if (kind === "device") return say("whoDevice", { name: e.by_name || id });
  return say(kind === "citizen" ? "whoCitizen" : "whoSystem");
}

/** The events whose reasons may be codes; of all others they are somebody's own words. */
const CODED = ["day.closed", "session.ended", "contact.erased"];

/** Why, where somebody said so or a machine did. @param {Object} e */
export function reasonText(e) {
  if (e.type === "ticket.rated") return (e.reasons || []).map(ratingText).join(", ");
  if (!e.reason || e.type === "clock.stepped" || e.reason === "closing") return "";
  if (e.type.startsWith("print.")) return word("short_", e.reason);
  return CODED.includes(e.type) ? word("reason_", e.reason) : e.reason;
}

/** Older layso recorded the Vietnamese words themselves. */
const ratingText = (code) => word("rated_", code);

/** A step of the clock: "sớm 2 giờ". */
function stepText(seconds) {
  const n = Math.abs(seconds);
  const [unit, size] = n >= 172800 ? ["daysLong", 86400] : n >= 7200 ? ["hoursLong", 3600] : n >= 120 ? ["minutesLong", 60] : ["seconds", 1];
  return say(seconds < 0 ? "behind" : "ahead", { n: say(unit, { n: Math.round(n / size) }) });
}

const capital = (text) => text.charAt(0).toUpperCase() + text.slice(1);
