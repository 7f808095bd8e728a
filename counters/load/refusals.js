/** What the server declined, in the reader's words; used by the pages of managers and reception. */

import { Refusal } from "../../web/js/api.js";
import { _ } from "../../web/js/i18n.js";

/**
 * A sentence for a refusal. Anything else is a fault of the page and is thrown on.
 *
 * @param {unknown} error
 * @returns {string}
 */
export const sentenceOf = (error) => {
  if (!(error instanceof Refusal)) throw error;
  return (WORDS[error.code] ?? otherwise)(error);
};

/** @param {Refusal} refusal */
const otherwise = ({ detail }) => _("This could not be done: %(detail)s.", { detail });

/** @type {Record<string, (refusal: Refusal) => string>} */
const WORDS = {
  unreachable: () => _("The server does not answer. Please try again."),
  store_unavailable: () => _("Nothing can be saved at the moment. Please try again."),
  contended: () => _("Somebody else was faster. Please try again."),
  clock_off: () => _("The server's clock is wrong. Please tell the administrator."),
  not_signed_in: () => _("You are no longer signed in. Please load the page again and sign in."),
  not_allowed: () => _("Your account may not do this."),
  counter_busy: () => _("Somebody is being served there. Please finish that first."),
  counter_not_open: () => _("Nobody works at this counter now."),
  counter_taken: () => _("Somebody else sits at this counter."),
  day_refusal: () => _("The day is already open, or not open any more."),
  tickets_closed: () => _("No numbers are given at this hour."),
  field_full: () => _("All of today's numbers of this field are given out."),
  procedure_not_offered: () => _("This procedure is not offered today."),
  too_many_tickets: () => _("This person already has as many numbers as one may have in a day."),
  too_late: () => _("The time to come back is over. Please give a new number."),
  number_taken: () => _("This number was already given today."),
  illegal_action: () => _("That is not possible any more: the number has moved on."),
  unknown_name: () => _("This does not exist any more. Please look again."),
  invalid_value: ({ detail }) => _("Something does not fit: %(detail)s.", { detail }),
};
