/**
 * The first set-up of `layso serve`, in steps. The code stands in the address that the server printed, after the
 * "#", so it reaches no log. Nothing is saved before the last step, which describes the hall in one change and signs
 * the admin in; then the page says what comes next.
 * @module
 */

import { $, el, fill, setText, show } from "./lib/dom.js";
import { get, post } from "./lib/api.js";
import { langSwitch } from "./staff/lang.js";
import { placeOf, wrongIn } from "./setup/check.js";
import { keep, kept, newDraft, pins, toBody } from "./setup/draft.js";
import { mark, onEdit } from "./setup/field.js";
import { drawNext } from "./setup/next.js";
import { drawStep, stepsOf } from "./setup/steps.js";
import { t } from "./setup/words.js";

const HOUR_MS = 3600000;

/** @type {{known: any, draft: import("./setup/draft.js").Draft|null, screen: string, busy: boolean, next: any}} */
const state = { known: null, draft: null, screen: "loading", busy: false, next: null };

const steps = () => stepsOf(state.known, state.draft);

function say(text) {
  setText($("#setup-error"), text);
  show($("#setup-error"), Boolean(text));
}

function view(screen) {
  state.screen = screen;
  document.body.dataset.screen = screen;
  for (const [name, id] of [["loading", "#loading"], ["code", "#code-form"], ["steps", "#setup-form"], ["done", "#setup-done"], ["next", "#setup-next"]]) {
    show($(id), name === screen);
  }
  document.title = t("title");
}

function draw() {
  if (state.screen === "next") drawNext(state.next);
  if (state.screen !== "steps") return;
  const { draft, known } = state;
  document.body.dataset.step = draft.step;
  const at = steps().indexOf(draft.step);
  fill($("#progress"), ...steps().map((step, i) =>
    el("li", { "aria-current": i === at && "step", "data-past": String(i < at) }, el("span", { class: "dot", "aria-hidden": "true" }, i < at ? "✓" : i + 1), " ", t("step_" + step))));
  drawStep(draft.step, {
    draft, known,
    redraw: (focus) => { keep(draft); draw(); if (focus) focusOn("setup-" + focus); },
    go,
  });
  show($("#setup-back"), at > 0);
  setText($("#setup-submit"), t(draft.step === "finish" ? "start" : "next"));
}

function focusOn(id) {
  const input = document.getElementById(id);
  if (input) input.focus();
}

/** Another step; the first field that is still empty gets the focus, else the first one. @param {string} step */
function go(step) {
  say("");
  state.draft.step = step;
  keep(state.draft);
  draw();
  window.scrollTo(0, 0);
  const inputs = /** @type {HTMLInputElement[]} */ (Array.from($("#step").querySelectorAll('input:not([type="checkbox"]):not(:disabled)')));
  (inputs.find((input) => !input.value && !("optional" in input.dataset)) || inputs[0] || $("#setup-submit")).focus({ preventScroll: true });
}

function back() {
  go(steps()[steps().indexOf(state.draft.step) - 1]);
}

async function forward() {
  const { draft, known } = state;
  say("");
  const wrong = wrongIn(draft.step, draft, known);
  if (wrong) return mark(wrong);
  if (draft.step !== "finish") return go(steps()[steps().indexOf(draft.step) + 1]);
  const lost = steps().find((step) => wrongIn(step, draft, known)); // A reload forgets the PINs.
  if (lost) {
    go(lost);
    mark(wrongIn(lost, draft, known));
    return say(pins.admin ? "" : t("pinsLost"));
  }
  await save();
}

async function save() {
  try {
    const session = await post("/api/first", toBody(state.draft, state.known));
    keep(null);
    await showNext(session);
  } catch (err) {
    refused(err);
  }
}

/** A refusal at the field that it is about, where the server says so. */
function refused(err) {
  if (err.code === "wrong_code") return askForCode(err.message);
  const place = placeOf(err, state.draft);
  if (place) {
    go(place.step);
    mark(place.wrong);
  } else {
    say(err.code === "too_many_requests" ? t("tooMany", { n: err.retryAfter || 5 }) : err.message);
  }
}

function askForCode(message) {
  view("code");
  setText($("#setup-code-error"), message);
  show($("#setup-code-error"), Boolean(message));
  $("#setup-code").setAttribute("aria-invalid", String(Boolean(message)));
  $("#setup-code").focus();
}

/** Takes up what the hall knows already, and what this tab had before a reload. @param {string} code */
async function begin(code) {
  const known = await post("/api/first/begin", { code: code });
  const before = kept();
  state.known = known;
  state.draft = before && before.code === code ? before : newDraft(code, known);
  if (!steps().includes(state.draft.step)) state.draft.step = "you";
  view("steps");
  go(state.draft.step);
  if (state.draft.step !== "you") say(t("pinsLost"));
}

async function tryCode() {
  const code = /** @type {HTMLInputElement} */ ($("#setup-code")).value.trim();
  if (!code) return askForCode(t("missing"));
  try {
    await begin(code);
  } catch (err) {
    askForCode(err.code === "too_many_requests" ? t("tooMany", { n: err.retryAfter || 5 }) : err.message);
  }
}

async function showNext(session) {
  const [first, own] = await Promise.all([get("/api/first"), session || get("/api/session")]);
  state.next = { address: first.address, software: first.software, device: own.device };
  view("next");
  draw();
  $("#setup-next h1").focus();
}

/** Submits once at a time. @param {string} form @param {string} button @param {() => Promise<any>|void} work */
function submits(form, button, work) {
  $(form).addEventListener("submit", async (event) => {
    event.preventDefault();
    if (state.busy) return;
    state.busy = true;
    $(button).setAttribute("aria-busy", "true");
    await work();
    state.busy = false;
    $(button).removeAttribute("aria-busy");
  });
}

/** The code out of the address, so that nobody reads it over the shoulder or in the history. */
function takeCode() {
  const code = decodeURIComponent(location.hash.slice(1));
  if (code) history.replaceState(null, "", location.pathname);
  return code;
}

async function start() {
  langSwitch(t, () => { document.title = t("title"); draw(); });
  view("loading");
  submits("#setup-form", "#setup-submit", forward);
  submits("#code-form", "#code-submit", tryCode);
  $("#setup-back").addEventListener("click", back);
  onEdit(() => keep(state.draft));
  const code = takeCode() || (kept() || { code: "" }).code;
  const first = await get("/api/first", { retryMs: HOUR_MS });
  if (!first.needed) {
    keep(null);
    const session = await get("/api/session");
    return session.user && session.user.role === "admin" ? showNext(session) : view("done");
  }
  if (!code) return askForCode("");
  /** @type {HTMLInputElement} */ ($("#setup-code")).value = code;
  await tryCode();
}

start().catch((err) => { setText($("#loading"), err.message); view("loading"); });
