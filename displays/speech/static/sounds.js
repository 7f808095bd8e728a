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

/**
 * @typedef {object} Voice
 * The clips of one language, all of one voice.
 * @property {Map<string, string>} urls By id.
 * @property {number} gain_db By how much it is raised: all voices are equally loud.
 */

export class Sounds {
  #context;
  #tone;
  /** @type {Map<string, AudioBuffer>} Sound by address: a new book fetches only what is new. */
  #fetched = new Map();
  /** @type {Map<string, Voice>} What is in force, by language. */
  #voices = new Map();
  /** Address of the chime. */
  #chime = "";
  /** Whether the first book is on its way: calls wait for it. */
  isFirstLoad = false;

  /** @param {BaseAudioContext} context */
  constructor(context) {
    this.#context = context;
    this.#tone = plainTone(context);
  }

  /** @param {string} key */
  get(key) {
    if (key === CHIME) return this.#fetched.get(this.#chime) ?? this.#tone;
    return this.#fetched.get(this.#voiceOf(key)?.urls.get(key) ?? "");
  }

  /** By how much a clip is raised, as a factor. @param {string} key */
  gainOf(key) {
    return 10 ** ((this.#voiceOf(key)?.gain_db ?? 0) / 20);
  }

  /** @param {string} key */
  durationOf(key) {
    const sound = this.get(key);
    return sound && sound.duration * 1000;
  }

  /** @param {string} key */
  #voiceOf(key) {
    return this.#voices.get(key.split("/")[0] ?? "");
  }

  /**
   * Fetch and decode what is new, then put it in force. A language is taken over wholly or stays as
   * it is, so no announcement is said by two voices; load again later.
   *
   * @param {ClipBook} book
   * @returns {Promise<{clips: number, missing: string[]}>} `missing`: ids of the clips that could
   *   not be had.
   */
  async load(book) {
    const { [CHIME]: chime, gains_db: gains = {}, ...languages } = book;
    const wanted = addresses(book);
    this.isFirstLoad = this.#fetched.size === 0;
    await this.#fetch([...wanted.values()]);
    if (this.#fetched.has(chime?.url)) this.#chime = chime.url;
    this.#voices = new Map(
      Object.entries(languages).map(([language, clips]) => [
        language,
        this.#newest(language, Object.entries(clips ?? {}), gains[language] ?? 0),
      ]),
    );
    this.#forget(wanted);
    this.isFirstLoad = false;
    const missing = [...wanted.keys()].filter((key) => !this.#fetched.has(wanted.get(key) ?? ""));
    return { clips: wanted.size - missing.length, missing };
  }

  /**
   * The new clips if all are here; else those there are, or the old ones of another voice.
   *
   * @param {string} language
   * @param {[string, ClipAddress][]} clips
   * @param {number} gain_db
   * @returns {Voice}
   */
  #newest(language, clips, gain_db) {
    const urls = new Map(clips.map(([key, { url }]) => [key, url]));
    const here = new Map([...urls].filter(([, url]) => this.#fetched.has(url)));
    const old = this.#voices.get(language);
    const isOther = old && [...old.urls].some(([key, url]) => urls.has(key) && urls.get(key) !== url);
    return isOther && here.size < urls.size ? old : { urls: here, gain_db };
  }

  /** Keep what is in force or wanted. @param {Map<string, string>} wanted */
  #forget(wanted) {
    const spoken = [...this.#voices.values()].flatMap(({ urls }) => [...urls.values()]);
    const used = new Set([this.#chime, ...wanted.values(), ...spoken]);
    this.#fetched = new Map([...this.#fetched].filter(([url]) => used.has(url)));
  }

  /** Fetch what is not here; whose line is lost asks for no more. @param {string[]} urls */
  async #fetch(urls) {
    const waiting = urls.filter((url) => !this.#fetched.has(url));
    const fetchSome = async () => {
      for (let url = waiting.shift(); url; url = waiting.shift()) {
        const data = await fetched(url);
        if (data === LOST) waiting.length = 0;
        else if (data) await this.#decode(url, data);
      }
    };
    await Promise.all(Array.from({ length: PARALLEL_FETCHES }, fetchSome));
  }

  /** @param {string} url @param {ArrayBuffer} data */
  async #decode(url, data) {
    try {
      this.#fetched.set(url, await this.#context.decodeAudioData(data));
    } catch {
      // no sound: it is missing
    }
  }
}

const LOST = "lost";

/**
 * @param {string} url
 * @returns {Promise<ArrayBuffer | typeof LOST | null>} null: there is no such clip.
 */
async function fetched(url) {
  try {
    const answer = await fetch(url, { signal: AbortSignal.timeout(FETCH_TIMEOUT) });
    return answer.ok ? await answer.arrayBuffer() : null;
  } catch {
    return LOST;
  }
}

/**
 * Every address of a book by clip id.
 *
 * @param {ClipBook} book
 * @returns {Map<string, string>}
 */
function addresses({ [CHIME]: chime, gains_db: _, ...languages }) {
  /** @type {Record<string, ClipAddress>} */
  const clips = Object.assign({}, chime && { [CHIME]: chime }, ...Object.values(languages));
  return new Map(Object.entries(clips).map(([key, { url }]) => [key, url]));
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
