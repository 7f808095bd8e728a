/**
 * What the kiosk knows and shows.
 *
 * @typedef {Record<string, string>} Texts
 * @typedef {import("../forecast.js").Forecast} Forecast
 * @typedef {{ opens_at: string, tickets_until: string }} Opening
 * @typedef {{ id: string, letter: string, name: Texts, icon: string, zone: Texts, waiting: number,
 *   forecast: Forecast | null, quieter_from: string | null, open_counters: number,
 *   is_full: boolean }} Field
 * @typedef {{ id: string, name: Texts, basis: Texts, proof: Texts }} Priority
 * @typedef {{ name: Texts | null, address: Texts, hotline: string, languages: string[],
 *   is_day_open: boolean, openings: Opening[], fields: Field[],
 *   forecasts: Record<string, Forecast>, priorities: Priority[],
 *   reception: string | null, most_dossiers: number, return_within_s: number,
 *   printers: import("../../web/js/printer_words.js").PrinterNotice[] }} View
 * @typedef {{ name: Texts, kind: string, copies: number, is_required: boolean }} Paper
 * @typedef {{ unit: string, amount: number, case: Texts, is_certain: boolean }} Term
 * @typedef {{ code: string, field: string, name: Texts, synonyms: string[], papers: Paper[],
 *   terms: Term[], fee_note: Texts, opens_dossier: boolean, hint: Texts }} Procedure
 * @typedef {Procedure & { is_alike: boolean }} Hit
 * @typedef {{ id: string, number: string }} Ticket
 * @typedef {"start" | "home" | "search" | "field" | "procedure" | "priority" | "ticket"} Screen
 *
 * @typedef {object} Visit  what one citizen does; begun anew for the next
 * @property {Screen} screen
 * @property {Screen[]} trail  screens that lead back
 * @property {string} field
 * @property {string} code  procedure
 * @property {number} dossiers
 * @property {string} priority  class, empty for none
 * @property {string} query
 * @property {boolean} hasMarks  the keyboard shows Vietnamese marks
 * @property {Hit[] | null} hits  null before anything was looked for
 * @property {boolean} isTaking
 * @property {{ code: string, facts: Record<string, any> } | null} refusal
 * @property {Ticket | null} ticket
 * @property {Record<string, any> | null} held  the view "ticket" of `ticket`
 */

/** Before the first view has come. @type {View} */
export const NOTHING_YET = {
  name: null,
  address: {},
  hotline: "",
  languages: [],
  is_day_open: false,
  openings: [],
  fields: [],
  forecasts: {},
  priorities: [],
  reception: null,
  most_dossiers: 1,
  return_within_s: 0,
  printers: [],
};

/** @returns {Visit} */
export const newVisit = () => ({
  screen: "start",
  trail: [],
  field: "",
  code: "",
  dossiers: 1,
  priority: "",
  query: "",
  hasMarks: false,
  hits: null,
  isTaking: false,
  refusal: null,
  ticket: null,
  held: null,
});

/**
 * Whether numbers are given now, and when the next are.
 *
 * @param {View} view
 * @param {number} now  ms since 1970
 */
export const hours = (view, now) => {
  const isSession = view.openings.some(
    ({ opens_at, tickets_until }) => Date.parse(opens_at) <= now && now < Date.parse(tickets_until),
  );
  const next = view.openings.find(({ opens_at }) => Date.parse(opens_at) > now);
  return { isOpen: isSession && view.is_day_open, isSession, nextAt: next?.opens_at ?? null };
};
