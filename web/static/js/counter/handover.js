/**
 * Handing the counter to a colleague, who types his PIN at it: the page goes on as his.
 * @module
 */

import { el } from "../lib/dom.js";
import { nameOf } from "../lib/texts.js";
import { post } from "../lib/api.js";
import { openDialog, labelled } from "../staff/dialog.js";
import { state } from "./store.js";
import { counterPath, overtake } from "./sync.js";
import { t } from "./words.js";

/**
 * @param {() => void} pause  stops asking the server: the session ends in the middle of it
 * @param {(user: import("../staff/signin.js").User|null) => Promise<void>} goOn  as this user, or as before
 */
export function handoverDialog(pause, goOn) {
  const user = /** @type {HTMLInputElement} */ (el("input", { id: "handover-user", type: "text", autocomplete: "off", autocapitalize: "none", spellcheck: "false", maxlength: 64 }));
  const pin = /** @type {HTMLInputElement} */ (el("input", { id: "handover-pin", type: "password", inputmode: "numeric", autocomplete: "off", maxlength: 6 }));
  openDialog({
    name: "handover", title: t("handoverTitle", { name: nameOf(state.counter) }), confirm: t("handover"), cancel: t("cancel"),
    body: [el("p", { class: "hint" }, t("handoverHint")), labelled(t("user"), user), labelled(t("pin"), pin)],
    onConfirm: async () => {
      const name = user.value.trim();
      if (!name) refuse(user, t("userMissing"));
      if (name === state.me.id) refuse(user, t("handoverSame"));
      if (!/^\d{6}$/.test(pin.value)) refuse(pin, t("pinMissing"));
      await goOn(await send(name, pin, pause, goOn));
    },
  });
}

async function send(name, pin, pause, goOn) {
  pause();
  overtake();
  try {
    return (await post(counterPath(state.counter.id, "handover"), { user: name, pin: pin.value })).user;
  } catch (err) {
    await goOn(null);
    if (err.code === "wrong_pin") refuse(pin, t("wrongPin"));
    if (err.code === "too_many_requests") refuse(pin, t("tooMany", { n: err.retryAfter || 5 }));
    throw err;
  } finally {
    pin.value = "";
  }
}

function refuse(field, text) {
  field.setAttribute("aria-invalid", "true");
  field.focus();
  throw new Error(text);
}
