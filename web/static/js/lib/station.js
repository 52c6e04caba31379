/**
 * A phone's page on the hall's kiosk: it is there for a while only, and leads back to /kiosk by a button
 * and by itself. The kiosk's own page bears a server that is away, a browser's error page does not; so
 * nobody is sent back before the server answers. ES2017.
 * @module
 */

import { show } from "./dom.js";

const IDLE_MS = 60000;
const LOOK_MS = 5000;

/** Whether this is the kiosk's screen. */
export const onKiosk = new URLSearchParams(location.search).has("kiosk");

/** The path of the next page, which is on the kiosk as well. @param {string} path @returns {string} */
export function next(path) {
  return onKiosk ? path + "?kiosk" : path;
}

/**
 * Shows the way back and takes it when nobody touches the screen any more.
 * @param {HTMLElement} button
 */
export function leadBack(button) {
  show(button, onKiosk);
  if (!onKiosk) return;
  let touchedAt = Date.now();
  document.addEventListener("pointerdown", () => { touchedAt = Date.now(); });
  button.onclick = back;
  setInterval(() => Date.now() - touchedAt > IDLE_MS && back(), LOOK_MS);
}

function back() {
  fetch("/healthz", { cache: "no-store" }).then((answer) => answer.ok && location.assign("/kiosk"), () => {}); // The next round tries again.
}
