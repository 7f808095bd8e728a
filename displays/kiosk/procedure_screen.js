/** One procedure: what to bring, how long it takes, how many wait; and the button for a number. */

import { icon } from "../../web/js/icons.js";
import { _, textOf } from "../../web/js/i18n.js";
import { html, nothing } from "../../web/js/templates.js";
import { isBusy, longestWait, shortWait, waitAdvice } from "../forecast.js";
import { message } from "./parts.js";
import { printerNotice } from "./printer_notice.js";
import { hours } from "./state.js";
import {
  closedWords,
  fullWords,
  notOpenWords,
  paperWords,
  quieterWords,
  refusalWords,
  termWords,
  waitingWords,
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
    <div class="stack procedure-facts" data-scrolls tabindex="0">
      <div class="stack procedure-head">
        <p class="procedure-field">
          <span class="badge badge-small" aria-hidden="true">${field.letter}</span>
          ${textOf(field.name)}
        </p>
        <h1 tabindex="-1">${textOf(procedure.name)}</h1>
      </div>
      ${papers(procedure)}
      <div class="facts">${term(procedure)} ${fee(procedure)}</div>
    </div>
    <div class="stack procedure-take">${waiting(field, forecastOf(kiosk, procedure, field))} ${action(kiosk, procedure, field)}</div>
  </div>`;
};

/** @param {Procedure} procedure */
const papers = ({ papers: list, opens_dossier }) => {
  if (!list.length && !opens_dossier) return nothing;
  return html`<section class="card stack" aria-labelledby="papers">
    <h2 id="papers" class="with-icon">${icon("documents")}${_("Please have ready")}</h2>
    ${list.length
      ? html`<ul class="papers">
          ${list.map(
            (paper) => html`<li>
              ${icon("check")}
              <span>
                <strong>${textOf(paper.name)}</strong>
                <span class="dim">${paperWords(paper)}</span>
              </span>
            </li>`,
          )}
        </ul>`
      : html`<p>${_("The staff at the counter will tell you which papers are needed.")}</p>`}
  </section>`;
};

/** @param {Procedure} procedure */
const term = ({ terms, opens_dossier }) => {
  if (!opens_dossier) return nothing;
  return html`<section class="card stack fact" aria-labelledby="term">
    <h2 id="term" class="with-icon">${icon("calendar")}${_("Time until the result")}</h2>
    ${terms.length
      ? terms.map((entry) => html`<p>${capital(termWords(entry))}</p>`)
      : html`<p>${_("Please ask at the counter when the result is due.")}</p>`}
  </section>`;
};

/** @param {Procedure} procedure */
const fee = ({ fee_note }) => {
  const note = textOf(fee_note);
  if (!note) return nothing;
  return html`<section class="card stack fact" aria-labelledby="fee">
    <h2 id="fee" class="with-icon">${icon("coins")}${_("Fee")}</h2>
    <p>${note}</p>
  </section>`;
};

/** The procedure's own wait where it differs from its field's. */
const forecastOf = (
  /** @type {Kiosk} */ kiosk,
  /** @type {Procedure} */ procedure,
  /** @type {Field} */ field,
) => kiosk.view.forecasts[procedure.code] ?? field.forecast;

/** @param {Field} field @param {Forecast | null} forecast */
const waiting = (field, forecast) => {
  const advice = waitAdvice(forecast);
  const people = field.waiting || !isBusy(forecast) ? waitingWords(field.waiting) : _("counters busy");
  const quieter = quieterWords(field.quieter_from);
  return html`<section class="card stack wait live" aria-labelledby="wait">
    <h2 id="wait" class="with-icon">${icon("clock")}${_("Waiting now")}</h2>
    <p class="wait-about">${capital(shortWait(forecast) || people)}</p>
    <p>${[longestWait(forecast), people].filter(Boolean).join(" · ")}</p>
    ${quieter ? html`<p class="with-icon quieter">${icon("info")}${quieter}</p>` : nothing}
    ${advice ? html`<p class="state is-calling">${icon("warning")}${advice}</p>` : nothing}
    <p class="with-icon">${icon("flag")}${textOf(field.zone)}</p>
  </section>`;
};

/** @param {string} words */
export const capital = (words) => words.charAt(0).toLocaleUpperCase() + words.slice(1);

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
    ${printerNotice(view)}
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

/**
 * What can be done instead: ask the help desk, or call.
 *
 * @param {Kiosk} kiosk
 */
const elsewhere = ({ view }) =>
  view.hotline
    ? html`<p class="with-icon grow">
        ${icon("phone")}${_("Hotline: %(number)s.", { number: view.hotline })}
      </p>`
    : nothing;

/** @param {Kiosk} kiosk */
const dossiers = (kiosk) => {
  const { dossiers: count } = kiosk.visit;
  const { most_dossiers: most } = kiosk.view;
  return html`<div class="stepper" role="group" aria-labelledby="dossiers">
    <span id="dossiers">${_("Number of dossiers")}</span>
    <button
      class="button button-icon"
      ?disabled=${count <= 1}
      @click=${() => kiosk.setDossiers(count - 1)}
    >
      ${icon("minus", _("One less"))}
    </button>
    <output class="stepper-value" aria-live="polite">${count}</output>
    <button
      class="button button-icon"
      ?disabled=${count >= most}
      @click=${() => kiosk.setDossiers(count + 1)}
    >
      ${icon("plus", _("One more"))}
    </button>
  </div>`;
};

/** @param {Kiosk} kiosk */
const priority = (kiosk) => {
  const chosen = kiosk.view.priorities.find(({ id }) => id === kiosk.visit.priority);
  return html`<button class="button priority-button" @click=${() => kiosk.go("priority")}>
    ${icon(chosen ? "check" : "heart")}
    <span>
      <strong>${chosen ? textOf(chosen.name) : _("I belong to a priority group")}</strong>
      <span class="dim">
        ${chosen ? _("Priority chosen, touch to change") : _("Only if it applies to you")}
      </span>
    </span>
    ${icon("chevron-right")}
  </button>`;
};

/** One gentle step: who may go first, on what it rests, what is shown at the counter. */
export const priorityScreen = (/** @type {Kiosk} */ kiosk) => html`<div class="stack">
  <h1 tabindex="-1">${_("Do you belong to one of these groups?")}</h1>
  <p class="lead">${_("People of these groups are called earlier. Nothing is checked here.")}</p>
  <ul class="stack rows">
    ${kiosk.view.priorities.map((entry) => {
      const proof = textOf(entry.proof);
      return html`<li>
        <button
          class="card card-link card-tint is-notice"
          aria-pressed=${entry.id === kiosk.visit.priority}
          @click=${() => kiosk.setPriority(entry.id)}
        >
          <span class="badge">${icon(entry.id === kiosk.visit.priority ? "check" : "heart")}</span>
          <span>
            <strong>${textOf(entry.name)}</strong>
            <span>${_("Basis: %(rule)s.", { rule: textOf(entry.basis) })}
              ${proof ? _("At the counter: %(paper)s.", { paper: proof }) : nothing}</span>
          </span>
        </button>
      </li>`;
    })}
  </ul>
  <button class="button button-large" @click=${() => kiosk.setPriority("")}>
    ${_("No, go on without priority")}
  </button>
</div>`;
