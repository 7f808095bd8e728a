/** The ticket's other states: called, served, missed, over. */

import { icon } from "../../web/js/icons.js";
import { _, clockTime, duration, textOf } from "../../web/js/i18n.js";
import { html, nothing } from "../../web/js/lit.js";
import { isRinging } from "./alarm.js";
import { fact, plate, word } from "./parts.js";

/** @typedef {import("./ticket_page.js").Held} Held */
/** @typedef {import("./phone.js").Phone} Phone */

/** Letters of "Counter 1" that have room in the largest size. */
const SHORT = 7;

/** @param {Held} held @param {Phone} phone */
export const called = (held, phone) => {
  const where = _("Counter %(number)s", { number: held.called?.counter ?? "" });
  return html`
  <div class="plate plate-call">
    <p class="call-words">${held.is_recalled ? _("You are called again") : _("It is your turn")}</p>
    <p class=${where.length > SHORT ? "call-counter is-long" : "call-counter"}>${icon("arrow-right")} ${where}</p>
    <p class="call-zone">${textOf(held.called?.zone)}</p>
    <p>${_("Your number")} <strong class="call-number" data-number>${held.number}</strong></p>
  </div>
  ${isRinging()
    ? html`<button class="button button-main button-wide" @click=${phone.come}>
        ${icon("check")}${_("I am coming")}
      </button>`
    : nothing}
  ${word(
    "counter",
    "is-calling",
    _("Please go to the counter now."),
    held.called_at ? _("Called at %(time)s.", { time: clockTime(held.called_at) }) : "",
  )}`;
};

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
const missed = (held, { now }) => {
  const left_s = held.return_by ? (Date.parse(held.return_by) - now) / 1_000 : 0;
  return html`
    ${plate(held, "plate-missed")}
    ${word(
      "warning",
      "is-calling",
      _("You were called and did not come."),
      held.called_at ? _("Called at %(time)s.", { time: clockTime(held.called_at) }) : "",
    )}
    ${left_s > 0 ? comeBack(held, left_s) : tooLate()}
  `;
};

/** @param {Held} held @param {number} left_s */
const comeBack = (held, left_s) => html`<div class="card facts">
  <p class="dim">${_("Come back before")}</p>
  <p class="figure-value">${clockTime(held.return_by ?? 0)}</p>
  <p>${_("%(time)s left", { time: duration(left_s) })}</p>
  ${fact("people", _("Go to reception and say your number: %(number)s.", { number: held.number }))}
  ${fact("check", _("You keep the place you had and are called again."))}
</div>`;

const tooLate = () => html`<div class="card facts">
  ${fact("clock", _("The time to come back is over. Please take a new number."))}
</div>`;

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

/** @param {Held} held @param {Phone} phone */
const completed = (held, phone) => html`
  ${plate(held, "plate-over")}
  ${word("check", "is-done", _("Thank you for your visit."), OUTCOMES[held.outcome ?? ""]?.() ?? "")}
  ${phone.later.rating && held.rating ? phone.later.rating(held, phone) : nothing}
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
    _("The day is over, or the time to come back has passed. Please take a new number, or ask at reception."),
  )}
`;

/** @type {Record<string, (held: Held, phone: Phone) => unknown>} */
export const OTHER_STATES = {
  booked,
  called,
  serving,
  parked,
  no_show: missed,
  completed,
  cancelled,
  expired,
};
