/**
 * The section of the papers: the office's own texts and its crest, and beside them the paper itself,
 * drawn by the server as the printer would print the draft.
 * @module
 */

import { $, el, fill, setText, show } from "../lib/dom.js";
import { post } from "../lib/api.js";
import { draft } from "./draft.js";
import { textField, checkField, faultText } from "./fields.js";
import { crestField } from "./crest.js";
import { dataURL } from "./picture.js";
import { box } from "./lists.js";
import { t } from "./words.js";

/** How long the typing has to pause before the paper is drawn anew. */
const PAUSE_MS = 250;

/** Which paper is looked at; it stays when the section is drawn anew. */
const look = { kind: "ticket", lang: "vi", width: "80", priority: false, booked: false, route: false, reprint: false };

let timer = 0;
let shown = ""; // what the picture shows: address and body of its request
let asked = 0;
let last = { src: "", width: "" }; // shown until there is a new one when the section is drawn anew

/** Draws the section. */
export function drawPaper() {
  const paper = draft.setup.paper;
  const text = (part, lang) => textField(
    { field: `paper.${part}.${lang}`, label: t(part + "_" + lang), hint: lang === "vi" ? t(part + "Hint") : t("paperEnHint"), props: { maxlength: 160 } },
    paper[part][lang], (v) => { paper[part][lang] = v; });
  fill(box("paper"), el("div", { class: "papers" },
    el("div", {},
      crestField(paper),
      text("head", "vi"), text("head", "en"), text("foot", "vi"), text("foot", "en"),
      checkField({ field: "paper.closing", label: t("closingByItself") }, paper.closing, (on) => { paper.closing = on; }),
      el("p", { class: "hint" }, t("closingHint"))),
    preview()));
  shown = "";
  previewSoon();
}

function preview() {
  return el("section", { class: "preview card", "aria-labelledby": "preview-title" },
    el("h2", { id: "preview-title", class: "visually-hidden" }, t("preview")),
    el("div", { class: "looks" },
      choices("kind", t("paperKind"), [["ticket", t("kind_ticket")], ["closing", t("kind_closing")], ["test", t("kind_test")]]),
      choices("lang", t("language"), [["vi", "Tiếng Việt"], ["en", "English"]]),
      choices("width", t("paperWidth"), [["80", "80 mm"], ["58", "58 mm"]])),
    el("div", { class: "marks", id: "preview-marks", hidden: look.kind !== "ticket" },
      ...["priority", "booked", "route", "reprint"].map(toggle)),
    el("div", { class: "paper-roll", tabindex: "0", role: "group", "aria-label": t("preview") },
      el("img", { id: "preview", alt: "", src: last.src || null, "data-width": last.width, "data-state": last.src ? "old" : "empty" })),
    el("p", { id: "preview-said", class: "hint", role: "status" }));
}

/** Buttons of which one is pressed. */
function choices(part, label, pairs) {
  const group = el("div", { class: "row", role: "group", "aria-label": label });
  fill(group, ...pairs.map(([value, text]) => el("button", {
    type: "button", class: "btn", "data-look": part + "-" + value, lang: part === "lang" ? value : null, "aria-pressed": String(look[part] === value),
    onclick: () => {
      look[part] = value;
      for (const button of group.children) button.setAttribute("aria-pressed", String(/** @type {HTMLElement} */ (button).dataset.look === part + "-" + value));
      show($("#preview-marks"), look.kind === "ticket");
      previewNow();
    },
  }, text)));
  return group;
}

function toggle(mark) {
  return el("label", { class: "check" }, el("input", {
    type: "checkbox", "data-mark": mark, checked: look[mark],
    onchange: (event) => {
      look[mark] = event.target.checked;
      previewNow();
    },
  }), t("mark_" + mark));
}

const visible = () => document.querySelector("#section-paper:not([hidden]) #preview");

/** Draws the paper when the typing pauses, if it would look different. */
export function previewSoon() {
  clearTimeout(timer);
  if (visible()) timer = setTimeout(previewNow, PAUSE_MS);
}

/** What the paper shows of the draft; the rest may be half typed. */
function draftPaper() {
  const s = draft.setup;
  return {
    name: s.name, time_zone: s.time_zone, phone: s.phone, paper: s.paper,
    services: s.services.map((service) => ({ id: service.id, name: service.name, prefix: service.prefix })),
  };
}

async function previewNow() {
  clearTimeout(timer);
  if (!visible() || !draft.setup) return;
  const flags = look.kind === "ticket" ? ["priority", "booked", "route", "reprint"].map((mark) => `&${mark}=${Number(look[mark])}`).join("") : "";
  const path = `/api/papers/preview?kind=${look.kind}&lang=${look.lang}&width=${look.width}${flags}`;
  const body = { seq: draft.seq, setup: draftPaper() };
  const wanted = path + JSON.stringify(body);
  if (wanted === shown) return;
  const turn = ++asked;
  const picture = /** @type {HTMLImageElement} */ ($("#preview"));
  if (last.src) picture.dataset.state = "old";
  try {
    const url = await dataURL(await post(path, body, { blob: true }));
    if (turn !== asked || !picture.isConnected) return;
    picture.src = url;
    await picture.decode();
    last = { src: url, width: look.width };
    Object.assign(picture.dataset, { state: "now", width: last.width });
    picture.alt = t("previewAlt", { kind: t("kind_" + look.kind) });
    shown = wanted;
    setText($("#preview-said"), t("previewLength", { mm: Math.round(picture.naturalHeight / 8) }));
  } catch (err) {
    if (turn !== asked || !picture.isConnected) return;
    setText($("#preview-said"), err.faults && err.faults.length ? t("previewFault", { fault: faultText(err.faults[0]) }) : err.message);
    if (err.retryAfter) timer = setTimeout(previewNow, err.retryAfter * 1000);
  }
}
