/**
 * What is known of a ticket's paper, in words: whether it came out, where, and how often it was asked for.
 * @module
 */

import { state } from "./store.js";
import { t } from "./words.js";

/** Whether the citizen may have no paper. @param {{print: string}} ticket */
export const unprinted = (ticket) => ["failed", "uncertain", "expired"].includes(ticket.print);

/** Whether a paper is still to come out. @param {{print: string}} ticket */
export const isPending = (ticket) => ticket.print === "queued" || ticket.print === "sending";

/** The printer that a ticket's paper was asked for or came out at. */
const printerOf = (ticket) => (ticket.printer ? state.printers.find((p) => p.name === ticket.printer) : state.printers[0]);

/** The name of the printer that keeps a ticket's paper waiting; empty when none does. @param {Object} ticket */
export function heldBy(ticket) {
  const p = ticket.print === "queued" ? printerOf(ticket) : null;
  return p && !p.ok && !p.stand_in ? p.name : "";
}

/** What more there is to say of the paper of the ticket in hand. @param {Object} ticket */
export function paperNote(ticket) {
  if (heldBy(ticket)) return t("paperHeld", { name: heldBy(ticket) });
  return [
    ticket.print === "sent" ? t("paperNotTold") : "",
    ticket.prints > 1 ? t("paperTimes", { n: ticket.prints - 1 }) : "",
    state.printers.length > 1 && ticket.printer ? t("paperAt", { name: ticket.printer }) : "",
  ].filter(Boolean).join(" · ");
}

/** How often the paper was asked for, and whether it came. @param {{print: string, prints: number}} ticket */
export function timesText(ticket) {
  if (!ticket.prints) return t("neverPrinted");
  if (unprinted(ticket)) return ticket.prints === 1 ? t("askedOnce") : t("askedTimes", { n: ticket.prints });
  return ticket.prints === 1 ? t("printedOnce") : t("printedTimes", { n: ticket.prints });
}

/** Whether a paper waits that another printer could print. @param {{print: string}} ticket */
export const isMovable = (ticket) => ticket.print === "queued" && state.printers.length > 1;

/** What the button says that asks for the paper once more. @param {{prints: number}} ticket */
export function againText(ticket) {
  if (isMovable(ticket)) return t("printElsewhere");
  return ticket.prints ? t("printAgain", { n: ticket.prints }) : t("printFirst");
}

/** What became of the wish for another paper. @param {Object} before @param {Object} now */
export function reprinted(before, now) {
  const several = state.printers.length > 1 && Boolean(now.printer);
  const at = several ? "At" : "";
  if (isMovable(before) && now.prints === before.prints && now.printer !== before.printer) return t("printMoved", { number: now.number, name: now.printer });
  if (isPending(before) && now.prints === before.prints) return t("reprintPending" + at, { number: now.number, name: now.printer });
  if (now.prints < 2) return t("printing", { number: now.number });
  return t("reprinted" + at, { number: now.number, n: now.prints - 1, name: now.printer });
}

let chosen = "";

/** The printer that the next reprint of this clerk is likely to be wanted at: one that prints. @param {{printer?: string}} ticket */
export function lastPrinter(ticket) {
  const wanted = [chosen, ticket.printer].concat(state.printers.map((p) => p.name));
  return wanted.find((name) => state.printers.some((p) => p.name === name && p.ok)) || chosen || ticket.printer || "";
}

/** @param {string} name */
export function rememberPrinter(name) {
  chosen = name;
}
