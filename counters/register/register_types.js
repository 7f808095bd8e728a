/**
 * Values of the view `register` and of the dossiers of a day; see counters/register/*.py. What is
 * as usual is left out of an entry.
 *
 * @typedef {object} Entry
 * @property {string} code
 * @property {string} number
 * @property {string} procedure
 * @property {string} [procedure_name]
 * @property {string} counter
 * @property {string} received_at
 * @property {string} [due_at]
 * @property {"held" | "pending" | "delivered" | "failed" | "voided"} hand_over
 * @property {string} [system]
 * @property {string} [detail]
 * @property {"none" | "pending" | "printed" | "not_sent" | "unknown" | "kept"} [receipt]
 * @property {string} [receipt_detail]
 * @property {number} [copies]
 * @property {boolean} [is_of_today]
 *
 * @typedef {object} DayRegister
 * @property {boolean} is_configured
 * @property {string | null} day
 * @property {boolean} is_open
 * @property {number} received
 * @property {number} waiting
 * @property {number} delivered
 * @property {number} failed
 * @property {Entry[]} failures
 * @property {Entry[]} entries
 * @property {Written[]} forms
 *
 * @typedef {object} Written
 * @property {string} form
 * @property {"supplement" | "refusal"} kind
 * @property {string} number
 * @property {string} procedure
 * @property {string} counter
 * @property {string} written_at
 * @property {boolean} [is_void]
 * @property {string} [paper]
 * @property {number} [copies]
 */

export {};
