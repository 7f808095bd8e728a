/** What the reception can ask the centre to do. */

import { _ } from "../../web/js/i18n.js";
import { post } from "../../web/js/api.js";
import { base, send } from "../load/commands.js";
import { shownNumber } from "../load/words.js";

/** @typedef {{ id: string, number: string }} Ticket */

/**
 * @param {Ticket} ticket
 * @param {string} action
 */
const path = ({ id }, action) => `${base}/tickets/${encodeURIComponent(id)}/${action}`;

/**
 * Give a number.
 *
 * @param {object} wish
 * @returns {Promise<{ ticket: Ticket }>}
 */
export const issueTicket = (wish) => post(`${base}/tickets`, wish);

/**
 * Enter a number that was written by hand.
 *
 * @param {object} entry
 */
export const enterOutageTicket = (entry) => post(`${base}/outage-tickets`, entry);

/** @param {Ticket} ticket */
export const reinstate = (ticket) =>
  send(path(ticket, "reinstate"), {}, _("%(number)s waits again.", named(ticket)));

/** @param {Ticket} ticket */
export const checkIn = (ticket) =>
  send(path(ticket, "check-in"), {}, _("%(number)s has arrived and waits.", named(ticket)));

/** @param {Ticket} ticket */
export const giveBack = (ticket) =>
  send(
    path(ticket, "give-back"),
    { reason: "reception" },
    _("%(number)s waits again.", named(ticket)),
  );

/** @param {Ticket} ticket */
export const delay = (ticket) =>
  send(path(ticket, "delay"), {}, _("%(number)s lets others go first.", named(ticket)));

/**
 * @param {Ticket} ticket
 * @param {string | null} [printer]
 */
export const reprint = (ticket, printer = null) =>
  send(
    path(ticket, "reprint"),
    printer ? { printer } : {},
    _("%(number)s is printed again.", named(ticket)),
  );

/** @param {Ticket} ticket */
export const cancel = (ticket) =>
  send(path(ticket, "cancel"), { reason: "reception" }, _("%(number)s is cancelled.", named(ticket)));

/** @param {Ticket} ticket */
const named = ({ number }) => ({ number: shownNumber(number) });
