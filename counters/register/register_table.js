/** Lines of the register; on a narrow screen each is a card. */

import { _, clockTime, day } from "../../web/js/i18n.js";
import { icon } from "../../web/js/icons.js";
import { html, nothing, repeat } from "../../web/js/templates.js";
import { handOverChip, procedureName, receiptChip } from "./register_words.js";
import { pdfLink } from "./written_forms.js";

/** @typedef {import("./register_types.js").Entry} Entry */
/** @typedef {(entry: Entry) => void} Act */

/**
 * @param {Entry[]} entries
 * @param {{ caption: string, onPrint: Act, underWay: ReadonlySet<string> }} options
 */
export const registerTable = (entries, { caption, onPrint, underWay }) => html`<div
  class="table-frame"
>
  <table class="table register-table">
    <caption class="visually-hidden">
      ${caption}
    </caption>
    <thead>
      <tr>
        <th scope="col">${_("Dossier")}</th>
        <th scope="col">${_("Number")}</th>
        <th scope="col">${_("Procedure")}</th>
        <th scope="col">${_("Counter")}</th>
        <th scope="col">${_("Received")}</th>
        <th scope="col">${_("Due")}</th>
        <th scope="col">${_("Hand-over")}</th>
        <th scope="col">${_("Receipt")}</th>
      </tr>
    </thead>
    <tbody>
      ${repeat(
        entries,
        ({ code }) => code,
        (entry) => line(entry, onPrint, underWay),
      )}
    </tbody>
  </table>
</div>`;

/**
 * @param {Entry} entry
 * @param {Act} onPrint
 * @param {ReadonlySet<string>} underWay
 */
const line = (entry, onPrint, underWay) => html`<tr
  data-dossier=${entry.code}
  class=${entry.hand_over === "voided" ? "is-void" : nothing}
>
  <th scope="row" class="code">${entry.code}</th>
  <td class="number" data-label=${_("Number")}>${entry.number || "–"}</td>
  <td class="procedure">${procedureName(entry)}</td>
  <td class="figure-cell" data-label=${_("Counter")}>${entry.counter}</td>
  <td class="figure-cell" data-label=${_("Received")}>${clockTime(entry.received_at)}</td>
  <td class="figure-cell" data-label=${_("Due")}>${dueTime(entry)}</td>
  <td data-label=${_("Hand-over")}>${handOverChip(entry)}</td>
  <td data-label=${_("Receipt")}>
    <span class="receipt">${receiptChip(entry)}${sheetLink(entry)}${printButton(entry, onPrint, underWay)}</span>
  </td>
</tr>`;

/** @param {Entry} entry */
export const dueTime = ({ due_at: dueAt }) =>
  dueAt
    ? html`<span class="due">${clockTime(dueAt)} <span class="dim">${day(dueAt)}</span></span>`
    : html`<span class="dim">${_("not known")}</span>`;

/** @param {Entry} entry */
const sheetLink = ({ code, hand_over: handOver }) =>
  handOver === "voided" ? nothing : pdfLink(`dossiers/${code}/receipt.pdf`, code);

/**
 * @param {Entry} entry
 * @param {Act} onPrint
 * @param {ReadonlySet<string>} underWay
 */
const printButton = (entry, onPrint, underWay) => {
  if (entry.is_of_today === false || entry.hand_over === "voided") return nothing;
  const words = entry.copies ? _("Print receipt again") : _("Print receipt");
  return html`<button
    class="button button-quiet button-icon no-print"
    title=${words}
    ?disabled=${underWay.has(`print ${entry.code}`)}
    @click=${() => onPrint(entry)}
  >
    ${icon("printer", `${words}: ${entry.code}`)}
  </button>`;
};
