/**
 * Why a service, or the whole hall, takes nobody now, and when it opens again.
 * @module
 */

import { nameOf } from "../lib/texts.js";
import { clockText, dayIn, whenText } from "../lib/format.js";
import { clock, clockTrusted, state } from "./state.js";
import { t } from "./words.js";

/** Between these hours a hall that opens again on the same day is at lunch. */
const LUNCH = [11, 14];

/** The reason without the time. */
function why(reason, opensAt) {
  const hall = state.hall;
  if (reason === "service_closed" && opensAt) return t("serviceHours");
  if (reason !== "hall_closed") return t(reason);
  if (hall.closed_day && !soon(opensAt)) return t("closedDay", { name: nameOf(hall.closed_day) });
  return t(atLunch(opensAt) ? "lunch" : "hall_closed");
}

/** Whether the opening is today. */
function soon(opensAt) {
  const zone = state.hall.time_zone;
  return Boolean(opensAt) && dayIn(opensAt, zone) === dayIn(clock.now(), zone);
}

function atLunch(opensAt) {
  const hour = Number(clockText(clock.now(), state.hall.time_zone).slice(0, 2));
  return soon(opensAt) && hour >= LUNCH[0] && hour < LUNCH[1];
}

/**
 * What a closed service's tile says: "Nghỉ trưa", and when it opens again, where that is known.
 * @param {Object} service  as GET /api/hall gives it
 * @param {boolean} [short]  there is little room
 * @returns {{why: string, again: string}}
 */
export function closedText(service, short) {
  const reason = service.reason || "service_closed";
  const at = service.opens_at || (reason === "hall_closed" ? state.hall.opens_at : "");
  if (!at || !clockTrusted()) return { why: why(reason, at), again: "" };
  const when = whenText(at, clock.now(), state.hall.time_zone);
  return { why: why(reason, at), again: t("again", { when: short ? when.replace(/(\d\d:\d\d).* /, "$1 ") : when }) };
}

/**
 * What the closed hall's screen says.
 * @returns {{title: string, text: string}}
 */
export function closedHall() {
  const hall = state.hall;
  if (!clockTrusted()) return { title: t("suspect"), text: t("suspectText") };
  const at = hall.opens_at;
  const when = at ? whenText(at, clock.now(), hall.time_zone) : "";
  const title = hall.closed_day ? t("closedDay", { name: nameOf(hall.closed_day) }) : t(atLunch(at) ? "lunchNow" : "closed");
  return { title: title, text: when ? t("opensAt", { when: when }) : "" };
}
