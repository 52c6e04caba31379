/**
 * At which counter a rating screen stands. It takes effect at once.
 * @module
 */

import { $, el, setText } from "../lib/dom.js";
import { put } from "../lib/api.js";
import { lang } from "../lib/texts.js";
import { draft } from "./draft.js";
import { t } from "./words.js";

const name = (c) => (lang() === "en" && c.name.en) || c.name.vi;

/**
 * The choice of the counter for a paired device of kind counter.
 * @param {{id: string, name: string, counters?: string[]}} device
 * @returns {HTMLElement}
 */
export function deskChoice(device) {
  const known = draft.setup.counters.filter((c) => c.id);
  const own = () => (device.counters || []).find((id) => known.some((c) => c.id === id)) || "";
  const options = [el("option", { value: "", disabled: true, selected: !own() }, t("deskNone")),
    ...known.map((c) => el("option", { value: c.id, selected: c.id === own() }, name(c)))];
  const select = /** @type {HTMLSelectElement} */ (el("select", { "data-tool": "desk", "aria-label": t("deskOf", { name: device.name }), onchange: async () => {
    const line = $("#device-said");
    try {
      Object.assign(device, await put("/api/devices/" + encodeURIComponent(device.id), { counters: [select.value] }));
      line.dataset.kind = "ok";
      setText(line, t("deskSaved", { name: device.name, counter: name(known.find((c) => c.id === own())) }));
    } catch (err) {
      select.value = own();
      line.dataset.kind = "bad";
      setText(line, err.message);
    }
  } }, ...options));
  return select;
}
