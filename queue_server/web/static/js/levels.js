/** The three levels at which a counter serves something, in the one set of words of all pages. */

import { _ } from "./i18n.js";

/** @typedef {"primary" | "secondary" | "back_up"} Level */

/** Best first. @type {Level[]} */
export const LEVELS = ["primary", "secondary", "back_up"];

/** @type {Record<Level | "none", () => string>} */
export const LEVEL_WORDS = {
  none: () => _("Not served"),
  primary: () => _("Primary"),
  secondary: () => _("Secondary"),
  back_up: () => _("Back-up"),
};
