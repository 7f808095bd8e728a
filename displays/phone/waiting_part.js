/** While the ticket waits: how long, how many, where, and how it will be told. */

import { _, clockTime, n_, textOf } from "../../web/js/i18n.js";
import { html, nothing } from "../../web/js/lit.js";
import { close, closeWait, longest, longestWait, sharedWords, waitAdvice } from "../forecast.js";
import { fact, plate, word } from "./parts.js";

/** @typedef {import("./ticket_page.js").Held} Held */
/** @typedef {import("./phone.js").Phone} Phone */
/** @typedef {import("../forecast.js").Forecast} Forecast */

/** People drawn at most; more are a number. */
const DRAWN = 9;

/** @param {Held} held @param {Phone} phone */
export const waiting = (held, phone) => {
  const advice = waitAdvice(phone.shown);
  return html`
    ${phone.isNear
      ? word("bell", "is-calling", _("It is your turn soon."), _("Please stay within sight of the screens."))
      : nothing}
    ${plate(held, phone.isNear ? "is-near" : "")} ${wait(held, phone)}
    ${advice ? word("warning", "is-calling", advice) : nothing}
    ${held.transactions > 1
      ? word("transfer", "is-serving", _("You were sent on and wait for the next counter."))
      : nothing}
    <div class="card facts">
      ${fact("flag", html`${_("Please wait in")} <strong>${textOf(held.zone)}</strong>`)}
      ${held.now_called
        ? html`<div class="live">${fact("bell", _("Called last: %(number)s, counter %(counter)s", held.now_called))}</div>`
        : nothing}
    </div>
  `;
};

/** @param {Held} held @param {Phone} phone */
const wait = (held, { shown, now }) => html`<div class="card wait live">
  <p class="dim">${_("Expected wait")}</p>
  <p class="figure-value wait-about">${closeWait(shown) || "–"}</p>
  <p class="dim">${[longestWait(shown), clockRange(shown, now)].filter(Boolean).join(" · ")}</p>
  <div class="queue" aria-hidden="true">${queue(held.ahead ?? 0)}</div>
  <p>
    ${held.ahead
      ? n_("%(num)s person before you", "%(num)s people before you", held.ahead)
      : _("Nobody is before you.")}
  </p>
  ${held.shares_counters ? html`<p class="dim">${sharedWords(held)}</p>` : nothing}
</div>`;

/** A drawing of the line: who is before, and oneself at its end. @param {number} ahead */
const queue = (ahead) => html`${ahead > DRAWN ? html`<span class="queue-more">…</span>` : nothing}
  ${Array.from({ length: Math.min(ahead, DRAWN) }, () => html`<i></i>`)}<i class="is-me"></i>`;

/**
 * "09:44 – 10:05": from the likely instant to the latest.
 *
 * @param {Forecast | null} forecast
 * @param {number} now
 */
const clockRange = (forecast, now) => {
  if (forecast?.kind !== "range" || forecast.about_s === null) return "";
  const from = clockTime(now + close(forecast.about_s) * 1_000);
  const to = clockTime(now + (longest(forecast) ?? close(forecast.about_s)) * 1_000);
  return from === to ? _("towards %(time)s", { time: from }) : `${from} – ${to}`;
};
