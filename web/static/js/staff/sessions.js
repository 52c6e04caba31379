/**
 * Who is signed in where, and signing somebody out from elsewhere: on one's own page, and for admins.
 * @module
 */

import { el } from "../lib/dom.js";
import { get, del } from "../lib/api.js";
import { clockText, dayIn, dayText } from "../lib/format.js";
import { openDialog, reasonField } from "./dialog.js";

/**
 * @typedef {Object} Session as GET /api/sessions gives it
 * @property {string} id
 * @property {string} user
 * @property {string} user_name
 * @property {string} where
 * @property {string} browser
 * @property {string} since
 * @property {string} seen
 * @property {boolean} current
 */

/** @returns {Promise<Session[]>} */
export const loadSessions = () => get("/api/sessions");

/**
 * @param {(key: string, values?: Object) => string} t
 * @param {Session[]} rows
 * @param {{zone: string, who?: boolean, ended: () => void}} options who: a column for the user; ended is told
 *   when one was ended
 * @returns {HTMLElement}
 */
export function sessionTable(t, rows, options) {
  const heads = [options.who && t("sessionWho"), t("sessionWhere"), t("sessionSince"), t("sessionSeen")].filter(Boolean);
  return el("div", { class: "scroll", tabindex: "0", role: "region", "aria-label": t("sessionWhere") }, el("table", { class: "table" },
    el("thead", {}, el("tr", {}, ...heads.map((text) => el("th", { scope: "col" }, text)), el("td", {}))),
    el("tbody", {}, ...rows.map((row) => line(t, row, options)))));
}

function line(t, row, options) {
  const where = [el("span", { "data-own": "" }, placeOf(t, row)), row.browser && el("span", { class: "soft small", "data-own": "" }, " · " + row.browser)];
  return el("tr", { "data-session": row.id, "data-user": row.user },
    options.who && el("th", { scope: "row", "data-own": "" }, row.user_name),
    options.who ? el("td", {}, ...where) : el("th", { scope: "row" }, ...where),
    el("td", {}, moment(row.since, options.zone)), el("td", {}, moment(row.seen, options.zone)),
    el("td", { class: "num" }, row.current ? el("span", { class: "chip", "data-kind": "ok" }, t("sessionHere")) : endButton(t, row, options)));
}

/** The server's own screen has an address that says nothing to people. */
const placeOf = (t, row) => (/^(127\.|::1)/.test(row.where) ? t("sessionServer") : row.where);

/** A time of today without its day. */
function moment(at, zone) {
  const time = clockText(at, zone);
  return dayIn(at, zone) === dayIn(Date.now(), zone) ? time : time + ", " + dayText(at, zone);
}

function endButton(t, row, options) {
  return el("button", { type: "button", class: "btn danger small", "data-tool": "end-session", onclick: () => endDialog(t, row, options) }, t("sessionEnd"),
    el("span", { class: "visually-hidden", "data-own": "" }, " " + row.user_name + ", " + placeOf(t, row)));
}

function endDialog(t, row, options) {
  const reason = options.who ? reasonField(t("sessionReason"), t("sessionReasons").split("|"), "", t("usualReasons")) : null;
  openDialog({
    name: "end-session", title: t("sessionEndTitle", { name: row.user_name, where: placeOf(t, row) }),
    body: [el("p", {}, t("sessionEndText")), reason && reason.box].filter(Boolean),
    confirm: t("sessionEnd"), kind: "danger", cancel: t("cancel"),
    onConfirm: async () => {
      const why = reason && reason.value() ? "?reason=" + encodeURIComponent(reason.value()) : "";
      try {
        await del("/api/sessions/" + row.id + why);
      } catch (err) {
        if (err.code !== "unknown_session") throw err; // It has ended meanwhile.
      }
      options.ended();
    },
  });
}
