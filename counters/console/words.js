/** Words for values of the views. */

import { _, language, textOf } from "../../web/js/i18n.js";
import { OUTCOMES } from "../../web/js/outcomes.js";
import { termTime } from "../../web/js/terms.js";

/** @typedef {import("../../web/js/i18n.js").Texts} Texts */

/** @param {Record<string, () => string>} words */
const from = (words) => (/** @type {string} */ key) => words[key]?.() ?? key;

export const actionWord = from({
  call: () => _("Call"),
  start_serving: () => _("Start serving"),
  mark_no_show: () => _("No-show"),
  requeue: () => _("Back to the queue"),
  park: () => _("Park"),
  resume: () => _("Call back"),
  transfer: () => _("Transfer"),
  complete: () => _("Finish"),
});

/**
 * Why the counter is on a break: what the system saw, or the centre's own word.
 *
 * @param {string} reason
 * @param {Record<string, Texts>} reasons
 */
export const pauseWord = (reason, reasons) =>
  SILENCES[reason]?.() ?? (textOf(reasons[reason]) || reason);

/** @type {Record<string, () => string>} */
const SILENCES = {
  silent: () => _("This counter fell silent. Open it to go on."),
  signed_out: () => _("The clerk signed out. Open the counter to go on."),
};

export const outcomeWord = from(OUTCOMES);

export const channelWord = from({
  kiosk: () => _("Kiosk"),
  reception: () => _("Reception"),
  phone: () => _("Phone"),
  appointment: () => _("Appointment"),
  outage: () => _("Hand-written number"),
});

export const paperWord = from({
  original: () => _("original"),
  copy: () => _("copy"),
  certified_copy: () => _("certified copy"),
  form: () => _("form"),
  shown: () => _("only to be shown"),
});

export const languageWord = (/** @type {string} */ tag) =>
  new Intl.DisplayNames([language], { type: "language" }).of(tag) ?? tag;

export const receiptWord = from({
  none: () => _("No receipt asked for"),
  pending: () => _("Receipt is printing…"),
  printed: () => _("Receipt printed"),
  kept: () => _("Receipt kept on the server, no printer here"),
  not_sent: () => _("Receipt not printed: the printer does not answer"),
  unknown: () => _("Receipt perhaps not printed: please look at the printer"),
});

export const returnWord = from({
  counter: () => _("At the counter"),
  post: () => _("By post"),
  online: () => _("Online"),
});

/**
 * One case of the term: "3 working days (usually)".
 *
 * @param {{ unit: string, amount: number, case: Texts, is_certain: boolean }} term
 */
export const termWords = (term) => {
  const time = termTime(term);
  const usually = term.is_certain ? time : _("usually %(time)s", { time });
  const when = textOf(term.case);
  return when ? `${when}: ${usually}` : usually;
};

/**
 * "4:05" or "1:02:05".
 *
 * @param {string | null | undefined} since  ISO instant
 * @param {number} now  ms since 1970
 */
export const elapsed = (since, now) => (since ? clock((now - Date.parse(since)) / 1000) : "");

/**
 * Seconds left, rounded up; 0 when it is over.
 *
 * @param {string | null | undefined} until
 * @param {number} now
 */
export const secondsLeft = (until, now) =>
  until ? Math.max(0, Math.ceil((Date.parse(until) - now) / 1000)) : 0;

/** @param {number} seconds */
export const clock = (seconds) => {
  const whole = Math.max(0, Math.floor(seconds));
  const [hours, minutes, rest] = [whole / 3600, (whole / 60) % 60, whole % 60].map(Math.floor);
  const two = (/** @type {number} */ value) => String(value).padStart(2, "0");
  return hours ? `${hours}:${two(minutes)}:${two(rest)}` : `${minutes}:${two(rest)}`;
};
