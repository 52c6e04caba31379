/**
 * Draws the rows of the morning check. Rows are kept and updated: the focus may be on a button of one.
 * @module
 */

import { $, el, fill, icon, setText, show } from "../lib/dom.js";
import { paperDialog, printTest, stillSo } from "../staff/printers.js";
import { chime } from "./sound.js";
import { titles } from "./judge.js";
import { t } from "./words.js";

const SIGNS = { ok: "check", warn: "warning", bad: "cross" };

/**
 * @typedef {Object} Page
 * @property {() => Promise<void>} look    asks the server at once
 * @property {(answer: "yes"|"no"|"blocked") => void} heard
 */

/** What the last test slip of each printer came to, by its row. @type {Object<string, import("../staff/printers.js").Outcome>} */
const tests = {};

/** @param {import("./judge.js").Row[]} rows @param {Page} page */
export function drawRows(rows, page) {
  const box = $("#rows");
  const before = new Map(Array.from(box.children).map((li) => [/** @type {HTMLElement} */ (li).dataset.row, li]));
  rows.forEach((row, i) => {
    const li = /** @type {HTMLElement} */ (before.get(row.id) || make(row, page));
    before.delete(row.id);
    if (box.children[i] !== li) box.insertBefore(li, box.children[i] || null);
    update(li, row);
  });
  for (const gone of before.values()) gone.remove();
  verdict(rows);
}

function verdict(rows) {
  const bad = titles(rows, "bad");
  const warn = titles(rows, "warn");
  const level = bad ? "bad" : warn ? "warn" : "ok";
  const box = $("#verdict");
  if (box.dataset.level !== level) fill($("#verdict-sign"), icon(SIGNS[level]));
  box.dataset.level = level;
  setText($("#verdict-text"), bad ? t("someBad", { list: bad }) : warn ? t("someWarn", { list: warn }) : t("allFine"));
  setText($("#verdict-more"), bad && warn ? t("andWarn", { list: warn }) : "");
}

function make(row, page) {
  const li = el("li", { class: "card", "data-row": row.id, "aria-labelledby": "row-" + row.id },
    el("span", { class: "sign" }),
    el("div", { class: "text" },
      el("h2", { id: "row-" + row.id }, el("span", { class: "what" }, icon(row.icon), el("span", { class: "title" })), el("span", { class: "chip level" })),
      el("p", { class: "lines" }), el("p", { class: "todo", hidden: true }), el("p", { class: "outcome", role: "status", hidden: true })),
    el("div", { class: "tools" }));
  const tools = $(".tools", li);
  if (row.printer) tools.append(...printerTools(li, page));
  if (row.id === "sound") tools.append(...soundTools(li, page));
  return li;
}

function update(li, row) {
  if (li.dataset.level !== row.level) fill($(".sign", li), icon(SIGNS[row.level]));
  li.dataset.level = row.level;
  li.printer = row.printer;
  setText($(".title", li), row.title);
  const chip = $(".level", li);
  chip.dataset.kind = row.level;
  setText(chip, t("level_" + row.level));
  setText($(".lines", li), row.lines.join(" "));
  setText($(".todo", li), row.todo);
  show($(".todo", li), Boolean(row.todo));
  if (row.printer) drawTest(li);
  for (const button of li.querySelectorAll("[data-word]")) setText(button, t(/** @type {HTMLElement} */ (button).dataset.word));
}

/* ---- printers ---- */

function printerTools(li, page) {
  const button = (tool, word, work) => el("button", { type: "button", class: "btn", "data-tool": tool, onclick: work }, el("span", { "data-word": word }));
  const test = button("test", "testSlip", async () => {
    if (test.getAttribute("aria-busy") === "true") return;
    test.setAttribute("aria-busy", "true");
    say(li, t("testing"), "");
    tests[li.dataset.row] = await printTest(t, li.printer);
    test.removeAttribute("aria-busy");
    await page.look();
  });
  return [test, button("paper", "paperChanged", () => paperDialog(t, [li.printer], (text) => {
    tests[li.dataset.row] = { ok: true, text: text };
    page.look();
  }))];
}

function drawTest(li) {
  const last = tests[li.dataset.row];
  const busy = $('[data-tool="test"]', li).getAttribute("aria-busy") === "true";
  if (busy) return;
  if (stillSo(last, li.printer)) say(li, last.text(), last.ok ? "ok" : "bad");
  else say(li, "", "");
}

function say(li, text, kind) {
  const line = $(".outcome", li);
  line.dataset.kind = kind;
  setText(line, text);
  show(line, Boolean(text));
}

/* ---- sound ---- */

function soundTools(li, page) {
  const ask = el("span", { class: "ask", hidden: true }, el("strong", { "data-word": "soundAsk" }),
    el("button", { type: "button", class: "btn", "data-tool": "heard", onclick: () => answer("yes") }, el("span", { "data-word": "soundYes" })),
    el("button", { type: "button", class: "btn", "data-tool": "not-heard", onclick: () => answer("no") }, el("span", { "data-word": "soundNo" })));
  const word = el("span", { "data-word": "soundPlay" });
  const play = el("button", { type: "button", class: "btn", "data-tool": "play" }, word);
  const answer = (is) => {
    show(ask, false);
    play.focus();
    page.heard(is);
  };
  play.addEventListener("click", async () => {
    if (play.getAttribute("aria-busy") === "true") return;
    play.setAttribute("aria-busy", "true");
    const played = await chime();
    play.removeAttribute("aria-busy");
    word.dataset.word = "soundAgain";
    setText(word, t("soundAgain"));
    if (!played) return page.heard("blocked");
    show(ask, true);
    $('[data-tool="heard"]', ask).focus();
  });
  return [play, ask];
}
