/**
 * The choice of the span: its kind, the one before and after, and days by hand.
 * @module
 */

import { $, $$, setAttr, setText, show } from "../lib/dom.js";
import { isDay, spanOf, step } from "./spans.js";
import { spanName } from "./names.js";

/** @typedef {import("./spans.js").Span} Span */

/** @returns {HTMLInputElement} */
const field = (id) => /** @type {HTMLInputElement} */ ($(id));

/** A day of the span to keep when another kind is chosen: today where it is in it. */
function anchor(span, today) {
  return span.from <= today && today <= span.to ? today : span.to;
}

/**
 * @param {{span: () => Span, today: () => string, choose: (span: Span) => void}} page
 * @returns {{draw: () => void}}
 */
export function periodControl(page) {
  for (const button of $$("[data-span]")) button.addEventListener("click", () => page.choose(ofKind(button.dataset.span)));
  $("#earlier").addEventListener("click", () => page.choose(step(page.span(), -1)));
  $("#later").addEventListener("click", () => page.choose(step(page.span(), 1)));
  $("#jump").addEventListener("change", () => {
    const day = field("#jump").value;
    const kind = page.span().kind;
    if (isDay(day)) page.choose(spanOf(kind === "today" ? "day" : kind, day));
  });
  for (const id of ["#from", "#to"]) $(id).addEventListener("change", () => ownSpan(id));

  function ofKind(kind) {
    const span = page.span();
    if (kind === "free") return { kind: "free", from: span.from, to: span.to };
    return spanOf(kind, kind === "today" ? page.today() : anchor(span, page.today()));
  }

  /** A half-typed day changes nothing; one beyond the other end takes that end along. */
  function ownSpan(id) {
    let [from, to] = [field("#from").value, field("#to").value];
    if (!isDay(from) || !isDay(to)) return;
    if (from > to) [from, to] = id === "#from" ? [from, from] : [to, to];
    page.choose({ kind: "free", from: from, to: to });
  }

  function draw() {
    const span = page.span();
    for (const button of $$("[data-span]")) setAttr(button, "aria-pressed", String(button.dataset.span === span.kind));
    setText($("#span-name"), spanName(span));
    setAttr($("#later"), "disabled", span.to >= page.today());
    show($("#own"), span.kind === "free");
    show($("#one"), span.kind !== "free");
    put("#jump", anchor(span, page.today()));
    put("#from", span.from);
    put("#to", span.to);
  }

  /** A field that is being typed into keeps what it holds. */
  function put(id, day) {
    if (document.activeElement !== field(id)) field(id).value = day;
  }

  return { draw: draw };
}
