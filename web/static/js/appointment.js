/**
 * One appointment: when, the code for the kiosk, the QR code for its scanner, and the way out of it.
 * Phones are old and the network is bad, so this is ES2017 and small, and asks with plain requests.
 * @module
 */

import { $, setText, show } from "./lib/dom.js";
import { initLang, lang, nameOf, setLang, texts } from "./lib/texts.js";
import { get, post } from "./lib/api.js";
import { dayOf, dayWords, timeText } from "./lib/days.js";

const POLL_MS = 20000;

const t = texts({
  title: ["Lịch hẹn {time} – {service}", "Appointment {time} – {service}"],
  other: ["English", "Tiếng Việt"],
  loading: ["Đang tải…", "Loading…"],
  at: ["{time}", "{time}"],
  booked: ["Đã đặt lịch hẹn", "Your appointment is booked"],
  arrived: ["Đã đến và lấy số", "You are here and have your number"],
  expired: ["Lịch hẹn đã qua", "This appointment is over"],
  cancelled: ["Lịch hẹn đã hủy", "This appointment is cancelled"],
  code: ["Mã lịch hẹn", "Your code"],
  qr: ["Mã QR của lịch hẹn", "QR code of the appointment"],
  how: ["Từ {time} ngày hẹn, xin đến máy lấy số: chạm “Tôi có lịch hẹn” rồi nhập mã này, hoặc đưa mã QR vào máy quét.",
    "From {time} on that day, go to the kiosk: touch “I have an appointment” and enter this code, or hold the QR code under the scanner."],
  keep: ["Trang này có thể không mở được ở ngoài. Xin ghi lại hoặc chụp ảnh mã này.", "This page may not open elsewhere. Please note the code down or take a photo."],
  keepPhone: ["Xin giữ trang này, hoặc chụp ảnh màn hình.", "Keep this page, or take a screenshot."],
  ticket: ["Xem số thứ tự", "See your number"],
  anew: ["Đặt lịch hẹn khác", "Book another appointment"],
  cancel: ["Hủy lịch hẹn này", "Cancel this appointment"],
  ask: ["Hủy lịch hẹn lúc {time}? Người khác sẽ được đặt giờ này.", "Cancel the appointment at {time}? Somebody else will get this time."],
  cancelYes: ["Hủy lịch hẹn", "Cancel it"],
  cancelNo: ["Giữ lịch hẹn", "Keep it"],
  gone: ["Không còn lịch hẹn này", "This appointment is no more"],
  goneText: ["Lịch hẹn đã qua ngày, đã hủy, hoặc đường dẫn chưa đúng.", "It is of an earlier day, was cancelled, or the address is wrong."],
  lost: ["Chưa kết nối được. Đang thử lại…", "No connection yet. Trying again…"],
});

const token = decodeURIComponent(location.pathname.split("/")[2] || "");
const path = "/api/appointments/" + encodeURIComponent(token);
const state = { appointment: null, hall: null, gone: false, lost: false, asking: false, fault: "" };

/** Takes up what the server says of the appointment. */
function accept(appointment) {
  state.appointment = appointment;
  state.lost = false;
}

async function load() {
  try {
    if (!state.hall) state.hall = await get("/api/hall");
    accept(await get(path));
  } catch (err) {
    if (err.status === 404 || err.status === 410) state.gone = true;
    else state.lost = true;
  }
  render();
}

async function cancel() {
  Object.assign(state, { asking: false, fault: "" });
  try {
    accept(await post(path + "/cancel", undefined, { repeat: true, retryMs: 10000 }));
  } catch (err) {
    state.fault = err.detail;
    if (!err.unknown) load();
  }
  render();
}

function render() {
  const a = state.gone ? null : state.appointment;
  document.body.dataset.screen = a ? "appointment" : state.gone ? "gone" : "loading";
  setText($("#lang"), t("other"));
  $("#lang").lang = lang() === "vi" ? "en" : "vi";
  setText($("#hall-name"), nameOf(state.hall));
  show($("#message"), !a);
  show($("#appointment"), Boolean(a));
  setText($("#message-title"), t(state.gone ? "gone" : "loading"));
  setText($("#message-text"), state.gone ? t("goneText") : state.lost ? t("lost") : "");
  show($("#again"), state.gone);
  setText($("#again"), t("anew"));
  if (a) renderAppointment(a);
}

function renderAppointment(a) {
  const zone = state.hall.time_zone;
  const time = timeText(a.start, zone);
  document.title = t("title", { time: time, service: nameOf(a) });
  $("#appointment").dataset.state = a.state;
  setText($("#service"), nameOf(a));
  setText($("#time"), time);
  setText($("#date"), dayWords(dayOf(a.start, zone)));
  setText($("#state"), t(a.state));
  const booked = a.state === "booked";
  show($("#proof"), booked);
  setText($("#code-label"), t("code"));
  setText($("#code"), a.code.slice(0, 3) + " " + a.code.slice(3));
  $("#code").dataset.code = a.code;
  const qr = /** @type {HTMLImageElement} */ ($("#qr"));
  if (booked && !qr.getAttribute("src")) qr.src = "/a/" + encodeURIComponent(token) + "/qr.svg";
  qr.alt = t("qr");
  setText($("#how"), t("how", { time: timeText(a.check_in_from, zone) }));
  setText($("#keep"), t(state.hall.phone.mode === "off" ? "keep" : "keepPhone"));
  show($("#ticket"), Boolean(a.ticket));
  setText($("#ticket"), t("ticket"));
  if (a.ticket) $("#ticket").setAttribute("href", "/t/" + encodeURIComponent(a.ticket));
  show($("#new"), a.state === "cancelled" || a.state === "expired");
  setText($("#new"), t("anew"));
  renderCancel(booked, time);
}

function renderCancel(possible, time) {
  show($("#fault"), Boolean(state.fault));
  setText($("#fault"), state.fault);
  show($("#cancel"), possible && !state.asking);
  show($("#ask"), possible && state.asking);
  setText($("#cancel"), t("cancel"));
  setText($("#ask-text"), t("ask", { time: time }));
  setText($("#cancel-yes"), t("cancelYes"));
  setText($("#cancel-no"), t("cancelNo"));
}

function ask(asking) {
  state.asking = asking;
  render();
  $(asking ? "#cancel-no" : "#cancel").focus();
}

initLang("vi");
$("#lang").onclick = () => setLang(lang() === "vi" ? "en" : "vi");
$("#cancel").onclick = () => ask(true);
$("#cancel-no").onclick = () => ask(false);
$("#cancel-yes").onclick = cancel;
document.addEventListener("langchange", render);
render();
load();
setInterval(() => state.gone || load(), POLL_MS);
