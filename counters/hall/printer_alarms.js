/** One line for each printer that somebody has to see to; it stands above everything else. */

import { _, clockTime, textOf } from "../../web/js/i18n.js";
import { icon } from "../../web/js/icons.js";
import { CONDITIONS } from "../../web/js/printer_words.js";
import { html, nothing } from "../../web/js/templates.js";

/** @typedef {import("../../web/js/printer_words.js").PrinterNotice} PrinterNotice */

/** @param {PrinterNotice[]} printers */
export const printerAlarms = (printers) =>
  printers.length
    ? html`<div role="status">
        <ul class="stack printer-alarms" data-list="printers">
          ${printers.map(alarm)}
        </ul>
      </div>`
    : nothing;

/** @param {PrinterNotice} printer */
const alarm = (printer) => {
  const { tone, drawing, word, advice } = CONDITIONS[printer.condition]();
  const other = textOf(printer.stand_in);
  const meanwhile = !printer.is_stopped
    ? ""
    : other
      ? _("Slips come out at %(printer)s meanwhile.", { printer: other })
      : _("Numbers are shown on the kiosk's screen meanwhile.");
  return html`<li class="notice ${tone}" data-printer=${printer.id}>
    ${icon(drawing)}
    <div>
      <strong>${textOf(printer.name) || printer.id}: ${word}</strong>
      <span class="dim">${_("since %(time)s", { time: clockTime(printer.since) })}</span>
      <div class="small">${advice} ${meanwhile}</div>
    </div>
  </li>`;
};
