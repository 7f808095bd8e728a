/**
 * The line of a screen that nobody looks after: it asks whether it shows the newest, knows since
 * when what it shows may be old, begins from its memory, and tries again when it was sent away.
 *
 * @typedef {{ at: number, age: number }} Stale  when what is shown was right, and ms since then
 */

import { boot } from "../../web/js/boot.js";
import { connect } from "../../web/js/live.js";
import { reloadOnce } from "../../web/js/live_version.js";

const CHECK_MS = 1_000;
/** Heartbeats come every 5 s, and answers to checks more often. */
const STALE_AFTER_MS = 7_000;
const TRY_AGAIN_MS = 60_000;

export class UnattendedLine {
  #rightAt = 0;
  #isKept = false;
  #line;

  /** @param {() => void} onState  the line came or went */
  constructor(onState) {
    this.#line = connect({
      token: localStorage.getItem("queue_device") ?? "",
      checkEvery: CHECK_MS,
      onState: (state) => {
        document.documentElement.dataset.connection = state;
        if (state === "away") tryAgainLater();
        onState();
      },
    });
  }

  /**
   * Watch a view; a body that this device remembers comes at once.
   *
   * @param {string} view
   * @param {(body: any, isKept: boolean) => void} onBody  isKept: of this device's memory
   * @param {() => void} onRefused  this device was not let in
   */
  watch(view, onBody, onRefused) {
    /** @type {import("../../web/js/live.js").OnBody} */
    const take = (body, { isKept, at }) => {
      this.#isKept = isKept;
      if (isKept) this.#rightAt = at;
      else reloadForLanguages(body.languages);
      onBody(body, isKept);
    };
    const refused = () => {
      onRefused();
      tryAgainLater();
    };
    this.#line.watch(view, boot.centre, boot.subject, take, { keep: true, onRefused: refused });
  }

  /** The line itself, for what is no view. */
  get raw() {
    return this.#line;
  }

  /** Server's time, ms since 1970. */
  now() {
    return this.#line.now();
  }

  /** ms since an instant, however fast the server's clock runs. */
  age = (/** @type {{ at: string }} */ { at }) => this.#line.age(Date.parse(at));

  /** @param {string} kind @param {string} value */
  report(kind, value) {
    this.#line.report(kind, value);
  }

  /** Whether what is shown may be old: nothing is heard, or it is from this device's memory. @returns {Stale | null} */
  stale() {
    const line = this.#line;
    if (!this.#isKept && line.quiet < STALE_AFTER_MS && line.state !== "away") {
      this.#rightAt = line.now();
      return null;
    }
    return { at: this.#rightAt, age: line.age(this.#rightAt) };
  }
}

const tryAgainLater = () => setTimeout(() => location.reload(), TRY_AGAIN_MS);

/** The page has the words of the languages it was made with. @param {string[]} languages */
const reloadForLanguages = (languages) => {
  if (languages.length) reloadOnce(Object.keys(boot.words).join(), languages.join());
};
