/**
 * How a wait is said to a citizen: a range where one can be told, else the reason why not.
 *
 * @typedef {{ kind: "range" | "no_counter_open" | "may_not_be_served_today",
 *   about_s: number | null, at_most_s: number | null }} Forecast
 */

import { _, duration } from "../web/js/i18n.js";

const MINUTE_S = 60;
const COARSE_FROM_S = 10 * MINUTE_S;
const COARSE_STEP_S = 5 * MINUTE_S;
/** Below this nobody needs a number. */
const SOON_S = 2 * MINUTE_S;

/**
 * Whole minutes, from ten on in steps of five, always rounded up: more would be false precision.
 *
 * @param {number} seconds
 */
export const rounded = (seconds) => {
  const step = seconds > COARSE_FROM_S ? COARSE_STEP_S : MINUTE_S;
  return Math.ceil(seconds / step) * step;
};

/** "about 15 minutes". @param {Forecast | null} forecast */
export const shortWait = (forecast) => {
  switch (forecast?.kind) {
    case "range":
      if (forecast.about_s === null) return "";
      if (forecast.about_s < SOON_S) return _("almost no wait");
      return _("about %(time)s", { time: duration(rounded(forecast.about_s)) });
    case "no_counter_open":
      return _("no counter open now");
    case "may_not_be_served_today":
      return _("may not be served today");
    default:
      return "";
  }
};

/**
 * "at most 30 minutes"; empty where no range is told, or where even the longest wait is almost none.
 *
 * @param {Forecast | null} forecast
 */
export const longestWait = (forecast) => {
  if (forecast?.kind !== "range" || forecast.at_most_s === null) return "";
  if (forecast.at_most_s < SOON_S) return "";
  const atMost = Math.max(rounded(forecast.at_most_s), rounded(forecast.about_s ?? 0));
  return _("at most %(time)s", { time: duration(atMost) });
};

/** What to make of a forecast without a range. @param {Forecast | null} forecast */
export const waitAdvice = (forecast) => {
  switch (forecast?.kind) {
    case "no_counter_open":
      return _("No counter serves this at the moment. You may take a number and ask at reception.");
    case "may_not_be_served_today":
      return _("So many people wait that you may not be served today. Reception can advise you.");
    default:
      return "";
  }
};
