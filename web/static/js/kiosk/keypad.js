/**
 * The keypad for an appointment's code.
 * @module
 */

import { $, $$, el, fill, icon, setText } from "../lib/dom.js";
import { t } from "./words.js";

const LENGTH = 6;
let digits = "";

/** Empties the code. */
export function emptyCode() {
  digits = "";
}

/**
 * Makes the keys, once.
 * @param {() => void} onChange  after a key
 * @param {(code: string) => void} onCode  when the whole code is confirmed
 */
export function buildKeypad(onChange, onCode) {
  const key = (content, label, press) => el("button",
    { type: "button", class: "key", "data-key": label, onclick: () => { press(); onChange(); } }, content);
  const type = (d) => key(d, d, () => { if (digits.length < LENGTH) digits += d; });
  const clear = key(t("keyClear"), "clear", emptyCode);
  const back = key(icon("erase"), "erase", () => { digits = digits.slice(0, -1); });
  fill($("#keys"), ...["1", "2", "3", "4", "5", "6", "7", "8", "9"].map(type), clear, type("0"), back);
  fill($("#digits"), ...Array.from({ length: LENGTH }, () => el("span", { class: "digit" })));
  $("#code-go").onclick = () => digits.length === LENGTH && onCode(digits);
}

/** Shows what has been typed. */
export function renderKeypad() {
  $$("#digits .digit").forEach((box, i) => {
    setText(box, digits[i] || "");
    box.dataset.at = String(i === digits.length);
  });
  $("#digits").setAttribute("aria-label", t("codeSoFar", { digits: digits.split("").join(" ") || "–" }));
  setText($('[data-key="clear"]'), t("keyClear"));
  $('[data-key="erase"]').setAttribute("aria-label", t("keyErase"));
  /** @type {HTMLButtonElement} */ ($("#code-go")).disabled = digits.length < LENGTH;
}
