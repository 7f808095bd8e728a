/** After the service: four faces, and more for who likes to say more. */

import { post, Refusal } from "../../web/js/api.js";
import { boot } from "../../web/js/boot.js";
import { icon } from "../../web/js/icons.js";
import { _ } from "../../web/js/i18n.js";
import { html, nothing } from "../../web/js/lit.js";
import { criteriaOf, faces } from "../rating/faces.js";

/** @typedef {import("../../web/js/ratings.js").Score} Score */
/** @typedef {import("../../web/js/ratings.js").Criterion} Criterion */
/** @typedef {import("./ticket_page.js").Held} Held */
/** @typedef {import("./phone.js").Phone} Phone */

const LONGEST = 500;

export class RatingPart {
  /** @type {Score | null} */
  #score = null;
  /** @type {import("../rating/faces.js").Criteria} */
  #criteria = {};
  #comment = "";
  #isSaved = false;
  #isUnsent = false;
  #failure = "";

  /** @param {() => void} draw */
  constructor(draw) {
    this.draw = draw;
  }

  /** @param {Held} held @param {Phone} phone */
  part = (held, phone) => {
    const rated = /** @type {import("./ticket_page.js").Rated} */ (held.rating);
    if (this.#score === null && rated.score) {
      this.#score = rated.score;
      this.#criteria = rated.criteria;
    }
    const isOpen = Date.parse(rated.until) > phone.now;
    if (!isOpen && !rated.score) return nothing;
    if (!isOpen) return html`<p class="notice is-done">${icon("check")}${_("Thank you for telling us how it was.")}</p>`;
    return html`<section class="card stack rating" aria-labelledby="rating">
      <h2 id="rating">${this.#score ? _("Thank you very much!") : _("How satisfied are you with the service?")}</h2>
      ${faces(this.#score, this.#choose)}
      ${this.#failure
        ? html`<p class="error" role="alert">${icon("warning")}${this.#failure}</p>`
        : nothing}
      ${this.#score ? this.#more() : nothing}
      <p class="small dim">${_("Your answer is kept with the number, without your name.")}</p>
    </section>`;
  };

  #more = () => html`
    <h3>${_("If you like, tell us more:")}</h3>
    ${criteriaOf(this.#criteria, this.#add)}
    <div class="field">
      <label for="comment">${_("In your words")}</label>
      <textarea
        class="input"
        id="comment"
        rows="3"
        maxlength=${LONGEST}
        aria-describedby="no-names"
        @input=${(/** @type {any} */ event) => this.#write(event.target.value)}
      ></textarea>
      <span class="hint" id="no-names">${_("Please write no names and no numbers of papers.")}</span>
    </div>
    ${this.#isUnsent
      ? html`<button class="button button-main button-wide" @click=${this.#send}>
          ${icon("check")}${_("Send")}
        </button>`
      : this.#isSaved
        ? html`<p class="state" role="status">${icon("check")}${_("Saved")}</p>`
        : nothing}
  `;

  /** @param {Score} score */
  #choose = (score) => {
    this.#score = score;
    this.#send();
  };

  /** @param {Criterion} criterion @param {Score} score */
  #add = (criterion, score) => {
    this.#criteria = { ...this.#criteria, [criterion]: score };
    this.#isUnsent = true;
    this.draw();
  };

  /** @param {string} words */
  #write = (words) => {
    this.#comment = words;
    this.#isUnsent = true;
    this.draw();
  };

  #send = async () => {
    const comment = this.#comment.trim();
    const body = { score: this.#score, criteria: this.#criteria, ...(comment ? { comment } : {}) };
    this.draw();
    try {
      await post(`/api/v1/centres/${boot.centre}/tickets/${boot.ticket}/rate`, body);
      this.#failure = "";
      this.#isSaved = true;
      this.#isUnsent = false;
    } catch (refusal) {
      if (!(refusal instanceof Refusal)) throw refusal;
      this.#failure = refusalWords(refusal);
    }
    this.draw();
  };
}

/** @param {Refusal} refusal */
const refusalWords = ({ code }) => {
  switch (code) {
    case "not_allowed":
      return _("You are signed in as staff in this browser: only citizens rate.");
    case "too_late":
    case "already_rated":
      return _("The time for this is over.");
    default:
      return _("The system does not answer at the moment. Please try again in a minute.");
  }
};
