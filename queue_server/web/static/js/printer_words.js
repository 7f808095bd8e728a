/** Words for how printers are and what became of paper; for staff, on every page. */

import { _ } from "./i18n.js";

/**
 * @typedef {"ready" | "paper_near_end" | "mute" | "paper_out" | "cover_open" | "cutter" | "error" | "offline" | "unreachable" | "agent_away"} Condition
 * @typedef {{ tone: string, drawing: string, word: string, advice: string }} Said
 * @typedef {{ id: string, name: Record<string, string>, condition: Condition, since: string, is_stopped: boolean, stand_in: Record<string, string> }} PrinterNotice
 */

/** @type {Record<Condition, () => Said>} */
export const CONDITIONS = {
  ready: () => ({ tone: "is-done", drawing: "check", word: _("Ready"), advice: "" }),
  paper_near_end: () => ({
    tone: "is-notice",
    drawing: "warning",
    word: _("The roll is nearly used up"),
    advice: _("Have a new roll at hand."),
  }),
  mute: () => ({
    tone: "is-idle",
    drawing: "info",
    word: _("Tells nothing of itself"),
    advice: _("Nobody but a person can see whether paper came out."),
  }),
  paper_out: () => ({
    tone: "is-danger",
    drawing: "warning",
    word: _("No paper"),
    advice: _("Put in a new roll and close the cover."),
  }),
  cover_open: () => ({
    tone: "is-danger",
    drawing: "warning",
    word: _("The cover is open"),
    advice: _("Close the cover until it clicks."),
  }),
  cutter: () => ({
    tone: "is-danger",
    drawing: "warning",
    word: _("The knife is stuck"),
    advice: _("Switch it off, take out the paper, switch it on."),
  }),
  error: () => ({
    tone: "is-danger",
    drawing: "warning",
    word: _("Paper jam, or too hot"),
    advice: _("Open the cover, take out the paper, let it cool down."),
  }),
  offline: () => ({
    tone: "is-danger",
    drawing: "warning",
    word: _("Not ready to print"),
    advice: _("Look at the lamps of the printer; let go of the feed button."),
  }),
  unreachable: () => ({
    tone: "is-danger",
    drawing: "offline",
    word: _("Cannot be reached"),
    advice: _("Is it switched on, is the cable plugged in?"),
  }),
  agent_away: () => ({
    tone: "is-danger",
    drawing: "offline",
    word: _("Its computer cannot be reached"),
    advice: _("Is the computer of the kiosk switched on?"),
  }),
};

/** Why paper did not come out or may not have. @type {Record<string, () => string>} */
const REASONS = {
  too_old: () => _("it came too late to be of use"),
  connection_lost: () => _("the connection broke while printing"),
  no_answer: () => _("the printer did not confirm it"),
  interrupted: () => _("the program was interrupted"),
  no_status: () => _("handed to the print service, which tells nothing"),
  mute: () => _("the printer tells nothing"),
};

/**
 * The reason in words; empty where there is none.
 *
 * @param {string} detail
 */
export const reasonWords = (detail) => {
  const reason = REASONS[detail];
  if (reason) return reason();
  const condition = CONDITIONS[/** @type {Condition} */ (detail)];
  return condition ? condition().word : "";
};

/** What became of a paper. @type {Record<string, () => { tone: string, drawing: string, word: string }>} */
export const RESULTS = {
  pending: () => ({ tone: "is-idle", drawing: "clock", word: _("waiting to be printed") }),
  sending: () => ({ tone: "is-serving", drawing: "printer", word: _("being printed") }),
  printed: () => ({ tone: "is-done", drawing: "check", word: _("printed") }),
  kept: () => ({ tone: "is-idle", drawing: "document", word: _("kept as a picture") }),
  not_sent: () => ({ tone: "is-danger", drawing: "warning", word: _("not printed") }),
  unknown: () => ({ tone: "is-notice", drawing: "warning", word: _("perhaps not printed") }),
};
