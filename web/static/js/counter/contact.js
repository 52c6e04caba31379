/**
 * A phone number to tell a citizen that it is his turn: kept with his consent alone, and erased with his ticket.
 * @module
 */

import { el } from "../lib/dom.js";
import { texts } from "../lib/texts.js";
import { get, put, del } from "../lib/api.js";
import { openDialog, labelled } from "../staff/dialog.js";
import { staffWords } from "../staff/words.js";
import { notice } from "./store.js";

const t = texts(Object.assign({}, staffWords, {
  contact: ["Số điện thoại để báo…", "Phone number to call back…"],
  title: ["Số điện thoại của {number}", "Phone number of {number}"],
  phone: ["Số điện thoại để báo", "Phone number to call back"],
  phoneHint: ["Chỉ ghi khi người dân đồng ý. Chỉ dùng để báo lượt; tự xóa khi phục vụ xong, chậm nhất là cuối ngày.", "Only with the citizen’s consent. For calling back alone; erased when the service is over, at the end of the day at the latest."],
  consent: ["Tôi đã hỏi và người dân đồng ý", "I have asked, and the citizen agrees"],
  kept: ["Đang lưu", "Kept now"],
  logged: ["Nhật ký ghi ai đã xem hay đổi số này, không ghi số.", "The log says who looked at it or changed it, not the number."],
  save: ["Lưu số", "Keep it"],
  erase: ["Xóa số", "Erase it"],
  phoneMissing: ["Nhập số điện thoại.", "Enter a phone number."],
  consentMissing: ["Hãy hỏi người dân rồi đánh dấu ô đồng ý.", "Ask the citizen, then tick the box."],
  saved: ["Đã lưu số điện thoại của {number}.", "The phone number of {number} is kept."],
  erased: ["Đã xóa số điện thoại của {number}.", "The phone number of {number} is erased."],
}));

/** What the button that opens the dialog says. */
export const contactText = () => t("contact");

/** "0912 345 678". @param {string} phone digits */
const spaced = (phone) => phone.replace(/^(\d{4})(\d{3})(\d+)$/, "$1 $2 $3");

/** Shows, keeps or erases the phone number of a ticket. @param {Object} ticket */
export async function contactDialog(ticket) {
  const path = "/api/tickets/" + ticket.token + "/contact";
  let kept = "";
  try {
    kept = (await get(path)).phone;
  } catch (err) {
    if (err.code !== "no_contact") return notice(err.message, "bad");
  }
  const phone = /** @type {HTMLInputElement} */ (el("input", { id: "contact-phone", type: "tel", inputmode: "tel", maxlength: 20, autocomplete: "off" }));
  const consent = /** @type {HTMLInputElement} */ (el("input", { id: "contact-consent", type: "checkbox" }));
  openDialog({
    name: "contact", title: t("title", { number: ticket.number }), confirm: t("save"), cancel: t("cancel"),
    body: [
      kept && el("p", { class: "kept" }, t("kept") + ": ", el("a", { id: "contact-kept", href: "tel:" + kept }, spaced(kept))),
      labelled(t("phone"), phone, t("phoneHint")),
      el("label", { class: "check", for: "contact-consent" }, consent, t("consent")),
      el("p", { class: "hint" }, t("logged")),
    ].filter(Boolean),
    extra: kept ? [{ text: t("erase"), action: "erase", run: async () => {
      await del(path);
      notice(t("erased", { number: ticket.number }));
    } }] : [],
    onConfirm: async () => {
      if (!phone.value.trim()) fault(phone, t("phoneMissing"));
      if (!consent.checked) fault(consent, t("consentMissing"));
      await put(path, { phone: phone.value, consent: true });
      notice(t("saved", { number: ticket.number }));
    },
  });
}

function fault(field, text) {
  field.setAttribute("aria-invalid", "true");
  field.focus();
  throw new Error(text);
}
