/** What a search has found, in a sentence. */

import { _, n_ } from "../../web/js/i18n.js";

/** @param {import("./state.js").Hit[] | null} hits  null: too little was typed */
export const foundWords = (hits) => {
  if (!hits) return "";
  if (!hits.length) return _("Nothing was found. Try other words.");
  return n_("%(num)s procedure found", "%(num)s procedures found", hits.length);
};
