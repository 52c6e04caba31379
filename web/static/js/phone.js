/**
 * The citizen's phone: one ticket, live. Phones are old and the network is bad, so this is ES2017,
 * small, works from plain requests when the live connection does not, and says when it is stale.
 * @module
 */

import { $, $$, el, fill, setText, show } from "./lib/dom.js";
import { initLang, lang, nameOf, setLang, texts } from "./lib/texts.js";
import { steadyWait, waitMinutes, waitSpan } from "./lib/wait.js";
import { get, post } from "./lib/api.js";
import { Live } from "./lib/live.js";

const POLL_MS = 15000;
const NEAR = 2;

const t = texts({
  title: ["Số {number}", "Number {number}"],
  titleCalled: ["▶ {number}: mời đến {counter}", "▶ {number}: go to {counter}"],
  other: ["English", "Tiếng Việt"],
  number: ["Số thứ tự", "Your number"],
  loading: ["Đang tải…", "Loading…"],
  waiting: ["Đang chờ đến lượt", "Waiting for your turn"],
  waitingHint: ["Trang này tự cập nhật", "This page updates by itself"],
  near: ["Sắp đến lượt, xin ở gần quầy", "Almost your turn, please stay near the counters"],
  fixed: ["Sẽ được gọi vào {counter}", "You will be called to {counter}"],
  called: ["Mời đến", "Please go to"],
  calledHint: ["Đến lượt của bác/anh/chị", "It is your turn"],
  calledAgain: ["Gọi lần {n}", "Call {n}"],
  held: ["Đang được giữ lại", "On hold"],
  heldHint: ["Khi quay lại, xin đưa mã QR của phiếu vào máy quét ở máy lấy số, hoặc gặp cán bộ. Không cần lấy số mới.", "When you are back, hold your ticket's QR code under the kiosk's scanner, or speak to the staff. No new number needed."],
  finished: ["Đã phục vụ xong", "All done"],
  no_show: ["Đã gọi nhưng không gặp", "Called, but you were not there"],
  missedOnce: ["Sẽ được gọi lại một lần nữa sau ít phút. Xin đến gần quầy.", "You will be called once more soon. Please come to the counters."],
  parked: ["Xin đưa mã QR của phiếu vào máy quét ở máy lấy số để trở lại hàng chờ, hoặc gặp cán bộ.", "Hold the QR code of your ticket under the kiosk's scanner to get back into the queue, or speak to the staff."],
  closing: ["Hết giờ, phiếu đã đóng", "We have closed; this ticket is over"],
  closingText: ["Xin lỗi vì hôm nay chưa phục vụ được. Xin lấy số mới vào ngày làm việc tiếp theo.", "We are sorry that we could not serve you today. Please take a new number on the next working day."],
  cancelled: ["Đã hủy số này", "This number is cancelled"],
  aheadLabel: ["Người chờ trước", "People ahead"],
  ahead: ["{n} người", "{n}"],
  nobody: ["Không có ai", "Nobody"],
  waitAbout: ["Chờ khoảng", "Wait about"],
  waitLabel: ["Thời gian chờ", "Expected wait"],
  soon: ["Sắp đến lượt", "You are next"],
  then: ["Sau đó: {names}", "Then: {names}"],
  slot: ["Lịch hẹn lúc {time}", "Appointment at {time}"],
  issued: ["Lấy số lúc {time}", "Taken at {time}"],
  cancel: ["Hủy số này", "Cancel this number"],
  confirm: ["Hủy số {number}? Muốn quay lại phải lấy số mới.", "Cancel number {number}? To come back you need a new one."],
  cancelYes: ["Hủy số", "Cancel it"],
  cancelNo: ["Giữ số", "Keep it"],
  rate: ["Bác/anh/chị có hài lòng không?", "How was the service?"],
  star: ["{n} sao", "{n} stars"],
  thanks: ["Cảm ơn đánh giá {n}/5", "Thank you for your {n}/5"],
  offline: ["Mất kết nối. Thông tin lúc {time}, đang kết nối lại…", "No connection. As of {time}, reconnecting…"],
  offlineNew: ["Chưa kết nối được. Đang thử lại…", "No connection yet. Trying again…"],
  expired: ["Phiếu đã hết hiệu lực", "This ticket has expired"],
  expiredText: ["Phiếu chỉ dùng trong ngày. Xin lấy số mới tại máy lấy số.", "A ticket is good for its day only. Please take a new number at the kiosk."],
  unknown: ["Không tìm thấy phiếu", "Ticket not found"],
  unknownText: ["Xin quét lại mã QR trên phiếu.", "Please scan the QR code on the ticket again."],
});

const token = decodeURIComponent(location.pathname.split("/")[2] || "");
const path = "/api/tickets/" + encodeURIComponent(token);
const state = { ticket: null, hall: null, gone: "", live: false, reached: false, freshAt: 0, calls: -1, asking: false, wait: null };
const live = new Live({ query: { ticket: token }, resume: false, onFrame: onFrame, onState: onState });

/* ---- news ---- */

function onFrame(frame) {
  if (frame.type === "ticket.status") accept(frame.ticket);
  else if (frame.type === "heartbeat") state.freshAt = Date.now();
}

function onState(connection) {
  state.live = connection === "live";
  if (state.live) state.reached = true;
  else load();
  render();
}

/** Takes up what the server says of the ticket; the first answer also brings the ticket's language. */
function accept(ticket) {
  if (!state.ticket) initLang(ticket.lang);
  state.ticket = ticket;
  state.reached = true;
  state.freshAt = Date.now();
  const calls = ticket.state === "called" ? ticket.calls : 0;
  if (calls > state.calls && state.calls >= 0 && navigator.vibrate) navigator.vibrate([400, 200, 400]);
  state.calls = calls;
  if (ticket.state !== "waiting" && ticket.state !== "held") state.asking = false; // The question is over; it must not come back.
  state.wait = steadyWait(state.wait, ticket);
  render();
}

/** Asks once, with a plain request. */
async function load() {
  try {
    if (!state.hall) state.hall = await get("/api/hall");
    accept(await get(path));
    if (live.stopped) live.start();
  } catch (err) {
    if (err.status === 410 || err.status === 404) {
      const left = state.ticket && (state.ticket.state === "waiting" || state.ticket.state === "held");
      state.gone = err.status === 404 ? "unknown" : left ? "closing" : "expired"; // Whose day ended while he waited is told so.
      live.stop();
    } else {
      state.reached = false;
    }
  }
  render();
}

/* ---- the screen ---- */

function render() {
  const ticket = state.gone ? null : state.ticket;
  document.body.dataset.screen = state.gone || (ticket ? "ticket" : "loading");
  setText($("#lang"), t("other"));
  $("#lang").lang = lang() === "vi" ? "en" : "vi";
  setText($("#hall-name"), nameOf(state.hall));
  show($("#message"), !ticket);
  show($("#ticket"), Boolean(ticket));
  setText($("#message-title"), t(state.gone || "loading"));
  setText($("#message-text"), state.gone ? t(state.gone + "Text") : "");
  const stale = !state.gone && !state.live && !state.reached;
  show($("#offline"), stale);
  setText($("#offline"), !stale ? "" : state.freshAt ? t("offline", { time: clock(state.freshAt) }) : t("offlineNew"));
  if (ticket) renderTicket(ticket);
}

/** Hours and minutes in the hall's zone. */
function clock(at) {
  const zone = state.hall ? state.hall.time_zone : undefined;
  return new Date(at).toLocaleTimeString("en-GB", { hour: "2-digit", minute: "2-digit", timeZone: zone });
}

function counterName(id) {
  const counter = state.hall && state.hall.counters.find((c) => c.id === id);
  return counter ? nameOf(counter) : id ? (lang() === "en" ? "Counter " : "Quầy ") + id : "";
}

function renderTicket(ticket) {
  const waiting = ticket.state === "waiting";
  const counter = counterName(ticket.counter);
  const called = ticket.state === "called";
  document.title = called ? t("titleCalled", { number: ticket.number, counter: counter }) : t("title", { number: ticket.number });
  const panel = $("#ticket");
  panel.dataset.state = ticket.state;
  panel.dataset.near = String(waiting && ticket.ahead <= NEAR);
  setText($("#number-label"), t("number"));
  setText($("#number"), ticket.number);
  $("#number").dataset.number = ticket.number;
  $("#number").dataset.long = String(ticket.number.length > 4);
  setText($("#service"), nameOf(ticket));
  renderThen(ticket);
  setText($("#state-text"), t(ticket.state === "cancelled" && ticket.reason === "closing" ? "closing" : ticket.state));
  setText($("#counter"), called ? counter : waiting && counter ? t("fixed", { counter: counter }) : "");
  setText($("#state-hint"), hint(ticket));
  setText($("#issued"), ticket.undated ? "" : t("issued", { time: clock(ticket.issued_at) }));
  renderFacts(ticket, waiting);
  renderRating(ticket);
  renderCancel(ticket, waiting || ticket.state === "held");
}

/** What comes after this service on the same ticket, and the appointment's time. */
function renderThen(ticket) {
  const services = (state.hall && state.hall.services) || [];
  const names = ticket.route.map((id) => nameOf(services.find((s) => s.id === id))).filter(Boolean);
  setText($("#then"), names.length ? t("then", { names: names.join(", ") }) : "");
  setText($("#slot"), ticket.slot ? t("slot", { time: clock(ticket.slot) }) : "");
}

function hint(ticket) {
  switch (ticket.state) {
    case "waiting": return t(ticket.ahead <= NEAR ? "near" : "waitingHint");
    case "called": return ticket.calls > 1 ? t("calledAgain", { n: ticket.calls }) : t("calledHint");
    case "held": return t("heldHint");
    case "no_show": return t(ticket.misses > 1 ? "parked" : "missedOnce");
    default: return "";
  }
}

function renderFacts(ticket, waiting) {
  show($("#facts"), waiting);
  setText($("#ahead-label"), t("aheadLabel"));
  setText($("#ahead"), ticket.ahead > 0 ? t("ahead", { n: ticket.ahead }) : t("nobody"));
  const range = waitMinutes(state.wait);
  const wait = range && !range.high && !ticket.ahead ? t("soon") : waitSpan(state.wait);
  show($("#wait-fact"), Boolean(wait));
  setText($("#wait-label"), t(range && range.low && range.high <= 90 ? "waitAbout" : "waitLabel"));
  setText($("#wait"), wait);
}

function renderRating(ticket) {
  show($("#rate"), ticket.state === "finished");
  setText($("#rate-title"), t("rate"));
  setText($("#rate-text"), ticket.stars ? t("thanks", { n: ticket.stars }) : "");
  $$("#stars button").forEach((button, i) => {
    button.setAttribute("aria-label", t("star", { n: i + 1 }));
    button.setAttribute("aria-pressed", String(ticket.stars === i + 1));
    button.dataset.on = String(i < (ticket.stars || 0));
  });
}

function renderCancel(ticket, possible) {
  show($("#cancel"), possible && !state.asking);
  show($("#confirm"), possible && state.asking);
  setText($("#cancel"), t("cancel"));
  setText($("#confirm-text"), t("confirm", { number: ticket.number }));
  setText($("#cancel-yes"), t("cancelYes"));
  setText($("#cancel-no"), t("cancelNo"));
}

/* ---- what the citizen does ---- */

async function act(what, body) {
  show($("#fault"), false);
  try {
    accept(await post(path + what, body));
  } catch (err) {
    setText($("#fault"), err.detail);
    show($("#fault"), true);
    if (!err.unknown) load();
  }
}

function ask(asking) {
  state.asking = asking;
  render();
  $(asking ? "#cancel-no" : "#cancel").focus();
}

function listen() {
  fill($("#stars"), ...[1, 2, 3, 4, 5].map((n) =>
    el("button", { type: "button", "data-stars": n, onclick: () => act("/rate", { stars: n }) }, "★")));
  $("#lang").onclick = () => setLang(lang() === "vi" ? "en" : "vi");
  document.addEventListener("langchange", render);
  $("#cancel").onclick = () => ask(true);
  $("#cancel-no").onclick = () => ask(false);
  $("#cancel-yes").onclick = () => {
    state.asking = false;
    act("/cancel");
  };
}

initLang("vi");
listen();
load();
setInterval(() => state.gone || state.live || load(), POLL_MS);
