/** How ratings are asked for and shown: the four answers of the official survey, its criteria. */

import { _ } from "./i18n.js";

/** @typedef {1 | 2 | 3 | 4} Score  not satisfied to very satisfied */

/** From the best to the worst, as people read them. @type {Score[]} */
export const SCORES = [4, 3, 2, 1];

/** @type {Record<Score, () => string>} */
export const SCORE_WORDS = {
  4: () => _("Very satisfied"),
  3: () => _("Satisfied"),
  2: () => _("Neutral"),
  1: () => _("Not satisfied"),
};

/** The drawing in icons.svg. @param {Score} score */
export const faceOf = (score) => `face-${score}`;

/** @typedef {"attitude" | "punctuality" | "publicity" | "convenience" | "organisation"} Criterion */

/** In the order in which they are asked. @type {Record<Criterion, () => string>} */
export const CRITERIA = {
  attitude: () => _("Attitude of the staff"),
  punctuality: () => _("Waiting and punctuality"),
  publicity: () => _("Papers and fees made clear"),
  convenience: () => _("Ease of the procedure"),
  organisation: () => _("Waiting place and signs"),
};
