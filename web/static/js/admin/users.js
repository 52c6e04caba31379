/**
 * The users section. A PIN is never part of the setup: it is set at once, by itself.
 * @module
 */

import { $, el, fill, setText } from "../lib/dom.js";
import { get, put } from "../lib/api.js";
import { openDialog, labelled } from "../staff/dialog.js";
import { draft, isNew } from "./draft.js";
import { textField, choiceField } from "./fields.js";
import { drawList } from "./lists.js";
import { idFor } from "./names.js";
import { loadSessions, sessionTable } from "../staff/sessions.js";
import { box } from "./lists.js";
import { t } from "./words.js";

/** Who has a PIN, by user id. */
let pins = {};

/** Asks who has a PIN. */
export async function loadPins() {
  const users = await get("/api/users");
  pins = Object.fromEntries(users.map((u) => [u.id, u.has_pin]));
}

/** Draws the users. */
export function drawUsers() {
  // What it holds stays until the server has answered: a page that shrinks and grows again jumps under the hand.
  const place = document.getElementById("session-list") || el("div", { id: "session-list", class: "sessions" });
  drawList("users", draft.setup.users, {
    hint: t("usersHint"), add: t("addUser"), fixed: true,
    heads: [t("personName"), t("user"), t("role"), "PIN", ""],
    nameOf: (user) => user.name,
    make: () => ({ id: "", isNew: true, name: "", role: "clerk" }),
    row: row,
  });
  box("users").append(el("h2", {}, t("sessions")), el("p", { class: "soft" }, t("sessionsHint")), place);
  drawSessions(place);
}

/** Fills in who is signed in where; a failure says why in its place. @param {HTMLElement} place */
async function drawSessions(place) {
  try {
    const rows = await loadSessions();
    fill(place, sessionTable(t, rows, { zone: draft.setup.time_zone, who: true, ended: () => drawSessions(place) }));
  } catch (err) {
    fill(place, el("p", { class: "banner", "data-kind": "bad" }, err.message));
  }
}

function row(user, at) {
  let own = user.id !== "";
  const id = textField({ field: at + ".id", label: t("user"), hideLabel: true, props: { readonly: !isNew(user), spellcheck: "false", autocapitalize: "none" } },
    user.id, (v) => {
      user.id = v.trim();
      own = true;
    });
  const propose = () => {
    if (own || !isNew(user)) return;
    user.id = user.name ? idFor(user.name, draft.setup.users.filter((u) => u !== user).map((u) => u.id), "user") : "";
    /** @type {HTMLInputElement} */ ($("input", id)).value = user.id;
  };
  return [
    textField({ field: at + ".name", label: t("personName"), hideLabel: true }, user.name, (v) => {
      user.name = v;
      propose();
    }),
    id,
    choiceField({ field: at + ".role", label: t("role"), hideLabel: true }, ["clerk", "manager", "admin"].map((role) => [role, t("role_" + role)]),
      user.role, (v) => { user.role = v; }),
    pinCell(user),
  ];
}

function pinCell(user) {
  if (isNew(user)) return el("p", { class: "soft small" }, t("saveFirst"));
  return el("div", { class: "pin" },
    el("span", { class: "chip", "data-kind": pins[user.id] ? "ok" : "warn", "data-pin": String(Boolean(pins[user.id])) }, t(pins[user.id] ? "hasPin" : "noPin")),
    el("button", { type: "button", class: "btn small", "data-tool": "pin", "data-user": user.id, onclick: () => pinDialog(user) }, t("setPin"),
      el("span", { class: "visually-hidden" }, " " + user.name)));
}

/** @param {string} id */
export const pinField = (id) => /** @type {HTMLInputElement} */ (el("input", {
  id: id, type: "password", inputmode: "numeric", maxlength: 6, autocomplete: "new-password",
}));

function pinDialog(user) {
  const pin = pinField("new-pin");
  const again = pinField("new-pin-again");
  openDialog({
    name: "pin", title: t("pinTitle", { name: user.name }), confirm: t("setPin"), cancel: t("cancel"),
    body: [labelled(t("pin"), pin, t("pinHint")), labelled(t("pinAgain"), again)],
    onConfirm: async () => {
      if (!/^\d{6}$/.test(pin.value)) throw new Error(t("pinMissing"));
      if (pin.value !== again.value) throw new Error(t("pinDiffers"));
      await put("/api/users/" + encodeURIComponent(user.id) + "/pin", { pin: pin.value });
      await loadPins();
      drawUsers();
      setText($("#said"), t("pinSet", { name: user.name }));
    },
    onClose: () => {
      const button = document.querySelector(`[data-tool="pin"][data-user="${CSS.escape(user.id)}"]`);
      if (button) /** @type {HTMLElement} */ (button).focus();
    },
  });
}
