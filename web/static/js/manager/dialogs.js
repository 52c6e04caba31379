/**
 * What a manager does from the live hall: each deed is asked for first, and is the API's own.
 * @module
 */

import { el, icon } from "../lib/dom.js";
import { nameOf } from "../lib/texts.js";
import { clockText } from "../lib/format.js";
import { post } from "../lib/api.js";
import { openDialog, labelled, reasonField, selectField } from "../staff/dialog.js";
import { state, waited, serviceOf, counterOf } from "./state.js";
import { refresh } from "./sync.js";
import { t, lasting } from "./words.js";

/** Shows the log of one ticket; the page sets it. */
let showLog = () => {};

/** @param {(number: string) => void} show */
export function onTicketLog(show) {
  showLog = show;
}

async function ask(counter, action, body) {
  await post("/api/counters/" + encodeURIComponent(counter.id) + "/" + action, body);
  await refresh();
}

const nameOfCounter = (counter) => nameOf(counterOf(counter.id)) || counter.id;
const userOf = (counter) => counter.user_name || counter.user;

/** Ends a counter's break. @param {Object} counter */
export const resume = (counter) => ask(counter, "resume");

/** A counter that calls although nobody is there. @param {Object} counter */
export function pauseDialog(counter) {
  const reason = reasonField(t("reason"), t("pauseReasons").split("|"), "", t("usualReasons"));
  openDialog({
    name: "pause", title: t("pauseTitle", { counter: nameOfCounter(counter) }), confirm: t("pause"), cancel: t("cancel"),
    body: [el("p", { "data-own": true }, t("pauseText", { user: userOf(counter) })), reason.box],
    onConfirm: () => ask(counter, "pause", reason.value() ? { reason: reason.value() } : {}),
  });
}

/** A counter that was forgotten; with a ticket in hand it can't be closed. @param {Object} counter */
export function closeDialog(counter) {
  const name = nameOfCounter(counter);
  const hand = counter.ticket;
  openDialog({
    name: "close", title: t("closeTitle", { counter: name }), cancel: t("cancel"), confirm: hand ? "" : t("closeCounter"),
    body: [el("p", { "data-own": true }, hand ? t("closeHand", { counter: name, number: hand.number }) : t("closeText", { user: userOf(counter) })),
      hand ? el("a", { class: "btn", href: "/counter" }, t("counterPage")) : el("span", { hidden: true })],
    onConfirm: () => ask(counter, "close"),
  });
}

/** Somebody who waits. @param {Object} waiting */
export function ticketDialog(waiting) {
  const minutes = waited(waiting);
  const service = nameOf(serviceOf(waiting.service)) || waiting.service;
  const then = (work) => () => { dialog.close(); work(); };
  const button = (action, sign, text, work) => el("button", { type: "button", class: "btn wide", "data-action": action, onclick: then(work) }, icon(sign), text);
  const dialog = openDialog({
    name: "ticket", title: t("ticketTitle", { number: waiting.number }), cancel: t("close"),
    body: [
      el("p", {}, minutes === null ? t("ticketUndated", { service: service })
        : t("ticketSince", { service: service, time: clockText(waiting.since, state.hall.time_zone), waited: lasting(minutes) })),
      el("div", { class: "choices" },
        button("priority", "star", t("changePriority"), () => priorityDialog(waiting)),
        button("log", "list", t("ticketLog"), () => showLog(waiting.number))),
    ],
  });
}

/** Gives, changes or takes away a priority, with a reason. @param {Object} waiting */
function priorityDialog(waiting) {
  const choice = selectField("priority-choice", [["", t("noPriority")], ...state.hall.priorities.map((p) => /** @type {[string, string]} */ ([p.id, nameOf(p)]))], waiting.priority);
  const reason = reasonField(t("reason"), t("priorityReasons").split("|"), t("priorityHint"), t("usualReasons"));
  openDialog({
    name: "priority", title: t("priorityTitle", { number: waiting.number }), confirm: t("ok"), cancel: t("cancel"),
    body: [labelled(t("priority"), choice), reason.box],
    onConfirm: async () => {
      if (choice.value === waiting.priority && (!choice.value || waiting.confirmed)) missing(choice, t("prioritySame"));
      if (!reason.value()) missing(reason.field, t("reasonMissing"));
      await post("/api/tickets/" + encodeURIComponent(waiting.token) + "/priority", { priority: choice.value || null, reason: reason.value() }, { repeat: true, retryMs: 10000 });
      await refresh();
    },
  });
}

/** Marks the field and refuses, so that the dialog stays. */
function missing(field, text) {
  field.setAttribute("aria-invalid", "true");
  field.focus();
  throw new Error(text);
}
