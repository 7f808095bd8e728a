// @ts-check
/**
 * The loudspeaker of a lobby: plays calls one after another from clips, without a server.
 *
 *     const announcer = new Announcer({ onReport: send });
 *     await announcer.load(await (await fetch("/…/clips.json")).json());
 *     announcer.play({ id, ticket, spoken }, { age: 0 });   // any number of times: an id is spoken once
 *
 * What to say when is decided in `announcement_plan.js`, who may speak in `sound_line.js`; here is
 * sound only. Whatever goes wrong with one call, the next is spoken.
 */

import { CHIME, GAPS, RULES, plan, timeline, withCall } from "./announcement_plan.js";
import { OutputCheck } from "./output_check.js";
import { Sounds } from "./sounds.js";

export { CHIME, GAPS, RULES, plan, timeline, withCall } from "./announcement_plan.js";

/**
 * @typedef {import("./announcement_plan.js").Call} Call
 * @typedef {import("./announcement_plan.js").Entry} Entry
 * @typedef {import("./announcement_plan.js").Announcement} Announcement
 * @typedef {import("./sounds.js").ClipBook} ClipBook
 *
 * @typedef {"running" | "suspended" | "closed" | "interrupted"} SoundState
 * `suspended`: the browser waits for a touch; show "tap for sound" and call `unlock` from it.
 *
 * @typedef {| {kind: "state", state: SoundState}
 *   | {kind: "loaded", clips: number, missing: string[]}
 *   | {kind: "started", call: Call, form: string, languages: string[], duration: number, missing: string[]}
 *   | {kind: "spoken", call: Call}
 *   | {kind: "yielded", call: Call}
 *   | {kind: "quiet", call: Call}
 *   | {kind: "silent", call: Call}
 *   | {kind: "dropped", call: Call, age: number}
 *   | {kind: "stalled", call: Call}} Report
 * `yielded`: cut short, another device speaks from now on; `quiet`: not spoken, the volume is 0;
 * `silent`: it was played and nothing came out.
 *
 * @typedef {object} Options
 * @property {(report: Report) => void} [onReport]
 * @property {AudioContext} [context]
 * @property {(call: Call) => boolean} [maySpeak] Whether this device owns the sound of its zone.
 * @property {() => number} [now] Milliseconds that only grow.
 * @property {{setTimeout: (run: () => void, wait: number) => any, clearTimeout: (timer: any) => void}} [timers]
 * @property {Partial<typeof RULES>} [rules]
 * @property {Partial<typeof GAPS>} [gaps]
 * @property {number} [grace] Milliseconds after its planned end at which a call counts as stalled.
 */

/** Enough to know every call that a board can still be sent. */
const REMEMBERED_CALLS = 500;
/** Between the decision and the first sound, so that no clip starts late. */
const LEAD = 50;
const TIMERS = {
  setTimeout: (/** @type {() => void} */ run, /** @type {number} */ wait) => setTimeout(run, wait),
  clearTimeout: (/** @type {any} */ timer) => clearTimeout(timer),
};

export class Announcer {
  /** @type {AudioContext} */
  #context;
  /** @type {GainNode} */
  #volume;
  /** @type {(report: Report) => void} */
  #report;
  /** @type {() => number} */
  #now;
  #maySpeak;
  #timers;
  #rules;
  #gaps;
  #grace;
  #sounds;
  #check;
  /** @type {Set<string>} Ids of calls that came. */
  #heard = new Set();
  /** @type {Entry[]} */
  #queue = [];
  /** @type {{entry: Entry, sources: AudioBufferSourceNode[]} | null} What is being spoken. */
  #current = null;
  /** @type {Entry | null} What was spoken last and may be said again. */
  #last = null;
  /** Whether nobody needs to hear again what is being spoken. */
  #isOver = false;
  #freeAt = 0;
  /** @type {any} */
  #timer;

  /** @param {Options} [options] */
  constructor({
    onReport = () => {},
    context,
    maySpeak = () => true,
    now = () => performance.now(),
    timers = TIMERS,
    rules = {},
    gaps = {},
    grace = 3_000,
  } = {}) {
    this.#context = context ?? new AudioContext();
    this.#volume = this.#context.createGain();
    this.#volume.connect(this.#context.destination);
    this.#report = onReport;
    this.#maySpeak = maySpeak;
    this.#now = now;
    this.#timers = timers;
    this.#rules = rules;
    this.#gaps = { ...GAPS, ...gaps };
    this.#grace = grace;
    this.#sounds = new Sounds(this.#context);
    this.#check = new OutputCheck(this.#context, this.#volume, timers);
    this.#context.addEventListener("statechange", () => this.#stateChanged());
  }

  /** Whether anything can be heard. @returns {SoundState} */
  get state() {
    return /** @type {SoundState} */ (this.#context.state);
  }

  /** Calls that wait. */
  get backlog() {
    return this.#queue.length;
  }

  /** Whether the sound card takes what it is given; to be asked about once a second. */
  get isMoving() {
    return this.#check.isMoving(this.#now());
  }

  /** @param {number} volume 0 to 1; at 0 nothing is spoken, and nothing later either. */
  setVolume(volume) {
    this.#volume.gain.value = Math.min(1, Math.max(0, volume));
  }

  /** @param {Partial<typeof RULES>} rules Of this centre. */
  setRules(rules) {
    this.#rules = rules;
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
    const { clips, missing } = await this.#sounds.load(book);
    this.#report({ kind: "loaded", clips, missing });
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
    if (!this.#remember(call.id)) return;
    this.#queue = withCall(this.#queue, call, this.#now() - age);
    if (this.#last?.call.ticket === call.ticket) this.#last = null;
    this.#pump();
  }

  /**
   * Say no more about other tickets: whoever had them has arrived, or was not meant. The word that
   * is being spoken is spoken to its end.
   *
   * @param {string[]} tickets That are called and not answered.
   */
  keep(tickets) {
    const isCalled = (/** @type {Entry} */ { call }) => tickets.includes(call.ticket);
    this.#queue = this.#queue.filter(isCalled);
    if (this.#last && !isCalled(this.#last)) this.#last = null;
    if (this.#current && !isCalled(this.#current.entry)) this.#isOver = true;
  }

  /** These calls were spoken by another device. @param {string[]} ids */
  wasSpoken(ids) {
    for (const id of ids) this.#remember(id);
    this.#queue = this.#queue.filter(({ call }) => !ids.includes(call.id));
  }

  /** Look again at who may speak: stop in the middle of a word where another device does. */
  refresh() {
    const current = this.#current;
    if (current && !this.#maySpeak(current.entry.call)) {
      this.#stop(current.sources);
      this.#current = null;
      if (!this.#isOver) this.#queue = [current.entry, ...this.#queue];
      this.#report({ kind: "yielded", call: current.entry.call });
    }
    this.#pump();
  }

  /** Sound the chime, for the "test sound" button. Waits for nobody. */
  chime() {
    this.#source(CHIME).start();
  }

  /** Fall silent and stay so. */
  async close() {
    this.#timers.clearTimeout(this.#timer);
    this.#queue = [];
    this.#last = null;
    await this.#context.close();
  }

  /** @param {string} id @returns {boolean} Whether it is new. */
  #remember(id) {
    if (this.#heard.has(id)) return false;
    this.#heard.add(id);
    const [oldest] = this.#heard;
    if (this.#heard.size > REMEMBERED_CALLS && oldest) this.#heard.delete(oldest);
    return true;
  }

  #stateChanged() {
    this.#report({ kind: "state", state: this.state });
    if (this.state === "running") this.#pump();
  }

  /** Speak the next call if the loudspeaker is free. */
  #pump() {
    if (this.#current || this.#sounds.isFirstLoad) return;
    const now = this.#now();
    if (now < this.#freeAt) return this.#later(this.#freeAt - now);
    const mine = this.#queue.filter(({ call }) => this.#maySpeak(call));
    const last = this.#last && this.#maySpeak(this.#last.call) ? this.#last : null;
    const { next, announcement, dropped } = plan(mine, now, last, this.#rules);
    for (const { call, since } of dropped) this.#report({ kind: "dropped", call, age: now - since });
    // What another device speaks grows old here without a word.
    const maxAge = this.#rules.maxAge ?? RULES.maxAge;
    this.#queue = this.#queue.filter((entry) => now - entry.since <= maxAge);
    // Nothing is taken out of the row while nobody could hear it.
    if (this.state !== "running") return;
    if (this.#volume.gain.value === 0) return this.#keepQuiet(mine);
    this.#queue = this.#queue.filter((entry) => entry !== next);
    this.#last = null;
    if (next && announcement) this.#speak(next, announcement);
  }

  /** @param {Entry[]} entries */
  #keepQuiet(entries) {
    this.#queue = this.#queue.filter((entry) => !entries.includes(entry));
    this.#last = null;
    for (const { call } of entries) this.#report({ kind: "quiet", call });
  }

  /** @param {number} wait Milliseconds. */
  #later(wait) {
    this.#timers.clearTimeout(this.#timer);
    this.#timer = this.#timers.setTimeout(() => this.#pump(), wait);
  }

  /**
   * @param {Entry} entry
   * @param {Announcement} announcement
   */
  #speak(entry, announcement) {
    const line = timeline(announcement, (key) => this.#sounds.durationOf(key), this.#gaps);
    const { clips, duration, missing } = line;
    const start = this.#context.currentTime + LEAD / 1000;
    const sources = clips.map(({ key, start: after }) => {
      const source = this.#source(key);
      source.start(start + after / 1000);
      return source;
    });
    const current = { entry, sources };
    this.#current = current;
    this.#isOver = false;
    const languages = announcement.spoken.map(({ language }) => language);
    const { form } = announcement;
    this.#report({ kind: "started", call: entry.call, form, languages, duration, missing });
    this.#check.begin();
    const end = (/** @type {boolean} */ isStalled) => {
      if (this.#current !== current) return;
      if (isStalled) this.#stop(sources);
      this.#ended(entry, isStalled);
    };
    const last = sources.at(-1);
    if (!last) return end(false);
    last.addEventListener("ended", () => end(false));
    this.#timers.clearTimeout(this.#timer);
    this.#timer = this.#timers.setTimeout(() => end(true), LEAD + duration + this.#grace);
  }

  /**
   * @param {Entry} entry
   * @param {boolean} isStalled The end never came: the sound device went away, or the page slept.
   */
  #ended(entry, isStalled) {
    this.#timers.clearTimeout(this.#timer);
    const wasSilent = this.#check.end(this.#volume.gain.value);
    this.#current = null;
    this.#last = this.#isOver ? null : { ...entry, timesSpoken: entry.timesSpoken + 1 };
    if (wasSilent && !isStalled) this.#report({ kind: "silent", call: entry.call });
    this.#report({ kind: isStalled ? "stalled" : "spoken", call: entry.call });
    const isAwaited = this.#queue.some(({ call }) => this.#maySpeak(call));
    const pause = isAwaited ? this.#gaps.call : this.#gaps.repeat;
    this.#freeAt = this.#now() + pause;
    this.#later(pause);
  }

  /** @param {AudioBufferSourceNode[]} sources */
  #stop(sources) {
    this.#timers.clearTimeout(this.#timer);
    this.#check.end(0);
    sources.forEach((source) => source.stop());
  }

  /** @param {string} key */
  #source(key) {
    const source = this.#context.createBufferSource();
    source.buffer = this.#sounds.get(key) ?? null;
    const gain = this.#context.createGain();
    gain.gain.value = this.#sounds.gainOf(key);
    source.connect(gain).connect(this.#volume);
    return source;
  }
}
