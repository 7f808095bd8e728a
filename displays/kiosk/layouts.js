/**
 * Keys of the keyboard on the screen, by language. A new language is one entry here.
 *
 * @typedef {object} Layout
 * @property {string[]} rows  letters as on a typewriter, for a screen with room for ten in a row
 * @property {string[]} narrow  letters by the alphabet, for one that has not
 * @property {boolean} isTelex  letters typed twice, and s f r x j, become Vietnamese marks
 * @property {boolean} hasMarks  a key shows the marks themselves
 * @property {string[]} examples  what people type
 */

const ALPHABET = ["abcdefg", "hijklmn", "opqrstu", "vwxyz"];
const TYPEWRITER = ["qwertyuiop", "asdfghjkl", "zxcvbnm"];

/** @type {Record<string, Layout>} */
const LAYOUTS = {
  vi: { rows: TYPEWRITER, narrow: ALPHABET, isTelex: true, hasMarks: true, examples: ["khai sinh", "sổ đỏ", "tạm trú", "giấy độc thân", "sao y"] },
  en: { rows: TYPEWRITER, narrow: ALPHABET, isTelex: false, hasMarks: false, examples: ["birth", "marriage", "land title", "residence", "certified copy"] },
};

export const DIGITS = "1234567890";

/** Least room around a key, as in search.css. */
const GAP_MM = 3;
const MOST_IN_A_ROW = 10;

/** @param {string} language */
export const layoutOf = (language) => LAYOUTS[language] ?? /** @type {Layout} */ (LAYOUTS.en);

/**
 * Whether ten keys as large as a finger fit beside each other.
 *
 * @param {number} widthMm
 * @param {number} touchMm
 */
export const hasRoom = (widthMm, touchMm) =>
  widthMm >= MOST_IN_A_ROW * touchMm + (MOST_IN_A_ROW - 1) * GAP_MM;
