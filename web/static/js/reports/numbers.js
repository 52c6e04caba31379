/**
 * How the reports write figures: 1.234 and 8,4 in Vietnamese, 1,234 and 8.4 in English. What does not
 * exist, as the mean of nobody, is "–".
 * @module
 */

import { lang } from "../lib/texts.js";
import { t } from "./words.js";

/** What stands where there is no figure. */
export const NONE = "–";

const written = (n, digits) => new Intl.NumberFormat(lang() === "en" ? "en-GB" : "vi-VN",
  { minimumFractionDigits: digits, maximumFractionDigits: digits }).format(n);

/** How many, "1.234". @param {number} n */
export const count = (n) => written(n, 0);

/** Seconds as minutes, "8,4"; NONE unless there is somebody to have them. @param {number} seconds @param {number} [of] */
export const minutes = (seconds, of) => (of === 0 ? NONE : written(seconds / 60, 1));

/** Seconds with their unit, "8,4 phút". @param {number} seconds @param {number} [of] */
export const minutesText = (seconds, of) => (of === 0 ? NONE : t("minutes", { n: minutes(seconds) }));

/** A number with one decimal, "4,6". @param {number} n @param {number} [of] */
export const decimal = (n, of) => (of === 0 ? NONE : written(n, 1));

/** A mean number of people: whole ones where there are many. @param {number} n */
export const about = (n) => written(n, n >= 9.95 || Number.isInteger(n) ? 0 : 1);

/** A share 0-1 in per cent, "91,3"; NONE where it is of nothing. @param {number} share @param {number} [of] */
export const percent = (share, of) => (of === 0 ? NONE : written(100 * share, 1));

/** A share with its sign, "91,3%". @param {number} share @param {number} [of] */
export const percentText = (share, of) => (of === 0 ? NONE : percent(share) + "%");

/** A part of a whole as a share 0-1; 0 of nothing. @param {number} part @param {number} whole */
export const shareOf = (part, whole) => (whole > 0 ? part / whole : 0);
