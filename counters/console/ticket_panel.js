/** The middle of the console: the ticket at the counter, or what comes next. */

import { _, clockTime, duration, n_, textOf } from "../../web/js/i18n.js";
import { icon } from "../../web/js/icons.js";
import { html, nothing } from "../../web/js/templates.js";
import { automaticCall } from "./automatic_call.js";
import { dueWords, receiptChip } from "./dossier_words.js";
import { nextStep } from "./steps.js";
import { channelWord, elapsed, languageWord, paperWord, pauseWord, termWords } from "./words.js";

/** @typedef {import("./actions.js").Desk} Desk */

/** How long the dossier just opened stays in the middle, ms. */
const JUST_DONE_MS = 120_000;

/** @param {Desk} desk */
export const middle = (desk) => (desk.view.ticket ? ticketPanel(desk) : freePanel(desk));

/** @param {Desk} desk */
const ticketPanel = (desk) => {
  const { ticket } = desk.view;
  const isServing = ticket.state === "serving";
  return html`
    <section class="card panel ${isServing ? "is-serving" : "is-calling"}" aria-labelledby="number">
      <div class="panel-head">
        <div>
          ${stateLine(desk, isServing)}
          <p class="ticket-number panel-number" id="number">${ticket.number}</p>
        </div>
        <div class="panel-procedure">
          <p class="dim">${textOf(ticket.procedure.field)}</p>
          <h2>${textOf(ticket.procedure.name)}</h2>
          <div class="row chips">${chips(ticket)}</div>
          ${desk.why ? html`<p class="small dim panel-why">${icon("info")}${desk.why}</p>` : nothing}
        </div>
      </div>
      ${priority(ticket)}
      <div class="panel-body">
        ${papers(desk)}
        <div class="stack">${terms(ticket)} ${facts(desk)}</div>
      </div>
    </section>
  `;
};

/**
 * @param {Desk} desk
 * @param {boolean} isServing
 */
const stateLine = ({ view: { ticket }, now }, isServing) => html`<p class="state">
  ${icon(isServing ? "person" : "speaker")}
  ${isServing ? _("Serving") : _("Calling")}
  <time class="number">${elapsed(isServing ? ticket.serving_at : ticket.called_at, now)}</time>
</p>`;

/** @param {any} ticket */
const chips = (ticket) => html`
  ${ticket.language === "vi"
    ? nothing
    : html`<span class="chip is-calling">${icon("globe")}${languageWord(ticket.language)}</span>`}
  ${ticket.dossiers > 1
    ? html`<span class="chip is-serving">
        ${icon("documents")}${n_("%(num)s dossier", "%(num)s dossiers", ticket.dossiers)}
      </span>`
    : nothing}
  ${ticket.appointment_at
    ? html`<span class="chip is-serving">
        ${icon("calendar")}${_("Appointment at %(time)s", { time: clockTime(ticket.appointment_at) })}
      </span>`
    : nothing}
  ${ticket.history.was_transferred
    ? html`<span class="chip is-idle">${icon("transfer")}${_("Transferred here")}</span>`
    : nothing}
`;

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

/** @param {Desk} desk */
const papers = ({ view: { ticket }, papers: ticked, tick }) => html`
  <div class="papers">
    <h3>${_("Papers to check")}</h3>
    ${ticket.procedure.papers.length
      ? html`<ul class="stack paper-list">
          ${ticket.procedure.papers.map(
            (/** @type {any} */ paper, /** @type {number} */ place) => html`<li>
              <label class="choice">
                <input
                  type="checkbox"
                  .checked=${ticked.has(place)}
                  @change=${() => tick(place)}
                />
                <span>${textOf(paper.name)} <span class="dim small">${paperNote(paper)}</span></span>
              </label>
            </li>`,
          )}
        </ul>`
      : html`<p class="dim">${_("No checklist is known for this procedure.")}</p>`}
  </div>
`;

/** "2 × certified copy, if there is one". @param {any} paper */
export const paperNote = ({ kind, copies, is_required }) =>
  [
    copies > 1 ? `${copies} × ${paperWord(kind)}` : paperWord(kind),
    is_required ? "" : _("if there is one"),
  ]
    .filter(Boolean)
    .join(", ");

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
const facts = ({ view: { ticket, limits } }) => {
  const { history } = ticket;
  const waited = (Date.parse(ticket.first_called_at ?? ticket.called_at) - Date.parse(ticket.wait_began_at)) / 1000;
  /** @type {[string, string][]} */
  const rows = [
    [_("Waited"), duration(waited)],
    [_("Number taken"), `${clockTime(ticket.issued_at)}, ${channelWord(ticket.channel)}`],
    [_("Calls"), `${history.calls}`],
    ...(history.transactions > 1
      ? [/** @type {[string, string]} */ ([_("Transactions in this visit"), `${history.transactions}`])]
      : []),
    ...(history.delays
      ? [/** @type {[string, string]} */ ([_("Let others go first"), n_("once", "%(num)s times", history.delays)])]
      : []),
  ];
  const isEarly = ticket.state === "called" && history.calls < limits.calls_before_no_show;
  return html`
    <dl class="facts">
      ${rows.map(([word, value]) => html`<dt>${word}</dt><dd class="number">${value}</dd>`)}
    </dl>
    ${isEarly
      ? html`<p class="dim small">
          ${n_("Please call %(num)s time before marking a no-show.", "Please call %(num)s times before marking a no-show.", limits.calls_before_no_show)}
        </p>`
      : nothing}
  `;
};

/** @param {Desk} desk */
const freePanel = (desk) => {
  const { counter, waiting, comes_next, pause_reasons } = desk.view;
  const step = nextStep(desk.view);
  if (step === "open") {
    const isPaused = counter.availability === "paused";
    return html`
      <section class="card panel panel-free ${isPaused ? "is-paused" : "is-idle"}">
        <p class="state state-large">
          ${icon(isPaused ? "pause" : "lock")}${isPaused ? _("On a break") : _("Counter closed")}
          ${isPaused ? html`<time class="number">${elapsed(counter.availability_since, desk.now)}</time>` : nothing}
        </p>
        <h2>
          ${isPaused
            ? pauseWord(counter.pause_reason, pause_reasons)
            : _("You are at this counter. Open it to call numbers.")}
        </h2>
        ${counter.given_back.length
          ? html`<p class="notice notice-slim is-notice">
              ${icon("repeat")}<span>${n_(
                "%(numbers)s waits again",
                "%(numbers)s wait again",
                counter.given_back.length,
                { numbers: counter.given_back.join(", ") },
              )}</span>
            </p>`
          : nothing}
        ${desk.view.is_day_open ? nothing : html`<p class="dim">${_("The centre's day has not been opened yet.")}</p>`}
        <p class="dim">${waitingWords(waiting.total)}</p>
      </section>
    `;
  }
  return html`
    <section class="card panel panel-free is-done">
      ${justDone(desk)}
      <p class="state state-large">${icon("check")}${_("Ready to call")}</p>
      ${comes_next
        ? html`<div>
            <p class="dim">${_("Next: %(field)s", { field: textOf(comes_next.field) })}</p>
            <h2>${textOf(comes_next.procedure)}</h2>
          </div>`
        : html`<h2>${_("Nobody is waiting for this counter")}</h2>`}
      ${comes_next ? html`<p class="dim">${waitingWords(waiting.total)}</p>` : nothing}
      ${automaticCall(desk)}
    </section>
  `;
};

/** @param {number} total */
const waitingWords = (total) =>
  n_("%(num)s number waits that this counter may call", "%(num)s numbers wait that this counter may call", total);

/** @param {Desk} desk */
const justDone = ({ view: { dossiers }, now }) => {
  const [latest] = dossiers;
  if (!latest || now - Date.parse(latest.opened_at) > JUST_DONE_MS) return nothing;
  return html`<div class="notice just-done is-done" id="just-done">
    ${icon("seal")}
    <div>
      <p>${_("Dossier accepted for %(number)s", { number: latest.number })}</p>
      ${dossiers
        .filter((/** @type {any} */ { number }) => number === latest.number)
        .reverse()
        .map((/** @type {any} */ { code }) => html`<p class="dossier-code">${code}</p>`)}
      <p>${dueWords(latest.due_at)} · ${receiptChip(latest)}</p>
    </div>
  </div>`;
};
