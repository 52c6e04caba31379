/**
 * A kiosk's lock: it takes effect at once, and its screen says why.
 * @module
 */

import { $, el, setText } from "../lib/dom.js";
import { put } from "../lib/api.js";
import { lang } from "../lib/texts.js";
import { openDialog, reasonField } from "../staff/dialog.js";
import { LOCK_REASONS } from "./lockwords.js";
import { t } from "./words.js";

/** Whether a kiosk is locked, and why; null for who is not. @param {Object} device @returns {HTMLElement|null} */
export function lockState(device) {
  if (!device.locked) return null;
  const english = lang() === "en" && device.lock_reason_en;
  return el("div", { class: "locked" }, el("span", { class: "chip", "data-kind": "warn" }, t("lockedNow")),
    device.lock_reason && el("span", { "data-own": !english }, " " + (english || device.lock_reason)));
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
  const reason = reasonField(t("lockReason"), LOCK_REASONS.map((pair) => pair[lang() === "en" ? 1 : 0]), "", t("lockUsual"));
  openDialog({
    name: "lock", title: t("lockTitle", { name: device.name }), body: [el("p", {}, t("lockText")), reason.box, el("p", { class: "soft small" }, t("lockBoth"))], confirm: t("lock"), cancel: t("cancel"),
    onConfirm: () => send(device, Object.assign({ locked: true }, inBoth(reason.value())), reload),
  });
}

/** A usual reason in both languages; own words as they are. @param {string} text */
function inBoth(text) {
  const usual = LOCK_REASONS.find((pair) => pair.includes(text));
  if (usual) return { reason: usual[0], reason_en: usual[1] };
  return text ? { reason: text } : {};
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
