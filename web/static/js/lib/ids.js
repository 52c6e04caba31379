/**
 * Random ids. The pages are plain HTTP on a LAN, so crypto.randomUUID does not exist there;
 * getRandomValues does.
 * @module
 */

/**
 * A fresh id of 128 random bits as 32 hexadecimal digits, for Idempotency-Key.
 * @returns {string}
 */
export function newId() {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return Array.from(bytes, (b) => (b < 16 ? "0" : "") + b.toString(16)).join("");
}
