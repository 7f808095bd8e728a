/**
 * Languages by their own names, and which of them pages can be read in. Boot: `language_names`.
 */

import { boot } from "./boot.js";

/** @type {Record<string, string>} */
const NAMES = boot.language_names ?? {};
/** There is always a catalogue of it. */
const CENTRES = "vi";

/** A language by its own name. @param {string} tag */
export const languageName = (tag) => {
  const name = NAMES[tag] ?? new Intl.DisplayNames([tag], { type: "language" }).of(tag) ?? tag;
  return name.charAt(0).toLocaleUpperCase(tag) + name.slice(1);
};

/** @param {string} tag */
export const isReadable = (tag) => tag in NAMES;

/**
 * Those that there are words in: a page that offered another would answer in English.
 *
 * @param {string[]} tags
 */
export const readable = (tags) => {
  const found = tags.filter(isReadable);
  return tags.length && !found.length ? [CENTRES] : found;
};
