/**
 * The report's last part: did every call follow the order? Out-of-order calls, draws, per clerk.
 *
 * @typedef {object} Call
 * @property {string} at
 * @property {string} counter
 * @property {string} clerk
 * @property {string} number
 *
 * @typedef {object} ClerkDraws
 * @property {string} clerk
 * @property {string} name
 * @property {number} calls
 * @property {number} draws
 * @property {number} deviations
 * @property {number} out_of_order
 * @property {number} taken_back
 * @property {number} first_expected
 * @property {number} first_actual
 * @property {number | null} p_value
 *
 * @typedef {object} CallReport
 * @property {string} day
 * @property {"right" | "wrong" | "not_published" | "withheld" | "not_promised"} key
 * @property {string} draw_key_hash
 * @property {string} draw_key
 * @property {number} calls
 * @property {number} draws
 * @property {{ call: Call, kind: string, expected: string | null }[]} deviations
 * @property {(Call & { reason: string })[]} out_of_order
 * @property {Record<string, string>} counters
 * @property {string[]} days
 * @property {ClerkDraws[]} clerks
 */

import { _, clockTime, language, n_, number } from "../../web/js/i18n.js";
import { icon } from "../../web/js/icons.js";
import { html, nothing } from "../../web/js/templates.js";

const UNLIKELY = 0.01;

/**
 * @param {CallReport} report
 * @param {string} address  of the day's report
 */
export const callsPart = (report, address) => html`<section class="stack" aria-labelledby="calls">
  <div class="row row-apart">
    <h2 id="calls">${_("Order of calls")}</h2>
    <a class="button no-print" href="${address}/calls.csv?language=${language}" download>${icon("arrow-down")}${_("Clerks (CSV)")}</a>
  </div>
  ${verdict(report)} ${deviations(report)} ${clerks(report)} ${outOfOrder(report)}
</section>`;

/** @param {CallReport} report */
const verdict = (report) => {
  const isWrong = report.deviations.length > 0 || report.key === "wrong";
  const isWithheld = report.key === "withheld";
  return html`<div class="notice ${isWrong || isWithheld ? "is-danger" : "is-done"}">
    ${icon(isWrong || isWithheld ? "warning" : "check")}
    <div>
      <p><strong>${isWrong
        ? n_("%(num)s call does not follow from the order.", "%(num)s calls do not follow from the order.", Math.max(report.deviations.length, 1))
        : isWithheld
          ? _("No draw of this day can be repeated.")
          : _("Every call by the rules follows from the order.")}</strong></p>
      <p>${n_("%(num)s call by the rules, %(draws)s of them drawn among equals.", "%(num)s calls by the rules, %(draws)s of them drawn among equals.", report.calls, { draws: number(report.draws) })}
        ${KEYS[report.key]()}</p>
    </div>
  </div>`;
};

const KEYS = {
  right: () => _("The key published at closing is the one promised at opening."),
  wrong: () => _("The key published at closing is not the one promised at opening!"),
  not_published: () => _("The key is published when the day is closed; then every draw is repeated here."),
  withheld: () => _("The key promised at opening was not published at closing!"),
  not_promised: () => "",
};

/** @type {Record<string, () => string>} */
const DEVIATIONS = {
  wrong_draw: () => _("the key draws another number"),
  wrong_equals: () => _("drawn from more or fewer than are equal"),
  not_best: () => _("not the largest claim"),
  not_compared: () => _("called with nobody compared"),
};

/** @param {CallReport} report */
const deviations = ({ deviations: found, counters, clerks: known }) =>
  found.length
    ? html`<ul class="stack">
        ${found.map(
          ({ call, kind, expected }) => html`<li>
            <time class="number">${clockTime(call.at)}</time> · <strong>${call.number}</strong> ·
            ${_("counter %(number)s", { number: counters[call.counter] ?? call.counter })}, ${nameOf(call.clerk, known)}:
            ${DEVIATIONS[kind]?.() ?? kind}${expected ? ` (${_("expected %(number)s", { number: expected })})` : ""}
          </li>`,
        )}
      </ul>`
    : nothing;

/**
 * @param {string} clerk
 * @param {ClerkDraws[]} clerks
 */
const nameOf = (clerk, clerks) => clerks.find((one) => one.clerk === clerk)?.name || clerk;

/** @param {CallReport} report */
const clerks = (report) => html`<div class="table-frame" tabindex="0" role="region" aria-label=${_("Calls per clerk")}>
    <table class="table compact">
      <caption class="visually-hidden">${_("Calls per clerk")}</caption>
      <thead><tr>
        <th scope="col">${_("Clerk")}</th>
        ${column(_("Calls by the rules"))} ${column(_("Drawn"))} ${column(_("Deviating"))}
        ${column(_("Out of order"))} ${column(_("Taken back"))} ${column(_("First of the equals"))} ${column(_("Chance"))}
      </tr></thead>
      <tbody>
        ${report.clerks.map(
          (one) => html`<tr>
            <th scope="row">${one.name || one.clerk || "–"}</th>
            ${cell(number(one.calls))} ${cell(number(one.draws))}
            ${cell(one.deviations ? html`<strong class="error">${icon("warning")}${number(one.deviations)}</strong>` : "0")}
            ${cell(number(one.out_of_order))} ${cell(number(one.taken_back))}
            ${cell(one.draws ? _("%(actual)s, expected %(expected)s", { actual: number(one.first_actual), expected: number(Math.round(one.first_expected * 10) / 10) }) : "–")}
            ${cell(chance(one.p_value))}
          </tr>`,
        )}
      </tbody>
    </table>
  </div>
  <p class="small dim">${n_("Over the last opened day.", "Over the last %(num)s opened days.", report.days.length)}
    ${_("Taken back: calls that were undone or put back. Chance: how likely places at least so uneven are, if all was drawn (chi-square); below 1 in 100, look closer.")}</p>`;

/** @param {number | null} p_value */
const chance = (p_value) => {
  if (p_value === null) return html`<span class="dim">${_("too few")}</span>`;
  const text = p_value < 0.001 ? "< 0.001" : number(Math.round(p_value * 1000) / 1000);
  return p_value < UNLIKELY ? html`<strong class="error">${icon("warning")}${text}</strong>` : text;
};

/** @param {CallReport} report */
const outOfOrder = ({ out_of_order, counters, clerks: known }) =>
  out_of_order.length
    ? html`<h3>${_("Called out of order")}</h3>
        <div class="table-frame" tabindex="0" role="region" aria-label=${_("Called out of order")}>
          <table class="table compact">
            <thead><tr><th scope="col">${_("Time")}</th><th scope="col">${_("Number")}</th><th scope="col">${_("Counter")}</th><th scope="col">${_("Clerk")}</th><th scope="col">${_("Reason")}</th></tr></thead>
            <tbody>
              ${out_of_order.map(
                (call) => html`<tr>
                  <td>${clockTime(call.at)}</td><th scope="row">${call.number}</th>
                  <td>${counters[call.counter] ?? call.counter}</td><td>${nameOf(call.clerk, known)}</td><td>${call.reason}</td>
                </tr>`,
              )}
            </tbody>
          </table>
        </div>`
    : nothing;

/** @param {string} text */
const column = (text) => html`<th scope="col" class="is-number">${text}</th>`;
/** @param {unknown} value */
const cell = (value) => html`<td class="is-number">${value}</td>`;
