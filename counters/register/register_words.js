/** What became of a dossier and of its receipt: word, icon and colour. */

import { boot } from "../../web/js/boot.js";
import { _, textOf } from "../../web/js/i18n.js";
import { icon } from "../../web/js/icons.js";
import { html, nothing } from "../../web/js/templates.js";

/** @typedef {import("./register_types.js").Entry} Entry */
/** @typedef {[colour: string, drawing: string, words: () => string]} Look */

/** @type {Record<string, Look>} */
const HAND_OVERS = {
  held: ["is-idle", "clock", () => _("Just accepted")],
  pending: ["is-serving", "repeat", () => _("Being sent")],
  delivered: ["is-done", "check", () => _("Sent")],
  failed: ["is-danger", "warning", () => _("Not sent")],
  voided: ["is-idle", "close", () => _("Opened by mistake")],
};

/** @type {Record<string, Look>} */
const RECEIPTS = {
  none: ["is-idle", "minus", () => _("None")],
  pending: ["is-serving", "printer", () => _("Printing")],
  printed: ["is-done", "check", () => _("Printed")],
  kept: ["is-idle", "document", () => _("Kept, no printer")],
  not_sent: ["is-danger", "warning", () => _("Not printed")],
  unknown: ["is-notice", "warning", () => _("Perhaps not printed")],
};

/** Of earlier days it is not kept here whether a receipt was printed. */
const NOT_KNOWN = html`<span class="dim">–</span>`;

/** @param {Look} look */
const chip = ([colour, drawing, words]) =>
  html`<span class="chip ${colour}">${icon(drawing)}${words()}</span>`;

/** @param {Entry} entry */
export const handOverChip = ({ hand_over }) => chip(HAND_OVERS[hand_over]);

/** @param {Entry} entry */
export const handOverWord = ({ hand_over }) => HAND_OVERS[hand_over][2]();

/** @param {Entry} entry */
export const receiptChip = ({ receipt = "none", copies = 0, is_of_today: isOfToday = true }) =>
  receipt === "none" && !isOfToday ? NOT_KNOWN : html`${chip(RECEIPTS[receipt])}${copies > 1
    ? html`<span class="dim small">${_("copy %(number)s", { number: copies })}</span>`
    : nothing}`;

/** The procedure as it was called at receipt, else as it is called. @param {Entry} entry */
export const procedureName = ({ procedure, procedure_name }) =>
  procedure_name || textOf(boot.procedures?.[procedure]) || procedure;
