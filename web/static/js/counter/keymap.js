/**
 * Which key does what, in one place: the keyboard listens to it and the list of keys shows it. Codes are those of
 * KeyboardEvent.code, which NumLock does not change.
 * @module
 */

/** Function keys work everywhere, also in a text field. Vietnamese input methods (Telex, VNI) leave them alone. */
export const FUNCTION = { F1: "keys", F2: "next", F4: "recall", F6: "history", F7: "help", F8: "finish", F9: "no-show", F10: "close" };

/** Outside text fields: the row of digits, and three letters for what is done a few times a day. */
export const PLAIN = {
  Digit1: "hold", Digit2: "transfer", Digit3: "priority", Digit4: "reprint", Digit5: "issue",
  Digit6: "rest", Digit7: "waiting", Digit8: "held", Digit9: "no_show", Digit0: "undo",
  KeyB: "handover", KeyV: "written", KeyM: "more",
};

/** Keys that stand for their sign, wherever a keyboard has it. */
export const SIGNS = { "+": "confirm", "=": "confirm", "-": "revoke", "/": "booked", ".": "dossiers", "?": "keys" };

/** The numeric pad's own keys; its digits are those of the row. */
export const PAD = {
  NumpadEnter: "next", NumpadAdd: "recall", NumpadSubtract: "no-show", NumpadMultiply: "finish",
  NumpadDivide: "help", NumpadDecimal: "dossiers", NumpadComma: "dossiers",
};

/** What still works while dossiers are being typed on the pad. */
export const WHILE_COUNTING = ["next", "recall", "no-show", "finish"];

/** The list of keys: what the keyboard has on it, and the word for what it does. */
export const LIST = [
  ["F2", "k_next"], ["F4", "k_recall"], [".", "k_dossiers"], ["F8", "k_finish"], ["F9", "k_noShow"], ["0", "k_undo"],
  ["1", "k_hold"], ["2", "k_transfer"], ["3", "k_priority"], ["=", "k_confirm"], ["−", "k_revoke"], ["4", "k_reprint"],
  ["5", "k_issue"], ["6", "k_rest"], ["F6", "history"], ["F7", "help"], ["7", "k_waiting"], ["8", "k_held"], ["9", "k_no_show"],
  ["/", "k_booked"], ["B", "handover"], ["V", "written"], ["M", "more"], ["F10", "closeCounter"], ["Esc", "k_home"], ["?  F1", "keys"],
];

/** The pad as it lies on the desk: [sign, word, columns, rows]. */
export const PAD_LAYOUT = [
  ["Num", "", 1, 1], ["/", "help", 1, 1], ["*", "k_finish", 1, 1], ["−", "k_noShow", 1, 1],
  ["7", "k_waiting", 1, 1], ["8", "k_held", 1, 1], ["9", "k_no_show", 1, 1], ["+", "k_recall", 1, 2],
  ["4", "k_reprint", 1, 1], ["5", "k_issue", 1, 1], ["6", "k_rest", 1, 1],
  ["1", "k_hold", 1, 1], ["2", "k_transfer", 1, 1], ["3", "k_priority", 1, 1], ["Enter", "k_next", 1, 2],
  ["0", "k_undo", 2, 1], [".", "k_dossiers", 1, 1],
];
