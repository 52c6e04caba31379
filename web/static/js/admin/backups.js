/**
 * The section of the backups: what there is, making one, checking a file, and restoring. It acts at once and is no
 * part of the setup.
 * @module
 */

import { $, $$, el, fill, icon, setText, show } from "../lib/dom.js";
import { del, get, post } from "../lib/api.js";
import { clockText } from "../lib/format.js";
import { labelled, openDialog } from "../staff/dialog.js";
import { draft } from "./draft.js";
import { box } from "./lists.js";
import { t } from "./words.js";

/** @typedef {{name: string, kind: string, at: string, size: number, by: string, by_name: string, verified: boolean, voice: boolean, day: string, events: number, days: number, tickets: number}} Backup */

/** Reading ten years back takes its time, and so does a large file over a slow network. */
const LONG_MS = 30 * 60000;
/** How often it is looked whether the server is there again, and from when on somebody should look after it. */
const LOOK_MS = 700;
const SLOW_MS = 60000;

/** @type {Backup[]|null} */
let list = null;
/** The name of the one that can't be deleted. */
let kept = "";
let failed = false;
let busy = false;
/** @type {(err: any) => void} */
let lost = () => {};

/** Draws the section and asks what there is. @param {(err: any) => void} onLost */
export async function drawBackups(onLost) {
  lost = onLost;
  const input = /** @type {HTMLInputElement} */ (el("input", { type: "file", id: "backup-file", accept: ".db", class: "visually-hidden", onchange: () => {
    const file = input.files[0];
    if (file) work(t("backupUploading"), () => upload(file));
    input.value = "";
  } }));
  fill(box("backups"),
    el("p", { class: "soft" }, t("backupsHint")),
    el("p", { id: "backup-failed", class: "banner", "data-kind": "bad", hidden: true }, t("backupLastFailed")),
    el("div", { class: "row" },
      el("button", { type: "button", class: "btn primary", "data-tool": "backup", onclick: () => work(t("backupMaking"), make) }, icon("copy"), t("backupNow")),
      el("span", { class: "crest-field" }, input, el("label", { for: "backup-file", class: "btn" }, icon("raise"), t("backupUpload")))),
    el("p", { id: "backup-said", class: "outcome", role: "status" }), el("div", { id: "backup-list" }));
  draw();
  await fetchList();
}

async function fetchList() {
  try {
    const answer = await get("/api/backups");
    [list, kept, failed] = [answer.backups, answer.kept, Boolean(answer.last && answer.last.failed)];
    draw();
  } catch (err) {
    said(err.message, "bad");
    lost(err);
  }
}

function said(text, kind) {
  const line = $("#backup-said");
  line.dataset.kind = kind;
  setText(line, text);
}

/** Does one thing that takes long, and says what came of it. */
async function work(text, doIt) {
  if (busy) return;
  busy = true;
  said(text, "ok");
  try {
    said(await doIt(), "ok");
  } catch (err) {
    said(err.message, "bad");
    lost(err);
  } finally {
    busy = false;
  }
}

async function make() {
  const made = await post("/api/backups", undefined, { timeoutMs: LONG_MS });
  await fetchList();
  return t("backupMade", { name: made.name });
}

async function upload(file) {
  const report = await post("/api/backups/check", new Blob([file], { type: "application/octet-stream" }), { timeoutMs: LONG_MS });
  await fetchList();
  return t("backupUploaded", { facts: facts(report) });
}

async function check(b) {
  const report = await post(path(b) + "/check", undefined, { timeoutMs: LONG_MS });
  await fetchList();
  return t("backupIsGood", { name: b.name, facts: facts(report) });
}

const path = (b) => "/api/backups/" + encodeURIComponent(b.name);
/** The server says times in the hall's zone. */
const when = (at) => clockText(at, draft.setup.time_zone) + ", " + at.slice(0, 10).split("-").reverse().join("/");
const facts = (b) => t("backupFacts", { days: b.days, tickets: b.tickets, day: b.day ? b.day.split("-").reverse().join("/") : "–" });
const size = (n) => (n < 1e6 ? Math.ceil(n / 1e3) + " KB" : n < 1e9 ? (n / 1e6).toFixed(1) + " MB" : (n / 1e9).toFixed(2) + " GB");

function draw() {
  show($("#backup-failed"), failed);
  if (!list) return;
  if (!list.length) return fill($("#backup-list"), el("p", { class: "soft" }, t("backupNone")));
  fill($("#backup-list"), el("table", { class: "table" },
    el("thead", {}, el("tr", {}, ...["backupWhen", "backupKind", "backupHolds", "backupSize"].map((key) => el("th", { scope: "col" }, t(key))), el("td", {}))),
    el("tbody", {}, ...list.map(row))));
}

/** @param {Backup} b */
function row(b) {
  const tool = (name, sign, key, work, kind) => el("button", { type: "button", class: "btn small " + (kind || ""), "data-tool": name, onclick: work }, icon(sign), t(key),
    el("span", { class: "visually-hidden" }, " " + b.name));
  return el("tr", { "data-backup": b.name, "data-kind": b.kind },
    el("th", { scope: "row" }, when(b.at), el("br"), el("span", { class: "soft small" }, b.name)),
    el("td", {}, t("backupKind_" + b.kind), b.by_name ? el("span", { class: "soft small", lang: "vi" }, el("br"), b.by_name) : ""),
    el("td", {}, b.verified ? facts(b) : "–", el("br"), el("span", { class: "chip", "data-kind": b.verified ? "ok" : "warn" }, t(b.verified ? "backupGood" : "backupUnknown")),
      b.voice && el("span", { class: "soft small" }, " " + t("backupVoice"))),
    el("td", { class: "num" }, size(b.size)),
    el("td", {}, el("div", { class: "tools" },
      el("a", { class: "btn small", href: path(b), download: b.name }, icon("lower"), t("backupGet"), el("span", { class: "visually-hidden" }, " " + b.name)),
      !b.verified && tool("check", "check", "backupCheck", () => work(t("backupChecking"), () => check(b))),
      tool("restore", "back", "backupRestore", () => work(t("backupChecking"), () => ask(b)), "danger"),
      b.name !== kept && tool("delete", "erase", "backupDelete", () => askDelete(b), "danger"))));
}

/** Checks the backup first, and says what restoring it would mean. @param {Backup} b */
async function ask(b) {
  const report = await post(path(b) + "/check", undefined, { timeoutMs: LONG_MS });
  const reason = /** @type {HTMLInputElement} */ (el("input", { id: "restore-reason", type: "text", maxlength: 200, autocomplete: "off" }));
  openDialog({
    name: "restore", title: t("restoreTitle"),
    body: [
      el("p", {}, el("strong", {}, t("restoreHolds", { when: when(b.at), facts: facts(report) }))),
      !report.same_hall ? el("p", { class: "banner", "data-kind": "bad" }, t("restoreOther")) : report.lost ? el("p", { class: "banner", "data-kind": "bad" }, t("restoreLost", { n: report.lost })) : "",
      el("p", {}, t("restoreAside")), el("p", {}, t("restoreHow")), labelled(t("reasonOptional"), reason)].filter(Boolean),
    confirm: t("backupRestore"), kind: "danger", cancel: t("cancel"),
    onConfirm: async () => {
      const answer = await post(path(b) + "/restore", { reason: reason.value.trim() }, { timeoutMs: LONG_MS });
      wait(answer.epoch);
    },
  });
  return "";
}

/** @param {Backup} b */
function askDelete(b) {
  const reason = /** @type {HTMLInputElement} */ (el("input", { id: "delete-reason", type: "text", maxlength: 200, autocomplete: "off" }));
  openDialog({
    name: "backup-delete", title: t("backupDeleteTitle"),
    body: [el("p", {}, el("strong", {}, b.name)), el("p", {}, t("backupDeleteText", { when: when(b.at), kind: t("backupKind_" + b.kind) })), labelled(t("reasonOptional"), reason)],
    confirm: t("backupDelete"), kind: "danger", cancel: t("cancel"),
    onConfirm: async () => {
      const why = reason.value.trim();
      await del(path(b) + (why ? "?reason=" + encodeURIComponent(why) : ""));
      await fetchList();
      said(t("backupDeleted", { name: b.name }), "ok");
    },
  });
}

/** The server starts anew: nothing can be done here until it is there with another log. */
async function wait(epoch) {
  for (const panel of $$("[data-panel]")) show(panel, panel.dataset.panel === "loading");
  document.body.dataset.view = "loading";
  const line = $("#panel-loading p");
  setText(line, t("restoring"));
  draft.saved = JSON.stringify(draft.setup); // what was unsaved was of the other hall
  for (const begun = Date.now(); ;) {
    await new Promise((done) => setTimeout(done, LOOK_MS));
    try {
      const health = await get("/healthz");
      if (health.epoch !== epoch) return location.reload();
    } catch (err) {
      if (Date.now() - begun > SLOW_MS) setText(line, t("restoreSlow"));
    }
  }
}
