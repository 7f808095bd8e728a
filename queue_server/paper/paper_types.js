/**
 * Templates as the configuration holds them; what is as usual is left out by the server.
 *
 * @typedef {Record<string, string>} Texts
 *
 * @typedef {object} Template
 * @property {Texts} header
 * @property {Texts} footer
 * @property {boolean} has_logo
 * @property {string[]} parts  empty: all, in their usual order
 * @property {"small" | "normal" | "large"} text_size
 * @property {number} [papers_named]  of slips
 * @property {string} [version]  of forms
 * @property {"A5" | "A4"} [sheet]  of forms
 *
 * @typedef {object} Draft
 * @property {string} logo
 * @property {{ ticket: Template }} slips
 * @property {{ receipt: Template, supplement: Template, refusal: Template }} documents
 *
 * @typedef {"ticket" | "receipt" | "supplement" | "refusal"} Paper
 */

export {};
