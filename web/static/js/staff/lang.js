/**
 * The language switch of the staff pages: two buttons with data-lang.
 * @module
 */

import { $$ } from "../lib/dom.js";
import { initLang, lang, setLang, apply } from "../lib/texts.js";
import { helpLinks } from "./help.js";

/**
 * Takes up the language of this tab, fills the page's fixed texts and keeps them right.
 * @param {(key: string) => string} t
 * @param {() => void} onChange redraws what the page made itself
 */
export function langSwitch(t, onChange) {
  initLang();
  const draw = () => {
    apply(t);
    helpLinks();
    for (const button of $$("[data-lang]")) button.setAttribute("aria-pressed", String(button.dataset.lang === lang()));
  };
  for (const button of $$("[data-lang]")) {
    button.addEventListener("click", () => setLang(button.dataset.lang === "en" ? "en" : "vi"));
  }
  document.addEventListener("langchange", () => { draw(); onChange(); });
  draw();
}
