/**
 * The live connection to /ws. It resumes by itself for ever, and never lets the page believe that
 * it is up to date when it is not:
 *
 *   const live = new Live({ query: { view: "kiosk" }, onFrame: fold, onState: showConnection });
 *   live.start();
 *
 * Frames arrive in order and once: repeated events are dropped, a gap (prev above the last seq
 * seen) leads to a reconnect with since. After a reconnect there is either a snapshot frame or the
 * missed events. Silence of 25 s counts as a dead connection. A new build on the server reloads
 * the page. ES2017.
 * @module
 */

import { build } from "./dom.js";

/** @typedef {"connecting"|"live"|"lost"} Connection */

/**
 * @typedef {Object} LiveOptions
 * @property {Object<string, string>} [query] parameters of /ws besides since and epoch: view, ticket
 * @property {boolean} [resume]  ask for the missed events after a break (true unless told); with
 *   false every reconnect begins with a fresh snapshot
 * @property {(frame: Object) => void} onFrame  every frame, hello and heartbeat too
 * @property {(state: Connection) => void} [onState] when the connection's state changes
 * @property {() => void} [onBuild] instead of the reload when the server runs another build
 */

const SILENCE_MS = 25000;
const MAX_PAUSE_MS = 10000;
const RELOADED = "layso.reloaded";

/** One connection with its memory of what it has seen. */
export class Live {
  /** @param {LiveOptions} options */
  constructor(options) {
    this.options = options;
    /** The last seq that was seen; 0 before the first. */
    this.seq = 0;
    this.epoch = "";
    /** @type {Connection} */
    this.state = "connecting";
    this.failures = 0;
    this.socket = null;
    this.timer = 0;
    this.silence = 0;
    this.stopped = true;
  }

  /** Connects, and keeps connected until stop. */
  start() {
    this.stopped = false;
    window.addEventListener("online", () => this.hurry());
    document.addEventListener("visibilitychange", () => document.hidden || this.hurry());
    this.open();
  }

  /** Closes the connection for good. */
  stop() {
    this.stopped = true;
    clearTimeout(this.timer);
    this.drop();
  }

  /** Tries again now instead of at the end of the pause: the network or the tab came back. */
  hurry() {
    if (this.stopped || this.socket) return;
    clearTimeout(this.timer);
    this.open();
  }

  /**
   * Sends a frame when there is a connection; drops it when there is none.
   * @param {Object} frame
   */
  send(frame) {
    if (this.socket && this.socket.readyState === WebSocket.OPEN) this.socket.send(JSON.stringify(frame));
  }

  /** @private */
  open() {
    const socket = new WebSocket(this.url());
    this.socket = socket;
    socket.onmessage = (message) => socket === this.socket && this.receive(message.data);
    socket.onclose = () => socket === this.socket && this.retry();
    this.listen();
  }

  /** @private */
  url() {
    const query = new URLSearchParams(this.options.query || {});
    if (this.options.resume !== false && this.epoch) {
      query.set("since", String(this.seq));
      query.set("epoch", this.epoch);
    }
    return (location.protocol === "https:" ? "wss://" : "ws://") + location.host + "/ws?" + query;
  }

  /** Any frame proves life; without one for 25 s the connection is dead whatever the browser thinks. @private */
  listen() {
    clearTimeout(this.silence);
    this.silence = setTimeout(() => this.retry(), SILENCE_MS);
  }

  /** @private */
  drop() {
    clearTimeout(this.silence);
    const socket = this.socket;
    this.socket = null;
    if (socket) socket.close();
  }

  /** @private */
  retry() {
    this.drop();
    if (this.stopped) return;
    this.setState("lost");
    this.failures++;
    const ceiling = Math.min(MAX_PAUSE_MS, 250 * Math.pow(2, this.failures));
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.open(), ceiling * (0.5 + Math.random() / 2));
  }

  /** @private */
  setState(state) {
    if (this.state === state) return;
    this.state = state;
    if (this.options.onState) this.options.onState(state);
  }

  /** @private */
  receive(data) {
    this.listen();
    let frame;
    try {
      frame = JSON.parse(data);
    } catch (err) {
      this.retry(); // Not ours: start over rather than guess what was missed.
      return;
    }
    if (frame.type === "hello") this.hello(frame);
    if (!this.fresh(frame)) return;
    if (frame.build) this.checkBuild(frame.build);
    this.options.onFrame(frame);
  }

  /** @private */
  hello(frame) {
    if (frame.epoch !== this.epoch) this.seq = 0; // Another log: what was seen says nothing about it.
    this.epoch = frame.epoch;
    this.failures = 0;
    this.setState("live");
  }

  /**
   * Keeps count of seq and tells whether the page should get the frame.
   * @private
   * @returns {boolean}
   */
  fresh(frame) {
    if (frame.type === "snapshot" || frame.type === "ticket.status") {
      this.seq = frame.seq;
      return true;
    }
    if (typeof frame.prev !== "number") return true; // hello, heartbeat, hall.counts, printer.state
    if (frame.seq <= this.seq) return false;
    if (frame.prev > this.seq) {
      this.retry();
      return false;
    }
    this.seq = frame.seq;
    return true;
  }

  /** @private */
  checkBuild(id) {
    if (!build() || id === build()) return;
    if (this.options.onBuild) this.options.onBuild();
    else reloadOnce(id);
  }
}

/** Reloads for a new build, once per build: a stale page from a proxy must not reload for ever. */
function reloadOnce(id) {
  try {
    if (sessionStorage.getItem(RELOADED) === id) return;
    sessionStorage.setItem(RELOADED, id);
  } catch (err) {
    return; // Without storage a reload loop could not be stopped.
  }
  location.reload();
}
