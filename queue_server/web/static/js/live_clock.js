/** The server's time, kept between heartbeats; a device's own clock may be minutes off. */

const HEARTBEATS_KEPT = 12;
/** No message is so late: two in a row say that the server's clock was put back. */
const STEP_MS = 2_000;

export class ServerClock {
  /** @type {number[]} server's time minus the time that passed here, ms, newest last */
  #leads = [];
  /** How fast the server's clock runs: that of a demo may run ten times as fast as a device's. */
  #speed = 1;

  /**
   * Learn from a heartbeat. A message can only be late, so of the last minute's heartbeats the one
   * that makes the server latest was the least delayed.
   *
   * @param {string} at  ISO 8601 instant at which the server sent it
   * @param {number} [speed]  seconds that pass there in one second here
   */
  hear(at, speed = 1) {
    if (speed !== this.#speed) this.#leads = [];
    this.#speed = speed;
    const lead = Date.parse(at) - this.#passed();
    if (Number.isNaN(lead)) return;
    const isStep = this.#isBehind(lead) && this.#isBehind(this.#leads.at(-1) ?? lead);
    this.#leads = isStep ? [lead] : [...this.#leads, lead].slice(-HEARTBEATS_KEPT);
  }

  /** @param {number} lead */
  #isBehind(lead) {
    return lead < Math.max(...this.#leads) - STEP_MS * this.#speed;
  }

  /** Server's time, ms since 1970; this device's until the first heartbeat. */
  now() {
    return this.#leads.length ? Math.max(...this.#leads) + this.#passed() : Date.now();
  }

  /** ms by this device since an instant of the server's. @param {number} instant */
  age(instant) {
    return (this.now() - instant) / this.#speed;
  }

  /** What passed by the server's clock since this page began, ms. */
  #passed() {
    return performance.now() * this.#speed;
  }
}
