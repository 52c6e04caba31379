/**
 * Why a clerk calls the manager. The log keeps the clerk's words; who reads another language on the screen gets
 * the usual ones in it.
 * @module
 */

import { lang } from "../lib/texts.js";

/** The usual reasons in both languages, in the order of their digits. @type {[string, string][]} */
const REASONS = [
  ["Người dân bức xúc", "Upset citizen"],
  ["Hồ sơ khó", "Difficult dossier"],
  ["Máy hỏng", "Machine broken"],
  ["Cần phiên dịch", "Interpreter needed"],
  ["Khác", "Other"],
];

const own = (pair) => pair[lang() === "en" ? 1 : 0];

/** The usual reasons in the page's language. */
export const helpReasons = () => REASONS.map(own);

const usualOf = (reason) => REASONS.find((pair) => pair.includes(reason || ""));

/** The language of a reason as this page says it, where it is not the page's. @param {string} [reason] */
export const helpReasonLang = (reason) => (usualOf(reason) ? null : "vi");

/** A reason as this page says it: a usual one in its language, any other as it was typed. @param {string} [reason] */
export function helpReason(reason) {
  const usual = usualOf(reason);
  return usual ? own(usual) : reason || "";
}
