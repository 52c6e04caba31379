/**
 * The page's charts, drawn by hand as SVG. The same figures stand beside or below them as text, so
 * the pictures are for the eye only.
 * @module
 */

import { minuteStep, svg } from "../lib/svg.js";

export { bar } from "../lib/svg.js";

/**
 * A dot on the line from 0 to 100, with the aim marked.
 * @param {number} percent
 * @param {number} aim
 * @param {"good"|"low"|"high"|"few"} how
 */
export function dot(percent, aim, how) {
  const x = (p) => 4 + (112 * p) / 100;
  return svg("svg", { class: "dot", viewBox: "0 0 120 20", preserveAspectRatio: "xMinYMid meet", "aria-hidden": "true", "data-how": how },
    svg("line", { class: "track", x1: 4, y1: 10, x2: 116, y2: 10 }),
    svg("line", { class: "aim", x1: x(aim), y1: 2, x2: x(aim), y2: 18 }),
    svg("circle", { class: "value", cx: x(percent), cy: 10, r: 5 }));
}

/**
 * A column for each day, with a tick where the best other way was.
 * @param {{label: string, title: string, ours: number, best: number|null, chosen: boolean}[]} days  oldest first, minutes
 * @param {{label: string, unit: string}} words
 */
export function columns(days, words) {
  const width = 560, height = 230, left = 34, bottom = 26, top = 14;
  const most = Math.max(1, ...days.map((d) => Math.max(d.ours, d.best || 0)));
  const step = minuteStep(most);
  const y = (minutes) => height - bottom - ((height - bottom - top) * minutes) / (Math.ceil(most / step) * step);
  const slot = Math.min(64, (width - left - 6) / days.length);
  const picture = svg("svg", { class: "columns", viewBox: `0 0 ${width} ${height}`, role: "img", "aria-label": words.label });
  for (let m = 0; m <= Math.ceil(most / step) * step; m += step) {
    picture.append(svg("line", { class: "grid", x1: left, y1: y(m), x2: width, y2: y(m) }),
      svg("text", { class: "tick", x: left - 6, y: y(m) + 4, "text-anchor": "end" }, String(m)));
  }
  picture.append(svg("text", { class: "tick", x: left + 4, y: top - 2 }, words.unit));
  const every = Math.ceil(days.length / 8);
  days.forEach((day, i) => {
    const x = left + 4 + i * slot;
    const wide = Math.max(3, slot * 0.62);
    picture.append(svg("rect", { class: "value", x: x, y: y(day.ours), width: wide, height: y(0) - y(day.ours), rx: 2, "data-chosen": String(day.chosen) },
      svg("title", {}, day.title)));
    if (day.best !== null) picture.append(svg("line", { class: "best", x1: x - 2, y1: y(day.best), x2: x + wide + 2, y2: y(day.best) }));
    if ((days.length - 1 - i) % every === 0) picture.append(svg("text", { class: "tick", x: Math.min(x + wide / 2, width - 18), y: height - 8, "text-anchor": "middle" }, day.label));
  });
  return picture;
}
