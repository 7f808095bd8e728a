/** The templates being edited: read from the configuration, tried, saved into it. */

import { get, post } from "../web/js/api.js";
import { boot } from "../web/js/boot.js";

/** @typedef {import("./paper_types.js").Draft} Draft */
/** @typedef {import("./paper_types.js").Paper} Paper */
/** @typedef {import("./paper_types.js").Template} Template */

const CENTRE = `/api/v1/centres/${encodeURIComponent(boot.centre)}`;

/** @returns {Promise<Draft>} */
export const savedTemplates = async () => templatesOf(await get(`${CENTRE}/configuration`));

/** @param {any} configuration  @returns {Draft} */
const templatesOf = ({ logo, slips, documents }) => structuredClone({ logo, slips, documents });

/**
 * Save into the configuration as it is by now, so that nothing else in it is taken back.
 *
 * @param {Draft} draft
 */
export const save = async (draft) => {
  const now = await get(`${CENTRE}/configuration`);
  await post(`${CENTRE}/configuration`, { configuration: { ...now, ...draft } });
};

/**
 * The template of a paper.
 *
 * @param {Draft} draft
 * @param {Paper} paper
 * @returns {Template}
 */
export const templateOf = (draft, paper) =>
  paper === "ticket" ? draft.slips.ticket : draft.documents[paper];

/**
 * Every part a paper can have, in its usual order.
 *
 * @param {Paper} paper
 * @returns {string[]}
 */
export const knownParts = (paper) => (paper === "ticket" ? boot.slip_parts : boot.form_parts[paper]);

/**
 * Parts that cannot be left out.
 *
 * @param {Paper} paper
 * @returns {string[]}
 */
export const neededParts = (paper) => (paper === "ticket" ? ["number"] : boot.form_needs[paper]);

/**
 * A picture of the paper as the draft makes it.
 *
 * @param {Draft} draft
 * @param {{ paper: Paper, size: string, language: string, format?: string }} wanted
 * @returns {Promise<{ url: string } | { problem: string } | null>}  null: the server does not answer
 */
export const previewOf = async (draft, wanted) => {
  try {
    const answer = await fetch(`${CENTRE}/paper/preview`, {
      method: "POST",
      body: JSON.stringify({ ...draft, ...wanted }),
      headers: { "content-type": "application/json" },
    });
    if (answer.ok) return { url: URL.createObjectURL(await answer.blob()) };
    return { problem: (await answer.json()).detail };
  } catch {
    return null;
  }
};
