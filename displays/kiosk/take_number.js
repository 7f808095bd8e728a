/** Takes a number, once: however often the button is touched or the answer is lost. */

import { newKey, post } from "../../web/js/api.js";

/** @type {{ wish: string, key: string } | null} */
let begun = null;

/**
 * @typedef {{ procedure: string, language: string, dossiers: number,
 *   priority_class: string | null, printer?: string }} Wish
 */

/**
 * Issue a ticket. The same wish keeps its key until a number was given or `forgetWish` is called.
 *
 * @param {string} centre
 * @param {Wish} wish
 * @returns {Promise<{ id: string, number: string }>}
 */
export const takeNumber = async (centre, wish) => {
  const text = JSON.stringify(wish);
  if (begun?.wish !== text) begun = { wish: text, key: newKey() };
  const { ticket } = await post(`/api/v1/centres/${centre}/tickets`, wish, { key: begun.key });
  return ticket;
};

/** The next citizen's wish is another, even if it is for the same procedure. */
export const forgetWish = () => {
  begun = null;
};
