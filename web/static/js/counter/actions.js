/**
 * What a clerk does. One request at a time; a press that comes while an answer is awaited, or
 * bounces, is ignored. After a lost answer the page looks at what became of the request before
 * anything else can be done.
 * @module
 */

import { post } from "../lib/api.js";
import { nameOf } from "../lib/texts.js";
import { state, update, notice, inHand, takeCounter, hush, serviceOf } from "./store.js";
import { refresh, overtake, counterPath } from "./sync.js";
import { reprinted } from "./paper.js";
import { t } from "./words.js";

/** The same action again within this time is a bounce. */
const BOUNCE_MS = 1000;

/** An answer that takes longer is worth a word. */
const SLOW_MS = 700;

/** How long a lost answer is looked for. */
const SETTLE_MS = 15000;

const answeredAt = {};

/**
 * Whether the action can be done now; the buttons show the same.
 * @param {string} name
 */
export function allowed(name) {
  const counter = state.counter;
  if (!counter || counter.state === "closed") return name === "issue";
  const hand = inHand();
  switch (name) {
    case "next": return counter.state === "open" && !state.busy && state.pressedAt >= state.quietUntil;
    case "recall": case "finish": case "no-show": case "hold": case "transfer": case "priority": case "reprint": case "history": case "dossiers":
      return Boolean(hand);
    case "confirm": case "revoke": return Boolean(hand && hand.priority && !hand.confirmed);
    case "undo": return Boolean(counter.undo);
    case "call": return counter.state === "open" && !hand;
    case "pause": return counter.state === "open";
    case "resume": return counter.state === "paused";
    default: return true;
  }
}

/** What is done to the ticket in hand. */
const TO_HAND = ["recall", "finish", "no-show", "hold", "transfer", "priority", "confirm", "revoke", "reprint", "history", "dossiers"];

/**
 * Says why a key does nothing, where that is because nobody is in hand. One that bounces after an action is meant
 * for the ticket that it ended, and what became of that stays in the notice line.
 * @param {string} name
 */
export function sayIdle(name) {
  const bounced = Object.values(answeredAt).some((at) => performance.now() - at < BOUNCE_MS);
  if (TO_HAND.includes(name) && !inHand() && !bounced) notice(t("nobodyCalled"));
}

/**
 * Calls the next ticket, and finishes the one in hand in the same step. The token of the ticket
 * that the clerk sees goes along, so a repeated request can never finish another one.
 * @param {number} dossiers handed in with the ticket in hand; 0 = not counted
 */
export async function next(dossiers) {
  if (!ready("next")) return;
  const hand = inHand();
  await direct("next", async () => {
    const body = {};
    if (hand) Object.assign(body, { finish: hand.token, for: hand.service });
    if (hand && dossiers > 0) body.dossiers = dossiers;
    const called = await post(counterPath(state.counter.id, "next"), body, { repeat: Boolean(hand), retryMs: SETTLE_MS });
    hush();
    showCalled(called);
    if (called) return "";
    if (hand && hand.route.length) return t("steppedNone", step(hand));
    return hand ? t("finishedNone", { number: hand.number }) : t("calledNone");
  });
}

/** Calls the ticket in hand once more. */
export async function recall() {
  if (!ready("recall")) return;
  const { number, token } = inHand();
  await direct("recall", async () => {
    showCalled(await post(counterPath(state.counter.id, "recall"), { ticket: token }));
    return t("recalled", { number: number });
  });
}

/** Ends the service, or this step of the ticket's route. @param {number} dossiers */
export async function finish(dossiers) {
  if (!ready("finish")) return;
  const hand = inHand();
  await direct("finish", async () => {
    await ask("finish", dossiers > 0 ? { dossiers: dossiers } : {});
    return hand.route.length ? t("stepped", step(hand)) : "";
  });
}

/** The words for a ticket that goes on to the next service of its route. @param {Object} ticket */
export const step = (ticket) => ({ number: ticket.number, service: nameOf(serviceOf(ticket.route[0])) });

/** The proof of a declared priority was seen. @param {Object} ticket */
export async function confirmPriority(ticket) {
  if (!ready("confirm-" + ticket.token)) return;
  await direct("confirm-" + ticket.token, async () => {
    await post(priorityPath(ticket), { priority: ticket.priority, reason: t("priorityReasons").split("|")[0] }, { repeat: true, retryMs: SETTLE_MS });
    return t("priorityConfirmed", { number: ticket.number });
  });
}

/** Somebody who missed his call, or was on hold, is here again: he waits on. @param {Object} ticket */
export async function giveBack(ticket) {
  if (!ready("return-" + ticket.token)) return;
  await direct("return-" + ticket.token, async () => {
    await post("/api/tickets/" + encodeURIComponent(ticket.token) + "/return", {}, { repeat: true, retryMs: SETTLE_MS });
    return t("returned", { number: ticket.number });
  });
}

/**
 * Somebody with an appointment is here: it becomes a ticket.
 * @param {{token: string}} appointment
 * @param {{key: string, priority?: string}} wish
 * @returns {Promise<void>}
 */
export async function checkIn(appointment, wish) {
  const body = { appointment: appointment.token };
  if (wish.priority) body.priority = wish.priority;
  await attempt("arrive", async () => {
    const ticket = await post("/api/checkin", body, { key: wish.key, retryMs: SETTLE_MS });
    return t("arrivedAs", { number: ticket.number });
  }).then((text) => notice(typeof text === "string" ? text : ""));
}

/** An action that needs no more than its name: no-show, undo, pause, resume. @param {string} name */
export async function simple(name) {
  if (ready(name)) await direct(name, () => ask(name));
}

/**
 * Asks for a ticket's paper again.
 * @param {{token: string, number: string, prints: number}} ticket
 * @param {string} [printer]  where it is to come out; empty: where it was asked for last
 */
export async function reprint(ticket, printer) {
  if (printer ? state.busy : !ready("reprint-" + ticket.token)) return; // Who has chosen in a dialog is no bouncing key.
  await direct("reprint-" + ticket.token, async () => {
    const now = await post("/api/tickets/" + encodeURIComponent(ticket.token) + "/reprint", printer ? { printer: printer } : {});
    return reprinted(ticket, now);
  });
}

/** Takes a ticket from hold, or one that did not come, back to the counter. @param {Object} ticket */
export async function takeBack(ticket) {
  if (allowed("call") && ready("call")) await direct("call", () => ask("call", { token: ticket.token }));
}

/**
 * An action whose dialog has been filled in: errors go to the dialog.
 * @param {string} name action of the counter, as in its path
 * @param {Object} [body]
 */
export async function confirmed(name, body) {
  await attempt(name, () => ask(name, body));
}

/**
 * Changes a ticket's priority; errors go to the dialog.
 * @param {{token: string}} ticket
 * @param {string|null} priority
 * @param {string} reason
 */
export async function setPriority(ticket, priority, reason) {
  await attempt("priority", () => post(priorityPath(ticket), { priority: priority, reason: reason }, { repeat: true, retryMs: SETTLE_MS }));
}

const priorityPath = (ticket) => "/api/tickets/" + encodeURIComponent(ticket.token) + "/priority";

/** Actions that name the ticket in hand, so that a request that comes late or twice can't hit another one. */
const ON_HAND = ["finish", "no-show", "hold", "transfer"];

function ask(name, body) {
  const onHand = ON_HAND.includes(name);
  const sent = onHand ? Object.assign({ ticket: inHand().token, for: inHand().service }, body) : body;
  return post(counterPath(state.counter.id, name), sent, { repeat: onHand, retryMs: SETTLE_MS }).then((answer) => {
    if (name === "call") {
      hush();
      showCalled(answer);
    }
    if (answer && answer.id === state.counter.id) takeCounter(answer);
  });
}

/** Shows the answer of a call at once; the refresh that follows brings the rest. */
function showCalled(ticket) {
  takeCounter(Object.assign({}, state.counter, { ticket: ticket || null, undo: ticket ? null : state.counter.undo }));
}

/** Whether the press counts: nothing under way, no bounce, and the action makes sense now. */
function ready(name) {
  if (state.busy || performance.now() - (answeredAt[name] || -Infinity) < BOUNCE_MS && name !== "next") return false;
  return allowed(name);
}

/** Does an action and shows in the notice line how it went. */
async function direct(name, work) {
  try {
    const text = await attempt(name, work);
    notice(typeof text === "string" ? text : "");
  } catch (err) {
    notice(err.message, "bad");
  }
}

/**
 * Does an action with the page locked, looks for the outcome when the answer was lost, and brings
 * the page up to date.
 * @throws {Error} with a sentence for the clerk when the action was not done
 */
async function attempt(name, work) {
  if (state.busy) throw new Error(t("busy"));
  const before = fingerprint();
  update({ busy: name });
  overtake();
  const slow = setTimeout(() => notice(t("slow")), SLOW_MS);
  try {
    return await work();
  } catch (err) {
    return await settle(err, before);
  } finally {
    clearTimeout(slow);
    answeredAt[name] = performance.now();
    overtake();
    update({ busy: "", notice: "" });
    refresh();
  }
}

/** Finds out what a failed request has done. */
async function settle(err, before) {
  if (err.unknown) {
    const until = Date.now() + SETTLE_MS;
    while (!(await refresh()) && Date.now() < until) await new Promise((done) => setTimeout(done, 700));
    if (fingerprint() !== before) return "";
    throw new Error(t("unchanged"));
  }
  const late = ["ticket_in_service", "no_ticket_in_hand", "nothing_to_undo", "ticket_not_waiting"].includes(err.code);
  if (late && (await refresh()) && fingerprint() !== before) return t("movedOn");
  throw err;
}

/** What an action at the counter changes. */
function fingerprint() {
  const c = state.counter;
  if (!c) return "";
  return [c.state, c.ticket && c.ticket.token, c.ticket && c.ticket.service, c.ticket && c.ticket.calls, c.undo && c.undo.number, c.help && c.help.since].join(" ");
}
