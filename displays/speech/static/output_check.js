// @ts-check
/**
 * Whether anything really comes out, as far as a page can know.
 *
 * A page cannot see a loudspeaker that is switched off; it can see that the browser refuses to
 * sound, that the sound card does not take any samples, and that what was played was silence.
 */

const POLL = 150;
/** Below this peak, at full volume, an announcement was no sound: −60 dBFS. */
const SILENCE = 0.001;
/** Less of a second than this must have been taken by the card in a second. */
const PACE = 0.2;

export class OutputCheck {
  #context;
  #analyser;
  #samples;
  #peak = 0;
  #timers;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #timer;
  /** @type {{at: number, time: number} | null} */
  #mark = null;

  /**
   * @param {BaseAudioContext} context
   * @param {AudioNode} output
   * @param {{setTimeout: (run: () => void, wait: number) => any, clearTimeout: (timer: any) => void}} timers
   */
  constructor(context, output, timers) {
    this.#context = context;
    this.#timers = timers;
    this.#analyser = context.createAnalyser();
    this.#analyser.fftSize = 8192; // more than POLL lasts, so that nothing is overheard
    this.#samples = new Float32Array(this.#analyser.fftSize);
    output.connect(this.#analyser);
  }

  /** An announcement begins. */
  begin() {
    this.#peak = 0;
    this.#listen();
  }

  /**
   * An announcement has ended.
   *
   * @param {number} volume
   * @returns {boolean} Whether it was silence.
   */
  end(volume) {
    this.#timers.clearTimeout(this.#timer);
    return this.#peak < SILENCE * volume;
  }

  /**
   * Whether the sound card takes what it is given; to be asked about once a second.
   *
   * @param {number} now ms
   */
  isMoving(now) {
    const time = this.#context.currentTime;
    const mark = this.#mark;
    this.#mark = { at: now, time };
    return !mark || now <= mark.at || (time - mark.time) * 1000 > (now - mark.at) * PACE;
  }

  #listen() {
    this.#analyser.getFloatTimeDomainData(this.#samples);
    for (const sample of this.#samples) this.#peak = Math.max(this.#peak, Math.abs(sample));
    this.#timer = this.#timers.setTimeout(() => this.#listen(), POLL);
  }
}
