/**
 * The view `order` as the server sends it; see counters/order/values.py.
 *
 * @typedef {Record<string, string>} Texts
 * @typedef {"equal" | "standard" | "fast" | "strict_priority"} Mode
 *
 * @typedef {object} Routing
 * @property {string} strategy
 * @property {Mode} mode
 * @property {number} secondary_weight
 * @property {number} back_up_weight
 * @property {number | null} length_exponent
 * @property {number | null} long_wait_gain_s
 * @property {number | null} overtakes_allowed
 * @property {number | null} least_priority_head_start_s
 * @property {number} appointment_rate
 * @property {number} appointment_head_start_s
 * @property {number} transfer_credit_s
 * @property {number} draw_window_s
 *
 * @typedef {"secondary_weight" | "back_up_weight" | "length_exponent" | "long_wait_gain_s"
 *   | "overtakes_allowed" | "least_priority_head_start_s" | "appointment_rate"
 *   | "appointment_head_start_s" | "transfer_credit_s" | "draw_window_s"} NumberName
 *
 * @typedef {"length_exponent" | "long_wait_gain_s" | "overtakes_allowed"
 *   | "least_priority_head_start_s"} ModeNumber
 *
 * @typedef {object} Claimant
 * @property {string} number
 * @property {Texts} procedure
 * @property {number} waited_s
 * @property {number} clock_s
 * @property {"" | "priority" | "appointment" | "transferred"} line
 * @property {Texts} priority_class
 * @property {"primary" | "secondary" | "back_up"} level
 * @property {number} weight
 * @property {number} length
 * @property {number} urgency
 * @property {number} long_wait_s
 * @property {number} claim_s
 * @property {boolean} is_first
 *
 * @typedef {{ counter: string, at: string, equals: number, claimants: Claimant[] }} Example
 *
 * @typedef {object} Order
 * @property {string} centre
 * @property {boolean} is_configured
 * @property {Routing} routing
 * @property {Record<Mode, Record<ModeNumber, number>>} modes
 * @property {string[]} strategies
 * @property {Record<string, [number, number]>} ranges
 * @property {{ id: string, name: Texts, rate: number, head_start_s: number }[]} priority_classes
 * @property {{ id: string, number: string, candidates: number }[]} counters
 * @property {Example | null} example
 * @property {{ day: string, is_open: boolean, draw_key_hash: string, draw_key: string } | null} draw
 */

export {};
