/** One procedure: what to bring, how long it takes, how many wait; and the button for a number. */

import { icon } from "../../web/js/icons.js";
import { _, textOf } from "../../web/js/i18n.js";
import { html, nothing } from "../../web/js/templates.js";
import { isBusy, longestWait, shortWait, waitAdvice } from "../forecast.js";
import { papersPart } from "./papers_part.js";
import { elsewhere, message } from "./parts.js";
import { printerNotice } from "./printer_notice.js";
import { hours } from "./state.js";
import {
  capital,
  closedWords,
  fullWords,
  notOpenWords,
  quieterWords,
  refusalWords,
  termWords,
  waitingWords,
  zoneWords,
} from "./words.js";

/**
 * @typedef {import("./kiosk.js").Kiosk} Kiosk
 * @typedef {import("./state.js").Procedure} Procedure
 * @typedef {import("./state.js").Field} Field
 * @typedef {import("../forecast.js").Forecast} Forecast
 */

/** @param {Kiosk} kiosk */
export const procedureScreen = (kiosk) => {
  const { procedure } = kiosk;
  const field = procedure && kiosk.fieldOf(procedure);
  if (!procedure || !field) return nothing;
  return html`<div class="procedure">
    <div class="stack procedure-facts" data-scrolls tabindex="0" role="region" aria-labelledby="procedure">
      <div class="procedure-head">
        <p class="procedure-field">
          <span class="badge badge-small" aria-hidden="true">${field.letter}</span>
          ${textOf(field.name)}
        </p>
        <h1 tabindex="-1" id="procedure" data-stop>${textOf(procedure.name)}</h1>
      </div>
      ${papersPart(kiosk, procedure)}
      <div class="facts">${term(procedure)} ${fee(procedure)}</div>
      ${kiosk.canTakeHome
        ? html`<button class="button take-home" @click=${kiosk.takeHome}>
            ${icon("qr")}<span>${_("Take this checklist home on your phone")}</span>
          </button>`
        : nothing}
    </div>
    <div class="stack procedure-take">
      ${isGiven(kiosk, field) ? waiting(kiosk, field, forecastOf(kiosk, procedure, field)) : nothing}
      ${action(kiosk, procedure, field)}
    </div>
  </div>`;
};

/** Whether numbers are given for the field now. @param {Kiosk} kiosk @param {Field} field */
const isGiven = ({ view, now }, field) => hours(view, now).isOpen && !field.is_full;

/** @param {Procedure} procedure */
const term = ({ terms, opens_dossier }) => {
  if (!opens_dossier) return nothing;
  return html`<section class="card stack fact" aria-labelledby="term" data-stop>
    <h2 id="term" class="with-icon">${icon("calendar")}${_("Time until the result")}</h2>
    ${terms.length
      ? terms.map((entry) => html`<p>${capital(termWords(entry))}</p>`)
      : html`<p>${_("Please ask at the counter when the result is due.")}</p>`}
  </section>`;
};

/** @param {Procedure} procedure */
const fee = ({ fee_note, fee_exemption }) => {
  const sentences = [textOf(fee_note), textOf(fee_exemption)].filter(Boolean);
  if (!sentences.length) return nothing;
  return html`<section class="card stack fact" aria-labelledby="fee" data-stop>
    <h2 id="fee" class="with-icon">${icon("coins")}${_("Fee")}</h2>
    ${sentences.map((sentence) => html`<p>${sentence}</p>`)}
  </section>`;
};

/** The procedure's own wait where it differs from its field's. */
const forecastOf = (
  /** @type {Kiosk} */ kiosk,
  /** @type {Procedure} */ procedure,
  /** @type {Field} */ field,
) => kiosk.view.forecasts[procedure.code] ?? field.forecast;

/**
 * @param {Kiosk} kiosk
 * @param {Field} field
 * @param {Forecast | null} forecast
 */
const waiting = (kiosk, field, forecast) => {
  const advice = waitAdvice(forecast);
  const people = field.waiting || !isBusy(forecast) ? waitingWords(field.waiting) : _("counters busy");
  const quieter = quieterWords(field.quieter_from);
  return html`<section class="wait live" aria-labelledby="wait" data-stop>
    <h2 id="wait" class="visually-hidden">${_("Waiting now")}</h2>
    <p class="wait-about">${icon("clock")}<span>${capital(shortWait(forecast) || people)}</span></p>
    <p class="wait-more">${[longestWait(forecast), people].filter(Boolean).join(" · ")}</p>
    <p class="with-icon wait-zone">${icon("flag")}<span>${zoneWords(field, kiosk.row)}</span></p>
    ${quieter ? html`<p class="with-icon quieter">${icon("info")}<span>${quieter}</span></p>` : nothing}
    ${advice ? html`<p class="state is-calling">${icon("warning")}<span>${advice}</span></p>` : nothing}
  </section>`;
};

/**
 * @param {Kiosk} kiosk
 * @param {Procedure} procedure
 * @param {Field} field
 */
const action = (kiosk, procedure, field) => {
  const { view, now, visit } = kiosk;
  const { isOpen, isSession, nextAt } = hours(view, now);
  if (!isOpen) {
    const words = isSession ? notOpenWords() : closedWords(nextAt, now);
    return message("clock", "is-notice", words, elsewhere(kiosk));
  }
  if (field.is_full) return message("info", "is-notice", fullWords(), elsewhere(kiosk));
  return html`
    ${visit.refusal
      ? message("warning", "is-calling", refusalWords(visit.refusal, now), elsewhere(kiosk))
      : nothing}
    ${procedure.opens_dossier && view.most_dossiers > 1 ? dossiers(kiosk) : nothing}
    ${view.priorities.length ? priority(kiosk) : nothing}
    ${printerNotice(view, kiosk.row)}
    <button
      class="button button-call button-take"
      aria-disabled=${visit.isTaking}
      @click=${kiosk.take}
    >
      ${visit.isTaking
        ? html`<span class="spinner"></span>${_("One moment …")}`
        : html`${icon("ticket")}${_("Take a number")}`}
    </button>
  `;
};

/** @param {Kiosk} kiosk */
export const dossiers = (kiosk) => {
  const { dossiers: count } = kiosk.visit;
  const { most_dossiers: most } = kiosk.view;
  return html`<div class="stepper" role="group" aria-labelledby="dossiers">
    <span id="dossiers">${_("Number of dossiers")}</span>
    <button
      class="button button-icon"
      aria-disabled=${count <= 1}
      @click=${() => kiosk.setDossiers(count - 1)}
    >
      ${icon("minus", _("One less"))}
    </button>
    <output class="stepper-value" aria-live="polite" data-stop
      data-says=${`${_("Number of dossiers")}: ${count}`}>${count}</output>
    <button
      class="button button-icon"
      aria-disabled=${count >= most}
      @click=${() => kiosk.setDossiers(count + 1)}
    >
      ${icon("plus", _("One more"))}
    </button>
  </div>`;
};

/** What was declared and how it is proved, or the way to declare it. @param {Kiosk} kiosk */
const priority = (kiosk) => {
  const chosen = kiosk.view.priorities.find(({ id }) => id === kiosk.visit.priority);
  if (!chosen) {
    return html`<button class="button priority-button" @click=${() => kiosk.go("priority")}>
      ${icon("heart")}
      <span class="grow">
        <strong>${_("I am entitled to priority")}</strong>
        <span class="dim">${_("Only if it applies to you")}</span>
      </span>
      ${icon("chevron-right")}
    </button>`;
  }
  const proof = textOf(chosen.proof);
  return html`<div class="priority-chosen is-done" role="group" aria-label=${_("Priority")}>
    <div class="grow" data-stop tabindex="-1">
      <p class="state is-done">${icon("check")}<span>${_("Priority: %(name)s", { name: textOf(chosen.name) })}</span></p>
      ${proof ? html`<p>${_("At the counter: %(paper)s.", { paper: proof })}</p>` : nothing}
    </div>
    <button class="button" @click=${() => kiosk.setPriority("")}>${icon("undo")}${_("Undo")}</button>
  </div>`;
};
