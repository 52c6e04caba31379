/**
 * The devices section: codes that pair a kiosk, a display or a counter PC, and what is paired.
 * These take effect at once; they are no part of the setup.
 * @module
 */

import { $, el, fill, setText, show } from "../lib/dom.js";
import { get, post, put, del } from "../lib/api.js";
import { clockText, dayText } from "../lib/format.js";
import { openDialog } from "../staff/dialog.js";
import { deskChoice } from "./desks.js";
import { drawDisplays } from "./displays.js";
import { draft } from "./draft.js";
import { box } from "./lists.js";
import { lockButton, lockState } from "./lock.js";
import { t } from "./words.js";

/** While a code is out, the list is asked for this often to see the device come. */
const WATCH_MS = 3000;

const KINDS = ["kiosk", "display", "counter"];

/** @type {Object[]} */
let devices = [];
/** @type {import("../staff/printers.js").Printer[]} */
let printers = [];
/** @type {{code: string, name: string, until: number, before: number}|null} */
let code = null;
let watch = 0;

/** Draws the section and fetches the list. */
export async function drawDevices() {
  const form = codeForm();
  fill(box("devices"), form, el("div", { id: "code", class: "card code", role: "status", hidden: true }),
    el("h2", {}, t("displays")), el("div", { id: "display-list" }),
    el("h2", {}, t("pairedList")), el("p", { id: "device-said", class: "outcome", role: "status" }), el("div", { id: "device-list" }), el("p", { class: "soft" }, t("lockHint")));
  drawCode();
  drawDisplays();
  drawTable();
  await reload();
}

/** Fetches the list again, where the section is drawn. */
export function freshenDevices() {
  if (document.querySelector("#device-list")) reload();
}

async function reload() {
  try {
    [devices, printers] = await Promise.all([get("/api/devices"), get("/api/printers")]);
    drawTable();
  } catch (err) {
    fill($("#device-list"), el("p", { class: "banner", "data-kind": "bad" }, err.message));
  }
}

function codeForm() {
  const kind = /** @type {HTMLSelectElement} */ (el("select", { id: "device-kind" }, ...KINDS.map((k) => el("option", { value: k }, t("kind_" + k)))));
  const name = /** @type {HTMLInputElement} */ (el("input", { id: "device-name", type: "text", maxlength: 60, autocomplete: "off", "aria-describedby": "device-name-hint code-error" }));
  const error = el("p", { class: "error", id: "code-error", role: "alert", hidden: true });
  const form = el("form", { class: "code-form", id: "code-form", novalidate: true },
    el("div", { class: "field" }, el("label", { for: "device-kind" }, t("deviceKind")), kind),
    el("div", { class: "field" }, el("label", { for: "device-name" }, t("deviceName")), name,
      el("p", { class: "hint", id: "device-name-hint" }, t("deviceNameHint")), error),
    el("button", { type: "submit", class: "btn primary", "data-tool": "make-code" }, t("makeCode")));
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    const refuse = (text) => { setText(error, text); show(error, Boolean(text)); };
    if (!name.value.trim()) return void (refuse(t("deviceNameMissing")), name.focus());
    refuse("");
    try {
      const answer = await post("/api/devices/codes", { kind: kind.value, name: name.value.trim() });
      code = { code: answer.code, name: name.value.trim(), until: Date.parse(answer.expires_at), before: devices.length };
      name.value = "";
      drawCode();
    } catch (err) {
      refuse(err.message);
    }
  });
  return form;
}

function drawCode() {
  const panel = $("#code");
  show(panel, code !== null);
  clearInterval(watch);
  if (!code) return;
  const left = el("p", { class: "soft", "aria-live": "off" });
  panel.dataset.code = code.code;
  fill(panel, el("p", {}, t("codeFor", { name: code.name })), el("p", { class: "number" }, code.code),
    el("p", {}, t("codeHow", { url: location.origin + "/pair" })), left);
  const tick = () => {
    const seconds = Math.max(0, Math.round((code.until - Date.now()) / 1000));
    const text = Math.floor(seconds / 60) + ":" + String(seconds % 60).padStart(2, "0");
    setText(left, seconds ? t("codeLeft", { time: text }) : t("codeOver"));
    if (!seconds) clearInterval(watch);
    else if (seconds % (WATCH_MS / 1000) === 0) look();
  };
  watch = setInterval(tick, 1000);
  tick();
}

/** Has the device come that the code was made for? */
async function look() {
  await reload();
  if (!code || devices.length <= code.before) return;
  const name = code.name;
  code = null;
  clearInterval(watch);
  const panel = document.querySelector("#code");
  if (panel) fill(panel, el("p", { class: "banner", "data-kind": "ok" }, t("codeUsed", { name: name })));
}

function drawTable() {
  const place = document.querySelector("#device-list");
  if (!place) return;
  if (!devices.length) return fill(place, el("p", { class: "soft" }, t("noDevices")));
  const zone = draft.setup.time_zone;
  const rows = devices.map((d) => el("tr", { "data-device": d.id },
    el("th", { scope: "row", "data-own": true }, d.name), el("td", {}, t("kind_" + d.kind), d.kind === "counter" && el("div", {}, deskChoice(d)), lockState(d)),
    printers.length > 1 && el("td", {}, d.kind === "kiosk" ? printerChoice(d) : "–"),
    el("td", {}, d.paired_at ? clockText(d.paired_at, zone) + ", " + dayText(d.paired_at, zone) : "–"),
    el("td", { class: "num" }, d.kind === "kiosk" && lockButton(d, reload), " ", el("button", { type: "button", class: "btn danger small", "data-tool": "revoke", onclick: () => revoke(d) }, t("revoke"),
      el("span", { class: "visually-hidden", "data-own": true }, " " + d.name)))));
  fill(place, el("table", { class: "table" },
    el("thead", {}, el("tr", {}, ...["deviceName", "deviceKind", printers.length > 1 && "devicePrinter", "pairedAt"].filter(Boolean).map((key) => el("th", { scope: "col" }, t(key))), el("td", {}))),
    el("tbody", {}, ...rows)));
}

/** Where a kiosk's tickets come out. It takes effect at once. */
function printerChoice(device) {
  const pairs = printers.map((p, i) => [i ? p.name : "", i ? p.name : t("printerFirst", { name: p.name })]);
  const own = device.printer && device.printer !== printers[0].name ? device.printer : "";
  if (!pairs.some(([name]) => name === own)) pairs.push([own, t("printerGone", { name: own })]);
  const select = /** @type {HTMLSelectElement} */ (el("select", { "data-tool": "printer", "aria-label": t("devicePrinterOf", { name: device.name }), onchange: async () => {
    const line = $("#device-said");
    try {
      Object.assign(device, { printer: "" }, await put("/api/devices/" + encodeURIComponent(device.id), { printer: select.value }));
      line.dataset.kind = "ok";
      setText(line, t("printerSaved", { name: device.name, printer: device.printer || printers[0].name }));
    } catch (err) {
      select.value = own;
      line.dataset.kind = "bad";
      setText(line, err.message);
    }
  } }, ...pairs.map(([value, text]) => el("option", { value: value, selected: value === own }, text))));
  return select;
}

function revoke(device) {
  openDialog({
    name: "revoke", title: t("revokeTitle", { name: device.name }), body: [el("p", {}, t("revokeText"))],
    confirm: t("revoke"), kind: "danger", cancel: t("cancel"),
    onConfirm: async () => {
      await del("/api/devices/" + encodeURIComponent(device.id));
      await reload();
    },
    onClose: () => $("#device-name").focus(),
  });
}
