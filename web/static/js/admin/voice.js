/**
 * The section of the voice: how calls are spoken, which is part of the setup and can be heard before it is
 * saved, and the hall's own recordings, which are not.
 * @module
 */

import { $, el, fill, icon, setText } from "../lib/dom.js";
import { post } from "../lib/api.js";
import { draft } from "./draft.js";
import { checkField, choiceField, faultText } from "./fields.js";
import { box } from "./lists.js";
import { drawRecordings } from "./recordings.js";
import { t } from "./words.js";

/** What is called when somebody listens; it stays when the section is drawn anew. */
const call = { number: "A007", counter: "3", lang: "vi" };

let url = "";

/** Draws the section. */
export function drawVoice() {
  const voice = draft.setup.voice;
  const flag = (name) => checkField({ field: "voice." + name, label: t("voice_" + name) }, voice[name], (on) => { voice[name] = on; });
  const either = (name) => choiceField({ field: "voice." + name, label: t("voice_" + name), hint: name === "once" ? t("onceHint") : "" },
    [["no", t(`voice_${name}_no`)], ["yes", t(`voice_${name}_yes`)]], voice[name] ? "yes" : "no", (v) => { voice[name] = v === "yes"; });
  fill(box("voice"),
    el("div", { class: "papers" },
      el("div", {},
        el("p", { class: "soft" }, t("voiceHint")),
        flag("off"),
        el("div", { class: "two" }, either("once"), either("whole"), either("linh"), either("ngan"),
          choiceField({ field: "voice.chime", label: t("voice_chime") }, ["", "soft", "off"].map((v) => [v, t("chime_" + (v || "normal"))]), voice.chime, (v) => { voice.chime = v; })),
        flag("vietnamese_only")),
      listening()),
    el("div", { id: "recordings" }));
  drawRecordings();
}

/** A call to be heard with what stands in the form. */
function listening() {
  const part = (name, label, length) => {
    const input = /** @type {HTMLInputElement} */ (el("input", { type: "text", id: "hear-" + name, maxlength: length, autocomplete: "off", spellcheck: "false" }));
    input.value = call[name];
    input.addEventListener("input", () => { call[name] = input.value.trim().toUpperCase(); });
    return el("div", { class: "field" }, el("label", { for: input.id }, label), input);
  };
  const lang = /** @type {HTMLSelectElement} */ (el("select", { id: "hear-lang" }, el("option", { value: "vi", lang: "vi" }, "Tiếng Việt"), el("option", { value: "en", lang: "en" }, "English")));
  lang.value = call.lang;
  lang.addEventListener("change", () => { call.lang = lang.value; });
  return el("section", { class: "hear card", "aria-labelledby": "hear-title" },
    el("h2", { id: "hear-title" }, t("hearTitle")),
    el("div", { class: "hear-fields" }, part("number", t("hearNumber"), 8), part("counter", t("hearCounter"), 4),
      el("div", { class: "field" }, el("label", { for: "hear-lang" }, t("hearLang")), lang)),
    el("button", { type: "button", class: "btn primary", "data-hear": "used", onclick: () => hear("used") }, icon("speaker"), t("hear")),
    el("audio", { id: "hear-audio", controls: true, hidden: !url, src: url || null }),
    el("p", { id: "hear-said", class: "hint", role: "status" }));
}

/**
 * Speaks the call with the settings of the form, saved or not.
 * @param {"used"|"program"|"offered"} voice whose voice
 */
export async function hear(voice) {
  const audio = /** @type {HTMLAudioElement} */ ($("#hear-audio"));
  setText($("#hear-said"), "");
  try {
    const body = { number: call.number, counter: call.counter, lang: call.lang, voice: draft.setup.voice, with: voice };
    const sound = await post("/api/voice/preview", body, { blob: true });
    if (url) URL.revokeObjectURL(url);
    url = URL.createObjectURL(sound);
    Object.assign(audio, { hidden: false, src: url });
    audio.dataset.with = voice;
    await audio.play();
  } catch (err) {
    const field = err.problem && ["number", "counter"].includes(err.problem.field) ? t("hearFault_" + err.problem.field) : "";
    setText($("#hear-said"), field || (err.faults && err.faults.length ? faultText(err.faults[0]) : err.message));
  }
}
