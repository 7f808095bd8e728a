/** What became of paper, honestly: waiting to be printed, printed, kept, not printed and why. */

import { icon } from "../../web/js/icons.js";
import { _, clockTime, day, textOf } from "../../web/js/i18n.js";
import { troubleWords } from "../../web/js/printer_troubles.js";
import { html, nothing } from "../../web/js/templates.js";
import { choose } from "./choose.js";
import { off } from "./actions.js";

/** @typedef {import("./actions.js").Desk} Desk */
/** @typedef {{ path: string, body: object }} Again  a command that prints once more */
/** @typedef {{ result: string, why: string, copy: number, asked_at: string, printer: Record<string, string> }} PaperState */

/** @param {string | null} dueAt */
export const dueWords = (dueAt) =>
  dueAt
    ? _("Due at %(time)s on %(day)s", { time: clockTime(dueAt), day: day(dueAt) })
    : _("No due time is known");

/** @type {Record<string, [string, string]>} */
const LOOKS = {
  none: ["is-idle", "document"],
  pending: ["is-serving", "printer"],
  printed: ["is-done", "check"],
  kept: ["is-idle", "document"],
  not_sent: ["is-danger", "warning"],
  unknown: ["is-notice", "warning"],
};

/** @type {Record<string, () => string>} */
const RECEIPT = {
  none: () => _("No receipt asked for"),
  pending: () => _("Receipt is waiting to be printed…"),
  printed: () => _("Receipt printed"),
  kept: () => _("Receipt kept on the server, no printer here"),
  not_sent: () => _("Receipt not printed"),
  unknown: () => _("Receipt perhaps not printed: please look at the printer"),
};

/** @type {Record<string, () => string>} */
const SLIP = {
  none: () => _("No slip asked for"),
  pending: () => _("Slip is waiting to be printed…"),
  printed: () => _("Slip printed"),
  kept: () => _("Slip kept on the server, no printer there"),
  not_sent: () => _("Slip not printed"),
  unknown: () => _("Slip perhaps not printed: please look at the printer"),
};

/**
 * "Receipt not printed: the printer is out of paper".
 *
 * @param {PaperState | null} state
 * @param {Record<string, () => string>} words
 */
const said = (state, words) => {
  const word = words[state?.result ?? "none"]();
  const why = state && troubleWords(state.why);
  return why ? `${word}: ${why}` : word;
};

/** @param {PaperState | null} state */
export const receiptWords = (state) => said(state, RECEIPT);

/**
 * @param {PaperState | null} state
 * @param {Record<string, () => string>} words
 */
const chip = (state, words) => {
  const [colour, drawing] = LOOKS[state?.result ?? "none"];
  const copy = state && state.copy > 1 ? ` · ${_("copy %(number)s", { number: state.copy })}` : "";
  return html`<span class="state small ${colour}">${icon(drawing)}<span>${said(state, words)}${copy}</span></span>`;
};

/** @param {PaperState | null} state */
export const slipChip = (state) => chip(state, SLIP);

/**
 * @param {Desk} desk
 * @param {Again} again
 * @param {string} label
 */
export const printAgain = (desk, { path, body }, label) => html`<button
  class="button button-quiet button-icon" title=${label} aria-disabled=${off(desk)}
  @click=${() => desk.put(path, _("Asked to print again."), body)}
>
  ${icon("printer", label)}
</button>`;

/**
 * A dossier's receipt with its button.
 *
 * @param {Desk} desk
 * @param {any} dossier
 */
export const receiptLine = (desk, dossier) => html`<span class="row paper-row">
  ${chip(dossier.receipt, RECEIPT)}
  ${dossier.is_of_today ? printAgain(desk, receiptAgain(dossier), _("Print the receipt of %(code)s again", dossier)) : nothing}
</span>`;

/** By the printer that printed it first. @param {any} dossier @returns {Again} */
const receiptAgain = ({ code }) => ({ path: `/dossiers/${encodeURIComponent(code)}/reprint`, body: {} });

/** By the counter's own printer, where there is one. @param {any} view @returns {Again} */
export const slipAgain = ({ ticket, counter }) => ({
  path: `/tickets/${ticket.id}/reprint`,
  body: counter.printer ? { printer: counter.printer } : {},
});

/**
 * Choose among what can be printed again.
 *
 * @param {any} view
 * @param {Desk["put"]} put
 */
export const askPaper = (view, put) => {
  const { ticket, dossiers } = view;
  const again = (/** @type {Again} */ { path, body }) => put(path, _("Asked to print again."), body);
  const slips = ticket
    ? [{
        word: _("Slip of %(number)s", ticket),
        detail: said(ticket.slip, SLIP),
        icon: "ticket",
        do: () => again(slipAgain(view)),
      }]
    : [];
  const receipts = dossiers.filter((/** @type {any} */ dossier) => dossier.is_of_today).map((/** @type {any} */ dossier) => ({
    word: _("Receipt %(code)s", dossier),
    detail: `${dossier.number} · ${textOf(dossier.procedure)} · ${said(dossier.receipt, RECEIPT)}`,
    icon: "document",
    do: () => again(receiptAgain(dossier)),
  }));
  choose(_("Print again"), [...slips, ...receipts]);
};
