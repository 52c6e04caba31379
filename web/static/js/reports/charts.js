/**
 * The picture of the waits: a column for each hour, day, week or month, with a tick where nine of ten had been
 * called and the line of the target.
 * @module
 */

import { minuteStep, svg } from "../lib/svg.js";

const WIDTH = 620, HEIGHT = 250, LEFT = 34, RIGHT = 8, TOP = 18, BOTTOM = 26;

/** The target in minutes. */
const TARGET = 15;

/**
 * @typedef {Object} Column
 * @property {string} label
 * @property {string} title  all of it as a sentence
 * @property {number} mean   minutes
 * @property {number} p90    minutes
 */

/**
 * @param {Column[]} columns  in the order of time
 * @param {{label: string, unit: string, target: string}} words
 * @returns {SVGElement}
 */
export function waitsChart(columns, words) {
  const most = Math.max(TARGET * 1.2, ...columns.map((c) => Math.max(c.mean, c.p90)));
  const step = minuteStep(most);
  const top = Math.ceil(most / step) * step;
  const y = (minutes) => HEIGHT - BOTTOM - ((HEIGHT - BOTTOM - TOP) * minutes) / top;
  const picture = svg("svg", { class: "columns", viewBox: `0 0 ${WIDTH} ${HEIGHT}`, role: "img", "aria-label": words.label });
  for (let m = 0; m <= top; m += step) {
    picture.append(svg("line", { class: "grid", x1: LEFT, y1: y(m), x2: WIDTH - RIGHT, y2: y(m) }),
      svg("text", { class: "tick", x: LEFT - 6, y: y(m) + 4, "text-anchor": "end" }, String(m)));
  }
  picture.append(svg("text", { class: "tick", x: LEFT, y: 10 }, words.unit));
  columns.forEach((c, i) => picture.append(...column(c, i, columns.length, y)));
  picture.append(svg("line", { class: "target", x1: LEFT, y1: y(TARGET), x2: WIDTH - RIGHT, y2: y(TARGET) }),
    svg("text", { class: "tick target-name", x: WIDTH - RIGHT, y: y(TARGET) - 5, "text-anchor": "end" }, words.target));
  return picture;
}

function column(c, i, n, y) {
  const slot = Math.min(72, (WIDTH - LEFT - RIGHT - 8) / n);
  const wide = Math.max(2, slot * 0.6);
  const x = LEFT + 6 + i * slot + (slot - wide) / 2;
  const parts = [svg("rect", { class: "value", x: x, y: y(c.mean), width: wide, height: Math.max(0, y(0) - y(c.mean)), rx: Math.min(2, wide / 4), "data-over": String(c.mean > TARGET) },
    svg("title", {}, c.title)),
  svg("line", { class: "p90", x1: x - 1, y1: y(c.p90), x2: x + wide + 1, y2: y(c.p90) })];
  const every = Math.ceil(n / Math.floor((WIDTH - LEFT) / 52)); // A label takes about 50 units.
  if ((n - 1 - i) % every === 0) {
    parts.push(svg("text", { class: "tick", x: Math.min(x + wide / 2, WIDTH - 18), y: HEIGHT - 8, "text-anchor": "middle" }, c.label));
  }
  return parts;
}
