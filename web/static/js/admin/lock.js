/**
 * A kiosk's lock: it takes effect at once, and its screen says why.
 * @module
 */

import { $, el, setText } from "../lib/dom.js";
import { put } from "../lib/api.js";
import { openDialog, reasonField } from "../staff/dialog.js";
import { t } from "./words.js";

/** Whether a kiosk is locked, and why; null for who is not. @param {Object} device @returns {HTMLElement|null} */
export function lockState(device) {
  if (!device.locked) return null;
  return el("div", { class: "locked" }, el("span", { class: "chip", "data-kind": "warn" }, t("lockedNow")),
    device.lock_reason && el("span", { "data-own": true }, " " + device.lock_reason));
}

/**
 * The button that locks or unlocks a kiosk.
 * @param {Object} device
 * @param {() => Promise<void>} reload  fetches the devices again
 * @returns {HTMLElement}
 */
export function lockButton(device, reload) {
  const press = () => (device.locked ? change(device, { locked: false }, reload) : ask(device, reload));
  return el("button", { type: "button", class: "btn small", "data-tool": device.locked ? "unlock" : "lock", onclick: press },
    t(device.locked ? "unlock" : "lock"), el("span", { class: "visually-hidden", "data-own": true }, " " + device.name));
}

function ask(device, reload) {
  const reason = reasonField(t("lockReason"), ["lockPaper", "lockClean", "lockRepair"].map((key) => t(key)), "", t("lockUsual"));
  openDialog({
    name: "lock", title: t("lockTitle", { name: device.name }), body: [el("p", {}, t("lockText")), reason.box], confirm: t("lock"), cancel: t("cancel"),
    onConfirm: () => send(device, Object.assign({ locked: true }, reason.value() && { reason: reason.value() }), reload),
  });
}

async function change(device, what, reload) {
  try {
    await send(device, what, reload);
  } catch (err) {
    say("bad", err.message);
  }
}

async function send(device, what, reload) {
  await put("/api/devices/" + encodeURIComponent(device.id), what);
  await reload();
  say("ok", t(what.locked ? "lockDone" : "unlockDone", { name: device.name }));
}

function say(kind, text) {
  const line = $("#device-said");
  line.dataset.kind = kind;
  setText(line, text);
}
