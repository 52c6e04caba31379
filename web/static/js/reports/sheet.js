/**
 * The printed report: what stands on the sheet beside the figures is filled in by hand, on the screen or with
 * a pen. Whatever view the page shows, the sheet is what it prints.
 * @module
 */

import { $, el, fill } from "../lib/dom.js";
import { lang } from "../lib/texts.js";
import { t } from "./words.js";
import { closing, letterhead } from "./letter.js";
import { partOne, partThree, partTwo } from "./parts.js";

const STORED = "layso.letterhead";

/** What the computer remembers: the same on every report. */
const LASTING = ["above", "place", "head"];

/** The fields in the order of the sheet. */
const FIELDS = ["above", "number", "place", "date", "author", "head", "remarks"];

/** @typedef {{above: string, number: string, place: string, date: string, author: string, head: string, remarks: string}} Letter */

/** The sheet and the form beside it. */
export class Sheet {
  constructor() {
    /** @type {Letter|null} */
    this.letter = null;
    this.shown = null;
    this.language = "";
  }

  /** What was written on it belongs to who is signed in. */
  forget() {
    this.letter = null;
    this.shown = null;
    fill($("#sheet"));
  }

  /**
   * @param {Object} report
   * @param {import("./spans.js").Span} span
   * @param {boolean} running
   * @param {{hall: any, me: any}} frame
   */
  draw(report, span, running, frame) {
    if (!this.letter || this.language !== lang()) this.drawForm(frame);
    this.shown = [report, span, running, frame.hall];
    this.drawSheet();
  }

  /** @private */
  drawForm(frame) {
    this.letter = this.letter || Object.assign(
      { above: "", number: "", place: "", date: frame.hall.now.slice(0, 10), author: frame.me.name, head: "", remarks: "" }, stored());
    this.language = lang();
    fill($("#letter-fields"), ...FIELDS.map((name) => this.field(name)));
  }

  /** @private */
  field(name) {
    const id = "letter-" + name;
    const input = /** @type {HTMLInputElement} */ (name === "remarks" ? el("textarea", { id: id, rows: 5, maxlength: 2000 })
      : el("input", { id: id, type: name === "date" ? "date" : "text", maxlength: 120, autocomplete: "off" }));
    input.value = this.letter[name];
    input.addEventListener("input", () => {
      this.letter[name] = input.value;
      if (LASTING.includes(name)) store(this.letter);
      this.drawSheet();
    });
    return el("div", { class: "field" }, el("label", { for: id }, t("letter_" + name)), input);
  }

  /** @private */
  drawSheet() {
    const [report, span, running, hall] = this.shown;
    const numbered = counter();
    fill($("#sheet"), ...letterhead(this.letter, hall, span, running),
      ...partOne(report, running, numbered),
      ...(report.total.taken ? [...partTwo(report, span, numbered), ...partThree(report, numbered)] : []),
      ...closing(this.letter, hall, report.total.taken ? "IV" : "II"));
  }
}

/** Numbers the tables of one sheet. */
function counter() {
  let n = 0;
  return (caption) => t("tableNo", { n: ++n, caption: caption });
}

function stored() {
  try {
    const found = JSON.parse(localStorage.getItem(STORED) || "{}");
    return Object.fromEntries(LASTING.filter((name) => typeof found[name] === "string").map((name) => [name, found[name]]));
  } catch (err) {
    return {}; // Storage is blocked, or holds something else: the fields start empty.
  }
}

function store(letter) {
  try {
    localStorage.setItem(STORED, JSON.stringify(Object.fromEntries(LASTING.map((name) => [name, letter[name]]))));
  } catch (err) {
    // The fields then have to be filled in each time.
  }
}
