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
/** A phone's figure stands still until it is wrong by so much. */
const MOVES_FROM_S = 2 * MINUTE_S;
/** From here on its holder should not go far. */
const NEAR_S = 5 * MINUTE_S;
/** Below this nobody needs a number. */
const SOON_S = 2 * MINUTE_S;

/**
 * To the nearest five minutes, as on the slip: more would be false precision.
 *
 * @param {number} seconds
 */
export const rounded = (seconds) =>
  Math.max(Math.round(seconds / COARSE_STEP_S), 1) * COARSE_STEP_S;

/**
 * To the minute where it is near, as a phone in the hand shows it; never less than one.
 *
 * @param {number} seconds
 */
export const close = (seconds) =>
  seconds > COARSE_FROM_S
    ? rounded(seconds)
    : Math.max(Math.round(seconds / MINUTE_S), 1) * MINUTE_S;

/** Up to the next five minutes: a promise. @param {number} seconds */
const upTo = (seconds) => Math.max(Math.ceil(seconds / COARSE_STEP_S), 1) * COARSE_STEP_S;

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
  const atMost = longest(forecast);
  return atMost === null ? "" : _("at most %(time)s", { time: duration(atMost) });
};

/**
 * The longest wait as it is told, seconds; null where none is.
 *
 * @param {Forecast | null} forecast
 */
export const longest = (forecast) => {
  if (forecast?.kind !== "range" || forecast.at_most_s === null) return null;
  if (forecast.at_most_s < SOON_S) return null;
  return Math.max(upTo(forecast.at_most_s), rounded(forecast.about_s ?? 0));
};

/** Whether somebody who comes now has to wait. @param {Forecast | null} forecast */
export const isBusy = (forecast) =>
  forecast?.kind === "range" && (forecast.about_s ?? 0) >= SOON_S;

/** Why few people and a long wait go together. @param {Record<string, any> | null} held  view "ticket" */
export const sharedWords = (held) =>
  held?.shares_counters ? _("The counters of this field also serve others.") : "";

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

/**
 * What a phone goes on showing: a figure that jumps by a minute and back is not believed.
 *
 * @param {Forecast | null} shown
 * @param {Forecast | null} next
 */
export const steady = (shown, next) => {
  if (shown?.kind !== "range" || next?.kind !== "range") return next;
  const moved = Math.abs((next.about_s ?? 0) - (shown.about_s ?? 0));
  const isNearNow = isNear(next) && !isNear(shown);
  return moved < MOVES_FROM_S && !isNearNow ? shown : next;
};

/** "about 4 minutes", for who holds a ticket. @param {Forecast | null} forecast */
export const closeWait = (forecast) =>
  forecast?.kind === "range" && forecast.about_s !== null
    ? _("about %(time)s", { time: duration(close(forecast.about_s)) })
    : shortWait(forecast);

/** Whether its holder should stay within call. @param {Forecast | null} forecast */
export const isNear = (forecast) =>
  forecast?.kind === "range" && forecast.about_s !== null && forecast.about_s <= NEAR_S;
