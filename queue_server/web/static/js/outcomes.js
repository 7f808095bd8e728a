/** What a visit came to, in words, in the order in which a clerk is offered it. */

import { _ } from "./i18n.js";

/** @type {Record<string, () => string>} */
export const OUTCOMES = {
  dossier_accepted: () => _("Dossier accepted"),
  supplement_needed: () => _("Papers to be supplemented"),
  refused: () => _("Dossier refused"),
  advice_only: () => _("Advice only"),
  result_returned: () => _("Result returned"),
  filed_online_with_help: () => _("Filed online with help"),
};
