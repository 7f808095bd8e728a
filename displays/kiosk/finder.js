/** Looks for procedures while somebody types, and keeps to the newest question. */

import { get, Refusal } from "../../web/js/api.js";

const LOOK_AFTER_MS = 120;
const LEAST_LETTERS = 2;

export class Finder {
  #looks = 0;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #timer;
  #path;
  #onFound;

  /**
   * @param {string} path  of the catalogue
   * @param {(hits: import("./state.js").Hit[] | null) => void} onFound  null: too little was typed
   */
  constructor(path, onFound) {
    this.#path = path;
    this.#onFound = onFound;
  }

  /** @param {string} query */
  look(query) {
    this.stop();
    this.#timer = setTimeout(() => this.#ask(query.trim()), LOOK_AFTER_MS);
  }

  /** Forget the question. */
  stop() {
    this.#looks += 1;
    clearTimeout(this.#timer);
  }

  /** @param {string} query */
  async #ask(query) {
    if (query.length < LEAST_LETTERS) return this.#onFound(null);
    const look = this.#looks;
    const hits = await this.#found(query);
    if (look === this.#looks) this.#onFound(hits);
  }

  /** @param {string} query */
  async #found(query) {
    try {
      return await get(`${this.#path}?search=${encodeURIComponent(query)}`);
    } catch (refusal) {
      if (!(refusal instanceof Refusal)) throw refusal;
      return [];
    }
  }
}
