/**
 * The view `load` as the server sends it; see counters/load/values.py.
 *
 * @typedef {Record<string, string>} Texts
 * @typedef {"primary" | "secondary" | "back_up"} Level
 * @typedef {{ fields?: Record<string, Level>, procedures?: Record<string, Level> }} WorkProfile
 * @typedef {{ kind: "range" | "no_counter_open" | "may_not_be_served_today", about_s: number | null, at_most_s: number | null }} Forecast
 * @typedef {{ counter: string, number: string, level: Level, is_whole_field: boolean }} FieldServer
 *
 * @typedef {object} FieldLoad
 * @property {string} id
 * @property {string} letter
 * @property {Texts} name
 * @property {string} zone
 * @property {number} target_s
 * @property {number} waiting
 * @property {string | null} oldest_since
 * @property {string | null} late_from
 * @property {Forecast | null} forecast
 * @property {number} issued
 * @property {number | null} capacity
 * @property {number} served
 * @property {number} no_shows
 * @property {number} waits
 * @property {number} waits_within_target
 * @property {number | null} mean_wait_s
 * @property {FieldServer[]} servers
 * @property {boolean} is_retired
 *
 * @typedef {object} CounterLoad
 * @property {string} id
 * @property {string} number
 * @property {Texts} name
 * @property {string} zone
 * @property {string | null} staff_name
 * @property {"open" | "paused" | "closed"} availability
 * @property {string} pause_reason
 * @property {string | null} paused_until
 * @property {string | null} available_since
 * @property {"idle" | "calling" | "serving"} activity
 * @property {string | null} ticket
 * @property {string | null} ticket_field
 * @property {string | null} occupied_since
 * @property {number | null} expected_s
 * @property {string | null} idle_since
 * @property {number} may_call
 * @property {number} completed
 * @property {number} out_of_order
 * @property {string[]} given_back
 * @property {number} busy_time_s
 * @property {WorkProfile} profile
 * @property {boolean} is_profile_changed
 * @property {string | null} returns_at
 * @property {boolean} is_retired
 *
 * @typedef {object} WaitingTicket
 * @property {string} id
 * @property {string} number
 * @property {string} field
 * @property {string} procedure
 * @property {string | null} priority_class
 * @property {string | null} reserved_for
 * @property {string} since
 * @property {string} late_from
 *
 * @typedef {{ id: string, texts: Texts, zones: string[], until: string | null, at: string, audience: "boards" | "counters", counters: string[], read_at: string[] }} MessageInForce
 * @typedef {{ kind: "field_late" | "field_at_risk" | "field_unserved" | "counter_silent" | "silent_serving" | "printer_trouble" | "hand_over_failed", subject: string, since: string, count: number, detail: string, until: string | null }} Alarm
 * @typedef {{ mean_s: number, within_s: number }} Effect
 * @typedef {{ id: string, counter: string, takes: Record<string, Level>, drops: string[], opens: boolean, closes: boolean, until: string, field: string | null, field_effect: Effect, others_effect: Effect, all_effect: Effect }} Proposal
 * @typedef {{ proposal: Proposal, number: string, made_at: string, valid_until: string, answer: "open" | "accepted" | "declined", answered_at: string | null, is_automatic: boolean, is_in_force: boolean, is_wanted: boolean }} ProposalShown
 * @typedef {{ is_on: boolean, is_automatic: boolean, automatic_changes_per_hour: number, is_fully_graded: boolean, open: ProposalShown[], answered: ProposalShown[] }} Rebalancing
 * @typedef {{ waiting: number, at_counters: number, parked: number, booked: number, issued: number, served: number, no_shows: number, cancelled: number, transferred: number, out_of_order: number, waits: number, waits_within_target: number, mean_wait_s: number | null }} Totals
 *
 * @typedef {object} Load
 * @property {string} centre
 * @property {boolean} is_configured
 * @property {Texts} name
 * @property {{ date: string, is_open: boolean, opened_at: string } | null} day
 * @property {Totals} totals
 * @property {FieldLoad[]} fields
 * @property {CounterLoad[]} counters
 * @property {WaitingTicket[]} waiting
 * @property {Alarm[]} alarms
 * @property {Rebalancing} rebalancing
 * @property {MessageInForce[]} messages
 * @property {{ id: string, name: Texts }[]} zones
 * @property {Record<string, Texts>} pause_reasons
 * @property {Record<string, Texts>} printers
 * @property {Record<string, Texts>} priority_classes
 */

export {};
