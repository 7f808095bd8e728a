/**
 * Follows one ticket: over the socket, and where that does not come through, by asking now and
 * then. Some networks let no socket pass; a citizen there is told the same, some seconds later.
 *
 * @typedef {"live" | "asking" | "lost"} Reach
 */

import { boot } from "../../web/js/boot.js";
import { connect, PHONE_DELAY_MS } from "../../web/js/live.js";

/** How long the socket may be away before the page asks. */
const PATIENCE_MS = 6_000;
const ASK_EVERY_MS = 10_000;
const LONGEST_PAUSE_MS = 60_000;
const CHECK_MS = 1_000;
const ANSWER_WITHIN_MS = 8_000;
const NOT_FOUND = 404;

export class Follower {
  /** @type {Reach} */
  reach = "live";
  #awaySince = performance.now();
  #askAt = 0;
  #failures = 0;
  #isAsking = false;
  #last = { epoch: "", offset: 0 };
  #hear;

  /**
   * @param {object} hear
   * @param {(body: any) => void} hear.body
   * @param {() => void} hear.gone  the ticket is not of today
   * @param {(reach: Reach) => void} hear.reach
   */
  constructor(hear) {
    this.#hear = hear;
    this.line = connect({ maxDelay: PHONE_DELAY_MS, onState: (state) => this.#lineIs(state) });
    this.line.watch("ticket", boot.centre, boot.ticket, (body, origin) => this.#take(body, origin), {
      onRefused: hear.gone,
    });
    setInterval(() => this.#check(), CHECK_MS);
  }

  /**
   * What the page came with: on a slow line the socket takes some seconds more.
   *
   * @param {any} body
   * @param {string} at  ISO 8601 instant at which the server made the page
   */
  begin(body, at) {
    if (!body) return;
    this.line.clock.hear(at);
    this.#hear.body(body);
  }

  /** Server's time, ms since 1970. */
  now() {
    return this.line.now();
  }

  /** @param {import("../../web/js/live.js").State} state */
  #lineIs(state) {
    if (state === "live") {
      this.#failures = this.#askAt = 0;
      this.#become("live");
    } else if (this.reach === "live" && state !== "connecting") {
      this.#awaySince = performance.now();
    }
  }

  #check() {
    const now = performance.now();
    const isPatient = now - this.#awaySince < PATIENCE_MS;
    if (this.line.state === "live" || isPatient || document.hidden) return;
    if (!this.#isAsking && now >= this.#askAt) this.#ask();
  }

  async #ask() {
    this.#isAsking = true;
    try {
      const answer = await fetch(
        `/api/v1/centres/${boot.centre}/views/ticket?subject=${boot.ticket}`,
        { cache: "no-store", signal: AbortSignal.timeout?.(ANSWER_WITHIN_MS) },
      );
      if (answer.status === NOT_FOUND) this.#hear.gone();
      else if (answer.ok) await this.#read(answer);
      else throw new Error(`answer ${answer.status}`);
      this.#failures = 0;
      this.#become(this.line.state === "live" ? "live" : "asking");
    } catch {
      this.#failures += 1;
      this.#become("lost");
    }
    const pause = Math.min(LONGEST_PAUSE_MS, ASK_EVERY_MS * 1.5 ** this.#failures);
    this.#askAt = performance.now() + pause * (0.8 + 0.4 * Math.random());
    this.#isAsking = false;
  }

  /** @param {Response} answer */
  async #read(answer) {
    this.line.clock.hear(answer.headers.get("queue-time") ?? "");
    const epoch = answer.headers.get("queue-epoch") ?? "";
    const offset = Number(answer.headers.get("queue-offset"));
    this.#take(await answer.json(), { epoch, offset });
  }

  /**
   * @param {any} body
   * @param {{ epoch: string, offset: number }} origin
   */
  #take(body, { epoch, offset }) {
    if (epoch === this.#last.epoch && offset < this.#last.offset) return;
    this.#last = { epoch, offset };
    this.#hear.body(body);
  }

  /** @param {Reach} reach */
  #become(reach) {
    if (this.reach === reach) return;
    this.reach = reach;
    this.#hear.reach(reach);
  }
}
