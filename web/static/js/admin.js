/**
 * The admin page: the hall's setup, its users' PINs, its devices and its business day. The setup is
 * edited as a draft and saved as a whole; nothing is lost or left unsaved without a word. A manager
 * sees the printers and the business day alone.
 * @module
 */

import { $, $$, el, setText, show } from "./lib/dom.js";
import { clockText } from "./lib/format.js";
import { staffPage } from "./staff/frame.js";
import { openDialog, dialogOpen } from "./staff/dialog.js";
import { draft, dirty, load, save } from "./admin/draft.js";
import { onEdit, showFaults, faultText } from "./admin/fields.js";
import { drawHall, drawServices, drawCounters, drawPriorities } from "./admin/sections.js";
import { drawHours } from "./admin/calendar.js";
import { drawDay } from "./admin/day.js";
import { drawNotices } from "./admin/notices.js";
import { drawPaper, previewSoon } from "./admin/paper.js";
import { drawVoice } from "./admin/voice.js";
import { inDoubt } from "./staff/clock.js";
import { drawPrinters } from "./admin/printers.js";
import { drawUsers, loadPins } from "./admin/users.js";
import { watchDisplays } from "./admin/displays.js";
import { drawDevices, freshenDevices } from "./admin/devices.js";
import { drawChanges } from "./admin/changes.js";
import { drawBackups } from "./admin/backups.js";
import { t } from "./admin/words.js";

const SECTIONS = {
  hall: drawHall, services: drawServices, counters: drawCounters, priorities: drawPriorities,
  hours: drawHours, notices: drawNotices, paper: drawPaper, voice: drawVoice, users: drawUsers, devices: drawDevices, printers: () => drawPrinters(lost, frame.hall.time_zone),
  changes: () => drawChanges(lost, restore), backups: () => drawBackups(lost),
  day: () => drawDay(lost),
};

/** Sections that act at once and are no part of the setup. */
const AT_ONCE = ["devices", "printers", "changes", "backups", "day"];

/** What a manager sees who is no admin. */
const MANAGED = ["printers", "day"];

const frame = staffPage(t, { enter: enter, draw: draw, leave: forget, ask: askSignOut });
let saving = false;
/** @type {import("./admin/draft.js").Fault[]} */
let faults = [];

const editing = () => document.body.dataset.view === "edit";

async function enter(user) {
  const all = user.role === "admin";
  for (const link of $$("[data-go]")) show(link, all || MANAGED.includes(link.dataset.go));
  if (all) await Promise.all([load(), loadPins()]);
  frame.view("edit");
  drawAll();
  showSection();
  watchDisplays(() => (frame.me && frame.me.role !== "clerk" ? { zone: frame.hall.time_zone } : null), freshenDevices);
}

/** The language is another one. */
function draw() {
  if (!editing()) return;
  say("", "ok"); // What was said is in the other language.
  drawAll();
  showFaults(faults);
  showSection();
}

/** The section that the address names is the one that is shown. */
function showSection() {
  const wanted = location.hash.slice(1) in SECTIONS ? location.hash.slice(1) : "hall";
  const { me } = frame;
  const name = !me || me.role === "admin" || MANAGED.includes(wanted) ? wanted : "day";
  for (const section of $$("[data-section]")) show(section, section.dataset.section === name);
  for (const link of $$("[data-go]")) {
    if (link.dataset.go === name) link.setAttribute("aria-current", "page");
    else link.removeAttribute("aria-current");
  }
  if (name === "paper") previewSoon();
  show($("#save-bar"), !AT_ONCE.includes(name) || dirty());
  if (AT_ONCE.includes(name) && editing()) SECTIONS[name]();
}

/** Draws every section from the draft; the others have a life of their own. */
function drawAll() {
  if (!draft.setup) return;
  for (const name of Object.keys(SECTIONS)) if (!AT_ONCE.includes(name)) SECTIONS[name]();
  mark();
}

/** A section that acts at once could not ask the server: an ended session leads to signing in, for the rest it tries again. */
function lost(err) {
  if (err.status === 401 && frame.me) frame.leave(t("signedOut"));
}

/** Shows what is unsaved and what is faulty. */
function mark() {
  const unsaved = dirty();
  previewSoon();
  document.body.dataset.dirty = String(unsaved);
  if (unsaved && $("#said").dataset.kind === "ok") say("", "ok"); // "Saved" is true no more.
  show($("#unsaved"), unsaved);
  show($("#why"), unsaved);
  for (const id of ["#save", "#discard"]) $(id).setAttribute("aria-disabled", String(!unsaved));
  for (const link of $$("[data-go]")) {
    const n = faults.filter((f) => sectionOf(f.field) === link.dataset.go).length;
    const badge = $(".chip", link);
    show(badge, n > 0);
    setText(badge, String(n));
  }
}

function sectionOf(field) {
  const top = field.split(/[.[]/)[0];
  if (["closed_days", "overtime_s", "book_days"].includes(top)) return "hours";
  return top in SECTIONS ? top : "hall";
}

function showAllFaults(list) {
  faults = list;
  const homeless = showFaults(list);
  const lines = list.length ? [t("faultsFound", { n: list.length }), ...homeless.map((f) => f.field + ": " + faultText(f))] : [];
  say(lines.join(" "), "bad");
  mark();
  if (!list.length) return;
  location.hash = sectionOf(list[0].field);
  showSection();
  const first = $$('[data-section]:not([hidden]) [aria-invalid="true"]')[0];
  if (first) first.focus();
}

function say(text, kind) {
  const line = $("#said");
  setText(line, text);
  line.dataset.kind = kind;
}

async function saveNow() {
  if (saving || !dirty()) return;
  saving = true;
  $("#save").setAttribute("aria-busy", "true");
  say("", "ok");
  try {
    const why = /** @type {HTMLInputElement} */ ($("#save-reason"));
    const found = await save(why.value.trim());
    if (found.length) return showAllFaults(found);
    faults = [];
    why.value = "";
    takeNames();
    await loadPins();
    frame.view("edit");
    redrawInPlace();
    say(inDoubt(frame.hall) ? t("savedUndated") : t("saved", { time: clockText(Date.now(), draft.setup.time_zone) }), "ok");
  } catch (err) {
    refused(err);
  } finally {
    saving = false;
    $("#save").removeAttribute("aria-busy");
  }
}

/** What the page says of the hall besides its sections. */
function takeNames() {
  const { name, time_zone } = draft.setup;
  frame.hall = Object.assign({}, frame.hall, { name: name.vi, name_en: name.en, time_zone: time_zone });
}

/** Draws all anew and leaves the focus where it was. */
function redrawInPlace() {
  const id = document.activeElement ? document.activeElement.id : "";
  drawAll();
  const same = id && document.getElementById(id);
  if (same) same.focus();
  else if (document.activeElement === document.body) $("#save").focus();
}

function refused(err) {
  if (err.status === 401) return frame.leave(t("signedOut"));
  if (err.code === "setup_changed") {
    return void openDialog({
      name: "changed", title: t("changedTitle"), body: [el("p", {}, t("changedText"))],
      confirm: t("reload"), cancel: t("stay"), onConfirm: restore,
    });
  }
  const known = { service_in_use: ["service_in_use", "services"], counter_in_use: ["counter_in_use", "counters"] }[err.code];
  say(known ? t(known[0]) : err.message, "bad");
  if (!known) return;
  location.hash = known[1];
  openDialog({ name: "in-use", title: t("inUseTitle"), body: [el("p", {}, t(known[0]))], cancel: t("ok") });
}

async function restore() {
  await Promise.all([load(), loadPins()]);
  takeNames();
  frame.view("edit");
  faults = [];
  say("", "ok");
  drawAll();
}

function discard() {
  if (!dirty()) return;
  openDialog({
    name: "discard", title: t("discardTitle"), body: [el("p", {}, t("discardText"))],
    confirm: t("discard"), kind: "danger", cancel: t("cancel"), onConfirm: restore,
  });
}

function forget() {
  draft.setup = null;
}

function askSignOut(signOut) {
  if (!dirty()) return void signOut().catch((err) => say(err.message, "bad"));
  openDialog({
    name: "discard", title: t("discardTitle"), body: [el("p", {}, t("discardText"))],
    confirm: t("signOut"), kind: "danger", cancel: t("cancel"), onConfirm: signOut,
  });
}

function wire() {
  onEdit(mark);
  addEventListener("hashchange", showSection);
  addEventListener("beforeunload", (event) => { if (dirty()) event.preventDefault(); });
  $("#save").addEventListener("click", saveNow);
  $("#discard").addEventListener("click", discard);
  document.addEventListener("keydown", (event) => {
    if (!(event.ctrlKey || event.metaKey) || event.key.toLowerCase() !== "s") return;
    event.preventDefault();
    if (editing() && !dialogOpen()) saveNow();
  });
}

wire();
frame.start();
