/** The server's time, kept between heartbeats; a device's own clock may be minutes off. */

const HEARTBEATS_KEPT = 12;

export class ServerClock {
  /** @type {number[]} server's time minus this device's monotonic time, ms, newest last */
  #leads = [];

  /**
   * Learn from a heartbeat. A message can only be late, so of the last minute's heartbeats the one
   * that makes the server latest was the least delayed.
   *
   * @param {string} at  ISO 8601 instant at which the server sent it
   */
  hear(at) {
    const lead = Date.parse(at) - performance.now();
    if (Number.isNaN(lead)) return;
    this.#leads = [...this.#leads, lead].slice(-HEARTBEATS_KEPT);
  }

  /** Server's time, ms since 1970; this device's until the first heartbeat. */
  now() {
    return this.#leads.length ? Math.max(...this.#leads) + performance.now() : Date.now();
  }
}
