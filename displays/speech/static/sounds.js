// @ts-check
/** The clips of a book as sounds in memory, and a tone for when even the chime is missing. */

import { CHIME } from "./announcement_plan.js";

/**
 * @typedef {{url: string, duration_ms: number}} ClipAddress
 * @typedef {Record<string, any>} ClipBook
 * As the server's `ClipBook.for_browser` makes it.
 */

const PARALLEL_FETCHES = 6;
const FETCH_TIMEOUT = 10_000;

export class Sounds {
  #context;
  /** @type {Map<string, AudioBuffer>} Sound by clip id. */
  #sounds;
  /** @type {Map<string, AudioBuffer>} Sound by address: a new book fetches only what is new. */
  #fetched = new Map();
  /** @type {Record<string, number>} */
  #gains = {};
  /** Whether the first book is on its way: calls wait for it. */
  isFirstLoad = false;

  /** @param {BaseAudioContext} context */
  constructor(context) {
    this.#context = context;
    this.#sounds = new Map([[CHIME, plainTone(context)]]);
  }

  /** @param {string} key */
  get(key) {
    return this.#sounds.get(key);
  }

  /** By how much a clip is raised, as a factor: all voices are equally loud. @param {string} key */
  gainOf(key) {
    return 10 ** ((this.#gains[key.split("/")[0] ?? ""] ?? 0) / 20);
  }

  /** @param {string} key */
  durationOf(key) {
    const sound = this.#sounds.get(key);
    return sound && sound.duration * 1000;
  }

  /**
   * Fetch and decode what is new. What cannot be had is left out: load again later.
   *
   * @param {ClipBook} book
   * @returns {Promise<{clips: number, missing: string[]}>} `missing`: ids of the clips left out.
   */
  async load(book) {
    const wanted = addresses(book);
    this.isFirstLoad = this.#fetched.size === 0;
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
    this.#gains = book.gains_db ?? {};
    this.isFirstLoad = false;
    return { clips: sounds.size, missing };
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
function addresses({ [CHIME]: chime, gains_db: _, ...languages }) {
  const clips = Object.values(languages).flatMap((byId) =>
    Object.entries(/** @type {Record<string, ClipAddress>} */ (byId ?? {})),
  );
  return new Map(chime ? [[CHIME, /** @type {ClipAddress} */ (chime)], ...clips] : clips);
}

/**
 * Half a second of a soft tone.
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
