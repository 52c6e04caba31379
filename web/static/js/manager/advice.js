/**
 * What the manager should do now: judged from the live hall, said elsewhere.
 * @module
 */

/** A break, or a ticket in hand, is worth a look after so many minutes. */
const LONG_MIN = 30;

/** So long nobody is called while somebody waits. */
const IDLE_MIN = 10;

/** So many people beyond 15 minutes are a queue that needs another counter; one beyond 30 is as much. */
const MANY = 3;

/**
 * @typedef {Object} Advice
 * @property {string} key     what it is said with
 * @property {"bad"|"warn"} kind
 * @property {string} [service]
 * @property {string} [counter]
 * @property {string} [number]
 * @property {string[]} [counters]  that could help
 * @property {number} [n]
 * @property {number} [minutes]
 */

/**
 * @param {Object} live  as GET /api/live gives it
 * @param {(waiting: Object) => number|null} waited  for how many minutes somebody has waited
 * @param {(at: string) => number} since  minutes since a moment
 * @returns {Advice[]} the most urgent first
 */
export function advise(live, waited, since) {
  const services = [...new Set(live.waiting.map((w) => w.service))];
  const free = live.waiting.filter((w) => !w.counter);
  return [
    ...services.map((id) => unserved(live, free, id)),
    ...live.waiting.map((w) => stranded(live, w)),
    ...services.map((id) => queue(live, free, id, waited)),
    ...live.counters.map((c) => idle(live, c, since)),
    ...live.counters.map((c) => forgotten(c, since)),
  ].filter(Boolean);
}

/** Whether the counter calls people of this service, its own or as an assistant. */
export const serves = (counter, service) => counter.services.includes(service) || counter.assist.includes(service);

/** @returns {string[]} ids of the counters in this state that serve the service */
export const inState = (live, service, state) => live.counters.filter((c) => c.state === state && serves(c, service)).map((c) => c.id);

/** People wait, and no open counter calls them. */
function unserved(live, waiting, service) {
  const n = waiting.filter((w) => w.service === service).length;
  if (!n || inState(live, service, "open").length) return null;
  const paused = inState(live, service, "paused");
  const closed = inState(live, service, "closed");
  const key = paused.length ? "unservedPaused" : closed.length ? "unservedClosed" : "unservedNone";
  return { key: key, kind: "bad", service: service, n: n, counters: paused.length ? paused : closed };
}

/** Somebody waits for one counter, which is not open. */
function stranded(live, waiting) {
  const counter = waiting.counter && live.counters.find((c) => c.id === waiting.counter);
  if (!counter || counter.state === "open") return null;
  return { key: "bound", kind: "bad", number: waiting.number, counter: counter.id };
}

/** Too many wait too long although somebody serves them. */
function queue(live, waiting, service, waited) {
  const minutes = waiting.filter((w) => w.service === service).map(waited).filter((m) => m !== null && m > 15);
  const late = minutes.some((m) => m > 30);
  if (!inState(live, service, "open").length || !late && minutes.length < MANY) return null;
  const more = inState(live, service, "closed").concat(inState(live, service, "paused"));
  return { key: more.length ? "longOpen" : "longAll", kind: late ? "bad" : "warn", service: service, n: minutes.length, counters: more };
}

/** A counter is open and calls nobody although people wait for it. */
function idle(live, counter, since) {
  const n = live.waiting.filter((w) => (w.counter ? w.counter === counter.id : counter.services.includes(w.service))).length;
  if (!counter.idle || !n || since(counter.idle) <= IDLE_MIN) return null;
  return { key: "idleLong", kind: "warn", counter: counter.id, n: n, minutes: since(counter.idle) };
}

/** A break without an end, or a ticket that stays in hand. */
function forgotten(counter, since) {
  if (counter.state === "closed") return null;
  if (counter.state === "paused" && counter.since && since(counter.since) > LONG_MIN) {
    return { key: "restLong", kind: "warn", counter: counter.id, minutes: since(counter.since) };
  }
  if (!counter.ticket || since(counter.ticket.called_at) <= LONG_MIN) return null;
  return { key: "handLong", kind: "warn", counter: counter.id, number: counter.ticket.number, minutes: since(counter.ticket.called_at) };
}
