/** What people are called by what they may do. */

import { _ } from "./i18n.js";

/** @typedef {"clerk" | "reception" | "manager" | "administrator"} Role */

/** @type {Record<Role, string>} */
export const ROLE_NAMES = {
  clerk: _("Clerk"),
  reception: _("Reception"),
  manager: _("Manager"),
  administrator: _("Administrator"),
};
