/**
 * Ids out of Vietnamese names: "Đất đai" becomes "dat-dai".
 * @module
 */

/** As package kiosk wants ids: a-z, 0-9 and dashes, at most this long. */
const MAX = 32;

/**
 * The name in plain letters with dashes; empty when nothing is left of it.
 * @param {string} name
 * @returns {string}
 */
export function plain(name) {
  return name.toLowerCase().replace(/đ/g, "d").normalize("NFD").replace(/[\u0300-\u036f]/g, "")
    .replace(/[^a-z0-9]+/g, "-").replace(/^-+|-+$/g, "").slice(0, MAX).replace(/-+$/, "");
}

/**
 * An id for the name that none of the others has.
 * @param {string} name
 * @param {Iterable<string>} others
 * @param {string} fallback for a name without a letter
 * @returns {string}
 */
export function idFor(name, others, fallback) {
  const taken = new Set(others);
  const base = plain(name) || fallback;
  let id = base;
  for (let n = 2; taken.has(id); n++) id = base.slice(0, MAX - 4) + "-" + n;
  return id;
}
