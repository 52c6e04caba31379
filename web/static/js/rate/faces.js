/**
 * The five faces, drawn: each has a mouth of its own, so that nobody needs to see the colours.
 * @module
 */

const NS = "http://www.w3.org/2000/svg";

/** Mouth, and brows where there are some, from 1 to 5. */
const LINES = [
  "M19 47Q32 31 45 47M15 19l10 4M49 19l-10 4",
  "M20 45Q32 37 44 45",
  "M20 43H44",
  "M19 40Q32 51 45 40",
  "M15 37H49Q46 55 32 55T15 37Z",
];

function shape(name, attributes) {
  const node = document.createElementNS(NS, name);
  for (const key of Object.keys(attributes)) node.setAttribute(key, attributes[key]);
  return node;
}

/**
 * A face, hidden from screen readers: the word beside it says the same.
 * @param {number} stars 1 to 5
 * @returns {SVGElement}
 */
export function face(stars) {
  const svg = /** @type {SVGElement} */ (shape("svg", { class: "face", viewBox: "0 0 64 64", "aria-hidden": "true", "data-face": stars }));
  svg.append(
    shape("circle", { class: "head", cx: 32, cy: 32, r: 29 }),
    shape("circle", { class: "eye", cx: 22, cy: 27, r: 3.5 }), shape("circle", { class: "eye", cx: 42, cy: 27, r: 3.5 }),
    shape("path", { class: stars === 5 ? "mouth open" : "mouth", d: LINES[stars - 1] }));
  return svg;
}
