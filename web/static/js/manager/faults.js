/**
 * One line for what is broken: no connection, a printer, a display or a kiosk that needs somebody. The most urgent
 * one says what to do, the others are named behind it; when all is well there is no line.
 * @module
 */

import { $, fill, icon, setText, show } from "../lib/dom.js";
import { clockText } from "../lib/format.js";
import { lostTexts } from "../staff/displays.js";
import { byUrgency, shortText, troubleText } from "../staff/printers.js";
import { state } from "./state.js";
import { t } from "./words.js";

/** Draws the line, or hides it. */
export function drawFaults() {
  const zone = state.hall && state.hall.time_zone;
  const lost = state.connection === "lost" && state.lostAt > 0;
  const printers = byUrgency(state.printers);
  const parts = printers.map((p, i) => (i === 0 && !lost ? troubleText(t, p) : shortText(t, p)));
  if (lost) parts.unshift(t("lost", { time: clockText(state.lostAt, zone) }));
  parts.push(...lostTexts(t, state.displays, zone), ...kioskTexts());
  const box = $("#faults");
  show(box, parts.length > 0);
  box.dataset.kind = lost || printers.some((p) => !p.ok && !p.stand_in) ? "bad" : "warn";
  const sign = lost ? "plug" : printers.length ? "printer" : "screen";
  if (box.dataset.sign !== sign) fill($("#faults-sign"), icon(sign));
  box.dataset.sign = sign;
  setText($("#faults-text"), parts.join(" "));
}

/** Kiosks that are away while the hall gives numbers. */
const kioskTexts = () => (state.hall && state.hall.open ? state.kiosks.filter((k) => !k.connected).map((k) => t("kioskGone", { name: k.name })) : []);
