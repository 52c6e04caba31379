/**
 * The page of whoever is signed in: another PIN, and where else he is signed in.
 * @module
 */

import { $, fill, setText, show } from "./lib/dom.js";
import { put } from "./lib/api.js";
import { staffPage } from "./staff/frame.js";
import { loadSessions, sessionTable } from "./staff/sessions.js";
import { t } from "./account/words.js";

const frame = staffPage(t, { enter: load, draw: draw, leave: clear, clerks: true });
/** @type {import("./staff/sessions.js").Session[]} */
let sessions = [];

const input = (id) => /** @type {HTMLInputElement} */ ($(id));

async function load() {
  sessions = (await loadSessions()).filter((s) => s.user === frame.me.id); // Admins get everybody's.
  draw();
}

function draw() {
  setText($("#who"), frame.me.name);
  setText($("#role"), t("role_" + frame.me.role));
  input("#pin-user").value = frame.me.id;
  say("", "");
  fill($("#sessions"), sessionTable(t, sessions, { zone: frame.hall.time_zone, ended: () => load().catch(frame.failed) }));
  frame.view("account");
}

function clear() {
  sessions = [];
  say("", "");
  input("#pin-user").value = "";
  empty();
}

function empty() {
  for (const id of ["#pin-old", "#pin-new", "#pin-again"]) {
    input(id).value = "";
    input(id).removeAttribute("aria-invalid");
  }
}

function say(error, done) {
  setText($("#pin-error"), error);
  show($("#pin-error"), Boolean(error));
  setText($("#pin-done"), done);
  show($("#pin-done"), Boolean(done));
}

function refuse(text, id) {
  say(text, "");
  for (const field of ["#pin-old", "#pin-new", "#pin-again"]) input(field).setAttribute("aria-invalid", String(field === id));
  input(id).focus();
}

/** What is wrong with what was typed: a text and its field, or nothing. */
function fault() {
  const six = (id) => /^\d{6}$/.test(input(id).value);
  if (!six("#pin-old")) return [t("oldMissing"), "#pin-old"];
  if (!six("#pin-new")) return [t("pinMissing"), "#pin-new"];
  if (input("#pin-new").value !== input("#pin-again").value) return [t("pinDiffers"), "#pin-again"];
  return null;
}

async function change() {
  const wrong = fault();
  if (wrong) return refuse(wrong[0], wrong[1]);
  try {
    await put("/api/users/" + encodeURIComponent(frame.me.id) + "/pin", { old_pin: input("#pin-old").value, pin: input("#pin-new").value });
    empty();
    await load();
    say("", t("pinDone"));
  } catch (err) {
    if (err.code === "wrong_pin") return refuse(t("oldWrong"), "#pin-old");
    if (err.code === "invalid_field") return refuse(err.message, "#pin-new");
    if (err.status === 401) return frame.failed(err);
    say(err.code === "too_many_requests" ? t("tooMany", { n: err.retryAfter || 5 }) : err.message, "");
  }
}

let busy = false;
$("#pin-form").addEventListener("submit", async (event) => {
  event.preventDefault();
  if (busy) return;
  busy = true;
  $("#pin-save").setAttribute("aria-busy", "true");
  await change();
  busy = false;
  $("#pin-save").removeAttribute("aria-busy");
});
frame.start();
