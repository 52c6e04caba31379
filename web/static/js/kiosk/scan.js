/**
 * A QR scanner that is a keyboard: it types what it reads and presses Enter, or Tab. What it reads is the
 * URL of a ticket or of an appointment, or an appointment's six digits. Nothing is judged by speed:
 * what matters is what stands before the Enter. A scanner presses the keys of a US keyboard whatever
 * layout or Vietnamese typing method the PC has, so the keys are read as well as their characters.
 * @module
 */

/** @typedef {{kind: "ticket"|"appointment"|"code"|"unknown", value: string}} Scan */

const LONGEST = 400;
/** Fewer characters than this before an Enter are somebody at a keyboard, not a scan. */
const SHORTEST = 6;

/**
 * What a text that ends with Enter means.
 * @param {string} text
 * @returns {Scan|null} null when it is none of ours and too short to be a scan
 */
export function meaning(text) {
  const url = /\/(t|a)\/([A-Za-z0-9_-]{22})\/?$/.exec(text);
  if (url) return { kind: url[1] === "t" ? "ticket" : "appointment", value: url[2] };
  if (/^\d{6}$/.test(text)) return { kind: "code", value: text };
  return text.length >= SHORTEST ? { kind: "unknown", value: text } : null;
}

/** The character of a key on a US keyboard, as far as our URLs need it; empty for others. */
function usCharacter(event) {
  const letter = /^Key([A-Z])$/.exec(event.code);
  if (letter) return event.shiftKey ? letter[1] : letter[1].toLowerCase();
  const digit = /^(?:Digit|Numpad)(\d)$/.exec(event.code);
  if (digit && !event.shiftKey) return digit[1];
  const others = { Slash: ["/", "?"], Minus: ["-", "_"], Period: [".", ">"], Semicolon: [";", ":"] };
  return event.code in others ? others[event.code][event.shiftKey ? 1 : 0] : "";
}

/**
 * Listens for scans on this page.
 * @param {(scan: Scan) => void} onScan
 */
export function listenForScans(onScan) {
  let typed = "";
  let pressed = "";
  window.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.altKey || event.metaKey) return;
    if (event.key !== "Enter" && event.key !== "Tab") {
      if (event.key.length === 1) typed = (typed + event.key).slice(-LONGEST);
      pressed = (pressed + usCharacter(event)).slice(-LONGEST);
      if (event.key === " " && typed.length > 1) event.preventDefault(); // Would press the button that has the focus.
      return;
    }
    const texts = event.getModifierState("CapsLock") ? [pressed, typed] : [typed, pressed]; // Caps lock turns a token's letters over.
    const found = texts.map(meaning).filter(Boolean);
    const ours = found.find((scan) => scan.kind !== "unknown");
    typed = pressed = "";
    if (!ours && (event.key === "Tab" || !found.length)) return;
    event.preventDefault();
    onScan(ours || found[0]);
  }, true);
}
