/**
 * The section of notices: what the TVs show while nobody is called, in this order; and the fields of a
 * service's published procedure, which they show as well.
 * @module
 */

import { el } from "../lib/dom.js";
import { draft } from "./draft.js";
import { areaField, textField } from "./fields.js";
import { drawList } from "./lists.js";
import { photoOf, pictureField } from "./picture.js";
import { t } from "./words.js";

/** What a setup takes in one language. */
const MOST_LINES = 12;

/** The notices whose texts are shown, also when the list is drawn anew. */
const unfolded = new WeakSet();

/** Draws the section. */
export function drawNotices() {
  drawList("notices", draft.setup.notices, {
    hint: t("noticesHint"), add: t("addNotice"),
    heads: [t("noticeTitleVi"), t("noticeTitleEn"), t("noticeFrom"), t("noticeUntil"), t("order")],
    nameOf: (n) => n.title.vi,
    make: () => {
      const notice = { title: { vi: "", en: "" }, lines: { vi: [], en: [] }, picture: "", from: "", until: "" };
      unfolded.add(notice);
      return notice;
    },
    row: (n, at) => [
      textField({ field: at + ".title.vi", label: t("noticeTitleVi"), hideLabel: true }, n.title.vi, (v) => { n.title.vi = v; }),
      textField({ field: at + ".title.en", label: t("noticeTitleEn"), hideLabel: true }, n.title.en, (v) => { n.title.en = v; }),
      textField({ field: at + ".from", label: t("noticeFrom"), hideLabel: true, props: { type: "date" } }, n.from, (v) => { n.from = v; }),
      textField({ field: at + ".until", label: t("noticeUntil"), hideLabel: true, props: { type: "date" } }, n.until, (v) => { n.until = v; }),
    ],
    more: textsOfNotice,
  });
}

/** The fold with a notice's texts and its picture. */
function textsOfNotice(notice, at) {
  const fold = /** @type {HTMLDetailsElement} */ (el("details", { class: "more" }, el("summary", {}, t("noticeTexts")),
    el("div", { class: "more-body" },
      linesField(at + ".lines.vi", t("linesVi"), t("linesHint"), notice.lines, "vi"),
      linesField(at + ".lines.en", t("linesEn"), t("linesEnHint"), notice.lines, "en"),
      pictureField({ field: at + ".picture", label: t("noticePicture"), hint: t("noticePictureHint"), remove: t("noticePictureRemove"), type: "image/jpeg", make: photoOf },
        notice.picture, (picture) => { notice.picture = picture; }))));
  fold.open = unfolded.has(notice);
  fold.addEventListener("toggle", () => (fold.open ? unfolded.add(notice) : unfolded.delete(notice)));
  return fold;
}

/** A box of text, a paragraph a line. changed is told after each change. */
function linesField(field, label, hint, lines, lang, changed = () => {}) {
  return areaField({ field: field, label: label, hint: hint, props: { rows: 5 } }, lines[lang].join("\n"), (text) => {
    lines[lang] = text.split("\n").map((line) => line.trim()).filter(Boolean);
    changed();
  });
}

/**
 * What is published about a service: papers, time limit, fee.
 * @param {any} service
 * @param {string} at  its path, services[2]
 * @param {() => void} changed  told after each change
 * @returns {HTMLElement}
 */
export function procedurePart(service, at, changed) {
  const p = service.procedure;
  const line = (part, lang) => textField({ field: `${at}.procedure.${part}.${lang}`, label: t(part + "_" + lang) }, p[part][lang], (v) => {
    p[part][lang] = v;
    changed();
  });
  return el("fieldset", { class: "procedure field" }, el("legend", {}, t("procedure")), el("p", { class: "hint" }, t("procedureHint")),
    el("div", { class: "halves" },
      linesField(at + ".procedure.papers.vi", t("papersVi"), t("papersHint", { n: MOST_LINES }), p.papers, "vi", changed),
      linesField(at + ".procedure.papers.en", t("papersEn"), t("linesEnHint"), p.papers, "en", changed),
      line("time", "vi"), line("time", "en"), line("fee", "vi"), line("fee", "en")));
}
