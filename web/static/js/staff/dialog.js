/**
 * Dialogs of the staff pages. The browser's own modal <dialog> keeps the focus inside and closes
 * with Esc; this adds one form, one request at a time, and an error line.
 *
 *   openDialog({ name: "hold", title: "A012", confirm: t("hold"), cancel: t("cancel"),
 *     body: [input], onConfirm: () => post(…) });
 * @module
 */

import { $, el, setText, show } from "../lib/dom.js";

/**
 * @typedef {Object} DialogOptions
 * @property {string} name     stands in data-dialog
 * @property {string} title
 * @property {Node[]} [body]
 * @property {string} [confirm] text of the button that goes on; without it there is only cancel
 * @property {string} [kind]    class of that button: primary unless told
 * @property {string} cancel    text of the button that leaves things as they are
 * @property {{text: string, action: string, run: () => any}[]} [extra] further buttons; they close
 *   the dialog when run is through
 * @property {() => any} [onConfirm] the dialog closes when it is through, and stays open with the
 *   error's sentence when it throws; return false to stay open
 * @property {() => void} [onClose]
 */

/** @typedef {{node: HTMLDialogElement, close: () => void, fail: (text: string) => void}} Dialog */

let closedAt = -Infinity;

/** Milliseconds since a dialog was closed: the key that closed it may still be bouncing. */
export const sinceDialog = () => performance.now() - closedAt;

/** Whether a dialog is open. */
export const dialogOpen = () => document.querySelector("dialog[open]") !== null;

/**
 * Opens a dialog.
 * @param {DialogOptions} options
 * @returns {Dialog}
 */
export function openDialog(options) {
  const error = el("p", { class: "error", role: "alert", hidden: true });
  const buttons = el("div", { class: "actions" });
  const form = el("form", { method: "dialog", novalidate: true },
    el("h2", { id: "dialog-title" }, options.title), ...(options.body || []), error, buttons);
  const node = /** @type {HTMLDialogElement} */ (el("dialog", { "data-dialog": options.name, "aria-labelledby": "dialog-title" }, form));
  const dialog = { node: node, close: () => node.close(), fail: (text) => { setText(error, text); show(error, Boolean(text)); } };
  const run = oneAtATime(dialog);
  fillButtons(buttons, options, run, dialog);
  form.addEventListener("input", () => dialog.fail("")); // What was wrong is being put right.
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    if (options.onConfirm) run(options.onConfirm, buttons.querySelector('[data-action="confirm"]'));
  });
  node.addEventListener("close", () => {
    closedAt = performance.now();
    node.remove();
    if (options.onClose) options.onClose();
  });
  document.body.append(node);
  node.showModal();
  focusFirst(node);
  return dialog;
}

function fillButtons(box, options, run, dialog) {
  box.append(el("button", { type: "button", class: "btn", "data-action": "cancel", onclick: dialog.close }, options.cancel));
  for (const extra of options.extra || []) {
    const button = el("button", { type: "button", class: "btn", "data-action": extra.action }, extra.text);
    button.addEventListener("click", () => run(extra.run, button));
    box.append(button);
  }
  if (options.confirm) {
    box.append(el("button", { type: "submit", class: "btn " + (options.kind || "primary"), "data-action": "confirm" }, options.confirm));
  }
}

/** The first field gets the focus, or the button that goes on, so that Enter answers the dialog. */
function focusFirst(node) {
  const target = node.querySelector("[autofocus], input:not([type=hidden]):not(:disabled), select, textarea") ||
    node.querySelector('[type="submit"]') || $(".btn", node);
  target.focus();
}

function oneAtATime(dialog) {
  let busy = false;
  return async (work, button) => {
    if (busy) return;
    busy = true;
    dialog.fail("");
    if (button) button.setAttribute("aria-busy", "true");
    try {
      if ((await work()) !== false) dialog.close();
    } catch (err) {
      dialog.fail(err.message);
    } finally {
      busy = false;
      if (button) button.removeAttribute("aria-busy");
    }
  };
}

/**
 * A labelled control for a dialog's body.
 * @param {string} label
 * @param {HTMLElement} control an input, select or textarea with an id
 * @param {string} [hint]
 * @returns {HTMLElement}
 */
export function labelled(label, control, hint) {
  const note = hint ? el("p", { class: "hint", id: control.id + "-hint" }, hint) : null;
  if (note) control.setAttribute("aria-describedby", note.id);
  return el("div", { class: "field" }, el("label", { for: control.id }, label), control, note);
}

/**
 * A field for a reason in one's own words, with the usual reasons below it to choose from.
 * @param {string} label
 * @param {string[]} usual
 * @param {string} hint  not empty: a reason has to be given, and the hint says why
 * @param {string} group what the usual reasons are called
 * @returns {{box: HTMLElement, field: HTMLInputElement, value: () => string}}
 */
export function reasonField(label, usual, hint, group) {
  const field = /** @type {HTMLInputElement} */ (el("input", {
    id: "reason", type: "text", maxlength: 120, autocomplete: "off", "aria-required": hint ? "true" : null,
  }));
  const box = labelled(label, field, hint);
  field.after(el("div", { class: "usual", role: "group", "aria-label": group }, ...usual.map((text) =>
    el("button", { type: "button", class: "btn", "data-reason": text, onclick: () => {
      field.value = text;
      field.removeAttribute("aria-invalid");
      field.dispatchEvent(new Event("input", { bubbles: true }));
      field.focus();
    } }, text))));
  return { box: box, field: field, value: () => field.value.trim() };
}

/**
 * A select of [value, text] pairs.
 * @param {string} id
 * @param {[string, string][]} pairs
 * @param {string} [chosen]
 * @returns {HTMLSelectElement}
 */
export function selectField(id, pairs, chosen) {
  return /** @type {HTMLSelectElement} */ (el("select", { id: id }, ...pairs.map(([value, text]) =>
    el("option", { value: value, selected: value === chosen }, text))));
}
