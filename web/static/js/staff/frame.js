/**
 * The frame of a staff page: its bar, signing in and out, the language, the clock's question, who may not
 * look. The page brings what it shows.
 *
 *   const frame = staffPage(t, { enter: load, draw, leave: forget });
 *   frame.start();
 *   frame.view("report");          // shows [data-panel="report"] alone
 *   frame.hall, frame.me           // GET /api/hall, and who is signed in, or null
 *
 * The page's HTML has the parts staff and signin, and denied unless clerks may see it.
 * @module
 */

import { $, $$, fill, icon, setText, show } from "../lib/dom.js";
import { get, del } from "../lib/api.js";
import { signInForm } from "./signin.js";
import { langSwitch } from "./lang.js";
import { drawBar, menu } from "./bar.js";
import { clockQuestion } from "./clock.js";

const HOUR_MS = 3600000;

/**
 * @typedef {Object} Page
 * @property {(user: import("./signin.js").User) => Promise<void>} enter  loads and shows the page for
 *   somebody who may see it
 * @property {() => void} draw   draws again what the page shows: the language is another one
 * @property {() => void} [leave] forgets what only who is signed in may see
 * @property {() => void} [clock]  the server's clock may be in doubt now, or no more
 * @property {boolean} [clerks]  whether clerks may see it, too
 * @property {(signOut: () => Promise<void>) => void} [ask]  what comes before signing out by the bar: signs out, or asks first
 */

/**
 * @typedef {Object} Frame
 * @property {import("./signin.js").User|null} me
 * @property {any} hall
 * @property {(name: string) => void} view  shows one panel
 * @property {(err: any) => void} failed    says why the page can't go on; an ended session leads to signing in
 * @property {(message: string) => void} leave  back to signing in
 * @property {() => Promise<void>} start
 */

/**
 * @param {(key: string, values?: Object) => string} t
 * @param {Page} page
 * @returns {Frame}
 */
export function staffPage(t, page) {
  /** @type {Frame} */
  const frame = { me: null, hall: null, view: view, failed: failed, leave: leave, start: start };
  const form = signInForm(t, enter);
  const clock = clockQuestion(t, { hall: () => frame.hall, take: (next) => {
    frame.hall = next;
    if (page.clock) page.clock();
  } });

  function view(name) {
    document.body.dataset.view = name;
    for (const panel of $$("[data-panel]")) show(panel, panel.dataset.panel === name);
    drawBar(frame.me, frame.hall);
    document.title = t("title");
    clock.draw(Boolean(frame.me));
  }

  async function enter(user) {
    frame.me = user;
    if (user.role === "clerk" && !page.clerks) return deny();
    try {
      await page.enter(user);
    } catch (err) {
      failed(err);
    }
  }

  function deny() {
    setText($("#denied-text"), t("needManagerText", { role: t("role_" + frame.me.role).toLowerCase() }));
    view("denied");
  }

  function failed(err) {
    if (err.status === 401) return leave(t("signedOut"));
    view("loading");
    fill($("#panel-loading"), icon("warning"), " " + err.message);
  }

  function leave(message) {
    frame.me = null;
    for (const dialog of $$("dialog[open]")) /** @type {HTMLDialogElement} */ (dialog).close();
    if (page.leave) page.leave();
    view("signin");
    form.show(message);
  }

  async function signOut() {
    await del("/api/session");
    leave("");
  }

  async function start() {
    langSwitch(t, () => {
      if (document.body.dataset.view === "denied") return deny();
      if (frame.me) page.draw();
      view(document.body.dataset.view);
    });
    menu();
    $("#sign-out").addEventListener("click", () => (page.ask ? page.ask(signOut) : signOut().catch(failed)));
    for (const button of $$("#other-account")) button.addEventListener("click", () => signOut().catch(failed));
    try {
      const [session, hall] = await Promise.all([get("/api/session", { retryMs: HOUR_MS }), get("/api/hall", { retryMs: HOUR_MS })]);
      frame.hall = hall;
      show($("#demo-hint"), hall.demo);
      if (session.user) await enter(session.user);
      else leave("");
    } catch (err) {
      failed(err);
    }
  }

  return frame;
}
