/**
 * The sign-in form of the staff pages: user and six-digit PIN, refusals said kindly.
 *
 *   const form = signInForm(t, (user) => enter(user));
 *   form.show(t("signedOut"));
 * @module
 */

import { $, setText, show } from "../lib/dom.js";
import { post } from "../lib/api.js";

/** @typedef {{id: string, name: string, role: "clerk"|"manager"|"admin"}} User */

/**
 * Takes over #signin-form.
 * @param {(key: string, values?: Object) => string} t
 * @param {(user: User) => void} onSignedIn
 * @returns {{show: (message?: string) => void}}
 */
export function signInForm(t, onSignedIn) {
  const form = /** @type {HTMLFormElement} */ ($("#signin-form"));
  const user = /** @type {HTMLInputElement} */ ($("#signin-user"));
  const pin = /** @type {HTMLInputElement} */ ($("#signin-pin"));
  const button = $("#signin-submit");
  const wait = waiter(t, button);
  let busy = false;

  const refuse = (text, field) => {
    say(text);
    for (const input of [user, pin]) input.setAttribute("aria-invalid", String(input === field));
    if (field) field.focus();
  };
  const send = async () => {
    busy = true;
    button.setAttribute("aria-busy", "true");
    try {
      const answer = await post("/api/session", { user: user.value.trim(), pin: pin.value });
      refuse("", null);
      onSignedIn(answer.user);
    } catch (err) {
      if (err.code === "too_many_requests") wait(err.retryAfter || 5);
      else refuse(err.code === "wrong_pin" ? t("wrongPin") : err.message, err.status ? pin : null);
    } finally {
      pin.value = "";
      busy = false;
      button.removeAttribute("aria-busy");
    }
  };
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    if (busy || button.getAttribute("aria-disabled") === "true") return;
    if (!user.value.trim()) refuse(t("userMissing"), user);
    else if (!/^\d{6}$/.test(pin.value)) refuse(t("pinMissing"), pin);
    else send();
  });
  return { show: (message) => { refuse(message || "", null); (user.value ? pin : user).focus(); } };
}

/** Shows a sentence under the form, or nothing. */
function say(text) {
  const line = $("#signin-error");
  setText(line, text);
  show(line, Boolean(text));
}

/** Makes the function that counts a 429's pause down on the form. */
function waiter(t, button) {
  let timer = 0;
  return (seconds) => {
    const until = Date.now() + seconds * 1000;
    clearInterval(timer);
    button.setAttribute("aria-disabled", "true");
    const tick = () => {
      const left = Math.ceil((until - Date.now()) / 1000);
      say(left > 0 ? t("tooMany", { n: left }) : t("tooManyOver"));
      if (left > 0) return;
      clearInterval(timer);
      button.removeAttribute("aria-disabled");
    };
    timer = setInterval(tick, 1000);
    tick();
  };
}
