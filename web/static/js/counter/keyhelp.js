/**
 * The list of all keys and the drawing of a keypad, to be printed and put up, and the menu of what is done less often.
 * @module
 */

import { $, el, icon } from "../lib/dom.js";
import { openDialog } from "../staff/dialog.js";
import { links } from "../staff/bar.js";
import { helpAddress } from "../staff/help.js";
import { singleKeys, switchSingleKeys } from "./single.js";
import { LIST, PAD_LAYOUT } from "./keymap.js";
import { t } from "./words.js";

/** Shows every key, and the keypad, with the switch of those that are no F keys. */
export function keysDialog() {
  const box = /** @type {HTMLInputElement} */ (el("input", { id: "single-keys", type: "checkbox", checked: singleKeys(), "aria-describedby": "single-keys-hint",
    onchange: () => switchSingleKeys(box.checked) }));
  const dialog = openDialog({
    name: "keys", title: t("keysTitle"), cancel: t("close"),
    body: [el("div", { class: "keyhelp" },
      el("div", {}, el("dl", { class: "keylist" }, ...LIST.map(([key, word]) => el("div", {}, el("dt", {}, ...key.split("  ").map((k) => el("kbd", { "data-single": k.length === 1 }, k))), el("dd", {}, t(word))))),
        el("p", { class: "hint" }, t("keysText")),
        el("div", { class: "single" }, el("label", { class: "check" }, box, el("span", {}, t("keysSingle"))), el("p", { id: "single-keys-hint", class: "hint" }, t("keysSingleHint")))),
      el("div", {}, el("h3", {}, t("keysPad")), padDrawing(), el("p", { class: "hint" }, t("keysNote"))))],
    extra: [{ text: t("keysPrint"), action: "print-keys", run: printPad }],
  });
  $('[data-action="cancel"]', dialog.node).focus(); // A key that bounces must not switch anything.
}

function padDrawing() {
  return el("div", { class: "keypad", role: "img", "aria-label": t("keysPad") + ": " + PAD_LAYOUT.filter((k) => k[1]).map(([sign, word]) => sign + " " + t(word)).join(", ") },
    ...PAD_LAYOUT.map(([sign, word, columns, rows]) => el("span", { class: "cap", "data-columns": columns, "data-rows": rows, "data-key": sign },
      el("b", {}, sign), word ? el("span", {}, t(word)) : null)));
}

/** Prints both on a page, the drawing at the size of a keypad: its keys are 19 mm apart. */
function printPad() {
  window.print();
  return false;
}

/**
 * What is done a few times a day.
 * @param {(action: string) => void} run
 */
export function moreDialog(run) {
  const row = (action, sign, key) => el("button", { type: "button", class: "btn wide", "data-action": action, "aria-keyshortcuts": singleKeys() || key.length > 1 ? key : null,
    onclick: () => { dialog.close(); run(action === "closeCounter" ? "close" : action); } }, icon(sign), el("span", {}, t(action)), key && el("kbd", { "data-single": key.length === 1 }, key));
  const dialog = openDialog({
    name: "more", title: t("moreTitle"), cancel: t("close"),
    body: [el("div", { class: "choices" },
      row("handover", "people", "B"), row("written", "list", "V"), row("keys", "touch", "?"),
      row("closeCounter", "door", "F10"),
      el("button", { type: "button", class: "btn wide", "data-action": "sign-out", onclick: () => { dialog.close(); $("#sign-out").click(); } }, icon("back"), el("span", {}, t("signOut"))),
      el("a", { class: "btn wide", href: helpAddress(), target: "_blank" }, icon("help"), t("helpPage")),
      ...links().filter((link) => link.pathname !== location.pathname).map((link) => el("a", { class: "btn wide", href: link.pathname }, icon("next"), link.textContent)))],
  });
}
