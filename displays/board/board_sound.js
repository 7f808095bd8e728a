/** The board's voice: speaks what it has not spoken, and tells the server whether it can be heard. */

import { Announcer } from "../speech/static/announcer.js";

const CLIPS_AGAIN_MS = 60_000;

/** @typedef {{ id: string, number: string, at: string, spoken: import("../speech/static/announcement_plan.js").Spoken[] }} Call */

export class BoardSound {
  /** @type {Announcer | null} */
  #announcer = null;
  /** @type {ReturnType<typeof setInterval> | undefined} */
  #timer;
  #options;

  /**
   * @param {object} options
   * @param {string} options.centre
   * @param {(kind: string, value: string) => void} options.report
   * @param {() => void} options.changed  the sound was blocked, or is blocked no more
   */
  constructor(options) {
    this.#options = options;
  }

  get isBlocked() {
    return this.#announcer !== null && this.#announcer.state !== "running";
  }

  /** Begin, or fall silent for good. @param {boolean} isOn */
  set(isOn) {
    if (isOn === (this.#announcer !== null)) return;
    clearInterval(this.#timer);
    if (!isOn) {
      this.#announcer?.close();
      this.#announcer = null;
      this.#options.report("sound", "off");
      return this.#options.changed();
    }
    this.#announcer = new Announcer({ onReport: (report) => this.#heard(report) });
    this.#options.report("sound", this.#announcer.state);
    this.#load();
    this.#timer = setInterval(() => this.#load(), CLIPS_AGAIN_MS);
  }

  /**
   * Oldest first; a call that is too old is left out by the announcer.
   *
   * @param {Call[]} calls  newest first
   * @param {(call: Call) => number} age  ms
   */
  speak(calls, age) {
    for (const call of [...calls].reverse()) {
      const said = { id: call.id, ticket: call.number, spoken: call.spoken };
      this.#announcer?.play(said, { age: Math.max(0, age(call)) });
    }
  }

  /** From a touch: what the browser blocked may sound. */
  async unlock() {
    await this.#announcer?.unlock();
    this.#options.changed();
  }

  /** @param {import("../speech/static/announcer.js").Report} report */
  #heard(report) {
    const { dataset } = document.documentElement;
    switch (report.kind) {
      case "state":
        this.#options.report("sound", report.state);
        return this.#options.changed();
      case "dropped":
        return this.#options.report("dropped_call", report.call.id);
      case "started":
        dataset.speaking = report.call.id;
        return;
      case "spoken":
        dataset.spoken = report.call.id;
        return;
      default:
    }
  }

  async #load() {
    try {
      const answer = await fetch(`/api/v1/centres/${this.#options.centre}/clips`);
      if (answer.ok) await this.#announcer?.load(await answer.json());
    } catch {
      // without a line the clips that are loaded stay; it is tried again
    }
  }
}
