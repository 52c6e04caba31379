/**
 * Tiny helpers around the DOM. Everything that comes from the server goes in as text, never as
 * markup, so a service called "<b>" is only a strange name. Written for ES2017: phones load it too.
 * @module
 */

/**
 * Finds the first element that matches, and throws when the page has none: a wrong selector is a
 * mistake in the page, not something to pass on as null.
 * @param {string} selector
 * @param {ParentNode} [root]
 * @returns {HTMLElement}
 */
export function $(selector, root) {
  const found = (root || document).querySelector(selector);
  if (!found) throw new Error("no element " + selector);
  return /** @type {HTMLElement} */ (found);
}

/**
 * Finds all elements that match.
 * @param {string} selector
 * @param {ParentNode} [root]
 * @returns {HTMLElement[]}
 */
export function $$(selector, root) {
  return Array.from((root || document).querySelectorAll(selector));
}

/**
 * Makes an element: el("button", {class: "btn", "data-service": "x", onclick: f}, "Chọn").
 * A function under an on* name becomes a listener; true sets an empty attribute; false, null and
 * undefined leave the attribute out. Children are nodes or texts; null and false are skipped.
 * @param {string} tag
 * @param {Object<string, any>} [props]
 * @param {...(Node|string|number|null|false|undefined)} children
 * @returns {HTMLElement}
 */
export function el(tag, props, ...children) {
  const node = document.createElement(tag);
  for (const name of Object.keys(props || {})) {
    const value = props[name];
    if (typeof value === "function") node.addEventListener(name.replace(/^on/, ""), value);
    else setAttr(node, name, value);
  }
  for (const child of children) {
    if (child !== null && child !== undefined && child !== false) {
      node.append(typeof child === "number" ? String(child) : child);
    }
  }
  return node;
}

/**
 * Sets or removes an attribute; true is the empty attribute, false and null remove it.
 * @param {Element} node
 * @param {string} name
 * @param {string|number|boolean|null|undefined} value
 */
export function setAttr(node, name, value) {
  if (value === false || value === null || value === undefined) node.removeAttribute(name);
  else node.setAttribute(name, value === true ? "" : String(value));
}

/**
 * Puts these children in place of whatever the element holds.
 * @param {Element} node
 * @param {...(Node|string)} children
 */
export function fill(node, ...children) {
  node.textContent = "";
  node.append(...children);
}

/**
 * Writes a text, but touches the DOM only when it is a new one, so that a live region does not
 * speak the same sentence again.
 * @param {Element} node
 * @param {string} text
 */
export function setText(node, text) {
  if (node.textContent !== text) node.textContent = text;
}

/**
 * Shows or hides an element through its hidden attribute.
 * @param {HTMLElement} node
 * @param {boolean} visible
 */
export function show(node, visible) {
  node.hidden = !visible;
}

/**
 * The build id of this page, from <html data-build>; the server put it there.
 * @returns {string}
 */
export function build() {
  return document.documentElement.dataset.build || "";
}

/**
 * An icon of static/icons.svg, hidden from screen readers: the text beside it says the same.
 * @param {string} name  an id in icons.svg
 * @returns {SVGElement}
 */
export function icon(name) {
  const ns = "http://www.w3.org/2000/svg";
  const svg = document.createElementNS(ns, "svg");
  svg.setAttribute("class", "icon");
  svg.setAttribute("aria-hidden", "true");
  const use = document.createElementNS(ns, "use");
  use.setAttribute("href", "/static/" + build() + "/icons.svg#" + name);
  svg.append(use);
  return svg;
}

/**
 * Shows a short message over the lower edge of the page for some seconds; the page needs
 * <div class="toasts" role="status"></div>.
 * @param {string} text
 * @param {"info"|"bad"} [kind]
 * @param {number} [ms] how long, in milliseconds; 5 s unless told
 */
export function toast(text, kind, ms) {
  const node = el("div", { class: "toast", "data-kind": kind || "info" }, text);
  $(".toasts").append(node);
  setTimeout(() => node.remove(), ms || 5000);
}
