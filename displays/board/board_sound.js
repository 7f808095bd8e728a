/** The board's voice: speaks for its zones while they are its own, and tells whether it is heard. */

import { boot } from "../../web/js/boot.js";
import { SoundLine } from "../speech/static/sound_line.js";

/** @typedef {import("../../web/js/live.js").Line} Line */

export class BoardSound {
  /** @type {SoundLine | null} */
  #sound = null;
  #zones = "";
  #line;
  #changed;

  /**
   * @param {object} options
   * @param {Line} options.line
   * @param {() => void} options.changed  the sound was blocked, or is blocked no more
   */
  constructor({ line, changed }) {
    this.#line = line;
    this.#changed = changed;
  }

  get isBlocked() {
    return this.#sound !== null && this.#sound.state !== "running";
  }

  /** Speak for these zones; for none, fall silent. @param {string[]} zones */
  set(zones) {
    if (zones.join() === this.#zones) return;
    this.#zones = zones.join();
    this.#sound?.close();
    this.#sound = zones.length ? this.#begun(zones) : null;
    this.#changed();
  }

  /** @param {import("../speech/static/sound_line.js").ShownBoard} board  the view */
  speak(board) {
    this.#sound?.show(board);
  }

  /** From a touch: what the browser blocked may sound. */
  async unlock() {
    await this.#sound?.unlock();
    this.#changed();
  }

  /** @param {string[]} zones */
  #begun(zones) {
    const { dataset } = document.documentElement;
    return new SoundLine({
      line: this.#line,
      centre: boot.centre,
      zones,
      timezone: boot.timezone,
      onState: (_, isOwner) => {
        dataset.ownsSound = String(isOwner);
        this.#changed();
      },
      onReport: (report) => {
        if (report.kind === "started") dataset.speaking = report.call.id;
        if (report.kind === "spoken") dataset.spoken = report.call.id;
      },
    });
  }
}
