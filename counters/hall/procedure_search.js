/** Finds procedures by what people say, without marks, in any order of words, glued or not. */

import { plain, textOf } from "../../web/js/i18n.js";

/** @typedef {import("./hall_types.js").Procedure} Procedure */
/** @typedef {{ procedure: Procedure, name: string, said: string[], glued: string, words: string }} Entry */

export class ProcedureSearch {
  /** @param {Procedure[]} procedures */
  constructor(procedures) {
    /** @type {Entry[]} */
    this.entries = procedures.map((procedure) => {
      const said = [...Object.values(procedure.name), ...procedure.synonyms].map(plain);
      return {
        procedure,
        name: plain(textOf(procedure.name)),
        said,
        glued: said.map(glue).join(" "),
        words: `${said.join(" ")} ${procedure.code}`,
      };
    });
  }

  /**
   * Procedures that fit, the closest first.
   *
   * @param {string} text
   * @param {number} most
   */
  find(text, most) {
    const wanted = plain(text).trim();
    if (!wanted) return [];
    return this.entries
      .map((entry) => ({ entry, rank: rankOf(entry, wanted) }))
      .filter(({ rank }) => rank < NOT_AT_ALL)
      .sort((one, other) => one.rank - other.rank)
      .slice(0, most)
      .map(({ entry }) => entry.procedure);
  }
}

const NOT_AT_ALL = 9;

/** @param {string} text */
const glue = (text) => text.replace(/[\s-]+/g, "");

/**
 * 0 is the closest.
 *
 * @param {Entry} entry
 * @param {string} wanted
 */
const rankOf = ({ name, said, glued, words }, wanted) => {
  if (said.includes(wanted)) return 0;
  if (name.startsWith(wanted)) return 1;
  if (said.some((one) => one.startsWith(wanted))) return 2;
  if (said.some((one) => one.includes(wanted))) return 3;
  if (wanted.split(/\s+/).every((word) => words.includes(word))) return 4;
  if (glued.includes(glue(wanted))) return 5;
  return NOT_AT_ALL;
};
