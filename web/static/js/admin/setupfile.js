/**
 * The hall as a file: downloaded, and imported with a look at what it would change.
 * @module
 */

import { $, el, fill, icon, setText } from "../lib/dom.js";
import { post } from "../lib/api.js";
import { labelled } from "../staff/dialog.js";
import { told } from "./differences.js";
import { dirty } from "./draft.js";
import { faultText } from "./fields.js";
import { t } from "./words.js";

/** Faults that are written out; the rest is counted. */
const SHOWN = 12;

/** @type {(text: string) => Promise<void>} */
let changed = async () => {};

/** Draws the part of the section. @param {(text: string) => Promise<void>} onChange the hall is another one, and what to say */
export function drawFile(onChange) {
  changed = onChange;
  const input = /** @type {HTMLInputElement} */ (el("input", { type: "file", id: "hall-file", accept: ".yaml,.yml,application/yaml", class: "visually-hidden", onchange: async () => {
    const file = input.files[0];
    if (file) await look(new Blob([file], { type: "application/yaml" }));
    input.value = "";
  } }));
  fill($("#setup-file"),
    el("h2", {}, t("fileTitle")), el("p", { class: "soft" }, t("fileHint")),
    el("div", { class: "row" },
      el("a", { class: "btn", href: "/api/setup.yaml", download: true }, icon("lower"), t("fileGet")),
      el("span", { class: "crest-field" }, input, el("label", { for: "hall-file", class: "btn" }, icon("raise"), t("filePut")))),
    el("p", { id: "file-said", class: "outcome", role: "status" }), el("div", { id: "file-look" }));
}

function said(text, kind) {
  const line = $("#file-said");
  line.dataset.kind = kind;
  setText(line, text);
}

/** @param {Blob} file */
async function look(file) {
  fill($("#file-look"));
  if (dirty()) return said(t("changeUnsaved"), "bad");
  said(t("fileReading"), "ok");
  try {
    const found = await post("/api/setup.yaml?check=true", file);
    said(found.differences.length ? "" : t("fileSame"), "ok");
    if (found.differences.length) offer(file, found);
  } catch (err) {
    refused(err);
  }
}

function refused(err) {
  const faults = err.faults || [];
  said(faults.length ? t("fileBad", { n: faults.length }) : err.message, "bad");
  fill($("#file-look"), el("ul", { class: "what", id: "file-faults" }, ...faults.slice(0, SHOWN).map((f) => el("li", {},
    f.line ? el("strong", {}, t("fileLine", { n: f.line }) + ": ") : "", f.field ? f.field + ": " : "", faultText(f))),
    faults.length > SHOWN && el("li", {}, t("fileMore", { n: faults.length - SHOWN }))));
}

function offer(file, found) {
  const reason = /** @type {HTMLInputElement} */ (el("input", { id: "file-reason", type: "text", maxlength: 200, autocomplete: "off" }));
  const take = el("button", { type: "button", class: "btn primary", "data-tool": "import", onclick: async () => {
    if (take.getAttribute("aria-busy") === "true") return;
    take.setAttribute("aria-busy", "true");
    try {
      await post("/api/setup.yaml?seq=" + found.seq + "&reason=" + encodeURIComponent(reason.value.trim()), file);
      fill($("#file-look"));
      await changed(t("fileTaken"));
    } catch (err) {
      refused(err);
    } finally {
      take.removeAttribute("aria-busy");
    }
  } }, icon("check"), t("fileTake"));
  fill($("#file-look"), el("div", { class: "card", id: "file-offer" },
    el("p", {}, el("strong", {}, t("fileTakes", { n: found.differences.length }))),
    el("ul", { class: "what long" }, ...found.differences.map((d) => el("li", {}, ...told(d)))),
    labelled(t("reasonOptional"), reason),
    el("div", { class: "row" }, take, el("button", { type: "button", class: "btn", "data-tool": "import-no", onclick: () => { fill($("#file-look")); said("", "ok"); } }, t("cancel")))));
  $("#file-offer").scrollIntoView({ block: "nearest" });
}
