/**
 * The keyboard of the counter page, and a USB keypad as the caller. A held or bouncing key does nothing, and neither
 * does a barcode scanner that types into the page by accident.
 * @module
 */

import { dialogOpen, sinceDialog } from "../staff/dialog.js";
import { singleKeys } from "./single.js";
import { FUNCTION, PAD, PLAIN, SIGNS, WHILE_COUNTING } from "./keymap.js";

/** A scanner types faster than this many milliseconds a key; a clerk does not. */
const SCANNER_MS = 45;

/** Enter that closed a dialog may bounce onto the button that has the focus afterwards. */
const DIALOG_MS = 500;

/**
 * Listens for the whole page.
 * @param {() => boolean} active  whether the working screen is there
 * @param {(action: string) => void} run
 */
export function listenKeys(active, run) {
  let lastKey = -Infinity;
  let pending = 0;
  document.addEventListener("keydown", (event) => {
    if (!active() || event.ctrlKey || event.altKey || event.metaKey || event.isComposing) return;
    const now = performance.now();
    const fast = now - lastKey < SCANNER_MS;
    const printable = event.key.length === 1 || event.key === "Enter" || isPad(event); // Without NumLock the pad types no signs.
    if (printable) {
      lastKey = now;
      if (fast) clearTimeout(pending);
    }
    if (stray(event, fast)) return void event.preventDefault();
    if (dialogOpen()) return void (singleKeys() && leaveByPad(event));
    const action = actionOf(event);
    if (!action) return;
    event.preventDefault();
    if (isPad(event)) event.stopPropagation(); // Its arrows and its Enter are nothing else's.
    if (event.repeat || (printable && fast)) return;
    if (FUNCTION[event.code]) run(action);
    else pending = setTimeout(() => run(action), SCANNER_MS + 5);
  }, true);
}

/** A keypad has no Esc: its minus leaves a dialog, unless it may belong to what is being typed. */
function leaveByPad(event) {
  if (event.code !== "NumpadSubtract" || event.repeat || (event.target instanceof HTMLInputElement && event.target.value)) return;
  event.preventDefault();
  /** @type {HTMLDialogElement} */ (document.querySelector("dialog[open]")).close();
}

const isPad = (event) => event.code.startsWith("Numpad");

/** Enter or Space on a button that nobody meant: held down, typed by a scanner, or bouncing. */
function stray(event, fast) {
  if (event.key !== "Enter" && event.key !== " ") return false;
  if (!(event.target instanceof HTMLButtonElement)) return false;
  return event.repeat || fast || (!dialogOpen() && sinceDialog() < DIALOG_MS);
}

function actionOf(event) {
  if (FUNCTION[event.code]) return FUNCTION[event.code];
  if (!singleKeys()) return event.key === "Escape" ? "home" : "";
  const pad = PAD[event.code] || "";
  if (isCount(event.target)) return event.key === "Escape" ? "home" : WHILE_COUNTING.includes(pad) ? pad : "";
  if (inText(event.target)) return "";
  if (pad) return pad;
  if (event.key === "Escape") return "home";
  if (event.key === " " && event.target === document.body) return "next";
  if (SIGNS[event.key] && !isPad(event)) return SIGNS[event.key];
  return event.shiftKey ? "" : PLAIN[event.code.replace("Numpad", "Digit")] || "";
}

const isCount = (target) => target instanceof HTMLInputElement && target.id === "dossiers";

function inText(target) {
  return target instanceof HTMLTextAreaElement || target instanceof HTMLSelectElement ||
    (target instanceof HTMLInputElement && !["checkbox", "radio"].includes(target.type));
}
