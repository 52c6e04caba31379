/**
 * One line for what the clerk cannot see otherwise: no connection, a printer's fault.
 * @module
 */

import { $, fill, icon, show } from "../lib/dom.js";
import { state } from "./store.js";
import { t } from "./words.js";

/** Draws the banner, or hides it. */
export function drawBanner() {
  const lost = state.connection === "lost";
  const faults = state.printers.filter((p) => !p.ok || p.fault);
  const parts = faults.map(printerText);
  if (lost) parts.unshift(t("lost"));
  const box = $("#banner");
  const text = parts.join("  ·  ");
  show(box, parts.length > 0);
  box.dataset.kind = lost || faults.some((p) => !p.ok) ? "bad" : "warn";
  if (box.dataset.shown !== text) fill(box, icon(lost ? "plug" : "printer"), text); // Only news is spoken.
  box.dataset.shown = text;
}

function printerText(printer) {
  const codes = ["paper_out", "paper_low", "cover_open", "offline", "cutter", "error"];
  const fault = printer.fault === "unreachable" ? "unreachable_printer" : codes.includes(printer.fault) ? printer.fault : "error";
  const text = t("printerFault", { name: printer.name, fault: t(fault) });
  return printer.queued > 0 ? text + " (" + t("printerQueued", { n: printer.queued }) + ")" : text;
}
