/** What the server declined, where a clerk is told more than others are. */

import { boot } from "../../web/js/boot.js";
import { _ } from "../../web/js/i18n.js";

/** @param {string} id */
const counterNumber = (id) =>
  boot.catalogue?.counters.find((/** @type {any} */ counter) => counter.id === id)?.number ?? id;

/** @type {import("../../web/js/refusals.js").Sentences} */
export const CLERK_SENTENCES = {
  unreachable: () =>
    _("The server did not answer, so nobody knows whether it was done. Nothing is sent later: the screen shows what holds when the connection is back."),
  counter_not_open: () => _("The counter is not open. Please open it first."),
  counter_taken: ({ facts }) =>
    _("%(name)s is at this counter. Please choose another one.", { name: facts.staff_name }),
  staff_already_at_counter: ({ facts }) =>
    _("You are at counter %(number)s already. Please leave it first.", {
      number: counterNumber(facts.counter),
    }),
  not_at_this_counter: () => _("You are no longer at this counter."),
  nothing_to_undo: () => _("There is nothing to undo any more."),
  day_refusal: () => _("The centre's day is not open."),
};
