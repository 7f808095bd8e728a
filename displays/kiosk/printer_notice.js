/** What a citizen should know of the printer before taking a number, and of paper elsewhere. */

import { boot } from "../../web/js/boot.js";
import { _, textOf } from "../../web/js/i18n.js";
import { icon } from "../../web/js/icons.js";
import { html, nothing } from "../../web/js/templates.js";

/** @typedef {import("../../web/js/printer_words.js").PrinterNotice} PrinterNotice */

/**
 * Said before the number is taken: nobody should wait at a slot from which nothing comes.
 *
 * @param {{ printers?: PrinterNotice[] }} view
 * @param {{ printer?: string | null }} kiosk  its row of the configuration
 */
export const printerNotice = ({ printers = [] }, { printer }) => {
  const own = printers.find(({ id }) => id === (printer || boot.printer));
  if (!own?.is_stopped) return nothing;
  const other = textOf(own.stand_in);
  const words = other
    ? _("The printer here is at rest. Your slip will come out at %(printer)s.", { printer: other })
    : _("The printer cannot print now. Your number is shown on the screen: you may photograph it.");
  return html`<p class="notice is-calling" role="status" data-printer=${own.condition}>
    ${icon("printer")}<span>${words}</span>
  </p>`;
};

/**
 * Where the slip comes out when another printer has taken it over.
 *
 * @param {Record<string, any> | null} held  the view "ticket"
 */
export const slipElsewhere = (held) => {
  const printer = textOf(held?.slip?.printer);
  return printer
    ? html`<p class="with-icon">${icon("printer")}${_("Your slip comes out at %(printer)s.", { printer })}</p>`
    : nothing;
};
