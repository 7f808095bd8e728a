/** What the server declined, in words; its own sentence where there is none for the code. */

import { boot } from "../../web/js/boot.js";
import { _ } from "../../web/js/i18n.js";

/** @typedef {import("../../web/js/api.js").Refusal} Refusal */
/** @typedef {Record<string, any>} Facts */

/** @param {Refusal} refusal */
export const sentence = ({ code, detail, facts }) => WORDS[code]?.(facts) ?? detail;

/** @param {string} id */
export const counterNumber = (id) =>
  boot.catalogue?.counters.find((/** @type {any} */ counter) => counter.id === id)?.number ?? id;

/** @type {Record<string, (facts: Facts) => string>} */
const WORDS = {
  counter_busy: ({ number }) =>
    _("%(number)s is still at this counter. Please finish that first.", { number }),
  counter_idle: () => _("Nobody is called to or served at this counter."),
  counter_not_open: () => _("The counter is not open. Please open it first."),
  counter_taken: ({ staff_name }) =>
    _("%(name)s is at this counter. Please choose another one.", { name: staff_name }),
  staff_already_at_counter: ({ counter }) =>
    _("You are at counter %(number)s already. Please leave it first.", {
      number: counterNumber(counter),
    }),
  not_at_this_counter: () => _("You are no longer at this counter."),
  nothing_to_undo: () => _("There is nothing to undo any more."),
  illegal_action: () => _("That is not possible now: the number has moved on."),
  procedure_not_offered: () => _("This procedure is not offered today."),
  too_late: () => _("The time to come back has passed. Please issue a new number."),
  day_refusal: () => _("The centre's day is not open."),
  contended: () => _("The server is busy. Please press again."),
  store_unavailable: () => _("The server cannot save now. Please try again in a moment."),
  clock_off: () => _("The server's clock is wrong. Please call the technician."),
  unreachable: () => _("The server does not answer. Please check the network and try again."),
  not_signed_in: () => _("Your sign-in has ended. Please sign in again."),
  not_allowed: () => _("Your account may not do this."),
  fault: () => _("Something went wrong on the server. Nothing was changed."),
};
