/**
 * Requests to layso's API: JSON in and out, problem documents as errors, and repeats that are safe.
 *
 *   const ticket = await post("/api/tickets", { service: "dat-dai" }, { key: newId(), retryMs: 15000 });
 *
 * An answer may get lost after the server has acted, so a request is repeated only when it carries
 * an Idempotency-Key (or the caller says repeat: true, for a request that names its own outcome,
 * as next with finish does) and only after a network error or a 503. ES2017.
 * @module
 */

import { lang } from "./texts.js";

/** A request that was refused, or that never got an answer. */
export class ApiError extends Error {
  /**
   * @param {number} status HTTP status; 0 when there was no answer
   * @param {string} code   stable code of API.md; "network" when there was no answer
   * @param {string} detail a sentence for the person, in the page's language
   * @param {Object} [problem] the whole problem document
   */
  constructor(status, code, detail, problem) {
    super(detail || code);
    this.name = "ApiError";
    this.status = status;
    this.code = code;
    this.detail = detail;
    this.problem = problem || {};
    /** @type {{field: string, problem: string, detail: string}[]} */
    this.faults = this.problem.faults || [];
    /** Seconds that a 429 asks to wait; 0 when it does not say. */
    this.retryAfter = 0;
  }

  /** True when the outcome is unknown: the same request with the same key may be repeated. */
  get unknown() {
    return this.status === 0 || this.status === 503;
  }
}

/**
 * @typedef {Object} Options
 * @property {string} [key]       Idempotency-Key
 * @property {boolean} [repeat]   safe to repeat although it has no key
 * @property {number} [retryMs]   keep repeating for this long after an unknown outcome; 0 = never
 * @property {number} [timeoutMs] give one attempt up after this long; 8 s unless told
 * @property {boolean} [blob]     a good answer is a file and no JSON: gives a Blob
 * @property {(attempt: number) => void} [onRetry] told before each repeat
 * @property {(status: number) => void} [onStatus] told the status of a good answer, where it says more than the body
 */

/**
 * Sends one request and gives the parsed answer: null for 204.
 * @param {string} method
 * @param {string} path
 * @param {any} [body]  a Blob goes as the file that it is, everything else as JSON
 * @param {Options} [options]
 * @returns {Promise<any>}
 * @throws {ApiError}
 */
export async function request(method, path, body, options) {
  const opts = options || {};
  const until = Date.now() + (opts.retryMs || 0);
  const repeatable = method === "GET" || Boolean(opts.key) || opts.repeat === true;
  for (let attempt = 1; ; attempt++) {
    try {
      return await once(method, path, body, opts);
    } catch (err) {
      const pause = Math.min(4000, 300 * Math.pow(2, attempt - 1)) * (0.75 + Math.random() / 2);
      if (!(err instanceof ApiError) || !err.unknown || !repeatable || Date.now() + pause > until) throw err;
      await new Promise((done) => setTimeout(done, pause));
      if (opts.onRetry) opts.onRetry(attempt);
    }
  }
}

/** @param {string} path @param {Options} [options] */
export const get = (path, options) => request("GET", path, undefined, options);
/** @param {string} path @param {any} [body] @param {Options} [options] */
export const post = (path, body, options) => request("POST", path, body, options);
/** @param {string} path @param {any} [body] @param {Options} [options] */
export const put = (path, body, options) => request("PUT", path, body, options);
/** @param {string} path @param {Options} [options] */
export const del = (path, options) => request("DELETE", path, undefined, options);

async function once(method, path, body, opts) {
  const headers = { Accept: "application/json", "Accept-Language": lang() };
  const init = { method: method, headers: headers, credentials: "same-origin", cache: "no-store" };
  if (body instanceof Blob) {
    headers["Content-Type"] = body.type;
    init.body = body;
  } else if (body !== undefined) {
    headers["Content-Type"] = "application/json";
    init.body = JSON.stringify(body);
  }
  if (opts.key) headers["Idempotency-Key"] = opts.key;
  const abort = typeof AbortController === "function" ? new AbortController() : null;
  if (abort) init.signal = abort.signal;
  const timer = setTimeout(() => abort && abort.abort(), opts.timeoutMs || 8000);
  try {
    const answer = await fetch(path, init);
    if (opts.blob && answer.ok) return await answer.blob();
    const text = await answer.text();
    const data = await parse(answer, text);
    if (opts.onStatus) opts.onStatus(answer.status);
    return data;
  } catch (err) {
    if (err instanceof ApiError) throw err;
    throw new ApiError(0, "network", unreachable());
  } finally {
    clearTimeout(timer);
  }
}

function parse(answer, text) {
  let data = null;
  try {
    data = text ? JSON.parse(text) : null;
  } catch (err) {
    // Not JSON: a proxy's error page, or an answer that was cut off.
    throw new ApiError(answer.ok ? 0 : answer.status, answer.ok ? "network" : "http_" + answer.status, unreachable());
  }
  if (answer.ok) return data;
  const problem = data || {};
  const error = new ApiError(answer.status, problem.code || "http_" + answer.status,
    problem.detail || problem.title || unreachable(), problem);
  error.retryAfter = Number(answer.headers.get("Retry-After")) || 0;
  return Promise.reject(error);
}

function unreachable() {
  return lang() === "en" ? "The server does not answer. Please try again." : "Máy chủ chưa trả lời. Vui lòng thử lại.";
}
