/**
 * The fields of the set-up: each writes into the draft, and has a place for what is wrong with it.
 * @module
 */

import { $$, el, setText, show } from "../lib/dom.js";

/** @type {() => void} */
let changed = () => {};

/** Calls after each edit. @param {() => void} then */
export const onEdit = (then) => { changed = then; };

/** The place for what is wrong with a field or a group. @param {string} id */
export const errorOf = (id) => el("p", { id: "setup-" + id + "-error", class: "error", hidden: true });

/**
 * A line of text.
 * @param {string} id  the element's id is setup- and this
 * @param {string} label
 * @param {string} value
 * @param {(text: string) => void} set
 * @param {{hint?: string, hide?: boolean, props?: Object<string, any>}} [options]  hide: the label is for screen readers alone
 */
export function line(id, label, value, set, options) {
  const { hint, hide, props } = Object.assign({ hint: "", hide: false, props: {} }, options);
  const input = /** @type {HTMLInputElement} */ (el("input", Object.assign({
    id: "setup-" + id, type: "text", maxlength: 120, autocomplete: "off", "aria-describedby": (hint ? "setup-" + id + "-hint " : "") + "setup-" + id + "-error",
  }, props)));
  input.value = value;
  input.addEventListener("input", () => { set(input.value); tell(id, ""); changed(); });
  return el("div", { class: "field" }, el("label", { for: "setup-" + id, class: hide && "visually-hidden" }, label), input,
    hint && el("p", { class: "hint", id: "setup-" + id + "-hint" }, hint), errorOf(id));
}

/** A PIN, which stays out of the draft. */
export const pinLine = (id, label, value, set, options) => line(id, label, value, set, Object.assign({}, options, {
  props: { type: "password", inputmode: "numeric", maxlength: 6, autocomplete: "new-password" },
}));

/** A box to tick. @param {string} label @param {boolean} on @param {(on: boolean) => void} set @param {Object<string, any>} [props] */
export function tick(label, on, set, props) {
  const input = /** @type {HTMLInputElement} */ (el("input", Object.assign({ type: "checkbox", checked: on }, props)));
  input.addEventListener("change", () => { set(input.checked); changed(); });
  return el("label", { class: "check" }, input, label);
}

/** Says what is wrong with one field; nothing with an empty text. */
function tell(id, text) {
  const place = document.getElementById("setup-" + id + "-error");
  if (!place) return;
  setText(place, text);
  show(place, Boolean(text));
  const input = document.getElementById("setup-" + id);
  if (input) input.setAttribute("aria-invalid", String(Boolean(text)));
}

/** Marks the fields of the step; the first one that is wrong gets the focus. @param {Object<string, string>} wrong */
export function mark(wrong) {
  for (const place of $$("#step .error")) tell(place.id.replace(/^setup-|-error$/g, ""), "");
  for (const id of Object.keys(wrong)) tell(id, wrong[id]);
  const first = $$("#step .error").find((place) => !place.hidden);
  const input = first && (document.getElementById(first.id.replace(/-error$/, "")) || first.parentElement.querySelector("input"));
  if (input) input.focus();
}
