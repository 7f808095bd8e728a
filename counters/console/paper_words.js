/** What became of paper, honestly: waiting to be printed, printed, kept, not printed and why. */

import { icon } from "../../web/js/icons.js";
import { _, clockTime, day, textOf } from "../../web/js/i18n.js";
import { CONDITIONS, reasonWords, RESULTS } from "../../web/js/printer_words.js";
import { html, nothing } from "../../web/js/templates.js";
import { choose } from "./choose.js";
import { off } from "./actions.js";

/** @typedef {import("./actions.js").Desk} Desk */
/** @typedef {{ path: string, body: object }} Again  a command that prints once more */
/** @typedef {{ result: string, why: string, copy: number, asked_at: string }} PaperState */
/** @typedef {"slip" | "receipt" | "supplement" | "refusal"} Kind */

/** @type {Record<Kind, () => string>} */
const KINDS = {
  slip: () => _("Slip"),
  receipt: () => _("Receipt"),
  supplement: () => _("Request for papers"),
  refusal: () => _("Refusal"),
};

/** @type {Record<string, (paper: any) => string>} */
const DONE = {
  receipt: ({ number, due_at: dueAt }) => `${_("Dossier accepted for %(number)s", { number })} · ${dueWords(dueAt)}`,
  supplement: ({ number }) => _("Papers were asked for from %(number)s", { number }),
  refusal: ({ number }) => _("Dossier refused for %(number)s", { number }),
};

/** What was done, in one line. @param {any} paper */
export const doneWords = (paper) => DONE[paper.kind](paper);

/** @param {string | null} dueAt */
const dueWords = (dueAt) =>
  dueAt
    ? _("Due at %(time)s on %(day)s", { time: clockTime(dueAt), day: day(dueAt) })
    : _("No due time is known");

/** @param {any} paper */
export const detailWords = (paper) => (paper.kind === "receipt" ? dueWords(paper.due_at) : KINDS[/** @type {Kind} */ (paper.kind)]());

/**
 * "Receipt not printed: no paper".
 *
 * @param {Kind} kind
 * @param {PaperState | null} state
 */
const said = (kind, state) => {
  if (!state) return _("%(paper)s not asked for", { paper: KINDS[kind]() });
  const words = _("%(paper)s %(result)s", { paper: KINDS[kind](), result: RESULTS[state.result]().word });
  const why = reasonWords(state.why);
  return why ? `${words}: ${why}` : words;
};

/**
 * @param {Kind} kind
 * @param {PaperState | null} state
 */
export const paperChip = (kind, state) => {
  const { tone, drawing } = state ? RESULTS[state.result]() : { tone: "is-idle", drawing: "minus" };
  const copy = state && state.copy > 1 ? ` · ${_("copy %(number)s", { number: state.copy })}` : "";
  return html`<span class="state small ${tone}">${icon(drawing)}<span>${said(kind, state)}${copy}</span></span>`;
};

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
 * What became of a paper, with its button.
 *
 * @param {Desk} desk
 * @param {any} done
 */
export const paperLine = (desk, done) => html`<span class="row paper-row">
  ${paperChip(done.kind, done.paper)}
  ${done.is_of_today ? printAgain(desk, paperAgain(done), _("Print %(code)s again", done)) : nothing}
</span>`;

/** By the printer that printed it first. @param {any} done @returns {Again} */
const paperAgain = ({ kind, code }) => ({
  path: `/${kind === "receipt" ? "dossiers" : "forms"}/${encodeURIComponent(code)}/reprint`,
  body: {},
});

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
  const { ticket, papers } = view;
  const again = (/** @type {Again} */ { path, body }) => put(path, _("Asked to print again."), body);
  const slips = ticket
    ? [{
        word: _("Slip of %(number)s", ticket),
        detail: said("slip", ticket.slip),
        icon: "ticket",
        do: () => again(slipAgain(view)),
      }]
    : [];
  const done = papers.filter((/** @type {any} */ paper) => paper.is_of_today).map((/** @type {any} */ paper) => ({
    word: `${KINDS[/** @type {Kind} */ (paper.kind)]()} ${paper.code}`,
    detail: `${paper.number} · ${textOf(paper.procedure)} · ${said(paper.kind, paper.paper)}`,
    icon: "document",
    do: () => again(paperAgain(paper)),
  }));
  choose(_("Print again"), [...slips, ...done]);
};

/** The counter's own printer, when somebody has to see to it. @param {Desk} desk */
export const printerNotice = ({ view: { printer } }) => {
  if (!printer) return nothing;
  const { tone, drawing, word, advice } = CONDITIONS[/** @type {import("../../web/js/printer_words.js").Condition} */ (printer.condition)]();
  const other = textOf(printer.stand_in);
  return html`<p class="notice notice-slim ${tone}" role="status">
    ${icon(drawing)}<span><strong>${_("The printer here: %(condition)s", { condition: word })}</strong> ${advice}${other ? html` ${_("%(printer)s prints meanwhile.", { printer: other })}` : nothing}</span>
  </p>`;
};
