/**
 * Which new call is shown large, and for how long: one after another, none skipped. Pure: the
 * time is passed in, in ms that only grow.
 *
 * @typedef {{ id: string, number: string, counter: string, at: string }} Call
 * @typedef {{ call: Call, since: number }} Shown
 */

/** How long a call is shown while nobody, somebody, or many come after it, ms. */
const ALONE_MS = 7_000;
const FOLLOWED_MS = 3_500;
const CROWDED_MS = 2_200;
const CROWD = 4;
/** What was called longer ago is in the list alone: whoever it was is there, or called again. */
const FRESH_MS = 90_000;
/** After a start: what was called before is no news. */
const FRESH_AT_START_MS = 15_000;
/** Enough to know every call that a board can still be sent. */
const REMEMBERED = 200;

export class CallShow {
  /** @type {Shown | null} */
  current = null;
  /** @type {Call[]} */
  #waiting = [];
  /** @type {Set<string>} */
  #seen = new Set();
  #isFirst = true;

  /** Calls that are shown after this one. */
  get waiting() {
    return this.#waiting;
  }

  /**
   * Take what the board was sent; a call that is no longer in it was taken back.
   *
   * @param {Call[]} calls  newest first
   * @param {number} now
   * @param {(call: Call) => number} age  ms since it was called
   */
  take(calls, now, age) {
    const ids = new Set(calls.map(keyOf));
    const numbers = new Set(calls.map(({ number }) => number));
    const isOff = (/** @type {Call} */ call) =>
      !ids.has(keyOf(call)) && (numbers.has(call.number) || !hasLeft(call, calls));
    this.#waiting = this.#waiting.filter((call) => !isOff(call));
    if (this.current && isOff(this.current.call)) this.current = null;
    const fresh = this.#isFirst ? FRESH_AT_START_MS : FRESH_MS;
    for (const call of [...calls].reverse()) {
      if (this.#seen.has(keyOf(call))) continue;
      if (age(call) < fresh) this.#waiting.push(call);
    }
    this.#seen = new Set([...ids, ...this.#seen].slice(0, REMEMBERED));
    this.#isFirst = false;
    this.advance(now, age);
  }

  /**
   * Go on to what is due.
   *
   * @param {number} now
   * @param {(call: Call) => number} age
   * @returns {boolean} whether something changed
   */
  advance(now, age) {
    const before = this.current;
    if (this.current && now - this.current.since >= this.#time()) this.current = null;
    while (!this.current && this.#waiting.length) {
      const call = /** @type {Call} */ (this.#waiting.shift());
      if (age(call) < FRESH_MS) this.current = { call, since: now };
    }
    return this.current !== before;
  }

  /** ms until `advance` has something to do; null while nothing is shown. @param {number} now */
  due(now) {
    return this.current ? Math.max(0, this.current.since + this.#time() - now) : null;
  }

  #time() {
    if (this.#waiting.length >= CROWD) return CROWDED_MS;
    return this.#waiting.length ? FOLLOWED_MS : ALONE_MS;
  }
}

/** A store that began anew may give an id again, but not at the same instant. @param {Call} call */
const keyOf = ({ id, at }) => `${id} ${at}`;

/**
 * Whether a call left the list at its end because newer ones came.
 *
 * @param {Call} call
 * @param {Call[]} calls  newest first
 */
const hasLeft = (call, calls) => {
  const oldest = calls.at(-1);
  return oldest !== undefined && Date.parse(call.at) < Date.parse(oldest.at);
};
