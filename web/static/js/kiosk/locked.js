/**
 * The screen of a machine that somebody has locked from afar: it is calm, says why and where to go.
 * @module
 */

import { $, setAttr, setText, show } from "../lib/dom.js";
import { lang } from "../lib/texts.js";
import { state } from "./state.js";
import { t } from "./words.js";

/** Shows what is known of the lock. */
export function renderLocked() {
  const { kiosks } = state.locked;
  const english = lang() === "en" && state.locked.reasonEn;
  const reason = english || state.locked.reason;
  setText($("#locked-text"), t(kiosks.length ? "lockedText" : "lockedStaff"));
  setText($("#locked-others"), kiosks.length ? t("lockedOthers", { names: kiosks.join(", ") }) : "");
  show($("#locked-others"), kiosks.length > 0);
  setText($("#locked-reason"), reason ? t("lockedReason", { reason: reason }) : "");
  show($("#locked-reason"), Boolean(reason));
  setAttr($("#locked-reason"), "data-own", !english);
}
