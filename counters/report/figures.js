/**
 * @typedef {{ staff: string, name: string, counter: string, count: number }} OutOfOrderCalls
 *
 * What the server's report holds, and how its figures are written.
 *
 * @typedef {object} Spread
 * @property {number} count
 * @property {number | null} mean_s
 * @property {number | null} p50_s
 * @property {number | null} p90_s
 * @property {number | null} max_s
 *
 * @typedef {object} Figures
 * @property {number} issued
 * @property {number} called
 * @property {number} served
 * @property {number} no_shows
 * @property {number | null} no_show_rate
 * @property {number} cancelled
 * @property {number} expired
 * @property {number} transferred
 * @property {Spread} waiting
 * @property {number | null} service_level
 * @property {Spread} approach
 * @property {Spread} serving
 * @property {Record<string, number>} outcomes
 * @property {number} dossiers
 * @property {number} estimates
 * @property {number | null} estimate_error_s
 * @property {number | null} estimates_within_5_min
 * @property {number | null} estimate_bias_s
 * @property {number | null} estimates_within_quarter
 * @property {number | null} estimates_at_most_kept
 * @property {number | null} estimates_too_short
 * @property {import("./ratings.js").Ratings} ratings
 *
 * @typedef {{ id: string, label: string, name: Record<string, string>, figures: Figures }} Line
 * @typedef {{ hour: number, figures: Figures }} HourLine
 *
 * @typedef {object} Report
 * @property {string} day
 * @property {Figures} totals
 * @property {Line[]} fields
 * @property {Line[]} procedures
 * @property {Line[]} counters
 * @property {HourLine[]} hours
 * @property {number[]} waits
 * @property {number} wait_bin_s
 * @property {OutOfOrderCalls[]} out_of_order
 * @property {import("./ratings.js").Comment[]} comments
 */

import { _, number, percent, textOf } from "../../web/js/i18n.js";

const NOTHING = "–";

/**
 * "12,5 phút": to half a minute below ten, else whole. These are measured, not promised, so
 * they are not rounded up.
 *
 * @param {number | null} seconds
 */
export const minutes = (seconds) => {
  if (seconds === null) return NOTHING;
  const exact = seconds / 60;
  const rounded = exact < 10 ? Math.round(exact * 10) / 10 : Math.round(exact);
  return _("%(minutes)s min", { minutes: number(rounded) });
};

/** @param {number | null} part */
export const share = (part) => (part === null ? NOTHING : percent(part));

/** @param {Line} line */
export const named = (line) => textOf(line.name) || line.label;

/** @param {number} hour */
export const clockHour = (hour) => `${String(hour).padStart(2, "0")}:00`;

/**
 * "10–15", the last "60+".
 *
 * @param {number} index
 * @param {number} count
 * @param {number} bin_s
 */
export const binName = (index, count, bin_s) => {
  const from = (index * bin_s) / 60;
  return index === count - 1 ? `${from}+` : `${from}–${from + bin_s / 60}`;
};
