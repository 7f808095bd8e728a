/**
 * The rating tablet of a counter. Boot: `centre`, `counter`, `is_preview`.
 *
 * It wakes when a service ends, is answered with one touch, thanks, and goes back to rest by
 * itself. What the citizen adds goes out when it is done, or when nobody touches the tablet.
 */

import { post, Refusal } from "../../web/js/api.js";
import { boot } from "../../web/js/boot.js";
import { showConnection } from "../../web/js/connection.js";
import { language } from "../../web/js/i18n.js";
import { readable } from "../../web/js/languages.js";
import { connect } from "../../web/js/live.js";
import { render } from "../../web/js/lit.js";
import { tabletPage } from "./rating_page.js";

/** @typedef {import("./faces.js").Score} Score */
/** @typedef {import("./faces.js").Criterion} Criterion */
/** @typedef {{ ticket: string, number: string, language: string, procedure: Record<string, string>,
 *   until: string, is_rated: boolean }} Asked */
/** @typedef {{ centre: Record<string, string>, counter: string, languages: string[],
 *   asked: Asked | null }} View */
/** @typedef {{ asked: Asked, score: Score, criteria: import("./faces.js").Criteria,
 *   unsent: boolean, until: number }} Answer */

const TICK_MS = 500;
/** How long thanks stand without a touch. */
const THANKS_MS = 12_000;
const DONE_MS = 2_500;
const FIRST_LANGUAGE = "vi";
/** Ticket whose holder the page speaks to: the language of the number, or one that was chosen. */
const SPEAKS_FOR = new URLSearchParams(location.search).get("for");

const place = /** @type {HTMLElement} */ (document.getElementById("rating"));

export class Tablet {
  /** @type {View | null} */
  view = null;
  /** @type {Answer | null} */
  answer = null;
  isPreview = Boolean(boot.is_preview);
  hasFailed = false;
  isGone = false;
  /** Ticket whose holder would rather not. */
  #declined = "";
  line = connect({ onState: showConnection, mayReload: () => !this.asked && !this.answer });

  constructor() {
    this.line.watch("rating", boot.centre, boot.counter, (view) => this.#take(view), {
      onRefused: () => {
        this.isGone = true;
        this.draw();
      },
    });
    setInterval(() => this.#tick(), TICK_MS);
    navigator.wakeLock?.request("screen").catch(() => {});
  }

  get now() {
    return this.line.now();
  }

  /** Whoever is asked now. */
  get asked() {
    const asked = this.view?.asked ?? null;
    if (!asked || asked.is_rated || asked.ticket === this.#declined) return null;
    return Date.parse(asked.until) > this.now ? asked : null;
  }

  /** @param {View} view */
  #take(view) {
    this.view = { ...view, languages: readable(view.languages) };
    this.isGone = false;
    const isOther = this.answer && view.asked && view.asked.ticket !== this.answer.asked.ticket;
    if (isOther) this.#rest();
    if (this.asked && !this.answer && this.asked.ticket !== SPEAKS_FOR) this.#speak(this.asked.language);
    this.draw();
  }

  /** The words of the page come with it, in one language: another one is another page. */
  #speak(/** @type {string} */ wanted) {
    const isKnown = this.view?.languages.includes(wanted);
    if (wanted !== language && isKnown) this.speak(wanted);
  }

  /** @param {string} wanted */
  speak = (wanted) => {
    const address = new URL(location.href);
    address.searchParams.set("language", wanted);
    address.searchParams.set("for", this.view?.asked?.ticket ?? "");
    location.replace(address);
  };

  #tick() {
    if (this.answer && this.answer.until < this.now) this.#rest();
    const isResting = !this.asked && !this.answer;
    if (isResting && language !== FIRST_LANGUAGE && this.view) this.speak(FIRST_LANGUAGE);
    this.draw();
  }

  /** @param {Score} score */
  choose = (score) => {
    const asked = this.answer?.asked ?? this.asked;
    if (!asked) return;
    const criteria = this.answer?.criteria ?? {};
    this.answer = { asked, score, criteria, unsent: false, until: this.now + THANKS_MS };
    this.#send();
  };

  /** @param {Criterion} criterion @param {Score} score */
  add = (criterion, score) => {
    if (!this.answer) return;
    const criteria = { ...this.answer.criteria, [criterion]: score };
    this.answer = { ...this.answer, criteria, unsent: true, until: this.now + THANKS_MS };
    this.draw();
  };

  /** Another face: what was touched by mistake. */
  again = () => {
    if (!this.view || !this.answer) return;
    const until = new Date(this.now + THANKS_MS).toISOString();
    this.view = { ...this.view, asked: { ...this.answer.asked, is_rated: false, until } };
    this.answer = null;
    this.draw();
  };

  finish = () => {
    if (!this.answer) return;
    if (this.answer.unsent) this.#send();
    this.answer = { ...this.answer, unsent: false, until: this.now + DONE_MS };
    this.draw();
  };

  decline = () => {
    this.#declined = this.view?.asked?.ticket ?? "";
    this.draw();
  };

  #rest() {
    if (this.answer?.unsent) this.#send();
    this.answer = null;
    this.hasFailed = false;
  }

  async #send() {
    const { answer } = this;
    this.draw();
    if (!answer || this.isPreview) return;
    const { asked, score, criteria } = answer;
    const address = `/api/v1/centres/${boot.centre}/tickets/${asked.ticket}/rate`;
    try {
      await post(address, { score, criteria });
      this.hasFailed = false;
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      this.hasFailed = true;
    }
    this.draw();
  }

  draw() {
    if (!this.view && !this.isGone) return;
    render(tabletPage(this), place);
  }
}

new Tablet();
