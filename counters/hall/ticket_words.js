/** Words for states of tickets and of their slips. */

import { _ } from "../../web/js/i18n.js";

/** @typedef {import("./hall_types.js").TicketState} TicketState */
/** @typedef {{ word: string, tone: string, drawing: string }} Said */

/** @type {Record<TicketState, () => Said>} */
export const STATES = {
  booked: () => ({ word: _("Appointment"), tone: "is-idle", drawing: "calendar" }),
  waiting: () => ({ word: _("Waiting"), tone: "is-idle", drawing: "clock" }),
  called: () => ({ word: _("Calling"), tone: "is-calling", drawing: "bell" }),
  serving: () => ({ word: _("Serving"), tone: "is-serving", drawing: "person" }),
  parked: () => ({ word: _("Set aside"), tone: "is-paused", drawing: "pause" }),
  no_show: () => ({ word: _("Missed the call"), tone: "is-danger", drawing: "warning" }),
  completed: () => ({ word: _("Completed"), tone: "is-done", drawing: "check" }),
  cancelled: () => ({ word: _("Cancelled"), tone: "is-idle", drawing: "close" }),
  expired: () => ({ word: _("Expired"), tone: "is-idle", drawing: "close" }),
};

/** @type {Record<string, () => string>} */
export const PRINT_RESULTS = {
  pending: () => _("waiting to be printed"),
  sending: () => _("being printed"),
  printed: () => _("printed"),
  kept: () => _("kept as a picture, there is no printer"),
  not_sent: () => _("not printed"),
  unknown: () => _("perhaps not printed"),
};

/** Kinds of paper, for lists. @type {Record<string, () => string>} */
export const PAPER_KINDS = {
  slip: () => _("slip"),
  receipt: () => _("receipt"),
  supplement: () => _("request for a supplement"),
  refusal: () => _("refusal"),
};
