/**
 * The bar over every staff page: whose hall it is, who is signed in, and the menu of the pages that he may open. It is
 * pages/parts/staff.html.
 *
 *   menu();               // once
 *   drawBar(me, hall);    // whenever one of them is another
 * @module
 */

import { $, $$, setAttr, setText, show } from "../lib/dom.js";
import { nameOf } from "../lib/texts.js";

/**
 * @param {import("./signin.js").User|null} me
 * @param {Object|null} hall  as GET /api/hall gives it
 */
export function drawBar(me, hall) {
  setText($("#hall-name"), nameOf(hall));
  setText($("#me"), me ? me.name : "");
  for (const id of ["#me", "#menu", "#sign-out"]) show($(id), Boolean(me));
  for (const item of $$("#menu-list [data-for]")) show(item, Boolean(me) && me.role !== "clerk");
}

/** The pages of the menu that who is signed in may open. @returns {HTMLAnchorElement[]} */
export function links() {
  return /** @type {HTMLAnchorElement[]} */ ($$("#menu-list li:not([hidden]):not(.narrow) a"));
}

/** Lets the menu open and close: by touch, with Tab, with the arrows, and with Esc. */
export function menu() {
  const box = $("#menu");
  const button = $("#menu-open");
  const list = $("#menu-list");
  const open = (wanted) => {
    show(list, wanted);
    setAttr(button, "aria-expanded", String(wanted));
  };
  button.addEventListener("click", () => open(list.hidden));
  $("[data-tool=sign-out]", list).addEventListener("click", () => { // On a phone the bar has no room for the other one.
    open(false);
    $("#sign-out").click();
  });
  document.addEventListener("pointerdown", (event) => box.contains(/** @type {Node} */ (event.target)) || open(false));
  box.addEventListener("focusout", (event) => {
    if (event.relatedTarget && !box.contains(/** @type {Node} */ (event.relatedTarget))) open(false);
  });
  box.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && !list.hidden) {
      open(false);
      button.focus();
    } else if (["ArrowDown", "ArrowUp"].includes(event.key)) {
      event.preventDefault();
      open(true);
      step(event.key === "ArrowDown" ? 1 : -1);
    }
  });
  for (const link of $$("#me, #menu-list a")) setAttr(link, "aria-current", link.getAttribute("href") === location.pathname ? "page" : null);
}

/** Moves the focus to the next entry of the menu, or the one before. @param {1|-1} by */
function step(by) {
  const all = $$("#menu-list :is(a, button)").filter((item) => item.getClientRects().length > 0);
  const at = all.indexOf(/** @type {any} */ (document.activeElement));
  all[at < 0 && by < 0 ? all.length - 1 : (at + by + all.length) % all.length].focus();
}
