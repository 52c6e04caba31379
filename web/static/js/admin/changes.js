/**
 * The section of the changes: what was changed of the hall, and taking one change back; and the hall as a file.
 * They act at once and are no part of the draft.
 * @module
 */

import { $, el, fill, icon, setText } from "../lib/dom.js";
import { get, post } from "../lib/api.js";
import { clockText } from "../lib/format.js";
import { labelled, openDialog } from "../staff/dialog.js";
import { reversed, sentence, told } from "./differences.js";
import { drawFile } from "./setupfile.js";
import { dirty, draft } from "./draft.js";
import { box } from "./lists.js";
import { t } from "./words.js";

/** @typedef {{seq: number, at: string, by: string, by_name: string, reason: string, of?: number, first: boolean, count: number, differences: import("./differences.js").Difference[]}} Change */

/** @type {Change[]} */
let list = [];
/** @type {number|null} */
let next = null;
/** @type {(err: any) => void} */
let lost = () => {};
/** @type {() => Promise<void>} */
let reload = async () => {};

/**
 * Draws the section and fetches the newest changes.
 * @param {(err: any) => void} onLost
 * @param {() => Promise<void>} onChange reads the hall again: it is another one
 */
export async function drawChanges(onLost, onChange) {
  [lost, reload] = [onLost, onChange];
  fill(box("changes"),
    el("p", { class: "soft" }, t("changesHint")),
    el("p", { id: "changes-said", class: "outcome", role: "status" }),
    el("ol", { class: "changes", id: "change-list" }), el("p", { id: "change-more" }),
    el("div", { id: "setup-file" }));
  drawFile(changed);
  draw();
  await fetchPage(0);
}

async function fetchPage(before) {
  try {
    const page = await get("/api/changes" + (before ? "?before=" + before : ""));
    list = before ? list.concat(page.changes) : page.changes;
    next = page.next;
    draw();
  } catch (err) {
    said(err.message, "bad");
    lost(err);
  }
}

function said(text, kind) {
  const line = $("#changes-said");
  line.dataset.kind = kind;
  setText(line, text);
}

/** The hall is another one now: everything is read again. @param {string} text what to say of it */
async function changed(text) {
  await reload();
  await fetchPage(0);
  said(text, "ok");
}

function draw() {
  const taken = new Set(list.map((c) => c.of).filter(Boolean));
  fill($("#change-list"), ...list.map((c) => item(c, taken.has(c.seq))));
  fill($("#change-more"), next ? el("button", { type: "button", class: "btn", "data-tool": "older", onclick: () => fetchPage(next) }, t("changeMore")) : "");
}

/** The server says times in the hall's zone. */
const when = (at) => clockText(at, draft.setup.time_zone) + ", " + at.slice(0, 10).split("-").reverse().join("/");

const who = (c) => (c.by_name ? el("span", { lang: "vi" }, c.by_name) : c.by === "system" ? t("changeBy_system") : c.by.replace(/^user:/, ""));

/** @param {Change} c @param {boolean} taken it was taken back */
function item(c, taken) {
  const of = c.of && list.find((x) => x.seq === c.of);
  const lines = el("ul", { class: "what" }, ...c.differences.map((d) => el("li", {}, ...told(d))));
  const all = el("button", { type: "button", class: "btn quiet small", "data-tool": "all", onclick: async () => {
    try {
      Object.assign(c, await get("/api/changes/" + c.seq));
      draw();
    } catch (err) {
      said(err.message, "bad");
    }
  } }, t("changeAll", { n: c.count }));
  return el("li", { class: "card change", "data-change": c.seq },
    el("div", {},
      el("p", { class: "change-head" }, el("strong", {}, when(c.at)), " · ", who(c), c.reason ? " · " : "", c.reason && el("span", { lang: "vi" }, "“" + c.reason + "”"),
        taken && el("span", { class: "chip", "data-kind": "warn" }, t("changeTaken"))),
      of && el("p", { class: "soft small" }, t("changeOf", { when: when(of.at) })),
      c.first ? el("p", {}, t("changeFirst")) : c.count ? lines : el("p", {}, t("changeNothing")),
      c.count > c.differences.length && all),
    !c.first && c.count > 0 && !taken && el("button", { type: "button", class: "btn small", "data-tool": "undo", onclick: () => ask(c) }, icon("back"), t("changeUndo"),
      el("span", { class: "visually-hidden" }, " " + when(c.at))));
}

/** @param {Change} c */
async function ask(c) {
  if (dirty()) return void said(t("changeUnsaved"), "bad");
  try {
    if (c.count > c.differences.length) Object.assign(c, await get("/api/changes/" + c.seq));
  } catch (err) {
    return said(err.message, "bad");
  }
  const reason = /** @type {HTMLInputElement} */ (el("input", { id: "undo-reason", type: "text", maxlength: 200, autocomplete: "off" }));
  openDialog({
    name: "undo-change", title: t("changeUndoTitle"),
    body: [el("p", {}, t("changeUndoText")), el("ul", { class: "what long" }, ...c.differences.map((d) => el("li", {}, ...told(reversed(d))))), labelled(t("reasonOptional"), reason)],
    confirm: t("changeUndo"), cancel: t("cancel"),
    onConfirm: async () => {
      try {
        await post("/api/changes/" + c.seq + "/undo", { reason: reason.value.trim() });
      } catch (err) {
        const clash = (err.problem && err.problem.overwritten) || [];
        if (clash.length) throw new Error(err.message + " " + t("changeOverwritten", { list: clash.map(sentence).join("; ") }));
        throw err;
      }
      await changed(t("changeUndone"));
    },
  });
}
