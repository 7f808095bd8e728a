/**
 * What the holder of a ticket sees, by the ticket's state.
 *
 * @typedef {Record<string, string>} Texts
 * @typedef {import("../forecast.js").Forecast} Forecast
 * @typedef {{ number: string, state: string, centre: Texts, hotline: string, procedure: Texts,
 *   field: Texts, zone: Texts, issued_at: string, ahead: number | null,
 *   forecast: Forecast | null, called: { counter: string, zone: Texts } | null,
 *   called_at: string | null, is_recalled: boolean,
 *   now_called: { number: string, counter: string } | null, transactions: number,
 *   dossiers: number, priority: Texts | null, appointment_at: string | null,
 *   return_by: string | null, parked_until: string | null, outcome: string | null,
 *   can_delay: boolean, can_cancel: boolean }} Held
 * @typedef {import("./phone.js").Phone} Phone
 */

import { icon } from "../../web/js/icons.js";
import { _, clockTime, n_, textOf } from "../../web/js/i18n.js";
import { html, nothing } from "../../web/js/lit.js";
import { close, closeWait, isNear, longestWait, waitAdvice } from "../forecast.js";

/** @param {Phone} phone */
export const ticketPage = (phone) => {
  const { held, isGone } = phone;
  if (isGone || !held) return gone();
  return html`<div class="stack">
    <h1 class="visually-hidden">${_("Your number")} ${held.number}</h1>
    <div class="stack" aria-live="polite">
      ${(STATES[held.state] ?? STATES.completed)(held, phone)}
    </div>
    ${phone.note ? html`<p class="notice note" role="status">${phone.note}</p>` : nothing}
    ${about(held)} ${actions(phone, held)}
    ${held.hotline
      ? html`<p class="small dim">${_("Hotline: %(number)s.", { number: held.hotline })}</p>`
      : nothing}
  </div>`;
};

const gone = () => html`<div class="card stack">
  <h1>${_("This number is not of today")}</h1>
  <p>${_("If you hold a slip of today, reception will help you: your number counts without a phone.")}</p>
</div>`;

/** @param {Held} held */
const plate = (held, tone = "", /** @type {unknown} */ more = nothing) => html`<div
  class="plate ${tone}"
>
  <p>${_("Your number")}</p>
  <p class="ticket-number ticket-number-huge" data-number>${held.number}</p>
  <p>${textOf(held.field)}</p>
  ${more}
</div>`;

/**
 * @param {string} name
 * @param {string} tone
 * @param {string} title
 * @param {string} [advice]
 */
const word = (name, tone, title, advice = "") => html`<div class="notice ${tone}">
  ${icon(name)}
  <div><strong>${title}</strong>${advice ? html`<p>${advice}</p>` : nothing}</div>
</div>`;

/** @param {Held} held @param {Phone} phone */
const waiting = (held, phone) => {
  const { ahead } = held;
  const forecast = phone.shown;
  const advice = waitAdvice(forecast);
  return html`
    ${plate(held)}
    <div class="pair live">
      <div class="card figure">
        <span class="dim">${_("Before you")}</span>
        <span class="figure-value">
          ${ahead ? n_("%(num)s person", "%(num)s people", ahead) : _("nobody")}
        </span>
      </div>
      <div class="card figure">
        <span class="dim">${_("Expected wait")}</span>
        <span class="figure-value figure-words">${closeWait(forecast) || "–"}</span>
        <span class="small dim">${[longestWait(forecast), clockRange(forecast, phone.now)]
          .filter(Boolean)
          .join(" · ")}</span>
      </div>
    </div>
    ${isNear(forecast)
      ? word(
          "bell",
          "is-calling",
          _("It is your turn soon."),
          _("Please stay within sight of the screens."),
        )
      : nothing}
    ${advice ? word("warning", "is-calling", advice) : nothing}
    ${held.transactions > 1
      ? word("transfer", "is-serving", _("You were sent on and wait for the next counter."))
      : nothing}
    <div class="card stack place">
      <p class="with-icon">${icon("flag")}<span>${_("Please wait in")}
        <strong>${textOf(held.zone)}</strong></span></p>
      ${held.now_called
        ? html`<p class="with-icon live">${icon("bell")}<span>
            ${_("Called last: %(number)s, counter %(counter)s", held.now_called)}</span></p>`
        : nothing}
    </div>
    ${phone.hasSound
      ? nothing
      : html`<button class="button button-main button-wide" @click=${phone.listen}>
          ${icon("bell")}${_("Ring when it is my turn")}
        </button>`}
  `;
};

/**
 * "towards 10:50".
 *
 * @param {Forecast | null} forecast
 * @param {number} now
 */
const clockRange = (forecast, now) => {
  if (forecast?.kind !== "range" || forecast.about_s === null) return "";
  const at = now + close(forecast.about_s) * 1_000;
  return _("towards %(time)s", { time: clockTime(at) });
};

/** @param {Held} held */
const called = (held) => html`
  <div class="plate plate-call">
    <p class="call-words">${held.is_recalled ? _("You are called again") : _("It is your turn")}</p>
    <p class="ticket-number" data-number>${held.number}</p>
    <p class="call-counter">${icon("arrow-right")}
      ${_("Counter %(number)s", { number: held.called?.counter ?? "" })}</p>
    <p>${textOf(held.called?.zone)}</p>
  </div>
  ${word("counter", "is-calling", _("Please go to the counter now."), calledAt(held))}
`;

/** @param {Held} held */
const calledAt = ({ called_at }) =>
  called_at ? _("Called at %(time)s.", { time: clockTime(called_at) }) : "";

/** @param {Held} held */
const serving = (held) => html`
  ${plate(held)}
  ${word(
    "counter",
    "is-serving",
    _("You are served at counter %(number)s.", { number: held.called?.counter ?? "" }),
  )}
`;

/** @param {Held} held */
const parked = (held) => html`
  ${plate(held)}
  ${word(
    "pause",
    "is-paused",
    _("Your place at the counter is kept."),
    held.parked_until
      ? _("Please be back by %(time)s; the counter will call you.", {
          time: clockTime(held.parked_until),
        })
      : "",
  )}
`;

/** @param {Held} held @param {Phone} phone */
const missed = (held, phone) => {
  const isInTime = held.return_by !== null && Date.parse(held.return_by) > phone.now;
  return html`
    ${plate(held, "plate-missed")}
    ${isInTime
      ? word(
          "warning",
          "is-calling",
          _("You were called and did not come."),
          _("Come to reception before %(time)s: you keep your place.", {
            time: clockTime(held.return_by ?? 0),
          }),
        )
      : word(
          "warning",
          "is-calling",
          _("You were called and did not come."),
          _("The time to come back is over. Please take a new number."),
        )}
  `;
};

/** @param {Held} held */
const booked = (held) => html`
  ${plate(held)}
  ${word(
    "calendar",
    "is-serving",
    held.appointment_at
      ? _("Your appointment is at %(time)s.", { time: clockTime(held.appointment_at) })
      : _("Your visit is booked."),
    _("Tell reception when you have arrived."),
  )}
`;

/** @param {Held} held */
const completed = (held) => html`
  ${plate(held, "plate-over")}
  ${word(
    "check",
    "is-done",
    _("Thank you for your visit."),
    OUTCOMES[held.outcome ?? ""]?.() ?? "",
  )}
`;

/** @type {Record<string, () => string>} */
const OUTCOMES = {
  dossier_accepted: () => _("Your dossier was accepted. Its code and date are on your receipt."),
  supplement_needed: () => _("Something is missing in your dossier: the counter told you what."),
  refused: () => _("Your dossier could not be accepted: the counter gave you the reason."),
  advice_only: () => _("We hope the advice was of use."),
  result_returned: () => _("You have received your result."),
  filed_online_with_help: () => _("Your dossier was filed online. Follow it on the public portal."),
};

/** @param {Held} held */
const cancelled = (held) => html`
  ${plate(held, "plate-over")}
  ${word(
    "info",
    "is-idle",
    _("This number is cancelled."),
    _("If you still need it, please take a new number."),
  )}
`;

/** @param {Held} held */
const expired = (held) => html`
  ${plate(held, "plate-over")}
  ${word(
    "info",
    "is-idle",
    _("This number is no longer valid."),
    _("If you still need it, please take a new number or ask at reception."),
  )}
`;

/** @type {Record<string, (held: Held, phone: Phone) => unknown>} */
const STATES = {
  booked,
  waiting,
  called,
  serving,
  parked,
  no_show: missed,
  completed,
  cancelled,
  expired,
};

/** @param {Held} held */
const about = (held) => html`<div class="card about">
  <p class="with-icon">${icon("document")}<strong>${textOf(held.procedure)}</strong></p>
  ${held.dossiers > 1
    ? html`<p class="dim">${n_("%(num)s dossier", "%(num)s dossiers", held.dossiers)}</p>`
    : nothing}
  ${held.priority
    ? html`<p class="with-icon dim">${icon("heart")}${textOf(held.priority)}</p>`
    : nothing}
  <p class="dim small">${_("Taken at %(time)s.", { time: clockTime(held.issued_at) })}</p>
</div>`;

/**
 * @param {Phone} phone
 * @param {Held} held
 */
const actions = (phone, held) => {
  if (phone.isCancelling && held.can_cancel) return cancelQuestion(phone);
  return html`<div class="stack actions">
    ${held.can_delay
      ? html`<button class="button button-wide" ?disabled=${phone.isBusy} @click=${phone.delay}>
          ${icon("clock")}${_("Let 3 others go first")}
        </button>`
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
