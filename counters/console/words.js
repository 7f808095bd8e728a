/** Words for values of the views. */

import { _, language, n_, textOf } from "../../web/js/i18n.js";
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
  SILENCES[reason]?.() ?? (textOf(reasons[reason]) || (reason === "break" ? _("Break") : reason));

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

/** "2 × certified copy, if there is one". @param {any} paper */
export const paperNote = ({ kind, copies, is_required }) =>
  [
    copies > 1 ? `${copies} × ${paperWord(kind)}` : paperWord(kind),
    is_required ? "" : _("if there is one"),
  ]
    .filter(Boolean)
    .join(", ");

export const languageWord = (/** @type {string} */ tag) =>
  new Intl.DisplayNames([language], { type: "language" }).of(tag) ?? tag;

export const returnWord = from({
  counter: () => _("At the counter"),
  post: () => _("By post"),
  online: () => _("Online"),
});

/** Why the next one is the next one, by the decisive reason. @param {any} next */
export const whyNext = ({ why, level }) => {
  if (why === "wait" && level === "secondary") return _("Has waited long enough to come before primary work");
  if (why === "wait" && level === "back_up") return _("Has waited so long that this counter helps out");
  return REASONS[why]?.() ?? REASONS.rules();
};

/** @type {Record<string, () => string>} */
const REASONS = {
  drawn: () => _("Several wait alike: one of them is drawn at the call"),
  sent_here: () => _("Another counter has sent somebody here"),
  sent_on: () => _("Was sent on by another counter"),
  priority: () => _("Has priority"),
  appointment: () => _("Has an appointment"),
  not_yet_due: () => _("Nobody else is due yet"),
  level: () => _("Is primary work of this counter"),
  language: () => _("Speaks the language of this counter"),
  length: () => _("Needs little time"),
  urgency: () => _("A shorter wait is promised for it"),
  long_wait: () => _("Has waited very long"),
  line: () => _("Leads a line of short visits"),
  wait: () => _("Has waited longest"),
  series_order: () => _("Numbers of a series are called in order"),
  rules: () => _("By the order of the centre"),
  only_one: () => _("Comes first: no other series waits for this counter"),
};

/**
 * One step of the visit: "Sent on from counter 3: Certification".
 *
 * @param {any} step
 */
export const stepWords = ({ action, counter_number: number, procedure }) =>
  STEPS[action]?.({ number, procedure: textOf(procedure) }) ?? action;

/** @type {Record<string, (values: { number: string, procedure: string }) => string>} */
const STEPS = {
  transfer: (values) => _("Sent on from counter %(number)s, where it was for: %(procedure)s", values),
  mark_no_show: (values) => _("Missed the call to counter %(number)s", values),
  reinstate: () => _("Came back"),
  park: (values) => _("Parked at counter %(number)s", values),
  requeue: (values) => _("Put back to the queue by counter %(number)s", values),
  give_back: (values) => _("Given back by counter %(number)s", values),
  delay: () => _("Let others go first"),
};

/** Why a ticket was given back, as the system writes it. @type {Record<string, () => string>} */
const GIVEN_BACK = {
  "counter paused": () => _("the counter took a break"),
  "counter closed": () => _("the counter closed"),
  "counter left": () => _("the clerk left the counter"),
  "counter fell silent": () => _("the counter fell silent"),
  "clerk signed out": () => _("the clerk signed out"),
  "park time ended": () => _("the time set aside had passed"),
};

/** @param {any} step */
export const stepReason = ({ reason }) => GIVEN_BACK[reason.vi]?.() ?? textOf(reason);

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

/** "8 min", rounded to the nearest minute; never none. @param {number} seconds */
export const minutes = (seconds) =>
  n_("%(num)s minute", "%(num)s minutes", Math.max(1, Math.round(seconds / 60)));
