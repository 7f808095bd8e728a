/** Letters of the screen keyboard in the page's language, and examples of what people type. */

import { language, p_ } from "../../web/js/i18n.js";

/** Letters typed twice, and s f r x j, become Vietnamese marks; keys show the marks themselves. */
export const isTelex = language === "vi";

export const DIGITS = "1234567890";

/** Least room around a key, as in search.css. */
const GAP_MM = 3;
const MOST_IN_A_ROW = 10;

/** The rows, as the catalogue has them with a space between. @param {boolean} isWide  ten in a row */
export const letters = (isWide) =>
  (isWide
    ? p_("letters of the screen keyboard, up to ten in a row", "qwertyuiop asdfghjkl zxcvbnm")
    : p_("letters of the screen keyboard, up to seven in a row", "abcdefg hijklmn opqrstu vwxyz")
  ).split(" ");

export const examples = () => [
  p_("what somebody might search for", "birth"),
  p_("what somebody might search for", "land title"),
  p_("what somebody might search for", "residence"),
  p_("what somebody might search for", "marriage"),
  p_("what somebody might search for", "certified copy"),
];

/**
 * Whether ten keys as large as a finger fit beside each other.
 *
 * @param {number} widthMm
 * @param {number} touchMm
 */
export const hasRoom = (widthMm, touchMm) =>
  widthMm >= MOST_IN_A_ROW * touchMm + (MOST_IN_A_ROW - 1) * GAP_MM;
