/**
 * The dialogs of the counter page.
 * @module
 */

import { $, el, icon } from "../lib/dom.js";
import { nameOf } from "../lib/texts.js";
import { clockText, waitText } from "../lib/format.js";
import { newId } from "../lib/ids.js";
import { openDialog, labelled, reasonField as anyReason, selectField } from "../staff/dialog.js";
import { inDoubt } from "../staff/clock.js";
import { printerChoices } from "../staff/printers.js";
import { state, inHand } from "./store.js";
import { contactDialog, contactText } from "./contact.js";
import { confirmed, setPriority, confirmPriority, reprint, takeBack, giveBack, checkIn, allowed } from "./actions.js";
import { priorityName, routeText } from "./hand.js";
import { historyDialog } from "./history.js";
import { againText, isMovable, isPending, lastPrinter, rememberPrinter, timesText } from "./paper.js";
import { t } from "./words.js";

function reasonField(key, required) {
  return anyReason(t(required ? "reason" : "reasonOptional"), t(key).split("|"), required ? t("reasonAudit") : "", t("usualReasons"));
}

/** Marks the field and refuses, so that the dialog stays. */
function missing(field, text) {
  field.setAttribute("aria-invalid", "true");
  field.focus();
  throw new Error(text);
}

/** Hold the ticket in hand, with a reason if the clerk wants. */
export function holdDialog() {
  const ticket = inHand();
  const reason = reasonField("holdReasons", false);
  openDialog({
    name: "hold", title: t("holdTitle", { number: ticket.number }), body: [reason.box],
    confirm: t("hold"), cancel: t("cancel"),
    onConfirm: () => still(ticket, () => confirmed("hold", reason.value() ? { reason: reason.value() } : {})),
  });
}

/** Pause the counter. */
export function pauseDialog() {
  const reason = reasonField("pauseReasons", false);
  openDialog({
    name: "pause", title: t("pauseTitle"), body: [reason.box], confirm: t("pause"), cancel: t("cancel"),
    onConfirm: () => confirmed("pause", reason.value() ? { reason: reason.value() } : {}),
  });
}

/** Send the ticket in hand on to a service, a counter, or both. */
export function transferDialog() {
  const ticket = inHand();
  const services = state.hall.services.filter((s) => s.id !== ticket.service).map((s) => [s.id, nameOf(s)]);
  const counters = state.hall.counters.filter((c) => c.id !== state.counter.id && c.state !== "closed")
    .map((c) => [c.id, nameOf(c) + (c.state === "paused" ? " · " + t("state_paused") : "")]);
  const service = selectField("transfer-service", [["", t("sameService", { name: nameOf(ticket) })], ...services]);
  const counter = selectField("transfer-counter", [["", t("anyCounter")], ...counters]);
  openDialog({
    name: "transfer", title: t("transferTitle", { number: ticket.number }), confirm: t("transfer"), cancel: t("cancel"),
    body: [labelled(t("toService"), service), labelled(t("toCounter"), counter, t("transferHint"))],
    onConfirm: () => {
      const body = {};
      if (service.value) body.service = service.value;
      if (counter.value) body.counter = counter.value;
      if (!service.value && !counter.value) missing(service, t("transferMissing"));
      return still(ticket, () => confirmed("transfer", body));
    },
  });
}

/** The dialog was about one ticket: if another screen has moved on meanwhile, nothing is done. */
function still(ticket, work) {
  const now = inHand();
  if (!now || now.token !== ticket.token) throw new Error(t("movedOn"));
  return work();
}

/** Give, change or revoke a ticket's priority. @param {Object} ticket */
export function priorityDialog(ticket) {
  const pairs = [["", t("noPriority")], ...(state.hall.priorities || []).map((p) => [p.id, nameOf(p)])];
  const choice = selectField("priority-choice", pairs, ticket.priority || "");
  const reason = reasonField("priorityReasons", true);
  openDialog({
    name: "priority", title: t("priorityTitle", { number: ticket.number }), confirm: t("ok"), cancel: t("cancel"),
    body: [labelled(t("priority"), choice), reason.box],
    onConfirm: () => {
      if (choice.value === (ticket.priority || "") && (!choice.value || ticket.confirmed)) missing(choice, t("prioritySame"));
      if (!reason.value()) missing(reason.field, t("reasonMissing"));
      return setPriority(ticket, choice.value || null, reason.value());
    },
  });
}

/** Take away a priority that does not hold. @param {Object} ticket */
export function revokeDialog(ticket) {
  const reason = reasonField("revokeReasons", true);
  reason.field.value = t("revokeReasons").split("|")[0];
  openDialog({
    name: "revoke", title: t("revokeTitle", { number: ticket.number }), confirm: t("revokeConfirm"), cancel: t("cancel"),
    body: [el("p", {}, t("revokeText", { name: priorityName(ticket.priority) })), reason.box],
    onConfirm: () => {
      if (!reason.value()) missing(reason.field, t("reasonMissing"));
      return setPriority(ticket, null, reason.value());
    },
  });
  reason.field.select();
}

/** Call a waiting ticket out of its turn: never without a reason. @param {Object} ticket */
export function callDialog(ticket) {
  const reason = reasonField("callReasons", true);
  openDialog({
    name: "call", title: t("callTitle", { number: ticket.number }), body: [reason.box],
    confirm: t("callConfirm", { number: ticket.number }), kind: "call", cancel: t("cancel"),
    onConfirm: () => {
      if (!reason.value()) missing(reason.field, t("reasonMissing"));
      return confirmed("call", { token: ticket.token, reason: reason.value() });
    },
    onClose: () => inHand() && inHand().token === ticket.token && $("#next").focus(),
  });
}

/** Take a ticket back from hold or no-show; the work goes on at Next, not in the list. @param {Object} ticket */
export async function backToHand(ticket) {
  await takeBack(ticket);
  if (inHand() && inHand().token === ticket.token) $("#next").focus();
}

/** What can be done with a ticket of a list. @param {Object} ticket */
export function ticketDialog(ticket) {
  const waiting = ticket.state === "waiting";
  const then = (work) => () => { dialog.close(); work(); };
  const button = (action, sign, text, off, work) => el("button", {
    type: "button", class: "btn wide", "data-action": action, disabled: off, onclick: then(work),
  }, icon(sign), text);
  const hand = inHand();
  const declared = Boolean(ticket.priority) && !ticket.confirmed;
  const dialog = openDialog({
    name: "ticket", title: t("ticketTitle", { number: ticket.number }), cancel: t("close"),
    body: [
      el("p", {}, aboutTicket(ticket)),
      el("div", { class: "choices" },
        button("call", "bell", waiting ? t("callThis") : t("takeBack"), !allowed("call"), () => (waiting ? callDialog(ticket) : backToHand(ticket))),
        !waiting && button("return", "back", t("giveBack"), false, () => giveBack(ticket)),
        button("contact", "phone", contactText(), false, () => contactDialog(ticket)),
        declared && button("confirm", "check", t("confirmThis", { name: priorityName(ticket.priority) }), false, () => confirmPriority(ticket)),
        ticket.state !== "no_show" && button("priority", "star", t("changePriority"), false, () => priorityDialog(ticket)),
        button("history", "time", t("history"), false, () => historyDialog(ticket)),
        button("reprint", "printer", againText(ticket), false, () => reprintDialog(ticket))),
      el("p", { class: "hint", hidden: !hand }, hand ? t("busyHand", { number: hand.number }) : ""),
    ],
  });
}

/**
 * Print a ticket again: where there are several printers, at which one. A paper that waits can go to another.
 * @param {Object} chosen
 */
export function reprintDialog(chosen) {
  const ticket = asItIs(chosen);
  const moves = isMovable(ticket);
  if (state.printers.length < 2 || isPending(ticket) && !moves) return void reprint(ticket);
  const where = selectField("reprint-printer", printerChoices(t, state.printers), lastPrinter(ticket));
  openDialog({
    name: "reprint", title: t(moves ? "moveTitle" : "reprintTitle", { number: ticket.number }), cancel: t("cancel"), confirm: againText(ticket),
    body: [el("p", {}, moves ? t("moveNote") : timesText(ticket)), labelled(t("reprintWhere"), where)],
    onConfirm: () => {
      rememberPrinter(where.value);
      return reprint(ticket, where.value);
    },
  });
}

/** The ticket as it is now: its paper may have come out while a dialog was open. */
const asItIs = (ticket) => [inHand()].concat(state.tickets).find((x) => x && x.token === ticket.token) || ticket;

/** A ticket in one line. Its time is left out while nobody knows whether it is right. */
function aboutTicket(ticket) {
  const zone = state.hall.time_zone;
  return [
    nameOf(ticket), priorityName(ticket.priority), ticket.slot ? t("slotAt", { time: clockText(ticket.slot, zone) }) : "",
    ticket.undated || inDoubt(state.hall) ? "" : t("issuedAt", { time: clockText(ticket.issued_at, zone) }),
    ticket.state === "waiting" && waitText(ticket.wait) ? t("waitLeft", { wait: waitText(ticket.wait) }) : "",
    ticket.route.length ? t("thenTo", { services: routeText(ticket) }) : "",
    ticket.prints > 1 ? timesText(ticket).replace(/\.$/, "") : "",
  ].filter(Boolean).join(" · ");
}

/** Somebody with an appointment is here. @param {Object} appointment */
export function arriveDialog(appointment) {
  const key = newId();
  const arrived = appointment.state !== "booked";
  const priority = selectField("arrive-priority", [["", t("noPriority")], ...(state.hall.priorities || []).map((p) => [p.id, nameOf(p)])]);
  const time = clockText(appointment.start, state.hall.time_zone);
  openDialog({
    name: "arrive", title: t("slotTitle", { time: time }), cancel: arrived ? t("close") : t("cancel"), confirm: arrived ? "" : t("arrive"),
    body: [
      el("p", {}, nameOf(appointment) + " · " + t("slotCode", { code: appointment.code })),
      arrived ? el("p", {}, t("slotArrived")) : labelled(t("priority"), priority),
    ],
    onConfirm: () => checkIn(appointment, { key: key, priority: priority.value }).catch((err) => {
      if (err.code !== "appointment_early" || !err.problem.at) throw err;
      throw new Error(t("tooEarly", { time: clockText(err.problem.at, state.hall.time_zone) }));
    }),
  });
}

/** Close the counter. */
export function closeDialog() {
  const hand = inHand();
  openDialog({
    name: "close", title: t("closeTitle", { name: nameOf(state.counter) }), cancel: t("cancel"),
    body: [el("p", {}, hand ? t("closeInHand", { number: hand.number }) : t("closeHint"))],
    confirm: hand ? "" : t("closeCounter"), onConfirm: () => confirmed("close"),
  });
}

/** Sign out while the counter is open. @param {() => Promise<void>} signOut */
export function signOutDialog(signOut) {
  const hand = inHand();
  openDialog({
    name: "sign-out", title: t("signOutTitle"), cancel: t("cancel"),
    body: [el("p", {}, t("signOutHint", { name: nameOf(state.counter) }) + (hand ? " " + t("closeInHand", { number: hand.number }) : ""))],
    extra: [{ text: t("onlyOut"), action: "sign-out-only", run: signOut }],
    confirm: hand ? "" : t("closeAndOut"),
    onConfirm: async () => { await confirmed("close"); await signOut(); },
  });
}
