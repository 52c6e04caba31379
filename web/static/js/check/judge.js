/**
 * Judges the facts of GET /api/check: each row of the page is fine, worth a look or to be mended, says
 * how it stands and what to do. Nothing here touches the page.
 * @module
 */

import { clockText, dayText } from "../lib/format.js";
import { lostTexts } from "../staff/displays.js";
import { aside, faultSentence, rollText } from "../staff/printers.js";
import { t } from "./words.js";

/** The server's clock and this device's may differ by so much before it is worth a look. */
const CLOCK_MS = 2 * 60000;

const DAY_MS = 24 * 3600000;

/** A backup older than this is worth a look. */
const BACKUP_DAYS = 3;

/** Free bytes below which the disk is worth a look, and to be seen to. */
const DISK_LOW = 1e9;
const DISK_FULL = 2e8;

/** Numbers that a list names before it only counts. */
const NAMED = 8;

/** @typedef {"ok"|"warn"|"bad"} Level */

/**
 * @typedef {Object} Row
 * @property {string} id
 * @property {string} icon
 * @property {Level} level
 * @property {string} title
 * @property {string[]} lines   how it stands
 * @property {string} todo      what to do; empty when all is well
 * @property {Object} [printer] the printer that the row is about
 */

/** @typedef {{answer: ""|"yes"|"no"|"blocked", at: number}} Sound  what the person at this device said of its loudspeaker */

/**
 * @param {Object} facts    as GET /api/check gives them
 * @param {{zone: string, here: number, origin: string, sound: Sound, names: (id: string) => string}} page
 *   what only this device knows; here is its time, names gives the name of a service
 * @returns {Row[]}
 */
export function judge(facts, page) {
  return [
    ...printerRows(facts, page.zone), papers(facts), sound(page.sound, page.zone),
    displays(facts, page), voice(facts.voice),
    ...kiosks(facts, page), ...hardware(facts.hardware, page.names),
    clock(facts, page), backup(facts, page.zone), disk(facts),
  ];
}

/** The titles of the rows of one level. @param {Row[]} rows @param {Level} level */
export const titles = (rows, level) => rows.filter((row) => row.level === level).map((row) => row.title).join(", ");

function printerRows(facts, zone) {
  if (facts.printers.length) return facts.printers.map((p) => printer(p, zone));
  return [{ id: "printer", icon: "printer", level: "warn", title: t("noPrinter"), lines: [t("noPrinterText")], todo: t("noPrinterTodo") }];
}

function printer(p, zone) {
  const faults = p.faults || [];
  const level = !p.ok && !p.stand_in ? "bad" : faults.length ? "warn" : "ok";
  const known = p.roll && p.roll.length_mm;
  const lines = faults.length ? [aside(t, p), p.ok ? "" : t("sinceLine", { when: clockText(p.since, zone) })] : [t("printerFine") + ". " + t("confirms_" + p.confirms) + "."];
  if (known && !faults.includes("paper_out")) lines.push(t("paperLine", { text: rollText(t, p) }));
  else if (!faults.length) lines.push(t("paperLong"));
  return {
    id: "printer-" + p.name, icon: "printer", level: level, title: t("printerName", { name: p.name }),
    lines: lines.filter(Boolean), todo: faults.map((f) => faultSentence(t, p, f)).join(" "), printer: p,
  };
}

function papers(facts) {
  const p = facts.papers;
  const row = { id: "papers", icon: "paper", level: "ok", title: t("papers"), lines: [], todo: "" };
  const missing = p.open.filter((x) => x.print !== "queued" && x.print !== "sending");
  const stuck = facts.printers.some((x) => !x.ok && !x.stand_in) ? p.open.filter((x) => !missing.includes(x)) : [];
  if (missing.length + stuck.length) {
    const list = missing.concat(stuck).map((x) => x.number);
    const named = list.slice(0, NAMED).join(", ");
    Object.assign(row, { level: "warn", todo: [stuck.length ? t("papersHeldTodo") : "", missing.length ? t("papersTodo") : ""].filter(Boolean).join(" ") });
    row.lines.push(t("papersMissing", { n: list.length, list: list.length > NAMED ? t("papersMore", { list: named, n: list.length - NAMED }) : named }));
  } else row.lines.push(p.printed || p.unconfirmed ? t("papersFine", { n: p.printed + p.unconfirmed }) : t("papersNone"));
  if (p.unconfirmed) row.lines.push(t("papersUnconfirmed", { n: p.unconfirmed }));
  return row;
}

function sound(heard, zone) {
  const is = { "": ["warn", t("soundNot"), ""], yes: ["ok", t("soundFine", { time: clockText(heard.at, zone) }), ""], no: ["bad", t("soundBad"), t("soundTodo")], blocked: ["bad", t("soundBlocked"), t("soundTodo")] }[heard.answer];
  return { id: "sound", icon: "speaker", level: /** @type {Level} */ (is[0]), title: t("sound"), lines: [is[1]], todo: is[2] };
}

/** A kind of screen; level is how bad it is when there is none. */
function screens(kind, sign, level, is, url) {
  const on = is.paired.filter((d) => d.connected).map((d) => d.name);
  const off = is.paired.filter((d) => !d.connected).map((d) => d.name);
  const n = on.length + is.others;
  const row = { id: kind, icon: sign, level: "ok", title: t(kind), lines: [], todo: "" };
  if (n) row.lines.push(on.length ? t("screensNamed", { n: n, list: on.join(", ") }) : t("screensFine", { n: n }));
  else Object.assign(row, { level: level, lines: [t(kind + "None")], todo: t(kind + "Todo", { url: url }) });
  if (!off.length) return row;
  row.lines.push(t("screensOff", { list: off.join(", ") }));
  if (n) Object.assign(row, { level: "warn", todo: t("screensOffTodo") });
  return row;
}

/** The displays: one that is lost is to be mended, one that is paired and cannot be heard is worth a look. */
function displays(facts, page) {
  const row = screens("displays", "screen", "bad", facts.displays, page.origin + "/display");
  const lost = lostTexts(t, facts.displays.paired, page.zone);
  if (lost.length) return Object.assign(row, { level: "bad", lines: row.lines.slice(0, 1), todo: lost.join(" ") });
  const dumb = facts.voice.spoken === "off" ? [] : facts.displays.paired.filter((d) => d.connected && (d.sound === "suspended" || d.sound === "failed"));
  if (!dumb.length) return row;
  row.lines.push(t("displaysDumb", { list: dumb.map((d) => d.name).join(", ") }));
  return Object.assign(row, { level: row.level === "bad" ? "bad" : "warn", todo: row.todo || t("voiceTodo") });
}

/** Where calls are heard: out of displays, or out of the server's own loudspeakers. */
function voice(is) {
  const row = { id: "voice", icon: "bell", level: "ok", title: t("voice"), lines: [], todo: "" };
  const faulty = is.speakers.filter((s) => s.fault).map((s) => s.name);
  const good = is.speakers.length - faulty.length;
  if (is.spoken === "off") row.lines.push(t("voiceOff"));
  else if (is.displays + good === 0) Object.assign(row, { level: "bad", lines: [t("voiceNowhere")], todo: t("voiceTodo") });
  else row.lines.push([is.displays ? t("voiceDisplays", { n: is.displays }) : "", good ? t("voiceSpeakers", { n: good }) : ""].filter(Boolean).join(" "));
  if (!faulty.length || is.spoken === "off") return row;
  row.lines.push(t("voiceFaulty", { list: faulty.join(", ") }));
  return Object.assign(row, { level: row.level === "bad" ? "bad" : "warn", todo: row.todo || t("voiceFaultyTodo") });
}

/** Kiosks; no row where a hall has buttons in their place. */
function kiosks(facts, page) {
  const none = !facts.kiosks.paired.length && !facts.kiosks.others;
  if (none && facts.hardware.some((p) => p.kind === "button")) return [];
  return [screens("kiosks", "touch", "warn", facts.kiosks, page.origin + "/kiosk")];
}

/** Buttons, lamps and panels on the server's pins, and its loudspeakers: no row where there are none. */
function hardware(parts, names) {
  if (!parts.length) return [];
  const of = (p) => (p.kind === "button" ? names(p.for[0]) : p.kind === "panels" ? p.for.join(", ") : p.name);
  const say = (p) => t("part_" + p.kind + (p.kind === "button" ? "_" + p.state : ""), { name: of(p), pin: p.name.replace("button-", "") });
  const bad = parts.filter((p) => !p.ok);
  const row = { id: "hardware", icon: "plug", level: /** @type {Level} */ ("ok"), title: t("hardware"), lines: [t("hardwareFine", { n: parts.length })], todo: "" };
  if (!bad.length) return [row];
  const only = bad.every((p) => p.state === "no_paper");
  const todo = (p) => (p.kind === "speaker" ? "partTodo_speaker" : p.state === "stuck" || p.state === "no_paper" ? "partTodo_" + p.state : "partTodo");
  const todos = new Set(bad.map((p) => t(todo(p))));
  return [Object.assign(row, { level: only ? "warn" : "bad", lines: bad.map(say), todo: Array.from(todos).join(" ") })];
}

function clock(facts, page) {
  const now = Date.parse(facts.now);
  const off = Math.abs(now - page.here);
  const row = { id: "clock", icon: "time", level: "ok", title: t("clock"), lines: [t("clockNow", { now: clockText(now, page.zone) + ", " + dayText(now, page.zone) })], todo: "" };
  if (facts.clock === "suspect") {
    Object.assign(row, { level: "bad", todo: t("clockTodo") });
    row.lines.push(t("clockSuspect"));
  } else if (off > CLOCK_MS) {
    Object.assign(row, { level: "warn", todo: t("clockOffTodo") });
    row.lines.push(t("clockOff", { n: Math.round(off / 60000) }));
  } else if (facts.day_closed) {
    row.level = "warn";
    row.lines.push(t("dayOver"));
  }
  return row;
}

function backup(facts, zone) {
  const row = { id: "backup", icon: "copy", level: "warn", title: t("backup"), lines: [t("backupNone")], todo: t("backupTodo") };
  if (!facts.backup) return row;
  const { at, failed } = facts.backup;
  const days = at ? Math.floor((Date.parse(facts.now) - Date.parse(at)) / DAY_MS) : BACKUP_DAYS;
  if (at) row.lines = [t("backupAt", { when: clockText(at, zone) + ", " + dayText(at, zone) })];
  if (at && days >= BACKUP_DAYS) row.lines.push(t("backupOld", { n: days }));
  if (failed) return Object.assign(row, { level: "bad", lines: [t("backupFailed"), ...row.lines], todo: t("backupFailedTodo") });
  if (days < BACKUP_DAYS) Object.assign(row, { level: "ok", todo: "" });
  return row;
}

function disk(facts) {
  const row = { id: "disk", icon: "disk", level: "ok", title: t("disk"), lines: [t("diskUnknown")], todo: "" };
  if (!facts.disk) return row;
  const { free, total } = facts.disk;
  row.lines = [t("diskFree", { free: size(free), total: size(total) })];
  if (free < DISK_LOW) Object.assign(row, { level: free < DISK_FULL ? "bad" : "warn", todo: t("diskTodo") });
  return row;
}

const size = (bytes) => (bytes < 1e9 ? Math.round(bytes / 1e6) + " MB" : Math.round(bytes / 1e9) + " GB");
