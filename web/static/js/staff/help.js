/**
 * Where the help says something about the page that is open. It opens in a tab of its own, so that no work is left; a new
 * tab does not know which language was chosen in this one, so the address says it.
 * @module
 */

import { $$ } from "../lib/dom.js";
import { lang } from "../lib/texts.js";

/** The help's page, and the part of it, by the path of the page that is open. */
const ABOUT = {
  "/counter": "/clerk", "/check": "/clerk#morning", "/account": "/clerk#sign-in",
  "/manager": "/manager", "/reports": "/manager#reports", "/forecast": "/manager#forecast", "/admin": "/it#admin", "/setup": "/it#install",
};

/** The address of the help for this page in the language that is shown. @returns {string} */
export function helpAddress() {
  return (lang() === "en" ? "/help/en" : "/help") + (ABOUT[location.pathname] || "");
}

/** Lets every [data-help] lead there. */
export function helpLinks() {
  for (const link of $$("[data-help]")) link.setAttribute("href", helpAddress());
}
