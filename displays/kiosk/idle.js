/** Notices that nobody is there any more: asks, waits, and says so. */

const TICK_MS = 250;
/** WCAG 2.2.1: time to answer before something is taken away. */
export const WARNING_MS = 20_000;

export class Idle {
  #lastTouch = performance.now();
  #patience = 60_000;
  #isAsking = false;
  #options;

  /**
   * @param {object} options
   * @param {() => boolean} options.isOn  false on screens that need no reset
   * @param {(secondsLeft: number | null) => void} options.onWarning  null when all is well again
   * @param {() => void} options.onAway
   */
  constructor(options) {
    this.#options = options;
    for (const event of ["pointerdown", "keydown", "input", "wheel"]) {
      addEventListener(event, this.sign, { passive: true, capture: true });
    }
    setInterval(() => this.#look(), TICK_MS);
  }

  /** Time without a touch after which the question is asked, ms. */
  set patience(/** @type {number} */ milliseconds) {
    this.#patience = milliseconds;
  }

  /** Once the question is asked only its answer counts: a touch must not fall through it. */
  sign = () => {
    if (!this.#isAsking) this.touch();
  };

  /** Somebody is there. */
  touch = () => {
    this.#isAsking = false;
    this.#lastTouch = performance.now();
    this.#options.onWarning(null);
  };

  #look() {
    if (!this.#options.isOn()) return;
    const over = performance.now() - this.#lastTouch - this.#patience;
    if (over < 0) return;
    if (over < WARNING_MS) {
      this.#isAsking = true;
      this.#options.onWarning(Math.ceil((WARNING_MS - over) / 1_000));
      return;
    }
    this.touch();
    this.#options.onAway();
  }
}
