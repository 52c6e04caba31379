/**
 * The software printer's page (demo): the papers as they would lie in the citizen's hand, and
 * buttons that make the printer fail, at once or in the middle of the next ticket.
 * @module
 */

import { $, $$, el, fill, setText, show, toast } from "./lib/dom.js";
import { apply, initLang, lang, setLang, texts } from "./lib/texts.js";
import { get, put } from "./lib/api.js";

const POLL_MS = 1000;
const NARROW_DOTS = 384;

/** The faults, as the page groups them: what the printer tells, what it does not, what happens once. */
const GROUPS = {
  tells: ["paper_low", "paper_out", "cover_open", "cutter", "hot", "fatal", "offline"],
  hides: ["silent", "swallow", "drop", "slow", "garbage", "unreachable"],
  once: ["hang_up", "restart"],
};

const t = texts({
  pageTitle: ["Máy in phần mềm", "Software printer"],
  home: ["← Trang đầu", "← Start page"],
  other: ["English", "Tiếng Việt"],
  title: ["Máy in phần mềm", "Software printer"],
  when: ["Lỗi xảy ra khi nào", "When the fault strikes"],
  now: ["Lỗi ngay bây giờ", "Break it now"],
  later: ["Lỗi giữa tờ phiếu tới", "In the middle of the next ticket"],
  mend: ["Sửa xong", "Put it right"],
  tells: ["Máy in tự báo", "The printer says so"],
  hides: ["Máy in không báo", "The printer does not say"],
  once: ["Xảy ra một lần", "Happens once"],
  paper_low: ["Sắp hết giấy", "Paper low"],
  paper_lowWhat: ["Vẫn in, chỉ báo trước.", "It still prints, and warns."],
  paper_out: ["Hết giấy", "Paper out"],
  paper_outWhat: ["Ngừng in đến khi có cuộn giấy mới.", "It stops until there is a new roll."],
  cover_open: ["Mở nắp", "Cover open"],
  cover_openWhat: ["Ngừng in đến khi đậy nắp lại.", "It stops until the cover is closed."],
  cutter: ["Kẹt dao cắt", "Cutter jammed"],
  cutterWhat: ["Phiếu in xong mà không cắt được.", "The ticket is printed, and can't be cut."],
  hot: ["Đầu in quá nóng", "Print head too hot"],
  hotWhat: ["Nghỉ cho nguội rồi in tiếp.", "It rests, then goes on."],
  fatal: ["Lỗi nặng", "Fatal error"],
  fatalWhat: ["Phải tắt đi bật lại.", "It has to be switched off and on."],
  offline: ["Giữ nút đẩy giấy", "FEED held"],
  offlineWhat: ["Tạm ngừng, không nói vì sao.", "It stops, and gives no reason."],
  silent: ["Im lặng", "Silent"],
  silentWhat: ["In được nhưng không trả lời.", "It prints, but answers nothing."],
  swallow: ["Treo máy", "Hung"],
  swallowWhat: ["Nhận hết mà không in, không trả lời.", "It takes everything and prints nothing."],
  drop: ["Mất dữ liệu", "Loses bytes"],
  dropWhat: ["Phiếu hỏng mà vẫn báo là tốt.", "Tickets are spoilt, it says all is well."],
  slow: ["Rất chậm", "Very slow"],
  slowWhat: ["Mỗi giây nhận một byte.", "It takes one byte a second."],
  garbage: ["Trả lời lung tung", "Garbled answers"],
  garbageWhat: ["Như khi cắm nhầm thiết bị khác.", "As when another device is connected."],
  unreachable: ["Rút dây", "Unplugged"],
  unreachableWhat: ["Không nối được với máy in.", "The printer can't be reached."],
  hang_up: ["Ngắt kết nối", "Hangs up"],
  hang_upWhat: ["Cắt đường dây, nối lại được ngay.", "It cuts the wire; a new one works."],
  restart: ["Tắt rồi bật lại", "Off and on"],
  restartWhat: ["Quên dữ liệu, phiếu dở bị xé.", "It forgets all; a half ticket is torn off."],
  ok: ["Sẵn sàng. Đã ra {n} tờ.", "Ready. {n} papers so far."],
  broken: ["{fault}: {what}", "{fault}: {what}"],
  coming: ["Sắp lỗi giữa tờ phiếu tới: {fault}.", "To come in the middle of the next ticket: {fault}."],
  lost: ["Mất kết nối với máy chủ, đang thử lại…", "The server does not answer, trying again…"],
  bytes: ["Tải dữ liệu ESC/POS của tờ này", "Download this paper's ESC/POS bytes"],
  last: ["Các tờ vừa ra", "The last papers"],
  sheet: ["Tờ {n}", "Paper {n}"],
  whole: ["Tờ {n}: nguyên vẹn, dài {mm} mm", "Paper {n}: whole, {mm} mm"],
  torn: ["Tờ {n}: bị xé dở, dài {mm} mm", "Paper {n}: torn, {mm} mm"],
  spoilt: ["Tờ {n}: mất {lost} byte, dài {mm} mm", "Paper {n}: {lost} bytes lost, {mm} mm"],
  tornMark: ["Rách", "Torn"],
  spoiltMark: ["Hỏng", "Spoilt"],
  empty: ["Chưa in phiếu nào. Hãy lấy số ở máy lấy số.", "Nothing printed yet. Take a number at the kiosk."],
});

/** The emulator's last answer; papers -1 before the first. */
let seen = { papers: -1, fault: "", coming: "", recent: [] };
/** The number of the paper that is shown large; 0 follows the newest. */
let chosen = 0;

function buildFaults() {
  const button = (code) => el("button", { class: "btn", type: "button", "data-fault": code },
    el("strong", { "data-text": code }), el("span", { "data-text": code + "What" }));
  for (const group of Object.keys(GROUPS)) {
    $("#faults").append(el("div", { role: "group", "aria-labelledby": "group-" + group, "data-group": group },
      el("h2", { id: "group-" + group, "data-text": group }), ...GROUPS[group].map(button)));
  }
}

function kindOf(paper) {
  return paper.torn ? "torn" : paper.lost > 0 ? "spoilt" : "whole";
}

function renderState(reached) {
  const state = $("#state");
  state.dataset.kind = !reached || seen.fault || seen.coming ? "warn" : "ok";
  let text = t("ok", { n: Math.max(seen.papers, 0) });
  if (seen.coming) text = t("coming", { fault: t(seen.coming) });
  if (seen.fault) text = t("broken", { fault: t(seen.fault), what: t(seen.fault + "What") });
  setText(state, reached ? text : t("lost"));
  for (const button of $$("#faults button")) {
    button.setAttribute("aria-pressed", String(button.dataset.fault === seen.fault));
    button.dataset.coming = String(button.dataset.fault === seen.coming);
  }
}

/** The paper that is shown large: the chosen one while it is kept, else the newest. */
function shownPaper() {
  return seen.recent.find((paper) => paper.seq === chosen) || seen.recent[0];
}

function renderPaper() {
  const paper = shownPaper();
  show($(".last"), Boolean(paper));
  show($("#paper"), Boolean(paper));
  show($("#empty"), !paper);
  show($("#bytes"), Boolean(paper));
  show($("#caption"), Boolean(paper));
  if (!paper) return;
  $("#paper").dataset.kind = kindOf(paper);
  $("#paper").dataset.papers = String(seen.papers);
  setText($("#caption"), t(kindOf(paper), { n: paper.seq, mm: paper.mm, lost: paper.lost }));
  $("#paper-image").setAttribute("alt", $("#caption").textContent);
  $("#bytes").setAttribute("href", "/printer/paper.bin?n=" + paper.seq);
}

function renderStrip() {
  const shown = shownPaper();
  fill($("#strip"), ...seen.recent.map((paper) => {
    const kind = kindOf(paper);
    return el("li", {}, el("button", {
      type: "button", "data-seq": paper.seq, "data-kind": kind, "aria-pressed": String(paper === shown),
      onclick: () => choose(paper.seq),
    }, el("img", { src: "/printer/paper.png?n=" + paper.seq, alt: "" }),
    el("span", {}, t("sheet", { n: paper.seq })),
    kind === "whole" ? null : el("span", { class: "chip", "data-kind": "bad" }, t(kind + "Mark"))));
  }));
}

function render(reached) {
  apply(t);
  document.title = t("pageTitle");
  $("#lang").setAttribute("lang", lang() === "vi" ? "en" : "vi"); // It speaks the other language.
  document.body.dataset.fault = seen.fault;
  document.body.dataset.coming = seen.coming;
  renderState(reached);
  renderPaper();
}

/** Fetches the picture of the paper that is shown; a fresh one comes out of the slot. */
function feed(fresh) {
  const paper = shownPaper();
  if (!paper) return;
  const image = /** @type {HTMLImageElement} */ ($("#paper-image"));
  image.onload = () => {
    $("#paper").dataset.narrow = String(image.naturalWidth <= NARROW_DOTS);
    $("#paper").classList.remove("new");
    if (fresh) requestAnimationFrame(() => $("#paper").classList.add("new"));
  };
  image.src = "/printer/paper.png?n=" + paper.seq;
}

function choose(seq) {
  chosen = seq === seen.recent[0].seq ? 0 : seq;
  feed(false);
  renderPaper();
  for (const button of $$("#strip button")) button.setAttribute("aria-pressed", String(Number(button.dataset.seq) === seq));
}

function take(answer) {
  const before = seen.papers;
  seen = answer;
  if (answer.papers !== before) {
    if (before >= 0) chosen = 0;
    feed(before >= 0);
    renderStrip();
  }
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
  const when = /** @type {HTMLInputElement} */ ($("[name=when]:checked"));
  try {
    take(await put("/api/emulator", { fault: fault, rows: fault ? Number(when.value) : 0 }));
  } catch (err) {
    toast(err.detail, "bad");
  }
}

initLang("vi");
buildFaults();
apply(t);
for (const button of $$("button[data-fault]")) button.onclick = () => setFault(button.dataset.fault);
$("#lang").onclick = () => setLang(lang() === "vi" ? "en" : "vi");
document.addEventListener("langchange", () => {
  renderStrip();
  render(true);
});
poll();
