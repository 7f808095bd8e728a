/** The number, at once and large, whether or not paper comes; and honestly what became of it. */

import { boot } from "../../web/js/boot.js";
import { icon } from "../../web/js/icons.js";
import { _, n_, textOf } from "../../web/js/i18n.js";
import { html, nothing } from "../../web/js/templates.js";
import { longestWait, sharedWords, shortWait, waitAdvice } from "../forecast.js";
import { slipElsewhere } from "./printer_notice.js";
import { paperPart, slipState } from "./slip_part.js";
import { spelled } from "./spoken_text.js";
import { capital, zoneWords } from "./words.js";

/** @typedef {import("./kiosk.js").Kiosk} Kiosk */

/** @param {Kiosk} kiosk */
export const ticketScreen = (kiosk) => {
  const { ticket, held } = kiosk.visit;
  const { procedure } = kiosk;
  const field = procedure && kiosk.fieldOf(procedure);
  if (!ticket || !procedure || !field) return nothing;
  const slip = slipState(held, kiosk.time.shownFor);
  const advice = waitAdvice(held?.forecast ?? null);
  return html`<div class="ticket">
    <div class="ticket-body" data-scrolls tabindex="0" role="region" aria-label=${_("Your number")}>
    <div class="stub ticket-stub">
      <h1 tabindex="-1" data-stop data-private data-says=${numberWords(kiosk)}>${_("Your number")}</h1>
      <p class="ticket-number ticket-number-huge" data-number>${ticket.number}</p>
      <p class="ticket-procedure">${textOf(procedure.name)}</p>
      <p class="ticket-zone" data-stop>
        <span class="with-icon">${icon("flag")}${_("Please wait in")}</span>
        <strong>${zoneWords(field, kiosk.row)}</strong>
      </p>
    </div>
    <div class="stack ticket-told">
      ${held?.called ? goTo(held.called) : waitIn(held)}
      ${advice ? html`<p class="state is-calling" data-stop>${icon("warning")}<span>${advice}</span></p>` : nothing}
      <div class="ticket-paper">
        ${paperPart(slip)} ${slipElsewhere(held)}
        ${boot.has_phone_page ? code(ticket.id) : nothing}
      </div>
    </div>
    </div>
    ${ending(kiosk)}
  </div>`;
};

/** The whole in one breath, for who listens. @param {Kiosk} kiosk */
export const numberWords = (kiosk) => {
  const { ticket } = kiosk.visit;
  const { procedure } = kiosk;
  const field = procedure && kiosk.fieldOf(procedure);
  const number = spelled(ticket?.number ?? "");
  const zone = field ? zoneWords(field, kiosk.row) : "";
  return _("Your number is %(number)s. Please wait in %(zone)s.", { number, zone });
};

/** @param {Record<string, any> | null} held */
const waitIn = (held) => html`<dl class="ticket-facts live">
  <div data-stop>
    <dt>${icon("people")}${_("Before you")}</dt>
    <dd>
      ${held ? aheadWords(held.ahead) : "…"}
      <span class="dim">${sharedWords(held)}</span>
    </dd>
  </div>
  <div data-stop>
    <dt>${icon("clock")}${_("Expected wait")}</dt>
    <dd>
      ${held ? capital(shortWait(held.forecast)) || "–" : "…"}
      <span class="dim">${longestWait(held?.forecast ?? null)}</span>
    </dd>
  </div>
</dl>`;

/** Called while the number is still on the screen. @param {Record<string, any>} called */
const goTo = (called) => html`<div class="notice is-calling ticket-called" role="status" data-stop>
  ${icon("arrow-right")}
  <div>
    <strong class="message-title">${_("It is your turn")}</strong>
    <p>${_("Please go to counter %(number)s.", { number: called.counter })} ${textOf(called.zone)}</p>
  </div>
</div>`;

/** @param {number | null} ahead */
const aheadWords = (ahead) =>
  capital(ahead ? n_("%(num)s person", "%(num)s people", ahead) : _("nobody"));

/** @param {string} ticket */
const code = (ticket) => html`<figure class="code" data-stop>
  <img src="/t/${ticket}/qr.svg" alt=${_("Code of your number's page")} />
  <figcaption>
    <strong>${_("Scan with your phone to follow your number")}</strong>
    <span class="dim">${_("It tells you when it is nearly your turn; no app is needed.")}</span>
  </figcaption>
</figure>`;

/** The screen closes by itself, says when, and stays for who asks. @param {Kiosk} kiosk */
const ending = (kiosk) => {
  const { left, all } = kiosk.time.left(kiosk.visit.held, kiosk.modes.isSlow);
  const seconds = Math.ceil(left / 1_000);
  return html`<div class="ticket-end">
    <div class="ticket-closing">
      <p id="closing">
        ${n_("This screen closes in %(num)s second.", "This screen closes in %(num)s seconds.", seconds)}
      </p>
      <progress class="meter" aria-labelledby="closing" max=${all} value=${left}></progress>
    </div>
    <button class="button button-large" @click=${kiosk.stay}>${icon("clock")}${_("Show it longer")}</button>
    <button class="button button-main button-large" @click=${kiosk.reset}>
      ${icon("check")}${_("Done")}
    </button>
  </div>`;
};
