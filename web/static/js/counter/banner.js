/**
 * One line for what the clerk cannot see otherwise: no connection, a printer or a display that needs somebody. The
 * most urgent one says what to do, the others are named behind it, and a button tells what to do about each; when all
 * is well there is no line.
 * @module
 */

import { $, el, fill, icon, setText, show } from "../lib/dom.js";
import { lostTexts } from "../staff/displays.js";
import { openDialog } from "../staff/dialog.js";
import { byUrgency, needsPaper, paperDialog, shortText, troubleText } from "../staff/printers.js";
import { state, notice } from "./store.js";
import { t } from "./words.js";

/** Draws the banner, or hides it. */
export function drawBanner() {
  const lost = state.connection === "lost";
  const printers = byUrgency(state.printers);
  const parts = printers.map((p, i) => (i === 0 && !lost ? troubleText(t, p) : shortText(t, p)));
  const dark = lostTexts(t, state.displays, state.hall.time_zone);
  parts.push(...dark);
  if (lost) parts.unshift(t("lost"));
  const box = $("#banner");
  show(box, parts.length > 0);
  box.dataset.kind = lost || printers.some((p) => !p.ok && !p.stand_in) ? "bad" : "warn";
  const sign = lost ? "plug" : printers.length ? "printer" : "screen";
  if (box.dataset.sign !== sign) fill($("#banner-sign"), icon(sign));
  box.dataset.sign = sign;
  setText($("#banner-text"), parts.join(" ")); // Only news is spoken.
  const all = faults();
  const how = $("#banner-how");
  const text = $("#banner-text");
  show(how, all.length > 1 || (all.length > 0 && text.scrollWidth > text.clientWidth));
  setText(how, all.length > 1 ? t("faultsMore", { n: all.length - 1 }) : t("faultsHow"));
  const paper = $("#banner-paper");
  show(paper, !lost && printers.some(needsPaper));
  setText(paper, t("paperChanged"));
}

/** Every fault as a sentence with what to do, the most urgent one first. */
const faults = () => byUrgency(state.printers).map((p) => ["printer", troubleText(t, p)])
  .concat(lostTexts(t, state.displays, state.hall.time_zone).map((text) => ["screen", text]));

function faultsDialog() {
  openDialog({
    name: "faults", title: t("faultsTitle"), cancel: t("close"),
    body: [el("ul", { class: "faults" }, ...faults().map(([sign, text]) => el("li", {}, icon(sign), el("span", {}, text))))],
  });
}

/** Lets the banner's buttons note a new roll and tell all faults. */
export function listenBanner() {
  $("#banner-how").addEventListener("click", faultsDialog);
  $("#banner-paper").addEventListener("click", () => {
    const printers = byUrgency(state.printers).filter(needsPaper);
    if (printers.length) paperDialog(t, printers, (text) => notice(text()));
  });
}
