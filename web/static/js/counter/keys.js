/**
 * The keyboard of the counter page. Function keys and digits: a Vietnamese input method (Telex,
 * VNI) leaves them alone outside text fields, and none is a browser's own. A held or bouncing key
 * does nothing, and neither does a barcode scanner that types into the page by accident.
 * @module
 */

import { dialogOpen, sinceDialog } from "../staff/dialog.js";

/** A scanner types faster than this many milliseconds a key; a clerk does not. */
const SCANNER_MS = 45;

/** Enter that closed a dialog may bounce onto the button that has the focus afterwards. */
const DIALOG_MS = 500;

/** Action by KeyboardEvent.code; the numeric pad counts as digits. */
const KEYS = {
  F2: "next", F4: "recall", F8: "finish", F9: "no-show", F10: "close",
  Digit1: "hold", Digit2: "transfer", Digit3: "priority", Digit4: "reprint", Digit5: "issue",
  Digit6: "rest", Digit7: "waiting", Digit8: "held", Digit9: "no_show", Digit0: "undo",
};

/** Keys that stand for their sign, wherever a keyboard has it: of the declared priority, and the appointments. */
const SIGNS = { "+": "confirm", "=": "confirm", "-": "revoke", "/": "booked" };

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
    const printable = event.key.length === 1 || event.key === "Enter";
    if (printable) {
      lastKey = now;
      if (fast) clearTimeout(pending);
    }
    if (stray(event, fast)) return void event.preventDefault();
    if (dialogOpen()) return;
    const action = actionOf(event);
    if (!action) return;
    event.preventDefault();
    if (event.repeat || (printable && fast)) return;
    if (event.code.startsWith("F")) run(action);
    else pending = setTimeout(() => run(action), SCANNER_MS + 5);
  }, true);
}

/** Enter or Space on a button that nobody meant: held down, typed by a scanner, or bouncing. */
function stray(event, fast) {
  if (event.key !== "Enter" && event.key !== " ") return false;
  if (!(event.target instanceof HTMLButtonElement)) return false;
  return event.repeat || fast || (!dialogOpen() && sinceDialog() < DIALOG_MS);
}

function actionOf(event) {
  if (event.code.startsWith("F")) return KEYS[event.code] || "";
  if (inText(event.target)) return "";
  if (event.key === "Escape") return "home";
  if (event.key === " " && event.target === document.body) return "next";
  if (SIGNS[event.key]) return SIGNS[event.key];
  return event.shiftKey ? "" : KEYS[event.code.replace("Numpad", "Digit")] || "";
}

function inText(target) {
  return target instanceof HTMLTextAreaElement || target instanceof HTMLSelectElement ||
    (target instanceof HTMLInputElement && !["checkbox", "radio"].includes(target.type));
}
