/**
 * Telex: `ddooir` is đổi, `soor` is sổ. A word that is none in Vietnamese stays as it was typed,
 * so that nobody has to know of it: "birth" is birth, and "so do" finds as much as "sổ đỏ".
 */

import { carrier, joined, lastWord, parted } from "./vietnamese.js";

/** @type {Record<string, string>} */
const TONE_KEYS = { s: "\u0301", f: "\u0300", r: "\u0309", x: "\u0303", j: "\u0323" };
/** @type {Record<string, string>} a letter typed twice */
const DOUBLED = { a: "â", e: "ê", o: "ô" };
/** @type {Record<string, string>} a letter with w behind it */
const HOOKED = { a: "ă", o: "ơ", u: "ư" };

const ONSET = "(?:ngh|ng|nh|gh|gi|g|kh|k|ch|c|ph|p|th|tr|t|qu|b|d|đ|h|l|m|n|r|s|v|x)?";
const VOWELS = [
  "a ă â e ê i o ô ơ u ư y ai ao au ay âu ây eo êu ia iu iê iêu oa oă oai oao oay oe oeo oi oo ôi",
  "ơi ua uâ uây uê ui uô uôi uơ uy uya uyê uyu ưa ưi ưu ươ ươi ươu yê yêu",
]
  .join(" ")
  .split(" ")
  .join("|");
const SYLLABLE = new RegExp(`^${ONSET}(?:${VOWELS})(?:ch|nh|ng|c|m|n|p|t)?$`);
const STOPPED = /(?:ch|c|p|t)$/;
const STOPPED_TONES = "\u0301\u0323";

/** Whether the word may be Vietnamese. @param {string} word */
const isSyllable = (word) => {
  const [bare, tone] = parted(word);
  if (!SYLLABLE.test(bare)) return false;
  return !STOPPED.test(bare) || (tone !== "" && STOPPED_TONES.includes(tone));
};

/**
 * One more key on a word.
 *
 * @param {string} word
 * @param {string} key  small letter
 */
const pressed = (word, key) => {
  const [bare, tone] = parted(word);
  const toneKey = TONE_KEYS[key];
  if (toneKey && carrier(bare) >= 0) {
    return tone === toneKey ? bare + key : joined(bare, toneKey);
  }
  if (key === "z" && tone) return bare;
  if (key === "d" && bare.startsWith("d")) return joined(`đ${bare.slice(1)}`, tone);
  const marked = key === "w" ? hooked(bare) : doubled(bare, key);
  return joined(marked ?? bare + key, tone);
};

/**
 * @param {string} bare
 * @param {string} key
 */
const doubled = (bare, key) => {
  const at = DOUBLED[key] ? bare.lastIndexOf(key) : -1;
  return at < 0 ? null : bare.slice(0, at) + DOUBLED[key] + bare.slice(at + 1);
};

/** @param {string} bare */
const hooked = (bare) => {
  if (/uo/.test(bare)) return bare.replace("uo", "ươ");
  const at = Math.max(...Object.keys(HOOKED).map((letter) => bare.lastIndexOf(letter)));
  if (at < 0) return null;
  return bare.slice(0, at) + HOOKED[bare[at] ?? ""] + bare.slice(at + 1);
};

/** What keys make, or the keys themselves. @param {string} keys */
export const composed = (keys) => {
  const word = [...keys.toLowerCase()].reduce(pressed, "");
  if (/^đ[^aăâeêioôơuưy]*$/.test(word)) return keys.startsWith("dd") ? word : keys;
  return isSyllable(word) ? word : keys;
};

/** @typedef {{ text: string, keys: string }} Typed  keys: those of the last word, as pressed */

/**
 * The text after one more key.
 *
 * @param {Typed} typed
 * @param {string} key  one character
 * @param {boolean} isTelex
 * @returns {Typed}
 */
export const withKey = ({ text, keys }, key, isTelex) => {
  if (!isTelex || !/\p{L}/u.test(key)) return { text: text + key, keys: "" };
  const start = lastWord(text);
  const all = (keys || text.slice(start)) + key;
  return { text: text.slice(0, start) + composed(all), keys: all };
};

/** The text without its last letter. @param {string} text @returns {Typed} */
export const withoutLast = (text) => ({ text: [...text].slice(0, -1).join(""), keys: "" });
