/** How long a number stays on the screen: longer without paper, and for who reads or listens slowly. */

import { slipState } from "./slip_part.js";

const TICKET_MS = 20_000;
/** Without paper the screen is all there is: time to take a photograph. */
const WITHOUT_PAPER_MS = 45_000;
const SLOW_MS = 60_000;

export class TicketTime {
  /** By performance.now(), as are all instants here. */
  #shownAt = 0;
  #touchedAt = 0;

  constructor() {
    for (const sign of ["pointerdown", "keydown"]) addEventListener(sign, this.touch, { capture: true });
  }

  /** The number appears. */
  begin() {
    this.#shownAt = performance.now();
  }

  /** Somebody is there. */
  touch = () => {
    this.#touchedAt = performance.now();
  };

  /** ms since the number is on the screen */
  get shownFor() {
    return performance.now() - this.#shownAt;
  }

  /**
   * ms until the screen closes, and of how many
   *
   * @param {Record<string, any> | null} held  the view "ticket"
   * @param {boolean} isSlow
   */
  left(held, isSlow) {
    const slip = slipState(held, this.shownFor);
    const usual = slip === "failed" || slip === "kept" ? WITHOUT_PAPER_MS : TICKET_MS;
    const all = isSlow ? SLOW_MS : usual;
    const since = performance.now() - Math.max(this.#shownAt, this.#touchedAt);
    return { left: Math.max(0, all - since), all };
  }
}
