/** What became of the slip, in words: printing, printed, not printed and what to do. */

import { icon } from "../../web/js/icons.js";
import { _ } from "../../web/js/i18n.js";
import { html } from "../../web/js/templates.js";

/** How long a printer is given before we say that it does not answer, ms. */
const PRINTER_PATIENCE_MS = 6_000;

/** @typedef {"printing" | "printed" | "failed" | "kept"} SlipState */

/**
 * What became of the slip, in the reader's terms.
 *
 * @param {Record<string, any> | null} held  the view "ticket"
 * @param {number} shownFor  ms since the number is on the screen
 * @returns {SlipState}
 */
export const slipState = (held, shownFor) => {
  switch (held?.slip?.result) {
    case "printed":
      return "printed";
    case "kept":
      return "kept";
    case "unknown":
      return held.slip.detail === "no_status" ? "printed" : "failed"; // nobody will tell more
    case "not_sent":
      return "failed";
    default:
      return shownFor < PRINTER_PATIENCE_MS ? "printing" : "failed";
  }
};

/** Without paper the screen is what is photographed: it shows all that a slip would. @param {SlipState} slip */
export const paperPart = (slip) => {
  const [name, tone, title, advice] = PAPER[slip]();
  return html`<div class="notice paper ${tone}" role="status" data-slip=${slip} data-stop>
      ${icon(name)}
      <div><strong class="message-title">${title}</strong><p>${advice}</p></div>
    </div>`;
};

/** The same as said aloud. @param {SlipState} slip */
export const slipWords = (slip) => PAPER[slip]().slice(2).join(" ");

/** @type {Record<SlipState, () => [string, string, string, string]>} */
const PAPER = {
  printing: () => [
    "printer",
    "is-serving",
    _("Your slip is being printed."),
    _("Your number counts already."),
  ],
  printed: () => [
    "check",
    "is-done",
    _("Please take your slip."),
    _("Listen for your number and watch the screens."),
  ],
  failed: () => [
    "warning",
    "is-calling",
    _("The printer does not answer."),
    _("Please photograph this screen or note the number: it counts without paper."),
  ],
  kept: () => [
    "ticket",
    "is-serving",
    _("There is no paper here."),
    _("Please photograph this screen or note the number: it counts without paper."),
  ],
};
