/** Writing Vietnamese: a tone goes onto the vowel of the word that carries it. */

/** Combining characters by the name of the tone. */
export const TONES = { sắc: "\u0301", huyền: "\u0300", hỏi: "\u0309", ngã: "\u0303", nặng: "\u0323" };
export const LETTERS = ["ă", "â", "đ", "ê", "ô", "ơ", "ư"];

const ANY_TONE = /[\u0301\u0300\u0309\u0303\u0323]/g;
const CARRIES = /[ăâêôơư]/g;
const VOWELS = /[aăâeêioôơuưy]+/;

/**
 * A word without its tone, and the tone; marks such as â and đ stay.
 *
 * @param {string} word
 * @returns {[string, string]}
 */
export const parted = (word) => {
  const parts = word.normalize("NFD");
  const [tone = ""] = parts.match(ANY_TONE) ?? [];
  return [parts.replace(ANY_TONE, "").normalize("NFC"), tone];
};

/**
 * The word with the tone where it belongs; as it is without a vowel.
 *
 * @param {string} bare
 * @param {string} tone  combining character, or empty
 */
export const joined = (bare, tone) => {
  const place = tone ? carrier(bare.toLowerCase()) : -1;
  if (place < 0) return bare;
  return (bare.slice(0, place + 1) + tone + bare.slice(place + 1)).normalize("NFC");
};

/** Place in `text` at which its last word begins. @param {string} text */
export const lastWord = (text) => text.length - (/\p{L}*$/u.exec(text)?.[0].length ?? 0);

/**
 * The text with the tone on its last word; the same tone again takes it away.
 *
 * @param {string} text
 * @param {string} tone  combining character, one of `TONES`
 */
export const toned = (text, tone) => {
  const whole = text.normalize("NFC");
  const start = lastWord(whole);
  const [bare, had] = parted(whole.slice(start));
  if (carrier(bare.toLowerCase()) < 0) return text;
  return whole.slice(0, start) + joined(bare, had === tone ? "" : tone);
};

/**
 * Place of the vowel that carries the tone, -1 without any: a marked vowel first; else the only
 * one, the second of two before a consonant, and the one in the middle: hòa, toán, ngoài.
 *
 * @param {string} word
 */
export const carrier = (word) => {
  const glide = /^(?:qu|gi)(?=[aăâeêioôơuưy])/.exec(word)?.[0].length ?? 0;
  const found = VOWELS.exec(word.slice(glide));
  if (!found) return -1;
  const start = glide + found.index;
  const vowels = found[0];
  const marked = [...vowels.matchAll(CARRIES)].at(-1);
  if (marked) return start + marked.index;
  const isOpen = start + vowels.length === word.length;
  return start + (vowels.length === 1 || (vowels.length === 2 && isOpen) ? 0 : 1);
};
