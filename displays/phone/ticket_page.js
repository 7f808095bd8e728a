/**
 * What the holder of a ticket sees, by the ticket's state.
 *
 * @typedef {Record<string, string>} Texts
 * @typedef {import("../forecast.js").Forecast} Forecast
 * @typedef {import("../../web/js/ratings.js").Score} Score
 * @typedef {{ until: string, score: Score | null,
 *   criteria: import("../rating/faces.js").Criteria }} Rated
 * @typedef {{ number: string, state: string, centre: Texts, hotline: string, code: string,
 *   procedure: Texts, field: Texts, zone: Texts, issued_at: string, ahead: number | null,
 *   shares_counters: boolean, forecast: Forecast | null, called: { counter: string, zone: Texts } | null,
 *   called_at: string | null, is_recalled: boolean,
 *   now_called: { number: string, counter: string } | null, transactions: number,
 *   dossiers: number, priority: Texts | null, appointment_at: string | null,
 *   return_by: string | null, parked_until: string | null, outcome: string | null,
 *   can_delay: boolean, delays_left: number, can_cancel: boolean, rating: Rated | null }} Held
 * @typedef {import("./phone.js").Phone} Phone
 */

import { icon } from "../../web/js/icons.js";
import { _, clockTime, n_, textOf } from "../../web/js/i18n.js";
import { html, nothing } from "../../web/js/lit.js";
import { OTHER_STATES } from "./states_part.js";
import { telling } from "./telling_part.js";
import { waiting } from "./waiting_part.js";

/** @param {Phone} phone */
export const ticketPage = (phone) => {
  const { held, isGone } = phone;
  if (isGone || !held) return gone();
  const part = held.state === "waiting" ? waiting : (OTHER_STATES[held.state] ?? OTHER_STATES.completed);
  return html`<div class="stack">
    <h1 class="visually-hidden">${_("Your number")} ${held.number}</h1>
    <div class="stack" aria-live="polite">${part(held, phone)}</div>
    ${phone.note ? html`<p class="notice note" role="status">${phone.note}</p>` : nothing}
    ${held.state === "waiting" ? telling(phone) : nothing}
    ${IS_OVER.has(held.state) ? nothing : papers(held, phone)} ${actions(phone, held)}
    ${foot(held, phone)}
  </div>`;
};

const IS_OVER = new Set(["completed", "cancelled", "expired"]);

const gone = () => html`<div class="card stack">
  <h1>${_("This number is not of today")}</h1>
  <p>${_("If you hold a slip of today, reception will help you: your number counts without a phone.")}</p>
</div>`;

/** What to have ready; the list itself is fetched when somebody looks. @param {Held} held @param {Phone} phone */
const papers = (held, phone) => html`<details class="card papers" @toggle=${phone.openPapers}>
  <summary class="with-icon">
    ${icon("documents")}<span><strong>${textOf(held.procedure)}</strong>
      <span class="dim small">${_("Papers to have ready")}</span></span>${icon("chevron-right")}
  </summary>
  ${phone.later.papers ? phone.later.papers(phone) : html`<p class="dim">${_("Loading …")}</p>`}
</details>`;

/**
 * @param {Phone} phone
 * @param {Held} held
 */
const actions = (phone, held) => {
  if (phone.isCancelling && held.can_cancel) return cancelQuestion(phone);
  if (!held.can_delay && !held.can_cancel) return nothing;
  return html`<div class="stack actions">
    ${held.can_delay
      ? html`<button class="button button-wide" ?disabled=${phone.isBusy} @click=${phone.delay}>
            ${icon("clock")}${_("Let 3 others go first")}
          </button>
          <p class="small dim hint">
            ${n_("You can do so once more.", "You can do so %(num)s more times.", held.delays_left)}
          </p>`
      : nothing}
    ${held.can_cancel
      ? html`<button
          class="button button-danger button-wide"
          ?disabled=${phone.isBusy}
          @click=${() => phone.askToCancel(true)}
        >
          ${icon("close")}${_("Cancel my number")}
        </button>`
      : nothing}
  </div>`;
};

/** @param {Phone} phone */
const cancelQuestion = (phone) => html`<div class="card stack" role="group" aria-labelledby="sure">
  <h2 id="sure">${_("Give up your number?")}</h2>
  <p>${_("It cannot be taken back; you would need a new number at the end of the queue.")}</p>
  <button class="button button-wide" @click=${() => phone.askToCancel(false)}>
    ${_("No, keep my number")}
  </button>
  <button
    class="button button-danger button-wide"
    ?disabled=${phone.isBusy}
    @click=${phone.cancel}
  >
    ${_("Yes, cancel it")}
  </button>
</div>`;

/** @param {Held} held @param {Phone} phone */
const foot = (held, phone) => html`<div class="small dim foot">
  <p>
    ${_("Taken at %(time)s.", { time: clockTime(held.issued_at) })}
    ${held.dossiers > 1 ? n_("%(num)s dossier", "%(num)s dossiers", held.dossiers) : nothing}
    ${held.priority ? textOf(held.priority) : nothing}
  </p>
  ${held.hotline ? html`<p>${_("Hotline: %(number)s.", { number: held.hotline })}</p>` : nothing}
  <p>${phone.reach === "asking" ? _("Slow connection: this page is brought up to date every 10 seconds.") : _("This page keeps itself up to date.")}</p>
</div>`;
