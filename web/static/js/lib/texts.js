/**
 * The words of a page in Vietnamese and English. A page brings its own table:
 *
 *   const t = texts({ ahead: ["Còn {n} người trước bạn", "{n} people ahead of you"] });
 *   t("ahead", { n: 3 });
 *
 * and marks fixed texts in its HTML with data-text="key" (or data-label="key" for aria-label),
 * which apply() fills. The current language is the page's lang attribute, kept in sessionStorage.
 * Vietnamese is the default everywhere. ES2017.
 * @module
 */

/** @typedef {"vi"|"en"} Lang */
/** @typedef {Object<string, [string, string]>} Table  key -> [Vietnamese, English] */

const STORED = "layso.lang";

/**
 * The current language.
 * @returns {Lang}
 */
export function lang() {
  return document.documentElement.lang === "en" ? "en" : "vi";
}

/**
 * Takes up the language chosen earlier in this tab, or else the one given.
 * @param {string} [fallback]
 */
export function initLang(fallback) {
  let stored = null;
  try {
    stored = sessionStorage.getItem(STORED);
  } catch (err) {
    // Storage is blocked: the page then starts in its default language each time.
  }
  document.documentElement.lang = (stored || fallback) === "en" ? "en" : "vi";
}

/**
 * Changes the language, remembers it for this tab and tells the page: "langchange" on document.
 * @param {Lang} next
 */
export function setLang(next) {
  const changed = lang() !== next;
  document.documentElement.lang = next;
  try {
    sessionStorage.setItem(STORED, next);
  } catch (err) {
    // As in initLang: the choice lasts until the page is left.
  }
  if (changed) document.dispatchEvent(new Event("langchange"));
}

/**
 * Makes the page's word function. {name} in a text is replaced by values.name. An unknown key is a
 * mistake in the page, so it throws.
 * @param {Table} table
 * @returns {(key: string, values?: Object<string, string|number>) => string}
 */
export function texts(table) {
  return (key, values) => {
    const pair = table[key];
    if (!pair) throw new Error("no text " + key);
    return pair[lang() === "en" ? 1 : 0].replace(/\{(\w+)\}/g, (all, name) =>
      values && name in values ? String(values[name]) : all);
  };
}

/**
 * Fills every data-text and data-label below root in the current language.
 * @param {(key: string) => string} t
 * @param {ParentNode} [root]
 */
export function apply(t, root) {
  const top = root || document;
  for (const node of top.querySelectorAll("[data-text]")) {
    node.textContent = t(node.getAttribute("data-text"));
  }
  for (const node of top.querySelectorAll("[data-label]")) {
    node.setAttribute("aria-label", t(node.getAttribute("data-label")));
  }
}

/**
 * The name of a service, counter, priority or the hall in the current language.
 * @param {{name?: string, name_en?: string}|null|undefined} thing
 * @returns {string}
 */
export function nameOf(thing) {
  if (!thing) return "";
  return (lang() === "en" && thing.name_en) || thing.name || "";
}
