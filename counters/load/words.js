/** Words that several parts of the manager's and the reception's page share. */

import { _, p_ } from "../../web/js/i18n.js";

/** "A 012": letter and digits a little apart, on one line. @param {string} number */
export const shownNumber = (number) => number.replace(/^(\D+)(?=\d)/, "$1\u00a0");

/**
 * How long since an instant, in seconds, never negative.
 *
 * @param {string | null} since
 * @param {number} now  ms since 1970
 */
export const secondsSince = (since, now) =>
  since === null ? 0 : Math.max(0, (now - Date.parse(since)) / 1000);

/**
 * "1 h 5 min", rounded up, where room is scarce.
 *
 * @param {number} seconds
 */
export const brief = (seconds) => {
  const minutes = Math.max(0, Math.ceil(seconds / 60));
  const hours = Math.floor(minutes / 60);
  if (!hours) return p_("short", "%(minutes)s min", { minutes });
  if (minutes % 60 === 0) return p_("short", "%(hours)s h", { hours });
  return p_("short", "%(hours)s h %(minutes)s min", { hours, minutes: minutes % 60 });
};

/**
 * Whole minutes that have passed, rounded down: "under 1 min" in the first minute.
 *
 * @param {string | null} since
 * @param {number} now  ms since 1970
 */
export const passed = (since, now) => {
  const seconds = secondsSince(since, now);
  if (seconds < 60) return p_("short", "under 1 min");
  return brief(Math.floor(seconds / 60) * 60);
};

/** "about 5 min" for somebody who comes now. @param {number | null} seconds */
export const aboutWait = (seconds) =>
  (seconds ?? 0) < 60 ? p_("short", "no wait") : _("about %(wait)s", { wait: brief(seconds ?? 0) });

/** Pauses that the system saw; centres name the others. @type {Record<string, () => string>} */
export const SILENCE_WORDS = {
  silent: () => _("Fell silent"),
  signed_out: () => _("Signed out"),
};
