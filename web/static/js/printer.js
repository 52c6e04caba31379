/**
 * The software printer's page (demo): the newest paper as it would lie in the citizen's hand, and
 * buttons that make the printer fail.
 * @module
 */

import { $, $$, setText, show, toast } from "./lib/dom.js";
import { apply, initLang, lang, setLang, texts } from "./lib/texts.js";
import { get, put } from "./lib/api.js";

const POLL_MS = 1000;
const NARROW_DOTS = 384;

const t = texts({
  pageTitle: ["Máy in phần mềm", "Software printer"],
  home: ["← Trang đầu", "← Start page"],
  other: ["English", "Tiếng Việt"],
  title: ["Máy in phần mềm", "Software printer"],
  what: ["Máy in này đọc đúng các lệnh ESC/POS như máy in thật rồi vẽ lại tờ phiếu bên cạnh.", "It reads the same ESC/POS commands as a real printer and draws the paper that comes out."],
  faults: ["Giả lập trạng thái máy in", "Play a fault"],
  none: ["Bình thường", "No fault"],
  paper_out: ["Hết giấy", "Paper out"],
  cover_open: ["Mở nắp", "Cover open"],
  off: ["Tắt máy", "Switched off"],
  ok: ["Sẵn sàng. Đã in {n} phiếu.", "Ready. {n} tickets printed."],
  fault: ["{fault}: phiếu mới không in được, số vẫn hiện trên máy lấy số. Đã in {n} phiếu.", "{fault}: new tickets get no paper, their numbers show on the kiosk. {n} printed."],
  lost: ["Mất kết nối với máy chủ, đang thử lại…", "The server does not answer, trying again…"],
  bytes: ["Tải dữ liệu ESC/POS của phiếu mới nhất", "Download the newest ticket's ESC/POS bytes"],
  paper: ["Phiếu mới nhất", "The newest ticket"],
  empty: ["Chưa in phiếu nào. Hãy lấy số ở máy lấy số.", "Nothing printed yet. Take a number at the kiosk."],
});

/** The emulator's last answer; papers -1 before the first. */
let seen = { papers: -1, fault: "" };

function render(reached) {
  apply(t);
  document.title = t("pageTitle");
  $("#lang").setAttribute("lang", lang() === "vi" ? "en" : "vi"); // It speaks the other language.
  document.body.dataset.fault = seen.fault;
  const key = seen.fault === "offline" ? "off" : seen.fault;
  const state = $("#state");
  state.dataset.kind = !reached || seen.fault ? "warn" : "ok";
  setText(state, !reached ? t("lost") : seen.fault ? t("fault", { fault: t(key), n: seen.papers }) : t("ok", { n: seen.papers }));
  for (const button of $$("#faults button")) button.setAttribute("aria-pressed", String(button.dataset.fault === seen.fault));
  const some = seen.papers > 0;
  show($("#paper"), some);
  show($("#empty"), !some);
  show($("#bytes"), some);
  $("#paper").dataset.papers = String(seen.papers);
  $("#paper-image").setAttribute("alt", t("paper"));
}

/** Fetches the picture under a name of its own for each paper, so that no cache shows an old one. */
function feed(fresh) {
  const image = /** @type {HTMLImageElement} */ ($("#paper-image"));
  image.onload = () => {
    $("#paper").dataset.narrow = String(image.naturalWidth <= NARROW_DOTS);
    $("#paper").classList.remove("new");
    if (fresh) requestAnimationFrame(() => $("#paper").classList.add("new"));
  };
  image.src = "/printer/paper.png?n=" + seen.papers;
}

function take(answer) {
  const before = seen.papers;
  seen = answer;
  if (answer.papers > 0 && answer.papers !== before) feed(before >= 0);
  render(true);
}

async function poll() {
  try {
    take(await get("/api/emulator"));
  } catch (err) {
    render(false);
  }
  setTimeout(poll, POLL_MS);
}

async function setFault(fault) {
  try {
    take(await put("/api/emulator", { fault: fault }));
  } catch (err) {
    toast(err.detail, "bad");
  }
}

initLang("vi");
apply(t);
for (const button of $$("#faults button")) button.onclick = () => setFault(button.dataset.fault);
$("#lang").onclick = () => setLang(lang() === "vi" ? "en" : "vi");
document.addEventListener("langchange", () => render(true));
poll();
