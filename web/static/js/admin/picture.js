/**
 * Pictures that the office puts in: read by the browser, made small, kept in the setup in base64.
 * @module
 */

import { el, setText, show } from "../lib/dom.js";
import { edited } from "./fields.js";
import { t } from "./words.js";

/** Kept out of reach of a picture that is larger than any browser can draw. */
const MOST_FILE = 20 * 1024 * 1024;

/** What a setup takes of a notice's picture at most, in bytes. */
const MOST_BYTES = 96 * 1024;

/** What is tried until a picture is small enough: its longer side in pixels, and a JPEG's quality. */
const TRIES = [[1280, 0.85], [1280, 0.7], [1024, 0.7], [800, 0.7], [640, 0.6], [480, 0.5]];

/** @param {Blob} blob @returns {Promise<string>} */
export function dataURL(blob) {
  return new Promise((done, failed) => {
    const reader = new FileReader();
    reader.onload = () => done(String(reader.result));
    reader.onerror = () => failed(reader.error);
    reader.readAsDataURL(blob);
  });
}

/** @param {File} file @returns {Promise<HTMLImageElement>} */
export async function pictureOf(file) {
  if (file.size > MOST_FILE) throw new Error(t("crestTooLarge"));
  const picture = new Image();
  picture.src = await dataURL(file);
  try {
    await picture.decode();
  } catch (err) {
    throw new Error(t("crestUnreadable"));
  }
  return picture;
}

/**
 * The picture on white, its longer side at most so long.
 * @param {HTMLImageElement} picture
 * @param {number} side
 * @returns {HTMLCanvasElement}
 */
export function drawnOn(picture, side) {
  const wide = picture.naturalWidth || 512; // an SVG without a size
  const tall = picture.naturalHeight || 512;
  const scale = Math.min(1, side / Math.max(wide, tall));
  const canvas = document.createElement("canvas");
  canvas.width = Math.max(1, Math.round(wide * scale));
  canvas.height = Math.max(1, Math.round(tall * scale));
  const pen = canvas.getContext("2d");
  pen.imageSmoothingQuality = "high";
  pen.fillStyle = "#fff";
  pen.fillRect(0, 0, canvas.width, canvas.height);
  pen.drawImage(picture, 0, 0, canvas.width, canvas.height);
  return canvas;
}

/**
 * Makes a notice's picture of a file.
 * @param {File} file
 * @returns {Promise<string>} JPEG in base64
 */
export async function photoOf(file) {
  const picture = await pictureOf(file);
  for (const [side, quality] of TRIES) {
    const data = drawnOn(picture, side).toDataURL("image/jpeg", quality).replace(/^.*,/, "");
    if (data.length * 3 / 4 <= MOST_BYTES) return data;
  }
  throw new Error(t("crestTooLarge"));
}

/**
 * A field: what the picture looks like, a button that chooses another one and one that takes it off.
 * @param {Object} options
 * @param {string} options.field   path in the setup
 * @param {string} options.label
 * @param {string} options.hint
 * @param {string} options.remove  text of the button that takes it off
 * @param {string} options.type    of the picture, image/png
 * @param {(file: File) => Promise<string>} options.make
 * @param {string} value           in base64
 * @param {(picture: string) => void} set
 * @returns {HTMLElement}
 */
export function pictureField(options, value, set) {
  const id = "f-" + options.field.replace(/[^a-zA-Z0-9]+/g, "-");
  const error = el("p", { class: "error", id: id + "-error", hidden: true });
  const shown = /** @type {HTMLImageElement} */ (el("img", { class: "crest", alt: options.label }));
  const input = /** @type {HTMLInputElement} */ (el("input", { type: "file", id: id, class: "visually-hidden", accept: "image/*", "aria-describedby": id + "-error" }));
  const remove = el("button", { type: "button", class: "btn", "data-tool": "no-" + options.field.replace(/^.*\./, ""), onclick: () => take("") }, options.remove);
  const choose = el("label", { class: "btn", for: id });
  const draw = (now) => {
    if (now) shown.src = `data:${options.type};base64,${now}`;
    for (const node of [shown, remove]) show(node, Boolean(now));
    setText(choose, t(now ? "crestOther" : "crestChoose"));
  };
  const say = (text) => {
    setText(error, text);
    show(error, Boolean(text));
  };
  const take = (now) => {
    set(now);
    say("");
    draw(now);
    edited();
    input.focus();
  };
  input.addEventListener("change", async () => {
    const file = input.files && input.files[0];
    input.value = ""; // The same file may be chosen again after it was changed.
    if (!file) return;
    try {
      take(await options.make(file));
    } catch (err) {
      say(err.message);
    }
  });
  draw(value);
  return el("fieldset", { class: "field crest-field", "data-field": options.field }, el("legend", {}, options.label),
    el("div", { class: "row" }, shown, input, choose, remove), el("p", { class: "hint" }, options.hint), error);
}
