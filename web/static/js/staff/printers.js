/**
 * What the staff pages say of printers, and the two things that everybody can do to one: note a new
 * roll of paper, print a test slip.
 * @module
 */

import { el } from "../lib/dom.js";
import { post } from "../lib/api.js";
import { lang } from "../lib/texts.js";
import { openDialog, labelled, selectField } from "./dialog.js";

/** @typedef {(key: string, values?: Object) => string} Words */

/**
 * @typedef {Object} Printer  as GET /api/printers gives it
 * @property {string} name
 * @property {boolean} ok
 * @property {string} [fault]
 * @property {string[]} faults   the most urgent one first
 * @property {string} since
 * @property {number} queued
 * @property {string} [stand_in]
 * @property {"printed"|"taken"|"nothing"} confirms
 * @property {number} width
 * @property {{length_mm: number, used_mm: number, tickets_left: number, since?: string}} [roll]
 */

/** @typedef {{ok: boolean, text: () => string, since?: string}} Outcome  what was done came to, told in the language of the moment */

/** The faults that have a sentence, the most urgent first as package printer has them; one that this page does not know is an error. */
const FAULTS = ["wrong_device", "silent", "unreachable", "fatal", "cover_open", "paper_out", "cutter", "error", "hot", "offline", "paper_low"];

/** How long a printer may take to say what became of a test slip. */
const TEST_MS = 45000;

/** Lengths of rolls that are sold, in metres. */
const METRES = [30, 50, 65, 80];

const known = (fault) => (FAULTS.includes(fault) ? fault : "error");

/** Whether the printer needs somebody, now or soon. @param {Printer} p */
export const troubled = (p) => !p.ok || Boolean(p.fault);

/**
 * Whether what was done to a printer is still worth telling: until the printer is otherwise than it was
 * when it was told first.
 * @param {Outcome|undefined} outcome
 * @param {Printer} p
 */
export function stillSo(outcome, p) {
  if (!outcome) return false;
  if (!outcome.since) outcome.since = p.since;
  return outcome.since === p.since;
}

/** Whether a new roll would help. @param {Printer} p */
export const needsPaper = (p) => (p.faults || []).some((f) => f === "paper_out" || f === "paper_low");

/**
 * The printers that need somebody, the most urgent one first: who prints nothing and has no stand-in,
 * then who has one, then who only warns.
 * @param {Printer[]} printers
 * @returns {Printer[]}
 */
export function byUrgency(printers) {
  const weight = (p) => (p.ok ? 200 : p.stand_in ? 100 : 0) + FAULTS.indexOf(known(p.fault || "error"));
  return printers.filter(troubled).sort((a, b) => weight(a) - weight(b));
}

/** One fault as a sentence that says what to do. @param {Words} t @param {Printer} p @param {string} fault */
export function faultSentence(t, p, fault) {
  const left = p.roll && p.roll.length_mm ? p.roll.tickets_left : 0;
  if (fault === "paper_out" && p.roll && p.roll.since && p.roll.used_mm === 0) return t("fault_paper_out_still", { name: p.name });
  if (fault === "paper_low" && left > 0) return t("fault_paper_low_n", { name: p.name, n: left });
  return t("fault_" + known(fault), { name: p.name });
}

/**
 * What to do about a printer, its stand-in and its queue told along.
 * @param {Words} t
 * @param {Printer} p
 */
export function troubleText(t, p) {
  return [faultSentence(t, p, p.fault || "error"), aside(t, p)].filter(Boolean).join(" ");
}

/** Where the tickets come out meanwhile, and how many wait. @param {Words} t @param {Printer} p */
export function aside(t, p) {
  if (p.stand_in) return t("printerStandIn", { name: p.stand_in });
  if (p.ok || !p.queued) return "";
  return p.queued === 1 ? t("printerQueuedOne") : t("printerQueued", { n: p.queued });
}

/** The printer and its faults in a few words. @param {Words} t @param {Printer} p */
export function shortText(t, p) {
  const faults = p.faults && p.faults.length ? p.faults : [p.fault || "error"];
  return t("printerShort", { name: p.name, faults: faults.map((f) => t("short_" + known(f))).join(", ") });
}

/**
 * The printers to choose from, those in trouble with what ails them.
 * @param {Words} t
 * @param {Printer[]} printers
 * @returns {[string, string][]}
 */
export const printerChoices = (t, printers) =>
  printers.map((p) => [p.name, troubled(p) ? shortText(t, p).replace(/\.$/, "") : t("printerName", { name: p.name })]);

const metres = (mm) => Math.round(mm / 100) / 10;

/** A length as it is written. @param {number} mm */
const metresText = (mm) => metres(mm).toLocaleString(lang() === "en" ? "en-GB" : "vi-VN");

/** How much paper is left, in words; nothing where the printer says that there is none. @param {Words} t @param {Printer} p */
export function rollText(t, p) {
  if ((p.faults || []).includes("paper_out")) return t("short_paper_out");
  if (!p.roll || !p.roll.length_mm) return t("rollUnknown");
  return t("rollLeft", { n: p.roll.tickets_left, used: metresText(p.roll.used_mm), length: metresText(p.roll.length_mm) });
}

const pathOf = (name, what) => "/api/printers/" + encodeURIComponent(name) + "/" + what;

/** The lengths to choose from, the last roll's first. */
function lengths(t, p) {
  const before = p.roll && p.roll.length_mm ? metres(p.roll.length_mm) : 0;
  const pairs = METRES.filter((n) => n !== before).map((n) => [String(n * 1000), t("paperMetres", { n: n })]);
  if (before) pairs.unshift([String(p.roll.length_mm), t("paperAsBefore", { n: metresText(p.roll.length_mm) })]);
  return pairs.concat([["0", t("paperUnknown")]]);
}

/**
 * Asks how long the new roll is, and notes it.
 * @param {Words} t
 * @param {Printer[]} printers  those that may be meant; with one the question is left out
 * @param {(text: () => string) => void} done  told what to say, in the language of the moment, when it is noted
 */
export function paperDialog(t, printers, done) {
  const place = el("div");
  const which = selectField("paper-printer", printers.map((p) => [p.name, p.name]));
  let length = selectField("paper-length", []);
  const chosen = () => printers.find((p) => p.name === which.value) || printers[0];
  const draw = () => {
    const pairs = lengths(t, chosen());
    length = selectField("paper-length", /** @type {any} */ (pairs), pairs[0][0]);
    place.replaceChildren(labelled(t("paperLength"), length, t("paperLengthHint")));
  };
  which.addEventListener("change", draw);
  draw();
  const dialog = openDialog({
    name: "paper", cancel: t("cancel"), confirm: t("paperChanged"),
    title: printers.length === 1 ? t("paperTitle", { name: printers[0].name }) : t("paperTitleAny"),
    body: [printers.length > 1 ? labelled(t("paperWhich"), which) : el("div", { hidden: true }), place],
    onConfirm: async () => {
      const name = chosen().name;
      await post(pathOf(name, "paper"), { mm: Number(length.value) });
      done(() => t("paperNoted", { name: name }));
    },
  });
  if (printers.length === 1) /** @type {HTMLElement} */ (dialog.node.querySelector('[data-action="confirm"]')).focus(); // The last roll's length is nearly always right.
}

/**
 * Prints a test slip and says what became of it.
 * @param {Words} t
 * @param {Printer} p
 * @returns {Promise<Outcome>}
 */
export async function printTest(t, p) {
  try {
    const answer = await post(pathOf(p.name, "test"), {}, { timeoutMs: TEST_MS });
    const ok = answer.print !== "failed" && answer.print !== "uncertain";
    return { ok: ok, text: () => t("test_" + answer.print) }; // What is wrong stands beside it: it is the printer's state.
  } catch (err) {
    return { ok: false, text: () => err.message };
  }
}
