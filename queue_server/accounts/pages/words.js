/** What roles do, kinds of devices, and refusals in the reader's language. */

import { Refusal } from "../../web/js/api.js";
import { _, duration, language } from "../../web/js/i18n.js";

/** @typedef {import("../../web/js/roles.js").Role} Role */
/** @typedef {"kiosk" | "board" | "counter_sign" | "printer"} Kind */
/** @typedef {Record<string, string>} Texts  a text by language */

/** @type {Record<Role, string>} */
export const ROLE_DUTIES = {
  clerk: _("Calls and serves citizens at a counter"),
  reception: _("Gives out tickets and helps in the lobby"),
  manager: _("Sees the load, moves counters, reads reports"),
  administrator: _("Sets up the centre, its staff and devices"),
};

/** @type {Record<Kind, { name: string, icon: string }>} */
export const KINDS = {
  kiosk: { name: _("Kiosk"), icon: "kiosk" },
  board: { name: _("Lobby board"), icon: "screen" },
  counter_sign: { name: _("Counter sign"), icon: "counter" },
  printer: { name: _("Printer"), icon: "printer" },
};

/**
 * The text in the reader's language, else in the first there is.
 *
 * @param {Texts | undefined} texts
 * @param {string} id  what is shown when there is none
 */
export const said = (texts, id) => texts?.[language] ?? Object.values(texts ?? {})[0] ?? id;

/** @type {Record<string, (refusal: Refusal) => string>} */
const REASONS = {
  taken: () => _("Somebody has this user name already."),
  last_administrator: () => _("This is the last administrator. Make somebody else one first."),
  short: () => _("The password is too short: at least 10 characters."),
  repeated: () => _("The password repeats itself. Please choose another one."),
  sequence: () => _("The password is a row of keys. Please choose another one."),
  name: () => _("The password is hardly more than your name. Please choose another one."),
};

/** @type {Record<string, (refusal: Refusal) => string>} */
const CODES = {
  unreachable: () => _("The server does not answer. Please try again."),
  database_unavailable: () => _("The server does not answer. Please try again."),
  not_signed_in: () => _("You are no longer signed in. Please load the page again."),
  not_allowed: () => _("You may not do this."),
  too_many_tries: ({ facts }) => _("Please wait %(time)s.", { time: duration(facts.wait_s) }),
};

/**
 * A refusal as a sentence for people; what is not a refusal is a fault and goes on.
 *
 * @param {unknown} error
 */
export const sentence = (error) => {
  if (!(error instanceof Refusal)) throw error;
  const words = REASONS[error.facts.reason] ?? CODES[error.code];
  return words ? words(error) : error.detail;
};
