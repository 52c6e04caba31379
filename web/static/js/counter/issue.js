/**
 * Issuing a number for a citizen for whom the kiosk is too much. The request's key is made when
 * the dialog opens, so a lost answer and a second press give the same ticket.
 * @module
 */

import { $, $$, el, fill, show } from "../lib/dom.js";
import { nameOf } from "../lib/texts.js";
import { post } from "../lib/api.js";
import { newId } from "../lib/ids.js";
import { waitText } from "../lib/format.js";
import { openDialog, labelled, selectField } from "../staff/dialog.js";
import { state } from "./store.js";
import { refreshSoon } from "./sync.js";
import { routeText } from "./hand.js";
import { t } from "./words.js";

/** How many services may come after the first, as package kiosk has it. */
const MAX_THEN = 4;

/** Opens the dialog: what for, priority, paper; then it shows the number. */
export function issueDialog() {
  let key = newId();
  const form = issueForm();
  wireThen(form);
  const result = el("div", { id: "issued", class: "issued", role: "status", hidden: true });
  const dialog = openDialog({
    name: "issue", title: t("issueTitle"), confirm: t("issue"), cancel: t("close"), body: [form, result],
    onConfirm: async () => {
      if (!result.hidden) {
        again();
        return false;
      }
      const ticket = await post("/api/tickets", body(form), { key: key, retryMs: 15000 });
      refreshSoon();
      showIssued(result, ticket);
      swap(true);
      return false;
    },
  });
  const confirm = $('[data-action="confirm"]', dialog.node);
  const swap = (done) => {
    show(form, !done);
    show(result, done);
    confirm.textContent = t(done ? "issueAgain" : "issue");
    confirm.classList.toggle("primary", !done);
    (done ? $('[data-action="cancel"]', dialog.node) : $("input", form)).focus();
  };
  const again = () => {
    key = newId();
    forget(form);
    swap(false);
  };
  form.addEventListener("change", () => { key = newId(); }); // Another wish is another request.
}

function issueForm() {
  const services = state.hall.services;
  const first = services.find((s) => s.open);
  const choices = services.map((s) => el("label", { class: "choice", "data-service": s.id },
    el("input", { type: "radio", name: "service", value: s.id, disabled: !s.open, checked: s === first }),
    el("span", { class: "prefix", "aria-hidden": "true" }, s.prefix),
    el("span", { class: "name" }, nameOf(s)),
    el("span", { class: "soft small" }, s.open ? t("waitingCount", { n: s.waiting }) : t(s.reason || "service_closed"))));
  const then = el("div", { class: "then", id: "issue-then", role: "group", "aria-labelledby": "issue-then-title", "data-then": "" },
    ...services.map((s) => el("button", { type: "button", class: "btn", "data-then-service": s.id, "aria-pressed": "false" },
      el("span", { class: "place" }), nameOf(s))));
  const priorities = [["", t("noPriority")], ...(state.hall.priorities || []).map((p) => [p.id, nameOf(p)])];
  return el("div", { class: "issue-form" },
    el("fieldset", { class: "field" }, el("legend", {}, t("issueService")), el("div", { class: "services" }, ...choices)),
    el("p", { class: "then-title", id: "issue-then-title" }, t("issueThen")), then,
    el("div", { class: "two" },
      labelled(t("issuePriority"), selectField("issue-priority", priorities)),
      labelled(t("issueLang"), selectField("issue-lang", [["vi", "Tiếng Việt"], ["en", "English"]]))),
    el("label", { class: "check" }, el("input", { type: "checkbox", id: "issue-print", checked: true }), t("issuePrint")));
}

/** What comes after the first service, in the order in which it was pressed. */
function wireThen(form) {
  const box = $("#issue-then", form);
  const order = () => box.dataset.then.split(" ").filter(Boolean);
  const draw = () => {
    const first = chosen(form);
    box.dataset.then = order().filter((id) => !first || id !== first.value).join(" ");
    for (const button of $$("button", box)) {
      const at = order().indexOf(button.dataset.thenService);
      button.setAttribute("aria-pressed", String(at >= 0));
      show(button, !first || button.dataset.thenService !== first.value);
      /** @type {HTMLButtonElement} */ (button).disabled = at < 0 && order().length >= MAX_THEN;
      fill($(".place", button), at >= 0 ? at + 1 + ". " : "");
    }
  };
  for (const button of $$("button", box)) {
    button.addEventListener("click", () => {
      const id = button.dataset.thenService;
      const rest = order().filter((x) => x !== id);
      if (rest.length === order().length && rest.length < MAX_THEN) rest.push(id);
      box.dataset.then = rest.join(" ");
      form.dispatchEvent(new Event("change"));
    });
  }
  form.addEventListener("change", draw);
  draw();
}

/** Priority and further services are one citizen's own: the next one has neither. */
function forget(form) {
  /** @type {HTMLSelectElement} */ ($("#issue-priority", form)).value = "";
  $("#issue-then", form).dataset.then = "";
  form.dispatchEvent(new Event("change"));
}

const chosen = (form) => /** @type {HTMLInputElement|undefined} */ ($$('input[name="service"]', form).find((x) => /** @type {HTMLInputElement} */ (x).checked));

function body(form) {
  const first = chosen(form);
  if (!first) throw new Error(t("issueMissing"));
  const value = (id) => /** @type {HTMLInputElement} */ ($(id, form)).value;
  const out = { service: first.value, lang: value("#issue-lang") };
  const then = $("#issue-then", form).dataset.then.split(" ").filter(Boolean);
  if (then.length) out.then = then;
  if (value("#issue-priority")) out.priority = value("#issue-priority");
  if (!/** @type {HTMLInputElement} */ ($("#issue-print", form)).checked) out.print = false;
  return out;
}

function showIssued(box, ticket) {
  box.dataset.issued = ticket.number;
  box.dataset.token = ticket.token;
  const wait = waitText(ticket.wait);
  fill(box, el("p", { class: "soft" }, t("issuedNumber")), el("p", { class: "number" }, ticket.number),
    el("p", {}, nameOf(ticket), ticket.route.length ? " · " + t("thenTo", { services: routeText(ticket) }) : ""),
    el("p", { class: "soft" }, [ticket.ahead > 0 ? t("ahead", { n: ticket.ahead }) : t("aheadNone"), wait, t("print_" + ticket.print)].filter(Boolean).join(" · ")));
}
