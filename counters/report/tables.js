/**
 * The report's tables.
 *
 * @typedef {import("./figures.js").Figures} Figures
 * @typedef {import("./figures.js").Line} Line
 */

import { _, number, percent } from "../../web/js/i18n.js";
import { OUTCOMES } from "../../web/js/outcomes.js";
import { html, nothing } from "../../web/js/templates.js";
import { binName, clockHour, minutes, share } from "./figures.js";

/**
 * @param {string} caption
 * @param {unknown} head
 * @param {unknown} rows
 * @param {string} [kind]
 */
const table = (caption, head, rows, kind = "") => html`<div class="table-frame" tabindex="0" role="region" aria-label=${caption}>
  <table class="table compact ${kind}">
    <caption class="visually-hidden">${caption}</caption>
    <thead>${head}</thead>
    <tbody>${rows}</tbody>
  </table>
</div>`;

/** @param {string} text */
const column = (text) => html`<th scope="col" class="is-number">${text}</th>`;

/** @param {unknown} value */
const cell = (value) => html`<td class="is-number">${value}</td>`;

/**
 * @param {string} caption
 * @param {Line[]} lines
 * @param {(line: Line) => string} named
 * @param {{ hasIssued?: boolean }} [options]
 */
export const groupTable = (caption, lines, named, { hasIssued = true } = {}) =>
  table(
    caption,
    html`<tr>
      <th scope="col">${caption}</th>
      ${hasIssued ? column(_("Issued")) : column(_("Called"))} ${column(_("Served"))} ${column(_("Absent"))}
      ${hasIssued ? html`${column(_("Left"))} ${column(_("Expired"))}` : nothing} ${column(_("Transferred"))}
      ${column(_("Mean wait"))} ${column(_("Median wait"))} ${column(_("Nine of ten"))} ${column(_("Longest"))}
      ${column(_("Within target"))} ${column(_("Serving (mean)"))} ${column(_("Dossiers"))}
      ${hasIssued ? column(_("Estimate error")) : nothing}
    </tr>`,
    lines.map(
      (line) => html`<tr>
        <th scope="row"><span class="label">${line.label}</span> ${named(line) === line.label ? nothing : named(line)}</th>
        ${cell(number(hasIssued ? line.figures.issued : line.figures.called))} ${cells(line.figures, hasIssued)}
      </tr>`,
    ),
    hasIssued ? "groups" : "",
  );

/**
 * @param {Figures} figures
 * @param {boolean} hasIssued
 */
const cells = (figures, hasIssued) => html`
  ${cell(number(figures.served))} ${cell(number(figures.no_shows))}
  ${hasIssued ? html`${cell(number(figures.cancelled))} ${cell(number(figures.expired))}` : nothing}
  ${cell(number(figures.transferred))} ${waits(figures)}
  ${cell(minutes(figures.serving.mean_s))} ${cell(number(figures.dossiers))}
  ${hasIssued ? cell(minutes(figures.estimate_error_s)) : nothing}
`;

/** @param {Figures} figures */
const waits = ({ waiting, service_level }) => html`
  ${cell(minutes(waiting.mean_s))} ${cell(minutes(waiting.p50_s))} ${cell(minutes(waiting.p90_s))}
  ${cell(minutes(waiting.max_s))} ${cell(share(service_level))}
`;

/** @param {import("./figures.js").HourLine[]} hours */
export const hourTable = (hours) =>
  table(
    _("Each hour"),
    html`<tr>
      <th scope="col">${_("From")}</th>
      ${column(_("Issued"))} ${column(_("Called"))} ${column(_("Served"))} ${column(_("Absent"))}
      ${column(_("Median wait"))} ${column(_("Nine of ten"))} ${column(_("Serving (mean)"))}
    </tr>`,
    hours.map(
      ({ hour, figures }) => html`<tr>
        <th scope="row">${clockHour(hour)}</th>
        ${cell(number(figures.issued))} ${cell(number(figures.called))} ${cell(number(figures.served))}
        ${cell(number(figures.no_shows))} ${cell(minutes(figures.waiting.p50_s))}
        ${cell(minutes(figures.waiting.p90_s))} ${cell(minutes(figures.serving.mean_s))}
      </tr>`,
    ),
  );

/**
 * @param {number[]} counts
 * @param {number} bin_s
 */
export const waitTable = (counts, bin_s) => {
  const all = counts.reduce((sum, value) => sum + value, 0);
  return table(
    _("Waiting times"),
    html`<tr>
      <th scope="col">${_("Minutes")}</th>
      ${column(_("People"))} ${column(_("Share"))}
    </tr>`,
    counts.map(
      (count, index) => html`<tr>
        <th scope="row">${binName(index, counts.length, bin_s)}</th>
        ${cell(number(count))} ${cell(all ? percent(count / all) : "–")}
      </tr>`,
    ),
  );
};

/** @param {Figures} totals */
export const outcomeTable = ({ outcomes, served }) =>
  table(
    _("Outcomes"),
    html`<tr>
      <th scope="col">${_("Outcome")}</th>
      ${column(_("Visits"))} ${column(_("Share"))}
    </tr>`,
    ORDER.map(
      (outcome) => html`<tr>
        <th scope="row">${OUTCOMES[outcome]()}</th>
        ${cell(number(outcomes[outcome] ?? 0))} ${cell(served ? percent((outcomes[outcome] ?? 0) / served) : "–")}
      </tr>`,
    ),
  );

/** What was done first, what was not last. */
const ORDER = [
  "dossier_accepted",
  "result_returned",
  "supplement_needed",
  "advice_only",
  "filed_online_with_help",
  "refused",
];

/**
 * What was told at issue against what came, of the day and of each field.
 *
 * @param {{ totals: Figures, fields: Line[] }} report
 */
export const estimateTable = ({ totals, fields }) =>
  table(
    _("Estimates"),
    html`<tr>
      <th scope="col">${_("Field")}</th>
      ${column(_("Estimates"))} ${column(_("Mean error"))} ${column(_("Longer than told by"))}
      ${column(_("Within 5 minutes"))} ${column(_("Nearly right"))} ${column(_("Longest kept"))}
      ${column(_("Over 5 minutes too short"))}
    </tr>`,
    [
      estimateRow(_("All"), totals),
      ...fields
        .filter(({ figures }) => figures.estimates > 0)
        .map(({ label, figures }) => estimateRow(label, figures)),
    ],
  );

/** @param {string} label @param {Figures} figures */
const estimateRow = (label, figures) => html`<tr>
  <th scope="row">${label}</th>
  ${cell(number(figures.estimates))} ${cell(minutes(figures.estimate_error_s))}
  ${cell(minutes(figures.estimate_bias_s))} ${cell(share(figures.estimates_within_5_min))}
  ${cell(share(figures.estimates_within_quarter))} ${cell(share(figures.estimates_at_most_kept))}
  ${cell(share(figures.estimates_too_short))}
</tr>`;

/**
 * @param {import("./figures.js").OutOfOrderCalls[]} calls
 * @param {Line[]} counters
 */
export const outOfOrderTable = (calls, counters) =>
  table(
    _("Called out of order"),
    html`<tr>
      <th scope="col">${_("Staff")}</th>
      <th scope="col">${_("Counter")}</th>
      ${column(_("Calls"))}
    </tr>`,
    calls.map(
      ({ staff, name, counter, count }) => html`<tr>
        <th scope="row">${name || staff || "–"}</th>
        <td>${counters.find(({ id }) => id === counter)?.label ?? counter}</td>
        ${cell(number(count))}
      </tr>`,
    ),
  );
