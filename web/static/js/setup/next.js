/**
 * What comes after the set-up: each device with its page, the address as text and as a QR code, and a code that pairs
 * it. It stays at /setup for the admin.
 * @module
 */

import { $, el, fill, icon } from "../lib/dom.js";
import { post } from "../lib/api.js";
import { lang, texts } from "../lib/texts.js";

const t = texts({
  title: ["Trung tâm đã sẵn sàng", "The hall is ready"],
  intro: ["Giờ bật từng thiết bị. Mỗi trang có địa chỉ và mã QR; những địa chỉ này mở được trên mọi máy trong mạng của trung tâm. Trang này luôn mở lại được tại {address}/setup.",
    "Now switch the devices on. Each page has its address and QR code, and opens on every device in the hall’s network. You find this page again at {address}/setup."],
  introHere: ["Giờ bật từng thiết bị. Các địa chỉ dưới đây hiện chỉ mở được trên chính máy này: hãy nối máy vào mạng, hoặc xem “listen” trong tệp layso.yaml, rồi khởi động lại layso.",
    "Now switch the devices on. These addresses open on this very computer only, for now: connect it to the network, or look at “listen” in layso.yaml, and start layso again."],
  kiosk: ["1. Máy lấy số", "1. Kiosk"],
  kioskText: ["Mở trang ghép nối trên máy lấy số, nhập mã bên dưới.", "Open the pairing page on the kiosk and type the code below."],
  kioskHere: ["Nếu chính máy chủ này là máy lấy số, mở {url} trên máy: không cần ghép.", "If this very computer is the kiosk, open {url} on it: no pairing needed."],
  display: ["2. Màn hình gọi số", "2. Display"],
  displayText: ["Mở trên TV trong phòng chờ, bật toàn màn hình. Không cần ghép.", "Open it on the TV of the waiting room, full screen. No pairing needed."],
  counter: ["3. Quầy", "3. Counters"],
  counterText: ["Mỗi cán bộ mở trên máy của mình, đăng nhập bằng tên và mã PIN, chọn quầy, bấm “Gọi tiếp”.", "Every clerk opens it on his own PC, signs in with name and PIN, chooses the counter and presses “Next”."],
  printer: ["4. Máy in phiếu", "4. Ticket printer"],
  printerText: ["Lúc này phiếu hiện ở trang máy in phần mềm. Để nối máy in thật, chạy “layso init” ở máy chủ: tệp layso.yaml nói cách khai báo.", "For now the paper is seen on the software printer’s page. For a real one run “layso init” on the server: the file layso.yaml says how."],
  printerReal: ["Máy in được khai báo trong tệp layso.yaml. Bấm “In thử” ở mục Máy in của trang quản trị.", "The printers are those of the file layso.yaml. Press “Test slip” in the admin page’s Printers."],
  rate: ["5. Đánh giá ở quầy (nếu có máy bảng)", "5. Rating at the counter (where there is a tablet)"],
  rateText: ["Mở trang ghép nối trên máy bảng, nhập mã, rồi chọn quầy ở mục Thiết bị của trang quản trị.", "Open the pairing page on the tablet, type the code, then choose its counter in the admin page’s Devices."],
  check: ["6. Mỗi sáng", "6. Each morning"],
  checkText: ["Cán bộ mở trang kiểm tra: máy in, giấy, màn hình, đồng hồ, sao lưu.", "A clerk opens the check: printers, paper, displays, clock, backups."],
  makeCode: ["Lấy mã ghép nối", "Get a pairing code"],
  codeIs: ["Mã, dùng được một lần trong 10 phút:", "Code, good once within 10 minutes:"],
  open: ["Mở", "Open"],
  openWhat: ["Mở: {what}", "Open: {what}"],
  qr: ["Mã QR của {url}", "QR code of {url}"],
  admin: ["Trang quản trị", "Admin page"],
  adminText: ["Lĩnh vực, quầy, giờ, ngày lễ, chữ trên phiếu, thông báo: đều sửa ở đây, cả khi đang mở cửa.", "Services, counters, hours, holidays, the ticket’s texts, notices: all of it is changed here, also while the hall is open."],
  manager: ["Trang quản lý", "Manager’s page"],
  managerText: ["Người quản lý mở trang này cả ngày: ai đang chờ, quầy nào mở, ai cần giúp, nhật ký, báo cáo.", "The head of the department keeps this page open all day: who waits, which counters are open, who needs help, the log, reports."],
  kioskName: ["Máy lấy số", "Kiosk"],
  rateName: ["Máy bảng ở quầy", "Tablet at a counter"],
});

/** Codes that were made on this page, by kind of device. @type {Object<string, string>} */
const codes = {};

const LOOPBACK = /^https?:\/\/(localhost|127\.|\[::1\])/;

/** @param {{address: string, software: boolean, device: any}} next */
export function drawNext(next) {
  const title = el("h1", { tabindex: -1 }, t("title"));
  fill($("#setup-next"), title, el("p", { class: "lead" }, t(LOOPBACK.test(next.address) ? "introHere" : "intro", { address: next.address })),
    el("ul", { class: "cards" }, ...cards(next)),
    el("div", { class: "card after" }, el("p", {}, t("adminText")), el("a", { class: "btn primary big", href: "/admin", id: "to-admin" }, t("admin"))),
    el("div", { class: "card after" }, el("p", {}, t("managerText")), el("a", { class: "btn big", href: "/manager" }, t("manager"))));
}

function cards(next) {
  const trusted = next.device && next.device.id === "loopback";
  const software = next.software;
  return [
    card(next, "kiosk", "pair", t("kioskText"), "kiosk", trusted && t("kioskHere", { url: location.origin + "/kiosk" })),
    card(next, "display", "display", t("displayText")),
    card(next, "counter", "counter", t("counterText")),
    el("li", { class: "card", "data-card": "printer" }, el("h2", {}, t("printer")), el("p", {}, t(software ? "printerText" : "printerReal")),
      el("a", { class: "btn", href: software ? "/printer" : "/admin#printers", "aria-label": t("openWhat", { what: t("printer") }) }, t("open"))),
    card(next, "rate", "pair", t("rateText"), "counter"),
    card(next, "check", "check", t("checkText")),
  ];
}

/** One device. @param {string} name @param {string} page  that it opens @param {string} [kind]  it needs a pairing code of this kind @param {string|false} [more] */
function card(next, name, page, text, kind, more) {
  const url = next.address + "/" + page;
  return el("li", { class: "card", "data-card": name },
    el("img", { src: "/api/pages/" + page + "/qr.svg", alt: t("qr", { url: url }), width: 132, height: 132 }),
    el("h2", {}, t(name)), el("p", {}, text), el("p", { class: "address" }, el("a", { href: "/" + page }, url)),
    more && el("p", { class: "soft" }, more), kind && pairing(name, kind));
}

function pairing(name, kind) {
  const place = el("div", { class: "pairing", role: "status" });
  const draw = () => fill(place, codes[name] ? el("p", {}, t("codeIs"), " ", el("strong", { class: "number", "data-code": codes[name] }, codes[name]))
    : el("button", { type: "button", class: "btn", "data-tool": "code-" + name, onclick: ask }, icon("plug"), t("makeCode")));
  const ask = async () => {
    try {
      codes[name] = (await post("/api/devices/codes", { kind: kind, name: t(name + "Name") })).code;
      draw();
    } catch (err) {
      fill(place, el("p", { class: "error", lang: lang() }, err.message));
    }
  };
  draw();
  return place;
}
