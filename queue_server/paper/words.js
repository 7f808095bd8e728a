/** Names of papers and of their parts. */

import { _, p_ } from "../web/js/i18n.js";

/** @type {Record<string, () => string>} */
export const PAPERS = {
  ticket: () => _("Ticket slip"),
  receipt: () => _("Form 01: receipt"),
  supplement: () => _("Form 02: supplement"),
  refusal: () => _("Form 03: refusal"),
};

/** @type {Record<string, () => string>} */
const PARTS = {
  centre: () => _("Name of the centre"),
  number: () => _("Ticket number"),
  procedure: () => _("Procedure"),
  place: () => _("Counters and zone"),
  wait: () => _("Wait, people ahead"),
  papers: () => _("Papers"),
  code: () => _("QR code"),
  issued: () => _("Date and time"),
  rules: () => _("What to do after a missed call"),
  footer: () => _("Last lines, hotline"),
  person: () => _("Citizen"),
  reason: () => p_("paper", "Reason"),
  basis: () => _("Legal basis"),
  times: () => _("Times"),
  result: () => _("How the result is returned"),
  fee: () => _("Fee"),
  note: () => _("Note"),
  register: () => _("Line for the register"),
  signatures: () => _("Signatures"),
  advice: () => _("What to bring, whom to ask"),
};

/** @param {string} part */
export const partName = (part) => PARTS[part]?.() ?? part;

/** @type {Record<string, () => string>} */
export const SIZES = {
  small: () => p_("letters", "Small"),
  normal: () => p_("letters", "Normal"),
  large: () => p_("letters", "Large"),
};

/** @type {Record<string, () => string>} */
export const PREVIEWS = {
  80: () => _("Roll, 80 mm"),
  58: () => _("Roll, 58 mm"),
  A5: () => _("Sheet, A5"),
  A4: () => _("Sheet, A4"),
};
