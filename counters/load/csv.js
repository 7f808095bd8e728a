/** A table as a file for a spreadsheet. */

import { _ } from "../../web/js/i18n.js";
import { icon } from "../../web/js/icons.js";
import { html } from "../../web/js/templates.js";

/** @typedef {(string | number | null)[]} Row */

/** Spreadsheets would compute what begins so. */
const FORMULA = /^[=+\-@\t\r]/;
/** Without it, spreadsheets take UTF-8 for something else. */
const BYTE_ORDER_MARK = "\ufeff";

/** @param {Row[]} rows  the first are the headings */
export const csvOf = (rows) => rows.map((row) => row.map(cell).join(",")).join("\r\n");

/** @param {string | number | null} value */
const cell = (value) => {
  if (value === null) return "";
  if (typeof value === "number") return String(value);
  const text = FORMULA.test(value) ? `'${value}` : value;
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
};

/**
 * A button that gives the rows as a file.
 *
 * @param {string} name  of the file, without its ending
 * @param {() => Row[]} rows
 */
export const csvButton = (name, rows) =>
  html`<button class="button button-quiet" @click=${() => save(name, csvOf(rows()))}>
    ${icon("lower")}${_("Table as CSV")}
  </button>`;

/**
 * @param {string} name
 * @param {string} text
 */
const save = (name, text) => {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(new Blob([BYTE_ORDER_MARK, text], { type: "text/csv" }));
  link.download = `${name}.csv`;
  link.click();
  URL.revokeObjectURL(link.href);
};
