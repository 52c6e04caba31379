/**
 * The paired displays in the section of the devices: whose calls each shows, and how it is. Kept up to date
 * while the page is open, for a lost one is told above every section.
 * @module
 */

import { $, el, fill, setText, show } from "../lib/dom.js";
import { get, put } from "../lib/api.js";
import { lang } from "../lib/texts.js";
import { clockText } from "../lib/format.js";
import { openDialog } from "../staff/dialog.js";
import { lostTexts } from "../staff/displays.js";
import { draft } from "./draft.js";
import { t } from "./words.js";

/** @typedef {import("../staff/displays.js").Display} Display */

const LOOK_MS = 5000;

/** @type {Display[]} */
let displays = [];
let others = 0;
let timer = 0;
let told = "";

/**
 * Looks after the displays from now on.
 * @param {() => {zone: string}|null} page  the hall's time zone while somebody is signed in
 * @param {() => void} paired  told when one has been paired, or is paired no more
 */
export function watchDisplays(page, paired) {
  clearInterval(timer);
  const look = async () => {
    const now = page();
    if (!now) return show($("#display-lost"), false);
    try {
      const answer = await get("/api/displays");
      const before = ids();
      displays = answer.paired;
      others = answer.others;
      drawDisplays();
      if (ids() !== before) paired();
    } catch (err) {
      return; // The page's own requests tell of a lost connection.
    }
    const lost = lostTexts(t, displays, now.zone).join(" ");
    setText($("#display-lost"), lost);
    show($("#display-lost"), Boolean(lost));
  };
  timer = setInterval(look, LOOK_MS);
  look();
}

const ids = () => displays.map((d) => d.id).join(" ");

/** Draws the table into #display-list, where the section is drawn, when there is news. */
export function drawDisplays() {
  const place = /** @type {HTMLElement|null} */ (document.querySelector("#display-list"));
  if (!place || !draft.setup) return;
  const news = JSON.stringify([displays, others, draft.setup.counters, t("displays")]);
  if (news === told && place.children.length) return;
  told = news;
  const focused = document.activeElement && place.contains(document.activeElement) && /** @type {HTMLElement} */ (document.activeElement).dataset.zone;
  const rest = others ? [el("p", { class: "soft", id: "display-others" }, t("displayOthers", { n: others }))] : [];
  fill(place, displays.length ? table() : el("p", { class: "soft" }, t("displaysNone")), ...rest);
  const same = focused && place.querySelector('[data-zone="' + focused + '"]');
  if (same) /** @type {HTMLElement} */ (same).focus();
}

function table() {
  const heads = ["deviceName", "displayZone", "displayState", "displayBehind", "displaySound"];
  return el("table", { class: "table" },
    el("thead", {}, el("tr", {}, ...heads.map((key) => el("th", { scope: "col", class: key === "displayBehind" && "num" }, t(key))))),
    el("tbody", {}, ...displays.map(row)));
}

/** @param {Display} d */
function row(d) {
  const dull = d.connected ? d.sound : "none";
  return el("tr", { "data-display": d.id, "data-lost": d.lost, "data-connected": String(d.connected), "data-sound": d.sound },
    el("th", { scope: "row" }, d.name),
    el("td", {}, el("button", { type: "button", class: "btn small", "data-tool": "zone", "data-zone": d.id, onclick: () => zoneDialog(d) },
      zoneText(d), el("span", { class: "visually-hidden" }, " – " + t("displayZoneOf", { name: d.name })))),
    el("td", {}, el("span", { class: "chip", "data-kind": d.lost ? "bad" : d.connected ? "ok" : "warn" }, stateText(d))),
    el("td", { class: "num" }, d.connected && d.behind !== null ? String(d.behind) : "–"),
    el("td", {}, dull === "none" ? "–" : t("displaySound_" + dull)));
}

/** @param {Display} d */
function stateText(d) {
  const zone = draft.setup.time_zone;
  if (d.lost) return t("displayLost_" + d.lost, { time: clockText(d.lost_since, zone) });
  if (d.connected) return t("displaySince", { time: clockText(d.since, zone) });
  return d.seen_at ? t("displaySeen", { time: clockText(d.seen_at, zone) }) : t("displayNever");
}

/** @param {{name: {vi: string, en?: string}}} c */
const counterName = (c) => (lang() === "en" && c.name.en) || c.name.vi;

/** @param {Display} d */
function zoneText(d) {
  const names = draft.setup.counters.filter((c) => d.counters.includes(c.id)).map(counterName);
  return names.length ? names.join(", ") : t("displayZoneAll");
}

/** Which counters' calls the display shows. It takes effect at once. @param {Display} d */
function zoneDialog(d) {
  const boxes = draft.setup.counters.filter((c) => c.id).map((c) => {
    const input = /** @type {HTMLInputElement} */ (el("input", { type: "checkbox", value: c.id, checked: d.counters.includes(c.id) }));
    return { input: input, label: el("label", { class: "check" }, input, counterName(c)) };
  });
  openDialog({
    name: "zone", title: t("displayZoneOf", { name: d.name }), confirm: t("displayZoneSave"), cancel: t("cancel"),
    body: [el("p", {}, t("displayZoneHint")), el("fieldset", { class: "checks" }, el("legend", { class: "visually-hidden" }, t("displayZone")), ...boxes.map((b) => b.label))],
    onConfirm: async () => {
      const counters = boxes.filter((b) => b.input.checked).map((b) => b.input.value);
      d.counters = (await put("/api/devices/" + encodeURIComponent(d.id), { counters: counters })).counters || [];
      drawDisplays();
    },
    onClose: () => {
      const button = document.querySelector('[data-zone="' + d.id + '"]');
      if (button) /** @type {HTMLElement} */ (button).focus();
    },
  });
}
