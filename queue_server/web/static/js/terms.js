/** How long a procedure takes, in words. */

import { _, n_ } from "./i18n.js";

/** @type {Record<string, (amount: number) => string>} */
const TERMS = {
  hours: (num) => n_("%(num)s working hour", "%(num)s working hours", num),
  working_days: (num) => n_("%(num)s working day", "%(num)s working days", num),
  days: (num) => n_("%(num)s day", "%(num)s days", num),
  months: (num) => n_("%(num)s month", "%(num)s months", num),
  same_day: () => _("within the working day"),
};

/** "3 working days". @param {{ unit: string, amount: number }} term */
export const termTime = ({ unit, amount }) => TERMS[unit]?.(amount) ?? `${amount} ${unit}`;
