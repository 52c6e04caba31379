/**
 * The hall's crest: any picture that the browser can read becomes a small grey PNG in base64, which is
 * all that a ticket's 96 rows of dots can show.
 * @module
 */

import { el, setText, show } from "../lib/dom.js";
import { edited } from "./fields.js";
import { t } from "./words.js";

/** What a setup takes at most, in bytes. */
const MOST_BYTES = 32 * 1024;

/** Sides that are tried, in pixels: a photo of the largest may have too many bytes. */
const SIDES = [512, 384, 256, 192, 128, 96, 64];

/** Greys that are told apart; the printer has black and white alone. */
const LEVELS = 32;

/** Kept out of reach of a picture that is larger than any browser can draw. */
const MOST_FILE = 20 * 1024 * 1024;

/**
 * Makes the crest of a file.
 * @param {File} file
 * @returns {Promise<string>} PNG in base64
 */
async function crestOf(file) {
  if (file.size > MOST_FILE) throw new Error(t("crestTooLarge"));
  const picture = await pictureOf(file);
  const wide = picture.naturalWidth || 512;
  const tall = picture.naturalHeight || 512;
  for (const side of SIDES) {
    const scale = Math.min(1, side / Math.max(wide, tall));
    const data = drawn(picture, Math.max(1, Math.round(wide * scale)), Math.max(1, Math.round(tall * scale)));
    if (data.length * 3 / 4 <= MOST_BYTES) return data;
  }
  throw new Error(t("crestTooLarge"));
}

/** @param {Blob} blob @returns {Promise<string>} */
export function dataURL(blob) {
  return new Promise((done, failed) => {
    const reader = new FileReader();
    reader.onload = () => done(String(reader.result));
    reader.onerror = () => failed(reader.error);
    reader.readAsDataURL(blob);
  });
}

async function pictureOf(file) {
  const picture = new Image();
  picture.src = await dataURL(file);
  try {
    await picture.decode();
  } catch (err) {
    throw new Error(t("crestUnreadable"));
  }
  return picture;
}

/** The picture on white in greys, as PNG in base64. */
function drawn(picture, width, height) {
  const canvas = document.createElement("canvas");
  canvas.width = width;
  canvas.height = height;
  const pen = canvas.getContext("2d");
  pen.imageSmoothingQuality = "high";
  pen.fillStyle = "#fff";
  pen.fillRect(0, 0, width, height);
  pen.drawImage(picture, 0, 0, width, height);
  const dots = pen.getImageData(0, 0, width, height);
  for (let i = 0; i < dots.data.length; i += 4) {
    const [r, g, b] = dots.data.subarray(i, i + 3);
    const grey = Math.round((0.299 * r + 0.587 * g + 0.114 * b) / 255 * (LEVELS - 1)) * 255 / (LEVELS - 1);
    dots.data.fill(grey, i, i + 3);
  }
  pen.putImageData(dots, 0, 0);
  return canvas.toDataURL("image/png").replace(/^.*,/, "");
}

/**
 * The field: what the crest looks like, a button that chooses another one and one that takes it off.
 * @param {{crest: string}} paper
 * @returns {HTMLElement}
 */
export function crestField(paper) {
  const error = el("p", { class: "error", id: "f-paper-crest-error", hidden: true });
  const shown = /** @type {HTMLImageElement} */ (el("img", { class: "crest", alt: t("crest") }));
  const input = /** @type {HTMLInputElement} */ (el("input", { type: "file", id: "f-paper-crest", class: "visually-hidden", accept: "image/*", "aria-describedby": "f-paper-crest-error" }));
  const remove = el("button", { type: "button", class: "btn", "data-tool": "no-crest", onclick: () => take("") }, t("crestRemove"));
  const choose = el("label", { class: "btn", for: "f-paper-crest" }, t("crestChoose"));
  const draw = () => {
    if (paper.crest) shown.src = "data:image/png;base64," + paper.crest;
    for (const node of [shown, remove]) show(node, Boolean(paper.crest));
    setText(choose, t(paper.crest ? "crestOther" : "crestChoose"));
  };
  const say = (text) => {
    setText(error, text);
    show(error, Boolean(text));
  };
  const take = (crest) => {
    paper.crest = crest;
    say("");
    draw();
    edited();
    input.focus();
  };
  input.addEventListener("change", async () => {
    const file = input.files && input.files[0];
    input.value = ""; // The same file may be chosen again after it was changed.
    if (!file) return;
    try {
      take(await crestOf(file));
    } catch (err) {
      say(err.message);
    }
  });
  draw();
  return el("fieldset", { class: "field crest-field", "data-field": "paper.crest" }, el("legend", {}, t("crest")),
    el("div", { class: "row" }, shown, input, choose, remove), el("p", { class: "hint" }, t("crestHint")), error);
}
