/** What roles do, kinds of devices, and what is refused only here. */

import { _, duration } from "../../web/js/i18n.js";

/** @typedef {import("../../web/js/roles.js").Role} Role */
/** @typedef {"kiosk" | "board" | "counter_sign" | "rating" | "door" | "printer" | "announcer"} Kind */

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
  rating: { name: _("Rating tablet"), icon: "star" },
  door: { name: _("Door code"), icon: "qr" },
  printer: { name: _("Printer"), icon: "printer" },
  announcer: { name: _("Loudspeaker"), icon: "speaker" },
};

/** @type {import("../../web/js/refusals.js").Sentences} */
export const ACCOUNT_SENTENCES = {
  taken: () => _("Somebody has this user name already."),
  last_administrator: () => _("This is the last administrator. Make somebody else one first."),
  short: () => _("The password is too short: at least 10 characters."),
  repeated: () => _("The password repeats itself. Please choose another one."),
  sequence: () => _("The password is a row of keys. Please choose another one."),
  name: () => _("The password is hardly more than your name. Please choose another one."),
  database_unavailable: () => _("The server does not answer. Please try again."),
  too_many_tries: ({ facts }) => _("Please wait %(time)s.", { time: duration(facts.wait_s) }),
};
