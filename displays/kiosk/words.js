/** Sentences of the kiosk that depend on values: terms, papers, opening hours, refusals. */

import { _, clockTime, day, n_, textOf, weekday } from "../../web/js/i18n.js";
import { termTime } from "../../web/js/terms.js";

/**
 * "3 working days". Never a promise where the term was not checked against the official text.
 *
 * @param {import("./state.js").Term} term
 */
export const termWords = (term) => {
  const time = termTime(term);
  const words = term.is_certain ? time : _("usually %(time)s, please ask at the counter", { time });
  const name = textOf(term.case);
  return name ? `${name}: ${words}` : words;
};

/** How a paper is handed in. @param {import("./state.js").Paper} paper */
export const paperWords = ({ kind, copies, is_required }) => {
  const words = [PAPER[kind]?.() ?? ""];
  if (copies > 1) words.push(n_("%(num)s copy", "%(num)s copies", copies));
  if (!is_required) words.push(_("only if you have it"));
  return words.filter(Boolean).join(" · ");
};

/** @type {Record<string, () => string>} */
const PAPER = {
  original: () => _("original"),
  copy: () => _("copy"),
  certified_copy: () => _("certified copy"),
  form: () => _("form, also at the counter"),
  shown: () => _("only to be shown"),
};

/**
 * "13:30", or "07:30, Tuesday, 24/11/2026" when that is not today.
 *
 * @param {string} at
 * @param {number} now
 */
export const moment = (at, now) =>
  day(at) === day(now) ? clockTime(at) : `${clockTime(at)}, ${weekday(at)}`;

/** People who wait. @param {number} waiting */
export const waitingWords = (waiting) =>
  waiting ? n_("%(num)s waiting", "%(num)s waiting", waiting) : _("nobody waiting");

/**
 * Advice to come later, where past days say that it is worth it.
 *
 * @param {string | null} from
 */
export const quieterWords = (from) =>
  from ? _("It is usually shorter after %(time)s.", { time: clockTime(from) }) : "";

/**
 * Why no number can be given, and what to do instead.
 *
 * @param {{ code: string, facts: Record<string, any> }} refusal
 * @param {number} now
 * @returns {{ title: string, advice: string }}
 */
export const refusalWords = ({ code, facts }, now) => {
  switch (code) {
    case "tickets_closed":
      return closedWords(facts.next_at ?? null, now);
    case "field_full":
      return fullWords();
    case "day_refusal":
      return notOpenWords();
    case "too_many_tickets":
      return {
        title: _("You hold as many numbers as one person may take today."),
        advice: _("Your earlier numbers count. If you need another, reception can help."),
      };
    case "procedure_not_offered":
    case "unknown_name":
      return {
        title: _("This procedure is not offered today."),
        advice: _("Please ask at reception."),
      };
    case "unreachable":
    case "store_unavailable":
    case "contended":
    case "clock_off":
      return {
        title: _("The system does not answer at the moment."),
        advice: _("Please try again in a minute, or ask at reception."),
      };
    default:
      return {
        title: _("No number could be given."),
        advice: _("Please ask at reception, somebody will help you."),
      };
  }
};

/**
 * @param {string | null} nextAt
 * @param {number} now
 */
export const closedWords = (nextAt, now) => ({
  title: _("No numbers are given at the moment."),
  advice: nextAt
    ? _("The next numbers are given from %(time)s.", { time: moment(nextAt, now) })
    : _("Please ask the staff for the next opening."),
});

export const notOpenWords = () => ({
  title: _("No numbers are given at the moment."),
  advice: _("The day has not begun in the system. Please ask the staff."),
});

export const fullWords = () => ({
  title: _("All numbers of this field have been given for today."),
  advice: _(
    "Please come back on the next working day, or ask at reception whether it can be done online.",
  ),
});

/** @param {string} words */
export const capital = (words) => words.charAt(0).toLocaleUpperCase() + words.slice(1);

/**
 * Where to wait; "here" where the kiosk stands in the same zone.
 *
 * @param {import("./state.js").Field} field
 * @param {import("./state.js").KioskRow} kiosk
 */
export const zoneWords = (field, kiosk) => {
  const zone = textOf(field.zone);
  return kiosk.zone === field.zone_id ? _("%(zone)s (here)", { zone }) : zone;
};
