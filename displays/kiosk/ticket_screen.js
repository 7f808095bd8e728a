/** The number, at once and large, whether or not paper comes; and honestly what became of it. */

import { boot } from "../../web/js/boot.js";
import { icon } from "../../web/js/icons.js";
import { _, n_, textOf } from "../../web/js/i18n.js";
import { html, nothing } from "../../web/js/templates.js";
import { longestWait, shortWait, waitAdvice } from "../forecast.js";
import { slipElsewhere } from "./printer_notice.js";
import { capital } from "./procedure_screen.js";

/** How long a printer is given before we say that it does not answer, ms. */
const PRINTER_PATIENCE_MS = 6_000;

/**
 * What became of the slip, in the reader's terms.
 *
 * @param {Record<string, any> | null} held  the view "ticket"
 * @param {number} shownFor  ms since the number is on the screen
 * @returns {"printing" | "printed" | "failed" | "kept"}
 */
export const slipState = (held, shownFor) => {
  switch (held?.slip?.result) {
    case "printed":
      return "printed";
    case "kept":
      return "kept";
    case "unknown":
      return held.slip.detail === "no_status" ? "printed" : "failed"; // nobody will tell more
    case "not_sent":
      return "failed";
    default:
      return shownFor < PRINTER_PATIENCE_MS ? "printing" : "failed";
  }
};

/**
 * @param {import("./kiosk.js").Kiosk} kiosk
 */
export const ticketScreen = (kiosk) => {
  const { ticket, held } = kiosk.visit;
  const { procedure } = kiosk;
  const field = procedure && kiosk.fieldOf(procedure);
  if (!ticket || !procedure || !field) return nothing;
  const slip = slipState(held, kiosk.shownFor);
  const forecast = held?.forecast ?? null;
  const advice = waitAdvice(forecast);
  return html`<div class="ticket">
    <div class="ticket-shown">
    <h1 tabindex="-1">${_("Your number")}</h1>
    <div class="call-panel ticket-panel">
      <p class="ticket-number ticket-number-huge" data-number>${ticket.number}</p>
      <p class="ticket-procedure">${textOf(procedure.name)}</p>
    </div>
    </div>
    <div class="stack ticket-told">
    ${held?.called ? goTo(held.called) : waitIn(field, held)}
    ${advice ? html`<p class="state is-calling">${icon("warning")}${advice}</p>` : nothing}
    <div class="ticket-paper">
      ${paper(slip)}
      ${slipElsewhere(held)}
      ${slip === "kept" && held ? picture(held.slip.job) : nothing}
      ${boot.has_phone_page ? code(ticket.id) : nothing}
    </div>
    </div>
    <div class="ticket-end">
      <progress
        class="meter"
        max=${kiosk.shownInAll}
        value=${kiosk.shownInAll - kiosk.untouchedFor}
        aria-label=${_("Time until this screen closes")}
      ></progress>
      <button class="button button-main button-large" @click=${kiosk.reset}>
        ${icon("check")}${_("Done")}
      </button>
    </div>
  </div>`;
};

/**
 * @param {import("./state.js").Field} field
 * @param {Record<string, any> | null} held
 */
const waitIn = (field, held) => html`<dl class="ticket-facts live">
  <div>
    <dt>${icon("flag")}${_("Please wait in")}</dt>
    <dd>${textOf(field.zone)}</dd>
  </div>
  <div>
    <dt>${icon("people")}${_("Before you")}</dt>
    <dd>${held ? aheadWords(held.ahead) : "…"}</dd>
  </div>
  <div>
    <dt>${icon("clock")}${_("Expected wait")}</dt>
    <dd>
      ${held ? capital(shortWait(held.forecast)) || "–" : "…"}
      <span class="dim">${longestWait(held?.forecast ?? null)}</span>
    </dd>
  </div>
</dl>`;

/** Called while the number is still on the screen. @param {Record<string, any>} called */
const goTo = (called) => html`<div class="notice is-calling ticket-called" role="status">
  ${icon("arrow-right")}
  <div>
    <strong class="message-title">${_("It is your turn")}</strong>
    <p>${_("Please go to counter %(number)s.", { number: called.counter })} ${textOf(called.zone)}</p>
  </div>
</div>`;

/** @param {number | null} ahead */
const aheadWords = (ahead) =>
  capital(ahead ? n_("%(num)s person", "%(num)s people", ahead) : _("nobody"));

/** @param {ReturnType<typeof slipState>} slip */
const paper = (slip) => {
  const [name, tone, title, advice] = PAPER[slip]();
  return html`<div class="notice paper ${tone}" role="status" data-slip=${slip}>
    ${icon(name)}
    <div><strong class="message-title">${title}</strong><p>${advice}</p></div>
  </div>`;
};

/** @type {Record<ReturnType<typeof slipState>, () => [string, string, string, string]>} */
const PAPER = {
  printing: () => [
    "printer",
    "is-serving",
    _("Your slip is being printed."),
    _("Your number counts already."),
  ],
  printed: () => [
    "check",
    "is-done",
    _("Please take your slip."),
    _("Listen for your number and watch the screens."),
  ],
  failed: () => [
    "warning",
    "is-calling",
    _("The printer does not answer."),
    _("Please photograph this screen or note the number: it counts without paper."),
  ],
  kept: () => [
    "ticket",
    "is-serving",
    _("There is no paper here."),
    _("Please photograph this screen or note the number: it counts without paper."),
  ],
};

/** @param {string} job */
const picture = (job) => html`<img
  class="slip-picture"
  src="/api/v1/centres/${boot.centre}/prints/${job}.png"
  alt=${_("Picture of your slip")}
/>`;

/** @param {string} ticket */
const code = (ticket) => html`<figure class="code">
  <img src="/t/${ticket}/qr.svg" alt=${_("Code of your number's page")} />
  <figcaption>${_("Scan with your phone to follow your number")}</figcaption>
</figure>`;
