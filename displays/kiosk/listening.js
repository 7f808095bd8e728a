/**
 * The page for who does not see it: arrow keys move, what has the focus is said, and so is what
 * happened. Without the mode "spoken" the arrows still move, in silence.
 */

import { _, language, n_ } from "../../web/js/i18n.js";
import { greetingIn } from "./greetings.js";
import { isArrow, move } from "./keys.js";
import { foundWords } from "./search_words.js";
import { Speaker } from "./speaker.js";
import { sayingOf, sentences } from "./spoken_text.js";

export class Listening {
  #place;
  /** What was said last of the thing that has the focus. */
  #said = "";
  #slip = "";

  /**
   * @param {HTMLElement} place
   * @param {string} path  where texts become sound
   * @param {{ onBack: () => void, onArrow: () => boolean }} options  onArrow: whether the key has
   *   begun the reading, and does no more
   */
  constructor(place, path, { onBack, onArrow }) {
    this.#place = place;
    this.speaker = new Speaker(path);
    document.addEventListener("focusin", (event) => this.#onFocus(event));
    // what was chosen may say something else now: ticked, chosen
    document.addEventListener("click", () => requestAnimationFrame(() => this.#onChange()));
    addEventListener("keydown", (event) => {
      if (event.key === "Escape") onBack();
      if (isArrow(event) && onArrow()) return;
      if (event.key === "Enter" && isText(event.target)) this.#again();
      move(event, place);
    });
  }

  /**
   * @param {boolean} isOn
   * @param {boolean} isFirst  nobody has chosen a language yet
   * @param {string[]} tags
   */
  switchTo(isOn, isFirst, tags) {
    if (!isOn) return this.speaker.forget();
    this.speaker.isOn = true;
    const said = (isFirst ? tags : [language]).map((tag) => ({
      text: greetingIn(tag).listening,
      language: tag,
      isPrivate: false,
    }));
    this.speaker.say(said);
  }

  /** After what is being said. @param {string} text */
  announce(text) {
    if (text) this.#add({ text, language, isPrivate: false });
  }

  /** What the page now answers, where the focus is not: it stays on what was pressed. */
  answered() {
    /** @type {HTMLElement | null} */
    const answer = this.#place.querySelector("[data-answer] [data-stop]");
    if (answer) this.#add(sayingOf(answer));
  }

  /** What was pressed says first what it has become. @param {import("./spoken_text.js").Saying} saying */
  #add(saying) {
    requestAnimationFrame(() => this.speaker.add([saying]));
  }

  /** @param {import("./state.js").Hit[] | null} hits */
  found = (hits) => this.announce(foundWords(hits));

  /**
   * Echo what was just written: the letter, or after a space the word.
   *
   * @param {string} before
   * @param {string} text
   */
  typed(before, text) {
    const isLonger = text.length > before.length && !text.endsWith(" ");
    const echo = isLonger ? text.slice(-1) : text.trim() || _("Empty");
    this.speaker.say([{ text: echo, language, isPrivate: true }]);
  }

  /** What became of the slip, when it changes. @param {string} words */
  paper(words) {
    if (words !== this.#slip) this.announce(words);
    this.#slip = words;
  }

  #again() {
    const stop = focused();
    if (stop) this.speaker.say([this.#saying(stop, stop)]);
  }

  /** @param {FocusEvent} event */
  #onFocus({ target, relatedTarget }) {
    if (!this.speaker.isOn || !(target instanceof HTMLElement)) return;
    this.speaker.say([this.#saying(target, relatedTarget)]);
  }

  #onChange() {
    const stop = focused();
    if (this.speaker.isOn && stop && sayingOf(stop, stop).text !== this.#said) this.#again();
  }

  /**
   * @param {HTMLElement} stop
   * @param {EventTarget | null} before  where the focus was
   */
  #saying(stop, before) {
    const saying = sayingOf(stop, before);
    this.#said = sayingOf(stop, stop).text;
    return stop.matches("h1") ? { ...saying, text: sentences([saying.text, this.#choices()]) } : saying;
  }

  /** How much there is to choose from below a heading. */
  #choices() {
    const { length } = this.#place.querySelectorAll("main li :is(.card-link, .language)");
    return length
      ? n_("%(num)s choice. Arrow down.", "%(num)s choices. Arrow down.", length)
      : _("Arrow down to go on.");
  }
}

const focused = () => {
  const stop = document.activeElement;
  return stop instanceof HTMLElement && stop !== document.body ? stop : null;
};

/** Whether Enter has nothing to do there. @param {EventTarget | null} target */
const isText = (target) => target instanceof Element && target.matches("[data-stop]:not(button)");
