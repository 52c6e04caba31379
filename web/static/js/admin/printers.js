/**
 * The section of the printers: how each one is, what it needs, and what can be done to it at once. It is
 * no part of the setup: which printers there are stands in the installation's file.
 * @module
 */

import { $, el, fill, setText, show } from "../lib/dom.js";
import { get } from "../lib/api.js";
import { clockText, dayIn, dayText } from "../lib/format.js";
import { faultSentence, paperDialog, printTest, rollText, stillSo } from "../staff/printers.js";
import { box } from "./lists.js";
import { draft } from "./draft.js";
import { t } from "./words.js";

/** While the section is shown it is kept up to date. */
const LOOK_MS = 5000;

/** @typedef {import("../staff/printers.js").Printer} Printer */

let timer = 0;
let hallZone = "";

/** What was done to each printer last, by its name. @type {Object<string, import("../staff/printers.js").Outcome>} */
const outcomes = {};

/**
 * Draws the section and keeps it so.
 * @param {(err: Error) => void} failed
 * @param {string} zone  the hall's
 */
export async function drawPrinters(failed, zone) {
  hallZone = zone;
  const hint = t(draft.setup ? "printersHint" : "printersHintManager");
  fill(box("printers"), el("p", { class: "soft" }, hint), el("p", { id: "no-printers", class: "banner", "data-kind": "warn", hidden: true }, t("noPrinters")),
    el("ul", { id: "printer-list", class: "printers" }));
  clearInterval(timer);
  timer = setInterval(() => {
    if (document.querySelector("#section-printers:not([hidden])")) look(failed);
  }, LOOK_MS);
  await look(failed);
}

async function look(failed) {
  try {
    draw(await get("/api/printers"), () => look(failed));
  } catch (err) {
    failed(err);
  }
}

/** Cards are kept and updated: the focus may be on a button of one. */
function draw(printers, again) {
  const list = document.querySelector("#printer-list");
  if (!list) return;
  show($("#no-printers"), printers.length === 0);
  const names = printers.map((p) => p.name).join("\n");
  if (/** @type {HTMLElement} */ (list).dataset.names !== names) fill(list, ...printers.map((p) => card(p.name, again)));
  /** @type {HTMLElement} */ (list).dataset.names = names;
  printers.forEach((p, i) => update(/** @type {HTMLElement} */ (list.children[i]), p));
}

function card(name, again) {
  const li = el("li", { class: "card", "data-printer": name });
  const done = (ok, text) => {
    outcomes[name] = { ok: ok, text: text };
    return again();
  };
  const test = el("button", { type: "button", class: "btn", "data-tool": "test", onclick: async () => {
    if (test.getAttribute("aria-busy") === "true") return;
    test.setAttribute("aria-busy", "true");
    say(li, { ok: true, text: () => t("testing") });
    const { ok, text } = await printTest(t, li.printer);
    test.removeAttribute("aria-busy");
    await done(ok, text);
  } }, t("testSlip"));
  const paper = el("button", { type: "button", class: "btn", "data-tool": "paper", onclick: () => paperDialog(t, [li.printer], (text) => done(true, text)) }, t("paperChanged"));
  li.append(el("h2", {}, t("printerName", { name: name }), el("span", { class: "chip" })), el("div", { class: "tools" }, test, paper),
    el("ul", { class: "faults" }), el("p", { class: "outcome", role: "status", hidden: true }), el("dl"));
  return li;
}

/** How bad it is, and the word for it. @param {Printer} p @returns {[string, string]} */
function levelOf(p) {
  if (!p.ok) return p.stand_in ? ["warn", t("printerHelped")] : ["bad", t("printerStopped")];
  return p.fault ? ["warn", t("printerWarns")] : ["ok", t("printerFine")];
}

function update(li, p) {
  li.printer = p;
  const [level, word] = levelOf(p);
  li.dataset.level = level;
  const chip = $("h2 .chip", li);
  chip.dataset.kind = level;
  setText(chip, word);
  const faults = (p.faults || []).map((f) => faultSentence(t, p, f));
  const facts = [
    ["printerSince", momentText(p.since)],
    ["printerTells", t("confirms_" + p.confirms)],
    ["printerPaper", t("printerWidth", { n: p.width }) + ", " + rollText(t, p)],
    ["printerWaits", p.queued ? t("printerWaitsSome", { n: p.queued }) : t("printerWaitsNone")],
    p.stand_in ? ["printerPrints", t("printerName", { name: p.stand_in })] : null,
  ].filter(Boolean);
  const print = JSON.stringify([faults, facts]);
  if (li.dataset.print !== print) {
    fill($(".faults", li), ...faults.map((text) => el("li", {}, text)));
    fill($("dl", li), ...facts.flatMap(([key, text]) => [el("dt", {}, t(key)), el("dd", {}, text)]));
  }
  li.dataset.print = print;
  const busy = $('[data-tool="test"]', li).getAttribute("aria-busy") === "true";
  if (busy) return;
  if (stillSo(outcomes[p.name], p)) say(li, outcomes[p.name]);
  else show($(".outcome", li), false);
}

/** A moment of today by its time alone. */
function momentText(at) {
  return clockText(at, hallZone) + (dayIn(at, hallZone) === dayIn(Date.now(), hallZone) ? "" : ", " + dayText(at, hallZone));
}

function say(li, outcome) {
  const line = $(".outcome", li);
  line.dataset.kind = outcome.ok ? "ok" : "bad";
  setText(line, outcome.text());
  show(line, true);
}
