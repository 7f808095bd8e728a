/**
 * What the kiosk knows and shows.
 *
 * @typedef {Record<string, string>} Texts
 * @typedef {import("../forecast.js").Forecast} Forecast
 * @typedef {{ opens_at: string, tickets_until: string }} Opening
 * @typedef {{ id: string, letter: string, name: Texts, icon: string, zone: Texts, zone_id: string,
 *   waiting: number, forecast: Forecast | null, quieter_from: string | null,
 *   open_counters: number, is_full: boolean }} Field
 * @typedef {"large" | "contrast" | "spoken" | "low"} Mode
 * @typedef {{ name: Texts, zone: string | null, diagonal_inch: number, printer: string | null,
 *   modes: Mode[] }} KioskRow
 * @typedef {{ id: string, name: Texts, basis: Texts, proof: Texts }} Priority
 * @typedef {{ name: Texts | null, address: Texts, hotline: string, portal: string, languages: string[],
 *   is_day_open: boolean, openings: Opening[], fields: Field[],
 *   forecasts: Record<string, Forecast>, priorities: Priority[],
 *   takes_appointments: boolean, agency: string, reception: string | null, most_dossiers: number, return_within_s: number,
 *   printers: import("../../web/js/printer_words.js").PrinterNotice[],
 *   kiosks: Record<string, KioskRow> }} View
 * @typedef {{ name: Texts, kind: string, copies: number, is_required: boolean,
 *   if_missing: Texts }} Paper
 * @typedef {{ unit: string, amount: number, case: Texts, is_certain: boolean }} Term
 * @typedef {{ code: string, field: string, name: Texts, synonyms: string[], papers: Paper[],
 *   terms: Term[], fee_note: Texts, fee_exemption: Texts, opens_dossier: boolean, hint: Texts }} Procedure
 * @typedef {{ code: string, procedure: Texts, received_at: string, due_at: string | null,
 *   return_by: string, state: "in_progress" | "due" | "voided" }} DossierStatus
 * @typedef {Procedure & { is_alike: boolean }} Hit
 * @typedef {{ id: string, number: string }} Ticket
 * @typedef {"start" | "home" | "fields" | "search" | "field" | "procedure" | "priority" |
 *   "appointment" | "dossier" | "ticket"} Screen
 *
 * @typedef {object} Visit  what one citizen does; begun anew for the next
 * @property {Screen} screen
 * @property {Screen[]} trail  screens that lead back
 * @property {string} field
 * @property {string} code  procedure
 * @property {number} dossiers
 * @property {string} priority  class, empty for none
 * @property {ReadonlySet<number>} ticked  papers of the procedure that the citizen has
 * @property {boolean} isTakingHome  the checklist's code is shown
 * @property {string} query
 * @property {string} keys  pressed for the last word of `query`
 * @property {import("./keyboard.js").Panel} panel  which keys are shown
 * @property {Hit[] | null} hits  null before anything was looked for
 * @property {string} entry  code that is typed or scanned
 * @property {DossierStatus | null} dossier  that was asked for
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
  portal: "",
  languages: [],
  is_day_open: false,
  openings: [],
  fields: [],
  forecasts: {},
  priorities: [],
  takes_appointments: false,
  agency: "",
  reception: null,
  most_dossiers: 1,
  return_within_s: 0,
  printers: [],
  kiosks: {},
};

/** What a kiosk is that the centre says nothing about. @type {KioskRow} */
export const USUAL_KIOSK = {
  name: {},
  zone: null,
  diagonal_inch: 0,
  printer: null,
  modes: ["large", "contrast", "spoken", "low"],
};

/**
 * @param {Screen} screen  the first
 * @returns {Visit}
 */
export const newVisit = (screen = "start") => ({
  screen,
  trail: [],
  field: "",
  code: "",
  dossiers: 1,
  priority: "",
  ticked: new Set(),
  isTakingHome: false,
  query: "",
  keys: "",
  panel: "letters",
  hits: null,
  entry: "",
  dossier: null,
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
