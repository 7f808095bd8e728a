/** Four faces with their words, large or in a row: on the tablet and on the phone. */

import { icon } from "../../web/js/icons.js";
import { _ } from "../../web/js/i18n.js";
import { html } from "../../web/js/lit.js";
import { CRITERIA, faceOf, SCORE_WORDS, SCORES } from "../../web/js/ratings.js";

/** @typedef {import("../../web/js/ratings.js").Score} Score */
/** @typedef {import("../../web/js/ratings.js").Criterion} Criterion */
/** @typedef {Partial<Record<Criterion, Score>>} Criteria */

/**
 * The question itself: one touch answers it.
 *
 * @param {Score | null} chosen
 * @param {(score: Score) => void} choose
 */
export const faces = (chosen, choose) => html`<div
  class="faces"
  role="group"
  aria-label=${_("How was the service?")}
>
  ${SCORES.map(
    (score) => html`<button
      class="face face-${score}"
      aria-pressed=${chosen === score}
      @click=${() => choose(score)}
    >
      ${icon(faceOf(score))}<span>${SCORE_WORDS[score]()}</span>
    </button>`,
  )}
</div>`;

/**
 * More, for who likes to: the same four answers for each criterion.
 *
 * @param {Criteria} criteria
 * @param {(criterion: Criterion, score: Score) => void} choose
 */
export const criteriaOf = (criteria, choose) => html`<div class="criteria">
  ${Object.entries(CRITERIA).map(([name, word]) => {
    const criterion = /** @type {Criterion} */ (name);
    return html`<fieldset class="criterion">
      <legend>${word()}</legend>
      <div class="small-faces">
        ${SCORES.map(
          (score) => html`<button
            class="small-face face-${score}"
            aria-pressed=${criteria[criterion] === score}
            aria-label=${SCORE_WORDS[score]()}
            title=${SCORE_WORDS[score]()}
            @click=${() => choose(criterion, score)}
          >
            ${icon(faceOf(score))}
          </button>`,
        )}
      </div>
    </fieldset>`;
  })}
</div>`;
