/** Why something was not printed, or perhaps not, as whoever stands beside the printer says it. */

import { _ } from "./i18n.js";

/** By the names of `printers.printer_status.Trouble`. @type {Record<string, () => string>} */
const TROUBLES = {
  unreachable: () => _("the printer does not answer"),
  paper_out: () => _("the printer is out of paper"),
  cover_open: () => _("the printer's cover is open"),
  error: () => _("the printer reports a fault"),
  offline: () => _("the printer is off line"),
  connection_lost: () => _("the connection to the printer was lost"),
  no_answer: () => _("the printer did not confirm it"),
  mute: () => _("this printer never confirms anything"),
  interrupted: () => _("the server was stopped while printing"),
  too_old: () => _("it came too late to be of use"),
};

/** Empty where nothing is known. @param {string} name */
export const troubleWords = (name) => TROUBLES[name]?.() ?? "";
