/**
 * A section that is a list of entries: added, edited, moved, removed in the draft.
 * @module
 */

import { $, el, fill } from "../lib/dom.js";
import { entryButtons, edited } from "./fields.js";

/** The box that a section's content goes into. @param {string} name */
export const box = (name) => $("#section-" + name + " .content");

/**
 * @typedef {Object} ListOptions
 * @property {string} hint
 * @property {string} add       text of the button that adds
 * @property {string[]} heads   of the columns; the last one is over the buttons
 * @property {(entry: any) => string} nameOf
 * @property {() => any} make   a new entry
 * @property {(entry: any, at: string) => Node[]} row  its fields; at is its path, services[2]
 * @property {(entry: any, at: string) => Node} [more]  what is seldom needed, below the row
 * @property {boolean} [fixed]  the order means nothing
 */

/**
 * Draws a list section: head, rows, and the button that adds.
 * @param {string} name
 * @param {any[]} list
 * @param {ListOptions} options
 */
export function drawList(name, list, options) {
  const redraw = (focus, action) => {
    drawList(name, list, options);
    edited();
    const row = box(name).querySelectorAll(".entry")[focus];
    const target = row ? row.querySelector(action === "add" ? "input" : `[data-entry="${action}"]`) : $(`[data-add="${name}"]`);
    /** @type {HTMLElement} */ (target).focus();
  };
  const heads = options.heads.map((text) => el("span", {}, text));
  const rows = list.map((entry, i) => el("li", { class: "entry " + name, "data-entry-id": entry.id },
    ...options.row(entry, name + "[" + i + "]"), entryButtons(list, i, options.nameOf(entry), redraw, options.fixed),
    options.more && options.more(entry, name + "[" + i + "]")));
  fill(box(name),
    el("p", { class: "soft" }, options.hint),
    el("div", { class: "field", "data-field": name }, el("p", { class: "error", hidden: true })),
    el("div", { class: "entry-head " + name, "aria-hidden": "true" }, ...heads),
    el("ol", { class: "entries" }, ...rows),
    el("button", { type: "button", class: "btn", "data-add": name, onclick: () => {
      list.push(options.make());
      redraw(list.length - 1, "add");
    } }, options.add));
}
