// @ts-check
/**
 * The loudspeaker of a lobby: plays calls one after another from clips, without a server.
 *
 *     const announcer = new Announcer({ onReport: send });
 *     await announcer.load(await (await fetch("/…/clips.json")).json());
 *     announcer.play({ id, ticket, spoken }, { age: 0 });   // any number of times: an id is spoken once
 *
 * What to say when is decided in `announcement_plan.js`; here is sound only. Whatever goes wrong
 * with one call, the next is spoken.
 */

import { CHIME, GAPS, plan, timeline, withCall } from "./announcement_plan.js";

export { CHIME, GAPS, RULES, plan, timeline, withCall } from "./announcement_plan.js";

/**
 * @typedef {import("./announcement_plan.js").Call} Call
 * @typedef {import("./announcement_plan.js").Entry} Entry
 * @typedef {import("./announcement_plan.js").Announcement} Announcement
 *
 * @typedef {{url: string, duration_ms: number}} ClipAddress
 * @typedef {Record<string, Record<string, ClipAddress> | ClipAddress | null>} ClipBook
 * As the server's `ClipBook.for_browser` makes it.
 *
 * @typedef {"running" | "suspended" | "closed" | "interrupted"} SoundState
 * `suspended`: the browser waits for a touch; show "tap for sound" and call `unlock` from it.
 *
 * @typedef {| {kind: "state", state: SoundState}
 *   | {kind: "loaded", clips: number, missing: string[]}
 *   | {kind: "started", call: Call, languages: string[], duration: number, missing: string[]}
 *   | {kind: "spoken", call: Call}
 *   | {kind: "dropped", call: Call, age: number}
 *   | {kind: "stalled", call: Call}} Report
 *
 * @typedef {object} Options
 * @property {(report: Report) => void} [onReport]
 * @property {AudioContext} [context]
 * @property {() => number} [now] Milliseconds that only grow.
 * @property {Partial<typeof import("./announcement_plan.js").RULES>} [rules]
 * @property {Partial<typeof GAPS>} [gaps]
 * @property {number} [grace] Milliseconds after its planned end at which a call counts as stalled.
 */

/** Enough to know every call that a board can still be sent. */
const REMEMBERED_CALLS = 500;
const PARALLEL_FETCHES = 6;
const FETCH_TIMEOUT = 10_000;
/** Between the decision and the first sound, so that no clip starts late. */
const LEAD = 50;

export class Announcer {
  /** @type {AudioContext} */
  #context;
  /** @type {GainNode} */
  #volume;
  /** @type {(report: Report) => void} */
  #report;
  /** @type {() => number} */
  #now;
  #rules;
  #gaps;
  #grace;
  /** @type {Map<string, AudioBuffer>} Sound by clip id. */
  #sounds;
  /** @type {Map<string, AudioBuffer>} Sound by address: a new book fetches only what is new. */
  #fetched = new Map();
  /** @type {Set<string>} Ids of calls that came. */
  #heard = new Set();
  /** @type {Entry[]} */
  #queue = [];
  /** @type {Entry | null} What is being spoken. */
  #current = null;
  /** @type {Entry | null} What was spoken last and may be said again. */
  #last = null;
  #mayRepeat = true;
  #isFirstLoad = false;
  #freeAt = 0;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #timer;

  /** @param {Options} [options] */
  constructor({ onReport = () => {}, context, now, rules = {}, gaps = {}, grace = 3_000 } = {}) {
    this.#context = context ?? new AudioContext();
    this.#volume = this.#context.createGain();
    this.#volume.connect(this.#context.destination);
    this.#report = onReport;
    this.#now = now ?? (() => performance.now());
    this.#rules = rules;
    this.#gaps = { ...GAPS, ...gaps };
    this.#grace = grace;
    this.#sounds = new Map([[CHIME, plainTone(this.#context)]]);
    this.#context.addEventListener("statechange", () => this.#stateChanged());
  }

  /** Whether anything can be heard. Send it with the display's heartbeat. @returns {SoundState} */
  get state() {
    return /** @type {SoundState} */ (this.#context.state);
  }

  /** Calls that wait. */
  get backlog() {
    return this.#queue.length;
  }

  /** @param {number} volume 0 to 1 */
  setVolume(volume) {
    this.#volume.gain.value = Math.min(1, Math.max(0, volume));
  }

  /** Let the sound begin. Call it from a touch when `state` is `suspended`. */
  async unlock() {
    await this.#context.resume();
    this.#pump();
  }

  /**
   * Fetch and decode the clips; calls that come during the first time wait for it. What cannot be
   * had is reported and left out: load again later.
   *
   * @param {ClipBook} book
   * @returns {Promise<string[]>} Ids of the clips that are missing.
   */
  async load(book) {
    const wanted = addresses(book);
    this.#isFirstLoad = this.#fetched.size === 0;
    /** @type {Map<string, AudioBuffer>} */
    const sounds = new Map();
    /** @type {string[]} */
    const missing = [];
    const waiting = [...wanted];
    const fetchSome = async () => {
      for (let next = waiting.shift(); next; next = waiting.shift()) {
        const [key, { url }] = next;
        const sound = await this.#sound(url);
        if (sound) sounds.set(key, sound);
        else missing.push(key);
      }
    };
    await Promise.all(Array.from({ length: PARALLEL_FETCHES }, fetchSome));
    this.#sounds = new Map([[CHIME, plainTone(this.#context)], ...sounds]);
    const used = new Set([...wanted.values()].map(({ url }) => url));
    this.#fetched = new Map([...this.#fetched].filter(([url]) => used.has(url)));
    this.#isFirstLoad = false;
    this.#report({ kind: "loaded", clips: sounds.size, missing });
    this.#pump();
    return missing;
  }

  /**
   * Speak a call when its turn comes; nothing if it was given before.
   *
   * @param {Call} call
   * @param {{age?: number}} [options] Milliseconds since it was called, by the server's clock.
   */
  play(call, { age = 0 } = {}) {
    if (this.#heard.has(call.id)) return;
    this.#heard.add(call.id);
    const [oldest] = this.#heard;
    if (this.#heard.size > REMEMBERED_CALLS && oldest) this.#heard.delete(oldest);
    this.#queue = withCall(this.#queue, call, this.#now() - age);
    if (this.#last?.call.ticket === call.ticket) this.#last = null;
    this.#pump();
  }

  /**
   * Say no more about a ticket: it is served or cancelled.
   *
   * @param {string} ticket
   */
  forget(ticket) {
    this.#queue = this.#queue.filter(({ call }) => call.ticket !== ticket);
    if (this.#last?.call.ticket === ticket) this.#last = null;
    if (this.#current?.call.ticket === ticket) this.#mayRepeat = false;
  }

  /** Sound the chime, for the "test sound" button. Waits for nobody. */
  chime() {
    this.#source(CHIME).start();
  }

  /** Fall silent and stay so. */
  async close() {
    clearTimeout(this.#timer);
    this.#queue = [];
    this.#last = null;
    await this.#context.close();
  }

  #stateChanged() {
    this.#report({ kind: "state", state: this.state });
    if (this.state === "running") this.#pump();
  }

  /** Speak the next call if the loudspeaker is free. */
  #pump() {
    if (this.#current || this.#isFirstLoad) return;
    const now = this.#now();
    if (now < this.#freeAt) return this.#later(this.#freeAt - now);
    const { next, announcement, queue, dropped } = plan(this.#queue, now, this.#last, this.#rules);
    for (const { call, since } of dropped) this.#report({ kind: "dropped", call, age: now - since });
    if (this.state !== "running") {
      // Nothing is taken out of the row while nobody could hear it; old calls were dropped above.
      this.#queue = this.#queue.filter((entry) => !dropped.includes(entry));
      return;
    }
    this.#queue = queue;
    this.#last = null;
    if (next && announcement) this.#speak(next, announcement);
  }

  /** @param {number} wait Milliseconds. */
  #later(wait) {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#pump(), wait);
  }

  /**
   * @param {Entry} entry
   * @param {Announcement} announcement
   */
  #speak(entry, announcement) {
    this.#current = entry;
    this.#mayRepeat = true;
    const { clips, duration, missing } = timeline(announcement, (key) => this.#durationOf(key), this.#gaps);
    const start = this.#context.currentTime + LEAD / 1000;
    const sources = clips.map(({ key, start: after }) => {
      const source = this.#source(key);
      source.start(start + after / 1000);
      return source;
    });
    const languages = announcement.spoken.map(({ language }) => language);
    this.#report({ kind: "started", call: entry.call, languages, duration, missing });
    const end = (/** @type {boolean} */ isStalled) => {
      if (this.#current !== entry) return;
      clearTimeout(this.#timer);
      if (isStalled) sources.forEach((source) => source.stop());
      this.#ended(entry, isStalled);
    };
    const last = sources.at(-1);
    if (!last) return end(false);
    last.addEventListener("ended", () => end(false));
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => end(true), LEAD + duration + this.#grace);
  }

  /**
   * @param {Entry} entry
   * @param {boolean} isStalled The end never came: the sound device went away, or the page slept.
   */
  #ended(entry, isStalled) {
    this.#current = null;
    this.#last = this.#mayRepeat ? { ...entry, timesSpoken: entry.timesSpoken + 1 } : null;
    this.#report({ kind: isStalled ? "stalled" : "spoken", call: entry.call });
    const pause = this.#queue.length > 0 ? this.#gaps.call : this.#gaps.repeat;
    this.#freeAt = this.#now() + pause;
    this.#later(pause);
  }

  /** @param {string} key */
  #source(key) {
    const source = this.#context.createBufferSource();
    source.buffer = this.#sounds.get(key) ?? null;
    source.connect(this.#volume);
    return source;
  }

  /** @param {string} key */
  #durationOf(key) {
    const sound = this.#sounds.get(key);
    return sound && sound.duration * 1000;
  }

  /**
   * @param {string} url
   * @returns {Promise<AudioBuffer | undefined>}
   */
  async #sound(url) {
    const known = this.#fetched.get(url);
    if (known) return known;
    try {
      const answer = await fetch(url, { signal: AbortSignal.timeout(FETCH_TIMEOUT) });
      if (!answer.ok) return undefined;
      const sound = await this.#context.decodeAudioData(await answer.arrayBuffer());
      this.#fetched.set(url, sound);
      return sound;
    } catch {
      return undefined;
    }
  }
}

/**
 * Every address of a book by clip id.
 *
 * @param {ClipBook} book
 * @returns {Map<string, ClipAddress>}
 */
function addresses({ [CHIME]: chime, ...languages }) {
  const clips = Object.values(languages).flatMap((byId) =>
    Object.entries(/** @type {Record<string, ClipAddress>} */ (byId ?? {})),
  );
  return new Map(chime ? [[CHIME, /** @type {ClipAddress} */ (chime)], ...clips] : clips);
}

/**
 * Half a second of a soft tone, for when even the chime cannot be fetched.
 *
 * @param {BaseAudioContext} context
 */
function plainTone(context) {
  const rate = context.sampleRate;
  const sound = context.createBuffer(1, rate / 2, rate);
  sound.copyToChannel(
    Float32Array.from({ length: rate / 2 }, (_, at) => {
      const seconds = at / rate;
      const envelope = Math.exp(-seconds / 0.12) * Math.min(1, seconds * 125);
      return 0.25 * envelope * Math.sin(2 * Math.PI * 880 * seconds);
    }),
    0,
  );
  return sound;
}
