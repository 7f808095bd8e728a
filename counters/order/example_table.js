/** The live worked example: who could be called at a counter now, with every term of the claim. */

import { _, clockTimeWithSeconds, number, textOf } from "../../web/js/i18n.js";
import { icon } from "../../web/js/icons.js";
import { LEVEL_WORDS } from "../../web/js/levels.js";
import { html, nothing } from "../../web/js/templates.js";
import { shownNumber } from "../load/words.js";

/**
 * @typedef {import("./order_types.js").Order} Order
 * @typedef {import("./order_types.js").Example} Example
 * @typedef {import("./order_types.js").Claimant} Claimant
 */

/**
 * @param {Order} order
 * @param {Example | null} example
 * @param {{ routing: import("./order_types.js").Routing, isTrial: boolean, choose: (counter: string) => void }} options
 */
export const exampleTable = (order, example, { routing, isTrial, choose }) => html`<section class="card stack" aria-labelledby="example-title">
  <div class="row row-apart">
    <h2 id="example-title" class="card-title">${_("Who would be called now?")}</h2>
    <label class="row"><span class="label">${_("Counter")}</span>
      <select class="input counter-choice" @change=${(/** @type {any} */ { target }) => choose(target.value)}>
        ${order.counters.map(({ id, number: sign }) => html`<option value=${id} .selected=${id === example?.counter}>${sign}</option>`)}
      </select></label>
  </div>
  ${isTrial ? html`<p class="notice notice-slim">${icon("info")}<span>${_("With your changes, which are not saved yet.")}</span></p>` : nothing}
  ${example?.claimants.length ? filled(example, order, routing) : html`<p class="dim">${_("Nobody waits whom this counter may call.")}</p>`}
</section>`;

/**
 * @param {Example} example
 * @param {Order} order
 * @param {import("./order_types.js").Routing} routing  in force, or tried
 */
const filled = (example, order, { strategy }) => html`
  <p>${sentence(example, order)}</p>
  <div class="table-frame" tabindex="0" role="region" aria-label=${_("Candidates of the counter")}>
    <table class="table compact example">
      <thead><tr>
        <th scope="col">${_("Number")}</th>
        <th scope="col" class="is-number">${_("Waited")}</th>
        <th scope="col" class="is-number">${_("Counts as")}</th>
        <th scope="col" class="is-number">× ${_("Level")}</th>
        <th scope="col" class="is-number">× ${_("Length")}</th>
        <th scope="col" class="is-number">× ${_("Urgency")}</th>
        <th scope="col" class="is-number">+ ${strategy === "graded_lines" ? _("Long wait, line") : _("Long wait")}</th>
        <th scope="col" class="is-number">= ${_("Claim")}</th>
      </tr></thead>
      <tbody>${example.claimants.map(row)}</tbody>
    </table>
  </div>
  <p class="small dim">${_("In minutes, as of %(time)s. The largest claim is called; of each series only the first number stands here.", { time: clockTimeWithSeconds(example.at) })}</p>`;

/** @param {Claimant} one */
const row = (one) => html`<tr class=${one.is_first ? "is-first" : ""}>
  <th scope="row">
    <span class="row claimant">${one.is_first ? icon("arrow-right", _("Next")) : nothing}<strong class="number">${shownNumber(one.number)}</strong></span>
    <span class="small dim">${textOf(one.procedure)}</span>
    ${one.line ? html`<span class="small">${lineWords(one)}</span>` : nothing}
  </th>
  ${cell(minutes(one.waited_s))} ${cell(minutes(one.clock_s))}
  <td class="is-number">${number(one.weight)}<br /><span class="small dim">${LEVEL_WORDS[one.level]()}</span></td>
  ${cell(factor(one.length))} ${cell(factor(one.urgency))} ${cell(one.long_wait_s ? minutes(one.long_wait_s) : "–")}
  <td class="is-number"><strong>${minutes(one.claim_s)}</strong></td>
</tr>`;

/** @param {Claimant} one */
const lineWords = ({ line, priority_class }) => {
  if (line === "priority") return _("Priority: %(name)s", { name: textOf(priority_class) });
  return line === "appointment" ? _("Appointment") : _("Sent on by another counter");
};

/** @param {unknown} value */
const cell = (value) => html`<td class="is-number">${value}</td>`;
/** @param {number} seconds */
const minutes = (seconds) => number(Math.round(seconds / 6) / 10);
/** @param {number} value */
const factor = (value) => number(Math.round(value * 100) / 100);

/**
 * @param {Example} example
 * @param {Order} order
 */
const sentence = ({ claimants, equals, counter }, order) => {
  const sign = order.counters.find(({ id }) => id === counter)?.number ?? counter;
  if (equals > 1) {
    const numbers = claimants.slice(0, equals).map(({ number: one }) => one).join(", ");
    return _("Counter %(counter)s would draw one of %(numbers)s.", { counter: sign, numbers });
  }
  return _("Counter %(counter)s would call %(number)s.", { counter: sign, number: claimants[0].number });
};
