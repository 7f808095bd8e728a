/**
 * The day so far, asked for while its part of the page is shown.
 *
 * @typedef {{ id: string, arrivals: number[], expected: number[], waits_s: (number | null)[], calls: number[] }} FieldCurve
 * @typedef {[doing: "calling" | "serving" | "free" | "paused", from_s: number, until_s: number | null, reason: string]} Stretch
 * @typedef {[name: string, from_s: number, until_s: number | null]} Presence
 * @typedef {{ id: string, number: string, people: Presence[], stretches: Stretch[] }} CounterHours
 * @typedef {{ at: string, date: string, midnight: string, now_s: number, from_s: number, closes_s: number, half_hour_s: number, waits_step_s: number, fields: FieldCurve[], counters: CounterHours[] }} Today
 */

import { get } from "../../web/js/api.js";
import { sentenceOf } from "../../web/js/refusals.js";
import { base } from "./commands.js";

const EVERY_MS = 15_000;

export class TodayFeed {
  /** @type {Today | null} */
  today = null;
  problem = "";
  #asked = -Infinity;
  #isAsking = false;

  /** @param {() => void} onNews */
  constructor(onNews) {
    this.onNews = onNews;
  }

  /** Ask if what is known is old; call it whenever the part is drawn. */
  async refresh() {
    if (this.#isAsking || performance.now() - this.#asked < EVERY_MS) return;
    this.#isAsking = true;
    this.#asked = performance.now();
    try {
      this.today = await get(`${base}/today`);
      this.problem = "";
    } catch (error) {
      this.problem = sentenceOf(error);
    } finally {
      this.#isAsking = false;
      this.onNews();
    }
  }
}
