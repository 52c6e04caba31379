/**
 * The hall's own recordings: whose voice speaks, an archive that is handed in, checked and heard before it is
 * used, and the loudspeakers of the PC. It acts at once and is no part of the setup.
 * @module
 */

import { $, el, fill, icon, setText } from "../lib/dom.js";
import { get, put, del } from "../lib/api.js";
import { dateText } from "../lib/format.js";
import { openDialog } from "../staff/dialog.js";
import { draft } from "./draft.js";
import { hear } from "./voice.js";
import { t } from "./words.js";

/** @typedef {{name: string, english: boolean, clips: number, at: string}} Recordings */
/** @type {{own: Recordings|null, offered: Recordings|null, fault?: string, speakers: {name: string, spoken: number, counters?: string[], fault?: string}[]}|null} */
let now = null;

/** A large archive over a slow network. */
const UPLOAD_MS = 120000;

/** Faults that are written out; the rest is counted. */
const SHOWN = 12;

/** @type {{field: string, problem: string, detail: string}[]} */
let faults = [];

/** Draws the part of the section and asks how things stand. */
export async function drawRecordings() {
  if (now) draw();
  await change(() => get("/api/voice"));
}

async function change(ask) {
  try {
    now = await ask();
    faults = [];
    draw();
  } catch (err) {
    faults = err.faults || [];
    if (now) draw();
    setText($(now ? "#recordings-said" : "#hear-said"), faults.length ? t("recordingsBad", { n: faults.length }) : err.message);
  }
}

const button = (tool, sign, text, work, kind) => el("button", { type: "button", class: "btn " + (kind || ""), "data-tool": tool, onclick: work }, icon(sign), text);

function draw() {
  fill($("#recordings"), el("div", {},
    el("h2", {}, t("recordings")),
    el("p", { class: "soft" }, t("recordingsHint")),
    el("div", { class: "row" },
      el("p", { class: "whose", "data-own": String(Boolean(now.own)) }, el("strong", {}, now.own ? describe(now.own) : t("programVoice"))),
      now.own && button("remove-voice", "erase", t("removeVoice"), askRemove, "danger")),
    now.fault && el("p", { class: "banner", "data-kind": "bad" }, t("recordingsBroken")),
    el("div", { class: "row" },
      el("a", { class: "btn", href: "/api/voice/manifest.json", download: "manifest.json" }, icon("list"), t("manifest")),
      chooser()),
    el("p", { id: "recordings-said", class: "hint", role: "status" }),
    faults.length > 0 && el("ul", { class: "what", id: "recordings-faults" }, ...faults.slice(0, SHOWN).map((f) => el("li", {}, el("strong", {}, f.field.replace(/^clips\./, "")), ": " + t("recording_" + f.problem)))),
    now.offered && offered(),
    ...speakers()));
}

const describe = (r) => t(r.english ? "recordedBoth" : "recordedVi", { name: r.name || "?", n: r.clips, date: dateText(Date.parse(r.at), draft.setup.time_zone) });

/** A file that is handed in as soon as it is chosen. */
function chooser() {
  const input = /** @type {HTMLInputElement} */ (el("input", { type: "file", id: "recordings-file", accept: ".zip,application/zip", class: "visually-hidden", onchange: async () => {
    const file = input.files[0];
    if (!file) return;
    setText($("#recordings-said"), t("recordingsChecking"));
    await change(() => put("/api/voice/offered", new Blob([file], { type: "application/zip" }), { timeoutMs: UPLOAD_MS }));
    const news = document.querySelector("#offered, #recordings-faults");
    if (news) news.scrollIntoView({ block: "nearest" });
    input.value = "";
  } }));
  return el("span", { class: "crest-field" }, input, el("label", { for: "recordings-file", class: "btn" }, icon("plus"), t("chooseZip")));
}

function offered() {
  return el("div", { class: "card", id: "offered" },
    el("p", {}, el("strong", {}, describe(now.offered)), " " + t("offeredHint")),
    el("div", { class: "row" },
      button("hear-offered", "speaker", t("hear"), () => hear("offered")),
      button("use-offered", "check", t("useVoice"), () => change(() => put("/api/voice/own")), "primary"),
      button("refuse-offered", "cross", t("refuseVoice"), () => change(() => del("/api/voice/offered")))));
}

function askRemove() {
  openDialog({
    name: "remove-voice", title: t("removeVoiceTitle"), body: [el("p", {}, t("removeVoiceText"))], confirm: t("removeVoice"), kind: "danger", cancel: t("cancel"),
    onConfirm: () => change(() => del("/api/voice/own")),
  });
}

/** The PC's loudspeakers, where the installation has some. */
function speakers() {
  if (!now.speakers.length) return [];
  const line = (s) => el("li", { "data-speaker": s.name, "data-ok": String(!s.fault) },
    el("strong", {}, s.name), s.counters && s.counters.length ? " (" + t("counters") + " " + s.counters.join(", ") + ")" : "",
    ": ", s.fault ? t("speakerFault", { fault: s.fault }) : t("speakerFine", { n: s.spoken }));
  return [el("h2", {}, t("speakers")), el("ul", { class: "what" }, ...now.speakers.map(line))];
}
