/**
 * Calls for the manager: this counter's own, and, for a manager who works at a counter, those of the others.
 * @module
 */

import { $, el, fill, icon, show } from "../lib/dom.js";
import { lang, nameOf } from "../lib/texts.js";
import { post } from "../lib/api.js";
import { clockText } from "../lib/format.js";
import { openDialog } from "../staff/dialog.js";
import { helpReason, helpReasonLang, helpReasons } from "../staff/helpreasons.js";
import { singleKeys } from "./single.js";
import { state, notice } from "./store.js";
import { confirmed, simple } from "./actions.js";
import { counterPath, refresh } from "./sync.js";
import { t } from "./words.js";

/** The key for help: asks what for, or takes the call back. */
export async function helpKey() {
  if (!state.counter.help) return helpDialog();
  await simple("helped");
  if (!state.counter.help && state.noticeKind !== "bad") notice(t("helpStopped"));
}

function helpDialog() {
  const call = (reason) => confirmed("help", reason ? { reason: reason } : {});
  const reasons = helpReasons();
  const buttons = reasons.map((text, i) => el("button", { type: "button", class: "btn wide", "data-reason": text, "aria-keyshortcuts": singleKeys() ? i + 1 : null,
    onclick: () => choose(text) }, el("span", {}, text), el("kbd", { "data-single": true }, String(i + 1))));
  let wanted = "";
  const dialog = openDialog({
    name: "help", title: t("helpTitle"), confirm: t("helpCall"), kind: "primary", cancel: t("cancel"),
    body: [el("p", { class: "hint" }, t("helpHint")), el("div", { class: "choices" }, ...buttons)],
    onConfirm: () => call(wanted),
  });
  const confirm = $('[data-action="confirm"]', dialog.node);
  const choose = (text) => {
    wanted = text;
    confirm.click();
    wanted = "";
  };
  dialog.node.addEventListener("keydown", (event) => {
    const n = /^(?:Digit|Numpad)([1-9])$/.exec(event.code);
    if (!n || event.repeat || !singleKeys() || !buttons[n[1] - 1]) return;
    event.preventDefault();
    choose(reasons[n[1] - 1]);
  });
  confirm.focus();
}

/** Draws the strip of open calls, or hides it. */
export function drawHelp() {
  const box = $("#help-strip");
  const own = state.counter.help;
  const others = state.calls.filter((c) => c.counter !== state.counter.id);
  show(box, Boolean(own) || others.length > 0);
  const print = JSON.stringify([own, others, lang()]);
  if (box.dataset.print === print) return; // Only news is spoken.
  box.dataset.print = print;
  fill(box, ...(own ? [line(t("helpCalled", { time: at(own.since) }), [why(own.reason)], "help-stop", t("helpStop"), helpKey, "F7")] : []), ...others.map(otherLine));
}

const at = (since) => clockText(since, state.hall.time_zone);

function otherLine(call) {
  const values = { name: nameOf(call), time: at(call.since) };
  const who = el("span", { lang: "vi" }, call.user_name || call.user);
  const about = call.reason ? [who, " · ", why(call.reason)] : [who];
  return line(t("helpOther", values), about, "help-coming", t("helpComing"), () => answer(call), "", t("helpComingTo", values));
}

/** Why somebody calls: a usual reason in the page's language, any other in the clerk's own words. */
const why = (reason) => reason && el("span", { lang: helpReasonLang(reason) }, helpReason(reason));

/** A call, and what about. @param {string} text @param {(Node|string)[]} about */
function line(text, about, action, word, run, key, label) {
  return el("p", {}, icon("people"), el("strong", {}, text), about.some(Boolean) && el("span", {}, ...about),
    el("button", { type: "button", class: "btn", "data-help": action, "aria-label": label || null, onclick: run }, word, key && el("kbd", {}, key)));
}

async function answer(call) {
  try {
    await post(counterPath(call.counter, "helped"));
    notice(t("helpAnswered", { name: nameOf(call) }));
  } catch (err) {
    notice(err.message, "bad");
  }
  refresh();
}
