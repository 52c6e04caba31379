/**
 * The manager's page about the forecast: does what the tickets say come true?
 * @module
 */

import { $, $$, el, fill } from "./lib/dom.js";
import { get } from "./lib/api.js";
import { staffPage } from "./staff/frame.js";
import { drawReport, dayName } from "./forecast/report.js";
import { t } from "./forecast/words.js";

const DAYS = 30;

/** A call changes the scores of the day; a manager need not see it at once. */
const POLL_MS = 30000;

const frame = staffPage(t, { enter: load, draw: draw, leave: () => { days = []; drawn = ""; } });
/** @type {import("./forecast/scores.js").Day[]} */
let days = [];
let period = "all";
let by = "services";
let drawn = "";

async function load() {
  const found = await get("/api/forecast/scores?days=" + DAYS, { retryMs: 10000 });
  const print = JSON.stringify([found, frame.hall && frame.hall.business_day]);
  if (print === drawn && document.body.dataset.view === "report") return; // A list may be unfolded.
  drawn = print;
  days = found.filter((d) => d.total.n > 0);
  draw();
}

function draw() {
  if (!days.length) return frame.view("empty");
  if (period !== "all" && !days.some((d) => d.day === period)) period = "all";
  drawPeriods();
  for (const button of $$("[data-by]", $(".by"))) button.setAttribute("aria-pressed", String(button.dataset.by === by));
  drawReport(period === "all" ? days : days.filter((d) => d.day === period), days, by, frame.hall);
  frame.view("report");
}

function drawPeriods() {
  const today = frame.hall && frame.hall.business_day;
  const name = (day) => (day === today ? t("today", { day: dayName(day) }) : dayName(day));
  const all = days.length < DAYS ? t("allDays") : t("lastDays", { n: DAYS });
  const select = /** @type {HTMLSelectElement} */ ($("#period"));
  fill(select, el("option", { value: "all" }, all), ...days.map((d) => el("option", { value: d.day }, name(d.day))));
  select.value = period;
}

function wire() {
  $("#period").addEventListener("change", (event) => {
    period = /** @type {HTMLSelectElement} */ (event.target).value;
    draw();
  });
  for (const button of $$("[data-by]", $(".by"))) {
    button.addEventListener("click", () => {
      by = button.dataset.by;
      draw();
    });
  }
  setInterval(() => {
    if (frame.me && document.body.dataset.view !== "denied") load().catch((err) => err.status === 401 && frame.failed(err));
  }, POLL_MS);
}

wire();
frame.start();
