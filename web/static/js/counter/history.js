/**
 * What happened to a ticket, as a short timeline.
 * @module
 */

import { el } from "../lib/dom.js";
import { nameOf } from "../lib/texts.js";
import { get } from "../lib/api.js";
import { clockText } from "../lib/format.js";
import { openDialog } from "../staff/dialog.js";
import { state, serviceOf, notice } from "./store.js";
import { priorityName } from "./hand.js";
import { t } from "./words.js";

/** @param {{token: string, number: string}} ticket */
export async function historyDialog(ticket) {
  let rows;
  try {
    rows = await get("/api/tickets/" + encodeURIComponent(ticket.token) + "/history");
  } catch (err) {
    return notice(err.message, "bad");
  }
  const steps = rows.map(step).filter(Boolean);
  openDialog({
    name: "history", title: t("historyTitle", { number: ticket.number }), cancel: t("close"),
    body: [steps.length ? el("ol", { class: "timeline" }, ...steps) : el("p", {}, t("historyNone"))],
  });
}

function step(row) {
  const text = sentence(row);
  if (!text) return null;
  const by = row.by === "citizen" ? t("byCitizen") : row.by === "system" ? t("bySystem") : row.by_name || row.by.replace(/^\w+:/, "");
  return el("li", { "data-type": row.type },
    el("time", { datetime: row.at }, clockText(row.at, state.hall.time_zone)),
    el("span", { class: "did" }, el("strong", {}, text), row.reason && !row.type.startsWith("print.") ? el("span", {}, " – " + row.reason) : null),
    el("span", { class: "soft small", lang: row.by_name ? "vi" : null }, by));
}

const counterName = (id) => nameOf(((state.hall && state.hall.counters) || []).find((c) => c.id === id)) || id || "";

/** The step in words; empty for one that is nobody's news. */
function sentence(row) {
  const values = { counter: counterName(row.counter), service: nameOf(serviceOf(row.service)), to: counterName(row.to_counter), printer: row.printer || "" };
  switch (row.type) {
    case "ticket.taken": return row.written ? t("h_written", { time: clockText(row.written, state.hall.time_zone) }) : t("h_taken") + " · " + values.service;
    case "ticket.called": return t(row.from === "waiting" || !row.from ? "h_called" : "h_again", values);
    case "ticket.finished": return t("h_finished", values) + dossiers(row);
    case "ticket.continued": return t("h_continued", values) + dossiers(row);
    case "ticket.transferred": return t(row.to_counter ? "h_transferredTo" : "h_transferred", values);
    case "ticket.priority": return row.priority ? t("h_priority", { name: priorityName(row.priority) }) : t("h_priorityNone");
    case "print.queued": case "print.done": case "print.failed": return t("h_" + row.type.slice(6), values);
    case "ticket.recalled": case "ticket.no_show": case "ticket.reopened": case "ticket.held": case "ticket.returned": case "ticket.cancelled":
      return t("h_" + row.type.slice(7), values);
    default: return "";
  }
}

const dossiers = (row) => (row.dossiers ? " · " + t("h_dossiers", { n: row.dossiers }) : "");
