/**
 * Differences between two descriptions of the hall in plain words: "Lĩnh vực Đất đai: hạn mức 120 → 100".
 * @module
 */

import { el } from "../lib/dom.js";
import { lang } from "../lib/texts.js";
import { draft } from "./draft.js";
import { fieldWords } from "./changewords.js";
import { t } from "./words.js";

/** @typedef {{path: string, kind: "changed"|"added"|"removed"|"moved", entry?: {vi: string, en?: string}, was: any, is: any}} Difference */

const LISTS = "services|counters|priorities|users|closed_days";
/** Notices go by their title, in which anything may stand. */
const IN_LIST = new RegExp(`^(?:(${LISTS})\\[([^\\]]*)\\]|(notices)\\[(.*)\\])(?:\\.(.*))?$`);
const DAYS = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"];

/** Where a difference is, and what it is about. @param {string} path */
function parse(path) {
  const m = IN_LIST.exec(path);
  return m ? { list: m[1] || m[3], key: m[1] ? m[2] : m[4], field: m[5] || "" } : { list: "", key: "", field: path };
}

/** Vietnamese within an English sentence stands between the invisible marks of a text of its own. */
const vietnamese = (text) => (lang() === "en" && text ? "\u2068" + text + "\u2069" : text);

const inLang = (text) => (lang() === "en" && text.en) || vietnamese(text.vi);

/**
 * A difference as nodes, in which what is Vietnamese says so.
 * @param {Difference} d
 * @returns {(string|HTMLElement)[]}
 */
export function told(d) {
  return sentence(d).split("\u2068").flatMap((part, i) => {
    const [own, rest] = i ? part.split("\u2069") : ["", part];
    return [own && el("span", { lang: "vi" }, own), rest].filter(Boolean);
  });
}

/** A difference as a sentence. @param {Difference} d */
export function sentence(d) {
  const at = parse(d.path);
  const what = at.list ? t("diffIn_" + at.list, { name: calledEntry(at, d.entry) }) : "";
  if (!at.field) return t(d.kind === "added" ? "diffAdded" : "diffRemoved", { what: what });
  const served = /^(services|assist)\[(.*)\]$/.exec(at.field);
  if (served) {
    const word = (served[1] === "services" ? "diffServes" : "diffAssists") + (d.kind === "added" ? "" : "Not");
    return what + ": " + t(word, { what: nameIn("services", served[2]) });
  }
  if (d.kind === "moved") {
    const list = at.list ? what + ", " + called(at.field) : t("diffList_" + at.field);
    const names = (ids) => ids.map((id) => nameIn(at.list ? "services" : at.field, id)).join(", ");
    return list + ": " + t("diffOrder") + " " + names(d.was) + " → " + names(d.is);
  }
  const field = called(at.field);
  return (what ? what + ": " + field : field.charAt(0).toUpperCase() + field.slice(1)) + " " + value(at.field, d.was) + " → " + value(at.field, d.is);
}

/** The same difference the other way round. @param {Difference} d @returns {Difference} */
export function reversed(d) {
  const kind = { added: "removed", removed: "added" }[d.kind] || d.kind;
  return Object.assign({}, d, { kind: kind, was: d.is, is: d.was });
}

function calledEntry(at, entry) {
  const name = (entry && inLang(entry)) || nameIn(at.list, at.key);
  return at.list === "closed_days" ? day(at.key) + (name && name !== at.key ? " " + name : "") : name;
}

/** What an entry of the hall as it is now is called, or its id. */
function nameIn(list, id) {
  const found = ((draft.setup && draft.setup[list]) || []).find((x) => x.id === id);
  return (found && (typeof found.name === "string" ? vietnamese(found.name) : inLang(found.name))) || id;
}

function called(field) {
  const weekday = /^hours\.(mon|tue|wed|thu|fri|sat|sun)$/.exec(field);
  if (weekday) return t(weekday[1]).toLowerCase();
  const pair = fieldWords[field];
  return pair ? pair[lang() === "en" ? 1 : 0] : field;
}

const day = (date) => (/^\d{4}-\d\d-\d\d$/.test(date) ? date.slice(8) + "/" + date.slice(5, 7) + "/" + date.slice(0, 4) : date);

/** A value as people say it. */
function value(field, v) {
  if (typeof v === "boolean") return t(v ? "diffYes" : "diffNo");
  if (field === "role") return t("role_" + v).toLowerCase();
  if (field === "phone.mode") return "“" + t("phone_" + v) + "”";
  if (field === "voice.chime") return t("chime_" + (v || "normal")).toLowerCase();
  if (field === "book_days" && !v) return "14";
  if (field === "quota" && !v) return t("unlimited");
  if (v === null || v === undefined || v === "" || (Array.isArray(v) && !v.length)) return t("diffNone");
  if (/_s$/.test(field)) return t("diffMinutes", { n: Math.round(v / 6) / 10 });
  if (field === "picture" || field === "paper.crest") return t("diffPicture", { size: v });
  if (field === "from" || field === "until") return day(v);
  if (Array.isArray(v)) return /hours|spans/.test(field) ? v.join(", ") : quoted(field, v.join(" / "));
  if (typeof v === "object") return whole(field, v);
  return typeof v === "number" ? String(v) : quoted(field, v);
}

const quoted = (field, text) => "“" + (field.endsWith(".en") ? text : vietnamese(text)) + "”";

/** Something that was not there before, or is not any more, as a whole. */
function whole(field, v) {
  if (field === "procedure") return t("diffProcedure");
  if (field === "slots") return t("diffSlots", { n: v.capacity });
  if (v.always) return t("hoursAlways").toLowerCase();
  const days = DAYS.filter((name) => v[name]).map((name) => t(name).toLowerCase() + " " + v[name].join(", "));
  return days.join("; ") || t("dayOff");
}
