/**
 * What an opinion is made of, the same on the phone and on the counter's screen: five steps, and the
 * reasons of package kiosk. The codes are recorded. ES2017.
 * @module
 */

import { lang } from "./texts.js";

/** What the steps are called, from 1 to 5. */
const steps = [
  ["Rất không hài lòng", "Very dissatisfied"],
  ["Không hài lòng", "Dissatisfied"],
  ["Bình thường", "Neither"],
  ["Hài lòng", "Satisfied"],
  ["Rất hài lòng", "Very satisfied"],
];

/** @type {{code: string, good: boolean, words: [string, string]}[]} */
const reasons = [
  { code: "quick", good: true, words: ["Nhanh", "Quick"] },
  { code: "helpful", good: true, words: ["Tận tình", "Helpful"] },
  { code: "clear", good: true, words: ["Hướng dẫn rõ", "Clear guidance"] },
  { code: "tidy", good: true, words: ["Gọn gàng, sạch sẽ", "Clean and tidy"] },
  { code: "long_wait", good: false, words: ["Chờ lâu", "Long wait"] },
  { code: "unfriendly", good: false, words: ["Thái độ chưa tốt", "Unfriendly"] },
  { code: "unclear", good: false, words: ["Hướng dẫn chưa rõ", "Unclear guidance"] },
  { code: "many_trips", good: false, words: ["Phải đi lại nhiều", "Too many trips"] },
];

/** The two texts of the question, for a table of texts. @type {[string, string]} */
export const question = ["Ông bà có hài lòng không?", "Were you satisfied?"];

const own = (pair) => pair[lang() === "en" ? 1 : 0];

/** @param {number} stars 1 to 5 */
export const stepWord = (stars) => own(steps[stars - 1]);

/** Whether both are offered the same reasons. @param {number} a @param {number} b */
export const alike = (a, b) => a > 3 === b > 3;

/** The reasons that go with so many stars. @param {number} stars @returns {{code: string, word: string}[]} */
export const reasonsOf = (stars) => reasons.filter((r) => r.good === stars > 3).map((r) => ({ code: r.code, word: own(r.words) }));
