/**
 * What the staff's charts are drawn with, by hand and without a library. The same figures stand as text
 * beside or below a picture.
 * @module
 */

const NS = "http://www.w3.org/2000/svg";

/**
 * @param {string} tag
 * @param {Object<string, string|number>} attributes
 * @param {...(Node|string)} children
 * @returns {SVGElement}
 */
export function svg(tag, attributes, ...children) {
  const node = /** @type {SVGElement} */ (document.createElementNS(NS, tag));
  for (const name of Object.keys(attributes)) node.setAttribute(name, String(attributes[name]));
  node.append(...children);
  return node;
}

/**
 * A bar lying in its row; its full width stands for most, and little is still seen.
 * @param {number} value
 * @param {number} most
 * @param {boolean} ours  drawn in the house colour, others in grey
 */
export function bar(value, most, ours) {
  const width = value > 0 ? Math.max(0.5, (100 * value) / most) : 0;
  return svg("svg", { class: "bar", viewBox: "0 0 100 10", preserveAspectRatio: "none", "aria-hidden": "true", "data-series": ours ? "ours" : "other" },
    svg("rect", { class: "track", x: 0, y: 0, width: 100, height: 10 }), svg("rect", { class: "value", x: 0, y: 0, width: width, height: 10 }));
}

/**
 * The step of an axis of minutes with at most four lines above zero.
 * @param {number} most  minutes
 */
export function minuteStep(most) {
  return [1, 2, 5, 10, 15, 30, 60, 120, 240].find((step) => most / step <= 4) || 480;
}
