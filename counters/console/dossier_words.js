/** A dossier that was accepted: when it is due, and how its receipt is. */

import { icon } from "../../web/js/icons.js";
import { _, clockTime, day } from "../../web/js/i18n.js";
import { html } from "../../web/js/templates.js";
import { receiptWord } from "./words.js";

/** @param {string | null} dueAt */
export const dueWords = (dueAt) =>
  dueAt
    ? _("Due at %(time)s on %(day)s", { time: clockTime(dueAt), day: day(dueAt) })
    : _("No due time is known");

/** @type {Record<string, [string, string]>} */
const RECEIPTS = {
  none: ["is-idle", "document"],
  pending: ["is-serving", "printer"],
  printed: ["is-done", "check"],
  kept: ["is-idle", "document"],
  not_sent: ["is-danger", "warning"],
  unknown: ["is-notice", "warning"],
};

/** @param {any} dossier */
export const receiptChip = ({ receipt }) => {
  const [colour, drawing] = RECEIPTS[receipt] ?? RECEIPTS.unknown;
  return html`<span class="state small ${colour}">${icon(drawing)}${receiptWord(receipt)}</span>`;
};
