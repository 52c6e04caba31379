/**
 * The hall's crest: any picture that the browser can read becomes a small grey PNG in base64, which is
 * all that a ticket's 96 rows of dots can show.
 * @module
 */

import { drawnOn, pictureField, pictureOf } from "./picture.js";
import { t } from "./words.js";

/** What a setup takes at most, in bytes. */
const MOST_BYTES = 32 * 1024;

/** Sides that are tried, in pixels: a photo of the largest may have too many bytes. */
const SIDES = [512, 384, 256, 192, 128, 96, 64];

/** Greys that are told apart; the printer has black and white alone. */
const LEVELS = 32;

/**
 * Makes the crest of a file.
 * @param {File} file
 * @returns {Promise<string>} PNG in base64
 */
async function crestOf(file) {
  const picture = await pictureOf(file);
  for (const side of SIDES) {
    const data = greyed(drawnOn(picture, side));
    if (data.length * 3 / 4 <= MOST_BYTES) return data;
  }
  throw new Error(t("crestTooLarge"));
}

/** The picture in greys, as PNG in base64. @param {HTMLCanvasElement} canvas */
function greyed(canvas) {
  const pen = canvas.getContext("2d");
  const dots = pen.getImageData(0, 0, canvas.width, canvas.height);
  for (let i = 0; i < dots.data.length; i += 4) {
    const [r, g, b] = dots.data.subarray(i, i + 3);
    const grey = Math.round((0.299 * r + 0.587 * g + 0.114 * b) / 255 * (LEVELS - 1)) * 255 / (LEVELS - 1);
    dots.data.fill(grey, i, i + 3);
  }
  pen.putImageData(dots, 0, 0);
  return canvas.toDataURL("image/png").replace(/^.*,/, "");
}

/**
 * The crest's field.
 * @param {{crest: string}} paper
 * @returns {HTMLElement}
 */
export const crestField = (paper) => pictureField(
  { field: "paper.crest", label: t("crest"), hint: t("crestHint"), remove: t("crestRemove"), type: "image/png", make: crestOf },
  paper.crest, (crest) => { paper.crest = crest; });
