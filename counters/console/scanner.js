/**
 * Tells a scanner from a hand. A USB scanner types like a keyboard, only far quicker; without this
 * a citizen card that is scanned would press keys of the console.
 *
 * A printable key waits for some milliseconds before it counts. If others follow at once, they are
 * a scan: a field that nobody sees takes the rest, whatever way the scanner writes its letters.
 */

/** No hand is as quick: between two keys of a scanner, ms. */
const QUICK_MS = 50;
/** A scan is over after this silence, if no Enter ends it, ms: an old PC stumbles now and then. */
const OVER_MS = 500;
/** So many keys at once are no slip of the fingers. */
const LEAST_KEYS = 4;

export class Scanner {
  /** @type {KeyboardEvent[]} */
  #waiting = [];
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #timer;
  #field = document.createElement("input");
  #options;
  /** @type {Element | null} */
  #before = null;

  /**
   * @param {object} options
   * @param {() => Element} options.place  where the unseen field can take the focus
   * @param {(event: KeyboardEvent) => void} options.onKey  a hand pressed it
   * @param {(text: string) => void} options.onText  a scanner wrote it
   */
  constructor(options) {
    this.#options = options;
    this.#field.className = "scan-field";
    this.#field.tabIndex = -1;
    this.#field.autocomplete = "off";
    this.#field.setAttribute("aria-hidden", "true");
    this.#field.addEventListener("input", () => this.#wait(OVER_MS, () => this.#end()));
    this.#field.addEventListener("keydown", (event) => {
      event.stopPropagation();
      if (event.key !== "Enter" && event.key !== "Tab") return;
      event.preventDefault();
      this.#end();
    });
  }

  /**
   * Take a key that may be of a scanner; false for one that is none of its business.
   *
   * @param {KeyboardEvent} event
   */
  take(event) {
    const isLetter = event.key.length === 1 && !event.ctrlKey && !event.altKey && !event.metaKey;
    if (!isLetter || event.key === " ") {
      this.#release(); // what was pressed before counts before
      return false;
    }
    event.preventDefault();
    if (event.repeat) return true;
    this.#waiting.push(event);
    if (this.#waiting.length >= LEAST_KEYS) this.#begin();
    else this.#wait(QUICK_MS, () => this.#release());
    return true;
  }

  /** They came one by one: each is a key of its own. */
  #release() {
    clearTimeout(this.#timer);
    const keys = this.#waiting;
    this.#waiting = [];
    keys.forEach((event) => this.#options.onKey(event));
  }

  #begin() {
    this.#before = document.activeElement;
    this.#options.place().append(this.#field);
    this.#field.value = this.#waiting.map(({ key }) => key).join("");
    this.#waiting = [];
    this.#field.focus();
    this.#wait(OVER_MS, () => this.#end());
  }

  #end() {
    clearTimeout(this.#timer);
    const text = this.#field.value;
    this.#field.value = "";
    this.#field.remove();
    if (this.#before instanceof HTMLElement && this.#before !== document.body) this.#before.focus();
    if (text) this.#options.onText(text);
  }

  /**
   * @param {number} delay
   * @param {() => void} then
   */
  #wait(delay, then) {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(then, delay);
  }
}
