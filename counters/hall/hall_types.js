/**
 * The views `hall` and `found_ticket` as the server sends them; see counters/hall/values.py.
 *
 * @typedef {Record<string, string>} Texts
 * @typedef {import("../load/load_types.js").Forecast} Forecast
 * @typedef {"booked" | "waiting" | "called" | "serving" | "parked" | "no_show" | "completed" | "cancelled" | "expired"} TicketState
 * @typedef {"check_in" | "reinstate" | "give_back" | "delay" | "cancel"} Action
 *
 * @typedef {{ id: string, letter: string, name: Texts, waiting: number, forecast: Forecast | null, issued: number, capacity: number | null }} HallField
 * @typedef {{ id: string, number: string, procedure: string, no_show_at: string, until: string }} AbsentTicket
 * @typedef {{ id: string, number: string, procedure: string, appointment_at: string }} BookedTicket
 * @typedef {{ id: string, number: string, counter_number: string, until: string | null, reason: string }} ParkedTicket
 * @typedef {{ job: string, kind: "slip" | "receipt" | "supplement" | "refusal", ticket: string, number: string, printer: Texts, result: string, detail: string, at: string, since: string }} PaperTrouble
 * @typedef {{ id: string, number: string, procedure: string, state: TicketState, issued_at: string }} IssuedTicket
 *
 * @typedef {object} Hall
 * @property {string} centre
 * @property {boolean} is_configured
 * @property {boolean} is_open
 * @property {number} waiting
 * @property {HallField[]} fields
 * @property {AbsentTicket[]} absent
 * @property {BookedTicket[]} booked
 * @property {ParkedTicket[]} parked
 * @property {PaperTrouble[]} paper
 * @property {import("../../web/js/printer_words.js").PrinterNotice[]} printers
 * @property {IssuedTicket[]} recent
 * @property {{ id: string, number: string }[]} counters
 *
 * @typedef {object} FoundTicket
 * @property {string} id
 * @property {string} number
 * @property {TicketState} state
 * @property {string} field
 * @property {string} procedure
 * @property {string} language
 * @property {string} channel
 * @property {string | null} priority_class
 * @property {number} dossiers
 * @property {string} issued_at
 * @property {string} waiting_since
 * @property {number} ahead
 * @property {string | null} counter_number
 * @property {string | null} called_at
 * @property {string | null} no_show_at
 * @property {string | null} return_until
 * @property {string | null} appointment_at
 * @property {string | null} ended_at
 * @property {string | null} outcome
 * @property {{ copy: number, result: string, at: string }[]} copies
 * @property {Action[]} actions
 *
 * @typedef {{ asked: string, ticket: FoundTicket | null }} Found
 *
 * @typedef {{ code: string, field: string, name: Texts, synonyms: string[], papers: Texts[], fee_note: Texts }} Procedure
 * @typedef {{ id: string, name: Texts, basis: Texts, proof: Texts }} Priority
 */

export {};
