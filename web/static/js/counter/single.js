/**
 * The switch of the single keys: who speaks to his PC, or often touches a key by mistake, works with the F keys alone
 * (WCAG 2.1.4). Each user has his own in each browser; they are on until he switches them off.
 * @module
 */

import { $$, setAttr } from "../lib/dom.js";
import { state } from "./store.js";

const STORED = "layso.single-keys-off.";

/** Where storage is blocked, a choice lasts until the page is left. @type {Object<string, boolean>} */
const chosen = {};

/** Whether single keys, also those of a keypad, do something. */
export function singleKeys() {
  const id = state.me ? state.me.id : "";
  if (!(id in chosen)) chosen[id] = stored(id);
  return chosen[id];
}

function stored(id) {
  try {
    return localStorage.getItem(STORED + id) === null;
  } catch (err) {
    return true;
  }
}

/** @param {boolean} on */
export function switchSingleKeys(on) {
  chosen[state.me.id] = on;
  try {
    if (on) localStorage.removeItem(STORED + state.me.id);
    else localStorage.setItem(STORED + state.me.id, "off");
  } catch (err) {
    // As in stored.
  }
  drawSingleKeys();
}

/** Lets the page show and tell only the keys that do something. */
export function drawSingleKeys() {
  const now = singleKeys() ? "on" : "off";
  if (document.body.dataset.singleKeys === now) return;
  document.body.dataset.singleKeys = now;
  for (const node of $$("[aria-keyshortcuts], [data-all-keys]")) {
    if (!node.dataset.allKeys) node.dataset.allKeys = node.getAttribute("aria-keyshortcuts");
    const keys = node.dataset.allKeys.split(" ").filter((key) => now === "on" || /^F\d/.test(key));
    setAttr(node, "aria-keyshortcuts", keys.join(" ") || null);
  }
  for (const kbd of $$("kbd")) kbd.toggleAttribute("data-single", kbd.textContent.length === 1);
}
