/**
 * The first set-up of `layso serve`: the code stands in the address that the server printed, after
 * the "#", so it reaches no log. It makes the first admin and goes on to the admin page.
 * @module
 */

import { $, $$, setText, show } from "./lib/dom.js";
import { texts } from "./lib/texts.js";
import { get, post } from "./lib/api.js";
import { langSwitch } from "./staff/lang.js";
import { staffWords } from "./staff/words.js";
import { plain } from "./admin/names.js";

const t = texts(Object.assign({}, staffWords, {
  title: ["Thiết lập lần đầu", "First set-up"],
  intro: ["Chỉ làm một lần: đặt tên trung tâm và tạo tài khoản quản trị. Những việc khác làm sau ở trang quản trị.", "Only once: name the hall and make the admin’s account. Everything else comes later, on the admin page."],
  code: ["Mã thiết lập", "Set-up code"],
  codeHint: ["Mã nằm trong đường dẫn mà máy chủ in ra khi khởi động lần đầu.", "It stands in the link that the server printed at its first start."],
  hall: ["Tên trung tâm", "Name of the hall"],
  hallHint: ["Hiện trên phiếu, màn hình và máy lấy số.", "On tickets, displays and kiosks."],
  name: ["Họ và tên người quản trị", "The admin’s full name"],
  userHint: ["Chữ thường không dấu, số và gạch nối.", "Plain small letters, digits and dashes."],
  pinHint: ["Đừng dùng dãy dễ đoán như 111111, 123456.", "Nothing easy to guess such as 111111 or 123456."],
  pinAgain: ["Nhập lại mã PIN", "The PIN again"],
  start: ["Hoàn tất thiết lập", "Finish the set-up"],
  missing: ["Không được để trống.", "Must not be empty."],
  userForm: ["Chỉ dùng a–z, 0–9 và gạch nối.", "Use a–z, 0–9 and dashes only."],
  pinDiffers: ["Hai lần nhập không giống nhau.", "The two entries differ."],
  done: ["Đã thiết lập xong", "The set-up is done"],
  doneText: ["Trung tâm đã được thiết lập. Hãy đăng nhập ở trang quản trị.", "This hall has been set up. Please sign in on the admin page."],
}));

const input = (name) => /** @type {HTMLInputElement} */ ($("#setup-" + name));
const FIELDS = ["code", "hall", "user_name", "user", "pin", "again"];

function say(text) {
  setText($("#setup-error"), text);
  show($("#setup-error"), Boolean(text));
}

/** Marks the fields with what is wrong with them; the first gets the focus. @param {Object<string, string>} wrong */
function mark(wrong) {
  for (const name of FIELDS) {
    const line = $("#setup-" + name + "-error");
    setText(line, wrong[name] || "");
    show(line, Boolean(wrong[name]));
    input(name).setAttribute("aria-invalid", String(Boolean(wrong[name])));
  }
  const first = FIELDS.find((name) => wrong[name]);
  if (first === "code") show($("#code-field"), true);
  if (first) input(first).focus();
  return Boolean(first);
}

function check() {
  const wrong = {};
  for (const name of ["code", "hall", "user_name", "user"]) if (!input(name).value.trim()) wrong[name] = t("missing");
  if (!wrong.user && !/^[a-z0-9][a-z0-9-]{0,31}$/.test(input("user").value.trim())) wrong.user = t("userForm");
  if (!/^\d{6}$/.test(input("pin").value)) wrong.pin = t("pinMissing");
  else if (input("pin").value !== input("again").value) wrong.again = t("pinDiffers");
  return wrong;
}

async function send() {
  const body = {};
  for (const name of ["code", "hall", "user_name", "user"]) body[name] = input(name).value.trim();
  body.pin = input("pin").value;
  try {
    await post("/api/first", body);
    location.assign("/admin");
  } catch (err) {
    refused(err);
  }
}

/** A refusal at the field that it is about, where the server says so. */
function refused(err) {
  const paths = { "name.vi": "hall", pin: "pin", code: "code" };
  const field = err.code === "wrong_code" ? "code" : paths[err.problem.field] || paths[(err.faults[0] || {}).field];
  if (field) mark({ [field]: err.message });
  else say(err.code === "too_many_requests" ? t("tooMany", { n: err.retryAfter || 5 }) : err.message);
}

function wire() {
  let own = false;
  let busy = false;
  input("user").addEventListener("input", () => { own = input("user").value !== ""; });
  input("user_name").addEventListener("input", () => { if (!own) input("user").value = plain(input("user_name").value); });
  $("#setup-form").addEventListener("submit", async (event) => {
    event.preventDefault();
    say("");
    if (busy || mark(check())) return;
    busy = true;
    $("#setup-submit").setAttribute("aria-busy", "true");
    await send();
    busy = false;
    $("#setup-submit").removeAttribute("aria-busy");
  });
}

/** Takes the code out of the address, so that nobody reads it over the shoulder or in the history. */
function takeCode() {
  const code = decodeURIComponent(location.hash.slice(1));
  if (!code) return;
  input("code").value = code;
  show($("#code-field"), false);
  history.replaceState(null, "", location.pathname);
}

async function start() {
  langSwitch(t, () => { document.title = t("title"); });
  document.title = t("title");
  takeCode();
  wire();
  const open = $$("#setup-form input").find((x) => !x.value && x.offsetParent);
  if (open) open.focus();
  const first = await get("/api/first", { retryMs: 3600000 });
  show($("#setup-form"), first.needed);
  show($("#setup-done"), !first.needed);
}

start().catch((err) => say(err.message));
