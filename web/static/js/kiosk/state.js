/**
 * What the kiosk knows, and the one way to say that it has changed. The page draws itself anew at
 * every change; who changes something need not know what shows it.
 * @module
 */

import { ServerClock } from "../lib/format.js";

export const clock = new ServerClock();

/**
 * @typedef {Object} Note  a message that fills the screen until it is touched away or forgotten
 * @property {"good"|"wait"|"bad"} kind
 * @property {string} icon
 * @property {() => string} title  in the language of the moment
 * @property {() => string} [text]
 * @property {string} [number]
 * @property {number} at
 * @property {{screen: string, counter?: string}} says  for the spoken help, see GET /voice/help/{file}
 */

export const state = {
  /** @type {Object|null} */
  hall: null,
  /** @type {Object[]} */
  printers: [],
  /** The name of this kiosk's printer; empty: the hall's first. */
  printer: "",
  allowed: true,
  reachable: true,
  live: false,
  touchedAt: Date.now(),
  /** @type {""|"code"|"several"|"book"} a side door that is open: the keypad, the choice of several services, or a booking */
  door: "",
  /** Id of the service whose papers are read. */
  sheet: "",
  /** @type {{reason: string, reasonEn: string, kiosks: string[]}|null} somebody has locked this machine: why, in English where that is known, and which others there are */
  locked: null,
  /** What somebody wants for himself: the screens spoken, everything larger. Both end when the next one comes. */
  help: false,
  large: false,
  /** @type {Note|null} */
  note: null,
  /** A scanned ticket is being looked up, and it takes its time. */
  looking: false,
  /** When the answer's stay began: at the answer, at the last touch, or when the paper came. */
  answerFrom: 0,
  paper: "",
  /** @type {Object<string, string>} token -> print state, also of tickets whose answer is still on its way */
  prints: {},
  /** @type {Object<string, string>} token -> name of the printer that took the paper */
  places: {},
};

let draw = () => {};

/** @param {() => void} render  draws the page anew */
export function onChange(render) {
  draw = render;
}

/** Something in the state is not what it was. */
export function changed() {
  draw();
}

/** Whether the PC is sure what time it is; when it is not, no time is shown. @returns {boolean} */
export function clockTrusted() {
  return !state.hall || state.hall.clock !== "suspect";
}
