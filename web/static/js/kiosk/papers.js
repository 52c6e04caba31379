/**
 * What the hall publishes about a service: the papers to bring, how long it takes, what it costs. A
 * tile leads to it, and it leads on to the number.
 * @module
 */

import { $, $$, el, fill, setText, show } from "../lib/dom.js";
import { lang, nameOf } from "../lib/texts.js";
import { get } from "../lib/api.js";
import { closedText } from "./closed.js";
import { pageOf } from "./large.js";
import { changed, state } from "./state.js";
import { t } from "./words.js";

/** @typedef {{service: string, lang: string, lines: string[], time: string, fee: string}} Procedure */

/** @type {Procedure[]} */
let procedures = [];

/** Asks what is published now. Without an answer what was known stays: it is asked again at the next news. */
export async function fetchProcedures() {
  try {
    procedures = (await get("/api/notices")).pages.filter((page) => page.kind === "procedure");
  } catch (err) {
    return;
  }
  changed();
}

/** @param {string} id  of a service @returns {Procedure|undefined} in the language of the moment, else in Vietnamese */
export function procedureOf(id) {
  const own = procedures.filter((p) => p.service === id);
  return own.find((p) => p.lang === lang()) || own[0];
}

/** Shows the sheet. @param {Object} service  as GET /api/hall gives it */
export function renderSheet(service) {
  const procedure = procedureOf(service.id);
  setText($("#papers-title"), nameOf(service));
  write(procedure);
  const go = /** @type {HTMLButtonElement} */ ($("#papers-go"));
  go.disabled = !service.open;
  const shut = service.open ? { why: "", again: "" } : closedText(service);
  setText($("#papers-why"), [shut.why, shut.again].filter(Boolean).join(". "));
  show($("#papers-why"), !service.open);
  turnPages();
}

/** Writes the lines where they are not those that stand there. */
function write(procedure) {
  const body = $("#papers-body");
  const key = JSON.stringify([lang(), procedure]);
  if (body.dataset.key === key) return;
  body.dataset.key = key;
  const term = (name, text) => text && el("div", { class: "part term" }, el("h2", {}, t(name)), el("p", {}, text));
  const papers = procedure.lines.map((line, i) => el("li", { class: "part" }, el("span", { class: "order", "aria-hidden": "true" }, String(i + 1)), el("span", {}, line)));
  fill(body, ...[
    papers.length > 0 && el("h2", { class: "part" }, t("papersList")), papers.length > 0 && el("ol", {}, ...papers),
    term("papersTime", procedure.time), term("papersFee", procedure.fee),
  ].filter(Boolean));
  body.lang = procedure.lang;
}

/** What does not fit comes page by page. */
function turnPages() {
  const parts = $$("#papers-body .part");
  for (const part of parts) show(part, true);
  show($("#papers-more"), false);
  let pages = split(parts);
  if (pages.length > 1) {
    show($("#papers-more"), true); // It needs room, too.
    pages = split(parts);
  }
  const page = pageOf("papers", pages.length);
  for (const part of parts) show(part, pages[page].includes(part));
}

/** Groups the parts so that each group fits into the sheet. */
function split(parts) {
  const room = $("#papers-body").clientHeight;
  const pages = [[]];
  let top = 0;
  for (const part of parts) {
    const { offsetTop, offsetHeight } = part;
    const page = pages[pages.length - 1];
    const heading = page.length === 1 && page[0].matches("h2"); // It stays with what it is the heading of.
    if (!page.length) top = offsetTop;
    if (!page.length || heading || offsetTop + offsetHeight - top <= room) {
      page.push(part);
    } else {
      pages.push([part]);
      top = offsetTop;
    }
  }
  return pages;
}
