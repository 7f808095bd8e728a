/**
 * Reads the page aloud with the server's voice: a browser here has none of its own.
 *
 * What is new interrupts what is said. Where the server has no voice the kiosk stays silent and
 * says so on the screen.
 *
 * @typedef {import("./spoken_text.js").Saying} Saying
 */

/** Longest text that the server speaks at once. */
const MOST_LETTERS = 380;
const MOST_CLIPS = 200;
/** A voice that does not answer must not hold up the rest; a slow one needs eight seconds. */
const PATIENCE_MS = 9_000;

export class Speaker {
  isOn = false;
  isTalking = false;
  /** No sound came when one was asked for. */
  isSilent = false;
  #audio = new Audio();
  /** @type {Map<string, Promise<string | null>>} addresses of sounds by language and words */
  #clips = new Map();
  #turn = 0;
  /** @type {Saying[]} what is said when it is quiet */
  #waiting = [];
  #path;

  /** @param {string} path  where texts become sound */
  constructor(path) {
    this.#path = path;
  }

  /** Instead of what is being said. @param {Saying[]} sayings  one after the other */
  say(sayings) {
    if (!this.isOn) return;
    // whoever shows captions listens to this
    for (const detail of sayings) document.dispatchEvent(new CustomEvent("spoken", { detail }));
    this.#read(sayings.flatMap(inParts), this.#begin());
  }

  /** When nothing is being said any more. @param {Saying[]} sayings */
  add(sayings) {
    this.#waiting.push(...sayings);
    if (!this.isTalking) this.#sayWaiting();
  }

  #sayWaiting() {
    const sayings = this.#waiting.splice(0);
    if (sayings.length) this.say(sayings);
  }

  /**
   * @param {Saying[]} parts
   * @param {number} turn
   */
  async #read(parts, turn) {
    this.isTalking = true;
    for (const [place, part] of parts.entries()) {
      const sound = this.#sound(part);
      const after = parts[place + 1];
      if (after) this.#sound(after);
      const address = await sound;
      if (turn === this.#turn && address) await this.#play(address);
      if (turn !== this.#turn) return;
    }
    this.isTalking = false;
    this.#sayWaiting();
  }

  /** Nothing that was said to one citizen stays for the next. */
  forget() {
    this.#begin();
    this.#waiting.length = 0;
    this.isOn = false;
    this.isSilent = false;
    this.#audio.removeAttribute("src");
    for (const clip of this.#clips.values()) clip.then((address) => address && URL.revokeObjectURL(address));
    this.#clips.clear();
  }

  #begin() {
    this.#audio.pause();
    this.isTalking = false;
    this.#turn += 1;
    return this.#turn;
  }

  /** @param {Saying} part */
  #sound(part) {
    const key = `${part.language} ${part.text}`;
    const known = this.#clips.get(key);
    if (known) return known;
    if (this.#clips.size >= MOST_CLIPS) this.#clips.clear();
    const sound = this.#fetched(part);
    this.#clips.set(key, sound);
    return sound;
  }

  /** @param {Saying} part @returns {Promise<string | null>} */
  async #fetched({ text, language, isPrivate }) {
    const control = new AbortController();
    const timer = setTimeout(() => control.abort(), PATIENCE_MS);
    try {
      const answer = await fetch(this.#path, {
        method: "POST",
        headers: { "content-type": "application/json" },
        body: JSON.stringify({ language, text, is_private: isPrivate }),
        signal: control.signal,
      });
      this.isSilent = answer.status !== 200;
      return this.isSilent ? null : URL.createObjectURL(await answer.blob());
    } catch {
      this.isSilent = true;
      return null;
    } finally {
      clearTimeout(timer);
    }
  }

  /** Until it is over or something else begins. @param {string} address */
  async #play(address) {
    const audio = this.#audio;
    const isOver = new Promise((done) => {
      for (const end of ["ended", "pause", "error"]) audio.addEventListener(end, done, { once: true });
    });
    audio.src = address;
    try {
      await audio.play();
      await isOver;
    } catch {
      // stopped before it began, or no sound can be played here: the text is on the screen
    }
  }
}

/** A long text in pieces that end with a sentence where they can. @param {Saying} saying */
const inParts = (saying) => {
  /** @type {Saying[]} */
  const parts = [];
  for (let rest = saying.text.trim(); rest; ) {
    const head = rest.slice(0, MOST_LETTERS);
    const end = rest.length > MOST_LETTERS ? lastBreak(head) : head.length;
    parts.push({ ...saying, text: rest.slice(0, end).trim() });
    rest = rest.slice(end).trim();
  }
  return parts;
};

/** @param {string} text */
const lastBreak = (text) => {
  const sentence = Math.max(...[". ", "! ", "? ", "; "].map((end) => text.lastIndexOf(end)));
  if (sentence > 0) return sentence + 1;
  const word = text.lastIndexOf(" ");
  return word > 0 ? word : text.length;
};
