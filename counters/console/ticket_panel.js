/** The ticket at the counter: who is called or served, with everything to go by. */

import { _, clockTime, duration, n_, textOf } from "../../web/js/i18n.js";
import { icon } from "../../web/js/icons.js";
import { html, nothing } from "../../web/js/templates.js";
import { gauge } from "./gauge.js";
import { paperChip, printAgain, slipAgain } from "./paper_words.js";
import { checklist } from "./papers_check.js";
import { channelWord, elapsed, languageWord, minutes, stepReason, stepWords, termWords } from "./words.js";

/** @typedef {import("./actions.js").Desk} Desk */

/** @param {Desk} desk */
export const ticketPanel = (desk) => {
  const { ticket } = desk.view;
  const isServing = ticket.state === "serving";
  return html`
    <section class="card panel ${isServing ? "is-serving" : "is-calling"}" aria-labelledby="number">
      <div class="panel-head">
        <div class="panel-who">
          <p class="state">${icon(isServing ? "person" : "speaker")}${isServing ? _("Serving") : _("Calling")}</p>
          <p class="ticket-number panel-number" id="number">${ticket.number}</p>
        </div>
        <div class="panel-procedure">
          <p class="panel-field">${textOf(ticket.procedure.field)}</p>
          <h2>${textOf(ticket.procedure.name)}</h2>
          ${desk.why ? html`<p class="small panel-why">${icon("info")}<span>${desk.why}</span></p>` : nothing}
          <div class="row chips">${chips(desk)}</div>
        </div>
      </div>
      ${instruments(desk, isServing)} ${priority(ticket)}
      <div class="panel-body">
        ${checklist(desk)}
        <div class="stack panel-facts">${terms(ticket)} ${slip(desk)} ${story(ticket)}</div>
      </div>
    </section>
  `;
};

/** @param {Desk} desk */
const chips = ({ view: { ticket }, cardName, forgetName }) => html`
  ${ticket.is_spoken_here
    ? nothing
    : html`<span class="chip is-danger">${icon("globe")}${_("%(language)s is not spoken here", { language: languageWord(ticket.language) })}</span>`}
  ${ticket.dossiers > 1
    ? html`<span class="chip is-serving">${icon("documents")}${n_("%(num)s dossier", "%(num)s dossiers", ticket.dossiers)}</span>`
    : nothing}
  ${ticket.appointment_at
    ? html`<span class="chip is-serving">${icon("calendar")}${_("Appointment at %(time)s", { time: clockTime(ticket.appointment_at) })}</span>`
    : nothing}
  ${cardName
    ? html`<span class="chip is-done chip-name">${icon("id-card")}<span>${_("From the card: %(name)s", { name: cardName })}</span>
        <button class="chip-close" @click=${forgetName}>${icon("close", _("Forget the name"))}</button></span>`
    : nothing}
`;

/**
 * The times of the visit, each against what was promised or is usual.
 *
 * @param {Desk} desk
 * @param {boolean} isServing
 */
const instruments = ({ view: { ticket, limits }, now }, isServing) => {
  const waited = (Date.parse(ticket.first_called_at ?? ticket.called_at) - Date.parse(ticket.wait_began_at)) / 1000;
  const target = ticket.target_waiting_time_s;
  const late = waited - target;
  const served = (now - Date.parse(ticket.serving_at)) / 1000;
  return html`<dl class="instruments">
    <div class="instrument">
      <dt>${_("Waited")}</dt>
      <dd><span class="instrument-value">${duration(Math.max(waited, 0))}</span>${gauge(waited, target)}
        <span class="small ${late > 0 ? "beyond" : "dim"}">${late > 0 ? _("%(time)s over the target", { time: duration(late) }) : _("target %(time)s", { time: duration(target) })}</span></dd>
    </div>
    ${isServing
      ? html`<div class="instrument">
          <dt>${_("At the counter")}</dt>
          <dd><span class="instrument-value number">${elapsed(ticket.serving_at, now)}</span>${gauge(served, ticket.usual_time_s)}
            <span class="small dim">${_("usually %(time)s", { time: minutes(ticket.usual_time_s) })}</span></dd>
        </div>`
      : html`<div class="instrument">
          <dt>${_("Called for")}</dt>
          <dd><span class="instrument-value number">${elapsed(ticket.called_at, now)}</span>${pips(ticket.history.calls, limits.calls_before_no_show)}
            <span class="small dim">${callWords(ticket.history.calls, limits.calls_before_no_show)}</span></dd>
        </div>`}
    <div class="instrument">
      <dt>${_("Language")}</dt>
      <dd><span class="instrument-value instrument-word ${ticket.language === "vi" ? "" : "is-other"}">${languageWord(ticket.language)}</span>
        <span class="small dim">${channelWord(ticket.channel)}</span></dd>
    </div>
    <div class="instrument">
      <dt>${_("Number taken")}</dt>
      <dd><span class="instrument-value number">${clockTime(ticket.issued_at)}</span>
        <span class="small dim">${ticket.history.transactions > 1
          ? _("transaction %(num)s of this visit", { num: ticket.history.transactions })
          : _("first transaction")}</span></dd>
    </div>
  </dl>`;
};

/**
 * One mark for each call, and an empty one for each that is still wanted before a no-show.
 *
 * @param {number} calls
 * @param {number} wanted
 */
const pips = (calls, wanted) => html`<span class="pips" aria-hidden="true">
  ${Array.from({ length: Math.min(Math.max(calls, wanted), 8) }, (_unused, place) => html`<i class=${place < calls ? "is-on" : nothing}></i>`)}
</span>`;

/**
 * @param {number} calls
 * @param {number} wanted
 */
const callWords = (calls, wanted) =>
  calls < wanted
    ? _("call %(calls)s of %(wanted)s before a no-show", { calls, wanted })
    : n_("called once", "called %(num)s times", calls);

/** @param {any} ticket */
const priority = ({ priority: claimed }) =>
  claimed
    ? html`<div class="notice notice-priority">
        ${icon("star")}
        <p>
          <strong>${_("Priority: %(name)s", { name: textOf(claimed.name) })}</strong>
          <span class="dim">${[textOf(claimed.basis), textOf(claimed.proof)].filter(Boolean).join(" · ")}</span>
        </p>
      </div>`
    : nothing;

/** What happened in this visit before. @param {any} ticket */
const story = ({ history }) =>
  history.steps.length
    ? html`<section aria-labelledby="story">
        <h3 id="story">${_("This visit so far")}</h3>
        <ol class="story-list">
          ${history.steps.map(
            (/** @type {any} */ step) => html`<li>
              <time class="number dim">${clockTime(step.at)}</time>
              <span>${stepWords(step)}${stepReason(step) ? html`<span class="dim"> · ${stepReason(step)}</span>` : nothing}</span>
            </li>`,
          )}
        </ol>
      </section>`
    : nothing;

/** @param {any} ticket */
const terms = ({ procedure }) => html`
  <div>
    <h3>${_("Term")}</h3>
    ${procedure.terms.length
      ? procedure.terms.map((/** @type {any} */ term) => html`<p>${termWords(term)}</p>`)
      : html`<p class="dim">${procedure.opens_dossier ? _("Not known here") : _("Ends without a dossier")}</p>`}
  </div>
  ${textOf(procedure.fee_note)
    ? html`<div><h3>${_("Fee")}</h3><p>${textOf(procedure.fee_note)}</p></div>`
    : nothing}
`;

/** @param {Desk} desk */
const slip = (desk) => {
  const { ticket } = desk.view;
  if (!ticket.slip) return nothing;
  return html`<div>
    <h3>${_("Slip")}</h3>
    <p class="row paper-row">${paperChip("slip", ticket.slip)} ${printAgain(desk, slipAgain(desk.view), _("Print the slip of %(number)s again", ticket))}</p>
  </div>`;
};
