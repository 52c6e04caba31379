/**
 * When the phone calls its owner back, and how: exactly once when three are ahead, and once at each
 * call. What was told is remembered for the tab, so neither a reload nor a broken connection tells it
 * again. Sound and vibration need a touch first and an open page; both work on plain HTTP. ES2017.
 * @module
 */

/** People ahead at which the citizen is called back. */
export const NEAR = 3;

/** He stays called back until so many are ahead: priority tickets that push him from 3 to 4 and back are no news. */
export const FAR = 6;

/**
 * @typedef {Object} Memory
 * @property {string} service  where the ticket was
 * @property {string} next     the service that was to come after it, or empty
 * @property {boolean} waiting
 * @property {boolean} near    he has been called back
 * @property {number} calls    that he knows of
 * @property {{from: string, step: boolean}|null} moved  why he waits for another service than before
 */

/**
 * Takes up news of the ticket. At first sight there is nothing to alert to: the citizen looks at the
 * page. The same holds when he begins to wait anew, at another service or after a call, with hardly
 * anybody ahead.
 * @param {Memory|null} was
 * @param {{state: string, service: string, ahead: number, calls: number, route: string[]}} ticket
 * @returns {{memory: Memory, alert: ""|"near"|"called"}}
 */
export function notice(was, ticket) {
  const waiting = ticket.state === "waiting";
  const same = Boolean(was) && was.waiting && was.service === ticket.service;
  const near = waiting && ticket.ahead <= (same && was.near ? FAR - 1 : NEAR);
  const calls = was ? Math.max(was.calls, ticket.calls) : ticket.calls;
  const called = Boolean(was) && ticket.state === "called" && ticket.calls > was.calls;
  return {
    alert: called ? "called" : same && near && !was.near ? "near" : "",
    memory: { service: ticket.service, next: ticket.route[0] || "", waiting: waiting, near: near, calls: calls, moved: movedTo(was, ticket, waiting) },
  };
}

function movedTo(was, ticket, waiting) {
  if (!was || !waiting) return null;
  if (was.service === ticket.service) return was.moved;
  return { from: was.service, step: was.next === ticket.service };
}

const key = (token) => "layso.phone." + token;

/**
 * What this tab was told of the ticket.
 * @param {string} token
 * @returns {Memory|null}
 */
export function recall(token) {
  try {
    return JSON.parse(sessionStorage.getItem(key(token)));
  } catch (err) {
    return null; // Storage is blocked: the page then remembers until it is left.
  }
}

/** @param {string} token @param {Memory} memory */
export function remember(token, memory) {
  try {
    sessionStorage.setItem(key(token), JSON.stringify(memory));
  } catch (err) {
    // As above.
  }
}

const WISH = "layso.phone.sound";

/** Tones by what they tell: [start in s, length in s, Hz]. */
const TUNES = {
  test: [[0, 0.18, 660], [0.2, 0.3, 880]],
  near: [[0, 0.2, 660], [0.25, 0.35, 880], [0.9, 0.2, 660], [1.15, 0.35, 880]],
  called: [[0, 0.2, 784], [0.22, 0.2, 988], [0.44, 0.5, 1175], [1.2, 0.2, 784], [1.42, 0.2, 988], [1.64, 0.5, 1175]],
};
const PATTERNS = { near: [300, 150, 300], called: [500, 200, 500, 200, 500] };

/** The phone's sound and vibration. */
export class Alarm {
  /** @param {() => void} onChange  told when the sound goes on or off */
  constructor(onChange) {
    this.onChange = onChange;
    this.context = null;
    this.Context = window.AudioContext || window.webkitAudioContext;
    this.vibrates = typeof navigator.vibrate === "function";
    this.wanted = false;
    this.touched = false;
    this.owed = "";
    try {
      this.wanted = sessionStorage.getItem(WISH) === "1";
    } catch (err) {
      // Storage is blocked: after a reload the page does not know that there was sound.
    }
    document.addEventListener("click", () => { this.touched = true; }, true);
    document.addEventListener("visibilitychange", () => {
      if (!document.hidden && this.owed) this.vibrate(this.owed);
    });
  }

  /** Whether the phone can play the sound at all. */
  get possible() {
    return Boolean(this.Context);
  }

  /** Whether it would be heard now. */
  get on() {
    return this.wanted && Boolean(this.context) && this.context.state === "running";
  }

  /** Turns the sound on and plays a test, or off. To be called from a touch: browsers allow it nowhere else. */
  async toggle() {
    const on = !this.on;
    this.want(on);
    if (on) {
      if (!this.context) {
        this.context = new this.Context();
        this.context.onstatechange = this.onChange;
      }
      await this.context.resume();
      this.play("test");
    }
    this.onChange();
  }

  /** @private */
  want(on) {
    this.wanted = on;
    try {
      sessionStorage.setItem(WISH, on ? "1" : "0");
    } catch (err) {
      // As above.
    }
  }

  /**
   * Tells the citizen, in every way that works now.
   * @param {"near"|"called"} what
   */
  tell(what) {
    if (document.hidden) this.owed = what; // A page that is not seen may not vibrate; it does when it is seen again.
    else this.vibrate(what);
    if (this.wanted && this.context) this.context.resume().then(() => this.play(what), () => this.onChange()); // A phone that slept may have paused it.
  }

  /** @private */
  vibrate(what) {
    this.owed = "";
    if (this.vibrates && this.touched) navigator.vibrate(PATTERNS[what]); // Before a touch browsers refuse it, with an error.
  }

  /** @private */
  play(what) {
    const now = this.context.currentTime + 0.05;
    for (const [start, length, hertz] of TUNES[what]) {
      const tone = this.context.createOscillator();
      const volume = this.context.createGain();
      tone.type = "triangle";
      tone.frequency.value = hertz;
      volume.gain.setValueAtTime(0.0001, now + start);
      volume.gain.exponentialRampToValueAtTime(0.8, now + start + 0.02);
      volume.gain.exponentialRampToValueAtTime(0.0001, now + start + length);
      tone.connect(volume);
      volume.connect(this.context.destination);
      tone.start(now + start);
      tone.stop(now + start + length + 0.05);
    }
  }
}
