/** Views kept on the device, so that a board shows something when it starts before the server. */

const PREFIX = "view:";
/** Yesterday's numbers must not greet this morning's citizens. */
const FRESH_MS = 4 * 3_600_000;

/** @typedef {{ body: any, origin: { epoch: string, offset: number, at: number } }} Kept */

export class Keeper {
  /**
   * @param {string} key
   * @param {Kept} kept
   */
  keep(key, kept) {
    try {
      localStorage.setItem(PREFIX + key, JSON.stringify(kept));
    } catch {
      // no storage, or full: the page works, it only starts empty
    }
  }

  /**
   * @param {string} key
   * @param {number} now  ms since 1970
   * @returns {Kept | null}
   */
  find(key, now) {
    try {
      const kept = JSON.parse(localStorage.getItem(PREFIX + key) ?? "null");
      return kept && Math.abs(now - kept.origin.at) < FRESH_MS ? kept : null;
    } catch {
      return null;
    }
  }
}
