/**
 * The screen of a machine that somebody has locked from afar: it is calm, says why and where to go.
 * @module
 */

import { $, setText, show } from "../lib/dom.js";
import { state } from "./state.js";
import { t } from "./words.js";

/** Shows what is known of the lock. */
export function renderLocked() {
  const { reason, kiosks } = state.locked;
  setText($("#locked-text"), t(kiosks.length ? "lockedText" : "lockedStaff"));
  setText($("#locked-others"), kiosks.length ? t("lockedOthers", { names: kiosks.join(", ") }) : "");
  show($("#locked-others"), kiosks.length > 0);
  setText($("#locked-reason"), reason ? t("lockedReason", { reason: reason }) : "");
  show($("#locked-reason"), Boolean(reason));
}
