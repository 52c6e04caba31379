/**
 * Large print: fewer things at once. What does not fit on one screen comes page by page, by a large
 * button, since nobody has to drag anything here. After the last page comes the first.
 * @module
 */

import { $, fill, icon, show } from "../lib/dom.js";
import { changed, state } from "./state.js";
import { t } from "./words.js";

/** @type {Object<string, number>} the page that each list shows, from 0 */
const at = {};

/** Every list shows its first page again. */
export function firstPages() {
  for (const list of Object.keys(at)) at[list] = 0;
}

/** How many tiles or choices are on the screen at once. @returns {number} Infinity in ordinary type */
export function perPage() {
  if (!state.large) return Infinity;
  if (innerWidth > innerHeight) return 4;
  return document.body.dataset.low === "true" ? 2 : 3;
}

/**
 * The page that a list shows, and its button under it.
 * @param {string} list   names the list: its button is #LIST-more
 * @param {number} pages  how many there are
 * @returns {number} from 0
 */
export function pageOf(list, pages) {
  at[list] = Math.min(at[list] || 0, Math.max(0, pages - 1));
  const button = $("#" + list + "-more");
  show(button, pages > 1);
  const says = t("more", { n: at[list] + 1, of: pages });
  if (button.dataset.says !== says) {
    button.dataset.says = says;
    fill(button, icon("down"), says);
  }
  button.onclick = () => {
    at[list] = (at[list] + 1) % pages;
    changed();
  };
  return at[list];
}

/**
 * Shows of these elements the ones on the list's page.
 * @param {string} list
 * @param {HTMLElement[]} items
 * @param {number} [size]  how many a page shows
 * @returns {{places: number, last: boolean}} places: how many there are room for, the same on every page; last: no
 *   page comes after this one
 */
export function showPage(list, items, size = perPage()) {
  const pages = Math.ceil(items.length / size) || 1;
  const page = pageOf(list, pages);
  const from = page ? page * size : 0; // Never 0 times Infinity.
  items.forEach((item, i) => show(item, i >= from && i < from + size));
  return { places: Math.min(items.length, size), last: page === pages - 1 };
}
