/**
 * The start page: where is what, and what one has to know to try it out.
 * @module
 */

import { $, $$, fill, icon, setText, show } from "./lib/dom.js";
import { apply, initLang, lang, nameOf, setLang, texts } from "./lib/texts.js";
import { get } from "./lib/api.js";
import { helpLinks } from "./staff/help.js";

const POLL_MS = 15000;

const t = texts({
  other: ["English", "Tiếng Việt"],
  pages: ["Các trang", "Pages"],
  kiosk: ["Máy lấy số", "Kiosk"],
  kioskText: ["Người dân chạm để lấy số", "Citizens touch and take a number"],
  counter: ["Quầy", "Counter"],
  counterText: ["Cán bộ gọi số và phục vụ", "Clerks call and serve"],
  display: ["Màn hình gọi số", "Hall display"],
  displayText: ["Màn hình lớn trong phòng chờ", "The big screen in the waiting room"],
  book: ["Đặt lịch hẹn", "Book an appointment"],
  bookHere: ["Chọn ngày giờ trước, tại các máy của trung tâm", "Choose a day and time, on the centre's own devices"],
  bookWifi: ["Chọn ngày giờ trước, cả bằng điện thoại trong Wi-Fi “{ssid}”", "Choose a day and time, also by phone in the Wi-Fi “{ssid}”"],
  bookPublic: ["Chọn ngày giờ trước, cả bằng điện thoại", "Choose a day and time, also by phone"],
  printer: ["Máy in phần mềm", "Software printer"],
  printerText: ["Xem tờ phiếu vừa in, thử lỗi máy in", "See the paper, try printer faults"],
  admin: ["Quản trị", "Administration"],
  adminText: ["Lĩnh vực, quầy, tài khoản, thiết bị", "Services, counters, users, devices"],
  manager: ["Quản lý", "Manager"],
  managerText: ["Ai đang chờ, quầy nào mở, ai cần giúp, nhật ký", "Who waits, which counters are open, who needs help, the log"],
  check: ["Kiểm tra đầu ngày", "Morning check"],
  checkText: ["Cán bộ xem máy in, màn hình, đồng hồ, sao lưu", "Staff look at printers, screens, clock, backups"],
  reports: ["Báo cáo", "Reports"],
  reportsText: ["Quản lý xem số liệu theo ngày, tháng, nửa năm; in để trình ký", "Figures of a day, a month, a half-year for managers; to print and sign"],
  forecast: ["Dự báo có đúng không?", "Does the forecast come true?"],
  forecastText: ["Quản lý so thời gian đã báo với thời gian chờ thật", "Managers compare the waits foretold with the true ones"],
  rate: ["Đánh giá ở quầy", "Rating at the counter"],
  rateText: ["Màn hình thứ hai hỏi ý kiến người dân", "The second screen asks citizens for their opinion"],
  account: ["Tài khoản của tôi", "My account"],
  accountText: ["Cán bộ đổi mã PIN, xem mình đang đăng nhập ở đâu", "Staff change their PIN and see where they are signed in"],
  help: ["Trợ giúp", "Help"],
  helpText: ["Cách dùng từng trang, cài đặt, làm gì khi có sự cố", "How to use each page, how to install, what to do when"],
  open: ["Đang mở cửa · {n} người đang chờ", "Open · {n} waiting"],
  closed: ["Ngoài giờ làm việc", "Closed now"],
  lost: ["Máy chủ chưa trả lời, đang thử lại…", "The server does not answer, trying again…"],
  notes: ["Cần biết", "Good to know"],
  phone: ["Điện thoại", "Phones"],
  here: ["Bản dùng thử: mã QR trên phiếu chỉ mở được trên máy tính này. Muốn điện thoại mở được, hãy chạy “layso demo --lan”.",
    "Demo: the QR code on a ticket opens on this computer only. For phones, run “layso demo --lan”."],
  lan: ["Mã QR trên phiếu mở được trên điện thoại cùng mạng với máy chủ.", "The QR code on a ticket opens on phones in the server's network."],
  off: ["Mã QR trên phiếu dùng tại các máy của trung tâm.", "The QR code on a ticket is for the centre's own devices."],
  wifi: ["Vào mạng Wi-Fi “{ssid}” rồi quét mã QR trên phiếu.", "Join the Wi-Fi “{ssid}”, then scan the QR code on the ticket."],
  public: ["Quét mã QR trên phiếu để xem lượt của mình trên điện thoại.", "Scan the QR code on the ticket to follow your turn on your phone."],
  users: ["Tài khoản dùng thử", "Demo users"],
  pinHere: ["clerk1 đến clerk4, manager và admin, mã PIN 000000 (với --lan: mã PIN in ở cửa sổ lệnh).", "clerk1 to clerk4, manager and admin, PIN 000000 (with --lan: the PINs are printed in the terminal)."],
  pinLan: ["clerk1 đến clerk4, manager và admin; mã PIN in ở cửa sổ lệnh khi khởi động.", "clerk1 to clerk4, manager and admin; the PINs were printed in the terminal at the start."],
  about: ["layso – phần mềm lấy số và gọi số cho bộ phận Một cửa.", "layso – the queue of a one-stop reception hall."],
});

const LOOPBACK = /^(localhost|127\.|\[::1\])/;

let hall = null;

function render(reached) {
  apply(t);
  helpLinks();
  $("#lang").setAttribute("lang", lang() === "vi" ? "en" : "vi");
  if (!hall) {
    setText($("#hall-state"), reached ? "" : t("lost"));
    return;
  }
  setText($("#hall-name"), nameOf(hall));
  document.title = nameOf(hall) + " – layso";
  const waiting = hall.services.reduce((sum, s) => sum + s.waiting, 0);
  setText($("#hall-state"), !reached ? t("lost") : hall.open ? t("open", { n: waiting }) : t("closed"));
  show($("#printer-card"), hall.demo);
  show($("#book-card"), hall.services.some((s) => s.slots));
  setText($("#book-text"), t({ wifi: "bookWifi", public: "bookPublic" }[hall.phone.mode] || "bookHere", { ssid: hall.phone.ssid || "" }));
  show($("#notes"), true);
  show($("#pin-row"), hall.demo);
  const here = LOOPBACK.test(location.hostname);
  setText($("#pin-note"), hall.demo ? t(here ? "pinHere" : "pinLan") : "");
  setText($("#phone-note"), phoneNote(here));
}

function phoneNote(here) {
  if (hall.demo) return t(here ? "here" : "lan");
  return t(hall.phone.mode, { ssid: hall.phone.ssid || "" });
}

async function poll() {
  let reached = true;
  try {
    hall = await get("/api/hall");
  } catch (err) {
    reached = false;
  }
  render(reached);
  setTimeout(poll, POLL_MS);
}

initLang("vi");
for (const place of $$("[data-icon]")) fill(place, icon(place.dataset.icon));
apply(t);
$("#lang").onclick = () => setLang(lang() === "vi" ? "en" : "vi");
document.addEventListener("langchange", () => render(true));
poll();
