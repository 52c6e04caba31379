/**
 * Pairing: this browser becomes the hall's kiosk, display or counter PC with a code from the admin page.
 * @module
 */

import { $, el, fill, icon, setText, show } from "./lib/dom.js";
import { lang, texts } from "./lib/texts.js";
import { get, post } from "./lib/api.js";
import { langSwitch } from "./staff/lang.js";
import { staffWords } from "./staff/words.js";

const t = texts(Object.assign({}, staffWords, {
  title: ["Ghép nối thiết bị", "Pair this device"],
  intro: ["Nhập mã do người quản trị tạo ở trang quản trị, mục Thiết bị. Mã dùng được một lần trong 10 phút.", "Enter the code that an admin made on the admin page, under Devices. It works once, within 10 minutes."],
  code: ["Mã ghép nối", "Pairing code"],
  pair: ["Ghép nối", "Pair"],
  codeMissing: ["Mã gồm 6 chữ và số, ví dụ K7M-4QX.", "The code has 6 letters and digits, like K7M-4QX."],
  keys: ["Bàn phím", "Keyboard"],
  keyErase: ["Xóa chữ cuối", "Delete the last"],
  keyClear: ["Xóa hết", "Clear"],
  known: ["Thiết bị này đã được ghép nối: {name}. Ghép nối lại sẽ thay thế.", "This device is paired already: {name}. Pairing again replaces that."],
  done: ["Đã ghép nối", "Paired"],
  doneText: ["Thiết bị này nay là “{name}”.", "This device is now “{name}”."],
  go: ["Mở trang của thiết bị", "Open its page"],
}));

/** Where a device of each kind works. */
const PAGES = { kiosk: "/kiosk", display: "/display", counter: "/rate" };

/** Long enough to read the name, short enough for nobody to have to press the button. */
const GO_ON_MS = 2500;

/** @type {Object|null} */
let device = null;
/** @type {Object|null} */
let known = null;

/** What codes are made of; the server leaves out what looks alike. */
const LETTERS = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ";
const LENGTH = 6;

/** The characters of the code in the field. */
const typed = () => /** @type {HTMLInputElement} */ ($("#pair-code")).value.toUpperCase().replace(/[^A-Z0-9]/g, "");

/** The keys on the screen; the keyboard writes into the same field. */
function drawKeys() {
  const box = $("#pair-keys");
  if (box.dataset.lang === lang()) return; // A finger may be on one.
  box.dataset.lang = lang();
  const field = /** @type {HTMLInputElement} */ ($("#pair-code"));
  const write = (code) => {
    field.value = code.length > 3 ? code.slice(0, 3) + "-" + code.slice(3) : code;
    say("");
  };
  const key = (name, content, label, press) => el("button", { type: "button", "data-key": name, "aria-label": label, onclick: press }, content);
  fill(box, ...Array.from(LETTERS, (c) => key(c, c, null, () => write((typed() + c).slice(0, LENGTH)))),
    key("erase", icon("erase"), t("keyErase"), () => write(typed().slice(0, -1))), key("clear", t("keyClear"), null, () => write("")));
}

function say(text) {
  setText($("#pair-error"), text);
  show($("#pair-error"), Boolean(text));
  $("#pair-code").setAttribute("aria-invalid", String(Boolean(text)));
}

function draw() {
  drawKeys();
  document.title = t("title");
  show($("#pair-form"), !device);
  show($("#pair-done"), Boolean(device));
  show($("#pair-known"), Boolean(known));
  if (known) setText($("#pair-known"), t("known", { name: known.name }));
  if (device) setText($("#pair-done-text"), t("doneText", { name: device.name }));
}

async function send(code) {
  try {
    device = (await post("/api/devices/pair", { code: code })).device;
  } catch (err) {
    say(err.code === "too_many_requests" ? t("tooMany", { n: err.retryAfter || 5 }) : err.message);
    return void $("#pair-code").focus();
  }
  const page = PAGES[device.kind] || "/";
  $("#pair-go").setAttribute("href", page);
  draw();
  $("#pair-go").focus();
  setTimeout(() => location.assign(page), GO_ON_MS);
}

function wire() {
  const field = /** @type {HTMLInputElement} */ ($("#pair-code"));
  let busy = false;
  $("#pair-form").addEventListener("submit", async (event) => {
    event.preventDefault();
    if (busy) return;
    const code = typed();
    if (code.length !== LENGTH) return void (say(t("codeMissing")), field.focus());
    say("");
    busy = true;
    await send(code.slice(0, 3) + "-" + code.slice(3));
    busy = false;
  });
}

async function start() {
  langSwitch(t, draw);
  wire();
  draw();
  $("#pair-code").focus();
  const session = await get("/api/session", { retryMs: 3600000 });
  known = session.device && session.device.paired_at ? session.device : null;
  draw();
}

start().catch((err) => say(err.message));
