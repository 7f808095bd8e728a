/** Writing Vietnamese key by key: a tone goes to the last word, onto the vowel that carries it. */

/** Combining characters by the name of the tone. */
export const TONES = { sắc: "\u0301", huyền: "\u0300", hỏi: "\u0309", ngã: "\u0303", nặng: "\u0323" };
export const LETTERS = ["ă", "â", "đ", "ê", "ô", "ơ", "ư"];

const ANY_TONE = /[\u0301\u0300\u0309\u0303\u0323]/g;
const CARRIES = /[ăâêôơư]/g;
const VOWELS = /[aăâeêioôơuưy]+/;

/**
 * The text with the tone on its last word; the same tone again takes it away.
 *
 * @param {string} text
 * @param {string} tone  combining character, one of `TONES`
 */
export const toned = (text, tone) => {
  const [, before = "", word = ""] = /^(.*?)(\p{L}*)$/u.exec(text.normalize("NFC")) ?? [];
  const parts = word.normalize("NFD");
  const bare = parts.replace(ANY_TONE, "").normalize("NFC");
  if (parts.includes(tone)) return before + bare;
  const place = carrier(bare.toLowerCase());
  if (place < 0) return text;
  return before + (bare.slice(0, place + 1) + tone + bare.slice(place + 1)).normalize("NFC");
};

/**
 * Place of the vowel that carries the tone, -1 without any: a marked vowel first; else the only
 * one, the second of two before a consonant, and the one in the middle: hòa, toán, ngoài.
 *
 * @param {string} word
 */
const carrier = (word) => {
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
