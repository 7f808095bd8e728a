/** What the server declined, as a sentence for staff in the reader's language. */

import { Refusal } from "./api.js";
import { _ } from "./i18n.js";

/** @typedef {Record<string, (refusal: Refusal) => string>} Sentences  by code, or by its reason */

/**
 * A sentence for a refusal. Anything else is a fault of the page and is thrown on.
 *
 * @param {unknown} error
 * @param {Sentences} [own]  what the page says in words of its own
 * @returns {string}
 */
export const sentenceOf = (error, own = {}) => {
  if (!(error instanceof Refusal)) throw error;
  const { code, facts } = error;
  return (own[facts.reason] ?? own[code] ?? SENTENCES[code] ?? otherwise)(error);
};

/** @param {Refusal} refusal */
const otherwise = ({ detail }) => _("This could not be done: %(detail)s.", { detail });

/** @type {Sentences} */
const SENTENCES = {
  unreachable: () => _("The server does not answer. Please check the network and try again."),
  store_unavailable: () => _("Nothing can be saved at the moment. Please try again."),
  contended: () => _("The server is busy. Please press again."),
  clock_off: () => _("The server's clock is wrong. Please tell the administrator."),
  fault: () => _("Something went wrong on the server. Nothing was changed."),
  not_signed_in: () => _("You are no longer signed in. Please load the page again and sign in."),
  not_allowed: () => _("Your account may not do this."),
  counter_busy: ({ facts }) =>
    _("%(number)s is still at this counter. Please finish that first.", { number: facts.number }),
  counter_idle: () => _("Nobody is called to or served at this counter."),
  counter_not_open: () => _("Nobody works at this counter now."),
  counter_taken: () => _("Somebody else sits at this counter."),
  day_refusal: () => _("The day is already open, or not open any more."),
  tickets_closed: () => _("No numbers are given at this hour."),
  field_full: () => _("All of today's numbers of this field are given out."),
  procedure_not_offered: () => _("This procedure is not offered today."),
  too_many_tickets: () => _("This person already has as many numbers as one may have in a day."),
  too_late: () => _("The time to come back has passed. Please issue a new number."),
  number_taken: () => _("This number was already given today."),
  illegal_action: () => _("That is not possible any more: the number has moved on."),
  unknown_name: () => _("This does not exist any more. Please look again."),
  invalid_value: ({ detail }) => _("Something does not fit: %(detail)s.", { detail }),
};
