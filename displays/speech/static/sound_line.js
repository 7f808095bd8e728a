// @ts-check
/**
 * The sound of a page on the line: it owns the sound of its zones or is silent.
 *
 *     const sound = new SoundLine({ line, centre, zones, onState: draw });
 *     sound.show(board);                   // with every view
 *     button.onclick = () => sound.unlock();
 *
 * The server gives the sound of a zone to one device at a time, for seconds. A page counts them from
 * the moment it asked, so it is silent before anybody else may speak (`queue_server/hub/sound.py`).
 */

import { newKey } from "../../../web/js/api.js";
import { Announcer } from "./announcer.js";
import { volumeAt } from "./loudness.js";

/**
 * @typedef {import("./announcer.js").Report} Report
 * @typedef {import("../../../web/js/live.js").Line} Line
 * @typedef {import("./loudness.js").Loudness} Loudness
 *
 * @typedef {object} ShownCall
 * @property {string} id
 * @property {string} number
 * @property {string} at ISO 8601
 * @property {string} zone_id
 * @property {string} language
 * @property {import("./announcement_plan.js").Spoken[]} spoken
 *
 * @typedef {object} ShownBoard
 * @property {ShownCall[]} calls Newest first.
 * @property {string[]} called Numbers whose citizens have not arrived.
 *
 * @typedef {object} Options
 * @property {Line} line
 * @property {string} centre
 * @property {string[]} zones
 * @property {string} [timezone] IANA name, for quiet hours.
 * @property {(state: string, isOwner: boolean) => void} [onState] `running`, or why nothing is
 *   heard; and whether some zone's calls are spoken here.
 * @property {(report: Report) => void} [onReport]
 * @property {import("./announcer.js").Options} [announcer]
 */

export const ASK_EVERY = 1_500;
const CLIPS_AGAIN = 60_000;
/** Where not all could be had. */
const CLIPS_SOON = 5_000;
const BOOK_TIMEOUT = 10_000;
/** How long what went wrong with the sound is told after it last did. */
const TROUBLE_FOR = 120_000;

export class SoundLine {
  #line;
  #centre;
  #zones;
  #timezone;
  #onState;
  #onReport;
  #holder = newKey();
  #announcer;
  /** @type {Map<string, number>} Until when a zone is ours, by `performance.now()`. */
  #ours = new Map();
  /** @type {Map<number, number>} When each asking was sent. */
  #asked = new Map();
  #asks = 0;
  /** @type {Set<string>} Ids of calls that were spoken here and not told yet. */
  #spoken = new Set();
  /** @type {{state: string, until: number} | null} */
  #trouble = null;
  #stuck = 0;
  #isUnheard = true;
  #told = "";
  /** @type {Loudness} */
  #loudness = { volume: 100 };
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #end;
  #asking = setInterval(() => this.#ask(), ASK_EVERY);
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #again;
  #isClosed = false;

  /** @param {Options} options */
  constructor({
    line,
    centre,
    zones,
    timezone,
    onState = () => {},
    onReport = () => {},
    announcer = {},
  }) {
    this.#line = line;
    this.#centre = centre;
    this.#zones = zones;
    this.#timezone = timezone;
    this.#onState = onState;
    this.#onReport = onReport;
    this.#announcer = new Announcer({
      ...announcer,
      maySpeak: ({ zone = "" }) => this.#isOurs(zone),
      onReport: (report) => this.#heard(report),
    });
    line.hear("sound_owned", (message) => this.#answered(message));
    addEventListener("pagehide", this.#release);
    this.load();
    queueMicrotask(() => this.#ask()); // whoever made this is ready by then
  }

  /** Whether anything is heard: `running`, or why not. */
  get state() {
    return this.#ability === "running" ? this.#recent || "running" : this.#ability;
  }

  /** Whether this page can sound at all; if not, another device may. */
  get #ability() {
    const { state } = this.#announcer;
    return state === "running" && this.#stuck > 1 ? "stuck" : state;
  }

  /** What went wrong of late. It is told, and takes no sound away: it would go to nobody. */
  get #recent() {
    return this.#trouble && performance.now() < this.#trouble.until ? this.#trouble.state : "";
  }

  /** Zones whose calls are spoken here now. */
  get owned() {
    return this.#zones.filter((zone) => this.#isOurs(zone));
  }

  /**
   * Speak what is new, and no more of who has arrived or was not meant. Oldest first; what is too
   * old is left out by the announcer.
   *
   * @param {ShownBoard} board
   */
  show({ calls, called }) {
    this.#announcer.keep(called);
    const wanted = calls.filter(({ number }) => called.includes(number)).reverse();
    for (const { id, number, at, zone_id: zone, language, spoken } of wanted) {
      const age = Math.max(0, this.#line.age(Date.parse(at)));
      this.#announcer.play({ id, ticket: number, zone, language, spoken }, { age });
    }
    if (this.#isUnheard) this.#ask(); // there is a line now
  }

  /** Let the sound begin, from a touch. */
  async unlock() {
    await this.#announcer.unlock();
    this.#ask();
  }

  /** Sound the chime once, whoever owns the sound: the "test sound" button. */
  test() {
    this.#announcer.chime();
  }

  /** Fetch the clips in force and how loud they are, now and from time to time. */
  async load() {
    const isWhole = await this.#loaded();
    if (this.#isClosed) return;
    this.#again = setTimeout(() => this.load(), isWhole ? CLIPS_AGAIN : CLIPS_SOON);
  }

  /** Whether all of them are here; without a line those that are there stay. */
  async #loaded() {
    try {
      const signal = AbortSignal.timeout(BOOK_TIMEOUT);
      const answer = await fetch(`/api/v1/centres/${this.#centre}/clips`, { signal });
      if (!answer.ok) return false;
      const { speech, ...book } = await answer.json();
      this.#loudness = speech ?? this.#loudness;
      if (speech) this.#announcer.setRules({ timesWhenIdle: speech.times });
      this.#setVolume();
      const missing = await this.#announcer.load(book);
      return missing.length === 0;
    } catch {
      return false;
    }
  }

  /** Fall silent for good. */
  async close() {
    this.#isClosed = true;
    clearInterval(this.#asking);
    clearTimeout(this.#again);
    removeEventListener("pagehide", this.#release);
    clearTimeout(this.#end);
    this.#release();
    await this.#announcer.close();
  }

  /** @param {string} zone */
  #isOurs(zone) {
    return performance.now() < (this.#ours.get(zone) ?? 0);
  }

  #setVolume() {
    this.#announcer.setVolume(volumeAt(this.#loudness, this.#line.now(), this.#timezone) / 100);
  }

  #ask() {
    this.#stuck = this.#announcer.state === "running" && !this.#announcer.isMoving ? this.#stuck + 1 : 0;
    this.#setVolume();
    this.#tellState();
    const ask = ++this.#asks;
    const message = { ...this.#words(this.#ability), ask };
    this.#asked.set(ask, performance.now());
    this.#asked.delete(ask - 20);
    this.#isUnheard = !this.#line.tell(message);
    if (!this.#isUnheard) this.#spoken.clear();
  }

  /** @param {string} state */
  #words(state) {
    return {
      type: "sound",
      centre: this.#centre,
      zones: this.#zones,
      holder: this.#holder,
      ask: 0,
      state,
      trouble: this.#recent,
      spoken: [...this.#spoken],
    };
  }

  #release = () => {
    this.#ours.clear();
    this.#line.tell(this.#words("closed"));
  };

  /** @param {Record<string, any>} answer */
  #answered({ ask, zones, for_ms: forMs, spoken }) {
    const askedAt = this.#asked.get(ask);
    if (askedAt === undefined) return;
    this.#asked.delete(ask);
    for (const zone of this.#zones) {
      if (zones.includes(zone)) this.#ours.set(zone, askedAt + forMs);
      else this.#ours.delete(zone);
    }
    this.#announcer.wasSpoken(spoken);
    this.#refresh();
    clearTimeout(this.#end);
    const ends = [...this.#ours.values()];
    if (ends.length === 0) return;
    const wait = Math.min(...ends) - performance.now();
    this.#end = setTimeout(() => this.#refresh(), Math.max(0, wait) + 1);
  }

  /** What is ours has changed: speak, or stop in the middle of a word. */
  #refresh() {
    this.#announcer.refresh();
    this.#tellState();
  }

  /** @param {Report} report */
  #heard(report) {
    if (report.kind === "spoken" || report.kind === "quiet") {
      this.#spoken.add(report.call.id);
      this.#ask();
    }
    if (report.kind === "silent" || report.kind === "stalled") {
      this.#trouble = { state: report.kind, until: performance.now() + TROUBLE_FOR };
    }
    if (report.kind === "state") this.#ask();
    if (report.kind === "dropped") this.#line.report("dropped_call", report.call.id);
    this.#onReport(report);
  }

  #tellState() {
    const isOwner = this.owned.length > 0;
    const words = `${this.state} ${isOwner}`;
    if (words === this.#told) return;
    this.#told = words;
    this.#onState(this.state, isOwner);
  }
}
