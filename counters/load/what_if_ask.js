/** One question to the server at a time, with what became of it. */

import { post } from "../../web/js/api.js";
import { sentenceOf } from "../../web/js/refusals.js";
import { base } from "./commands.js";
import { DECLINED } from "./what_if_words.js";

/**
 * @typedef {{ value: number, within: number, change: number, change_within: number }} Figure
 * @typedef {{ words: string, figures: Record<string, Figure>, mean_wait_s_by_field: Record<string, Figure>, untrained: { number: string, field: string }[] }} Arm
 * @typedef {{ at: string, days: number, arms: Arm[] }} Comparison
 * @typedef {{ asked: string, comparison: Comparison, took_ms: number }} Answer
 */

const KEPT = 3;
/** The server gives up after half a minute itself. */
const PATIENCE_MS = 35_000;

export class Asking {
  /** @type {Answer[]} newest first */
  answers = [];
  problem = "";
  /** When the question under way was asked. @type {number | null} */
  since = null;

  /** @param {() => void} onNews */
  constructor(onNews) {
    this.onNews = onNews;
  }

  /**
   * @param {string} words  for the server
   * @param {string} asked  for people
   * @returns {Promise<boolean>} whether it was answered
   */
  async ask(words, asked) {
    if (this.since !== null) return false;
    this.since = performance.now();
    this.problem = "";
    this.onNews();
    try {
      const comparison = await post(
        `${base}/what-if`,
        { changes: [words] },
        { patienceMs: PATIENCE_MS, attempts: 1 },
      );
      const answer = { asked, comparison, took_ms: performance.now() - this.since };
      this.answers = [answer, ...this.answers].slice(0, KEPT);
      return true;
    } catch (error) {
      this.problem = sentenceOf(error, DECLINED);
      return false;
    } finally {
      this.since = null;
      this.onNews();
    }
  }
}
