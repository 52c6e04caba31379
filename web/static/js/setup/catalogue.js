/**
 * What nearly every one-stop office has: offered for a choice, to be changed at will.
 * @module
 */

/**
 * Name in both languages, the ticket's letter, mean minutes, and whether it is chosen at first. Since March 2025 labour
 * and people with merit belong to home affairs, and social protection to health: two rooms of a commune's office.
 * @type {[string, string, string, number, boolean][]}
 */
const COMMON = [
  ["Đất đai", "Land", "A", 14, true],
  ["Hộ tịch", "Civil status", "B", 8, true],
  ["Chứng thực", "Certification", "C", 5, true],
  ["Hộ kinh doanh", "Household businesses", "D", 10, true],
  ["Trả kết quả", "Results", "E", 4, true],
  ["Người có công – Lao động", "People with merit, labour", "G", 10, false],
  ["Bảo trợ xã hội", "Social protection", "H", 10, false],
  ["Cư trú – Căn cước", "Residence and ID cards", "K", 8, false],
  ["Xây dựng – Đô thị", "Construction", "L", 12, false],
  ["Hướng dẫn, tiếp nhận chung", "Guidance and general matters", "M", 6, false],
];

/** The usual hours of an office. */
export const officeHours = () => {
  const day = "07:30-11:30, 13:30-17:00";
  return { mon: day, tue: day, wed: day, thu: day, fri: day, sat: "", sun: "" };
};

/** @typedef {{key: number, on: boolean, name: string, nameEn: string, prefix: string, minutes: string}} Service */

/** @returns {Service[]} */
export const commonServices = () => COMMON.map(([name, nameEn, prefix, minutes, on], key) =>
  ({ key: key, on: on, name: name, nameEn: nameEn, prefix: prefix, minutes: String(minutes) }));

/** The first letter that no service has. @param {Service[]} services */
export function freeLetter(services) {
  const taken = new Set(services.map((s) => s.prefix.toUpperCase()));
  return "ABCDEFGHKLMNPQRSTUVXY".split("").find((letter) => !taken.has(letter)) || "";
}

/** The English name that goes with a common one; empty for a name of the hall's own. @param {Service} service */
export const englishOf = (service) => (COMMON[service.key] && COMMON[service.key][0] === service.name.trim() ? service.nameEn : "");
