/** Screens on which a code is typed or scanned: arriving for an appointment, following a dossier. */

import { icon } from "../../web/js/icons.js";
import { _, clockTime, day, textOf } from "../../web/js/i18n.js";
import { html, live, nothing } from "../../web/js/templates.js";
import { checkIn, follow } from "./codes.js";
import { message } from "./parts.js";
import { refusalWords } from "./words.js";

/** @typedef {import("./kiosk.js").Kiosk} Kiosk */

/**
 * @typedef {object} Words
 * @property {string} title
 * @property {string} advice  what to type
 * @property {string} label
 * @property {string} done
 */

const DIGITS = ["1", "2", "3", "4", "5", "6", "7", "8", "9"];

/** @param {Kiosk} kiosk */
export const appointmentScreen = (kiosk) =>
  codeScreen(
    kiosk,
    {
      title: _("I have an appointment"),
      advice: _("Type the code of the appointment or your phone number, or hold the QR code to the scanner."),
      label: _("Code or phone number"),
      done: _("Check in"),
    },
    checkIn,
    kiosk.visit.refusal ? refused(kiosk, noAppointment) : nothing,
  );

/** @param {Kiosk} kiosk */
export const dossierScreen = (kiosk) =>
  codeScreen(
    kiosk,
    {
      title: _("Follow a dossier"),
      advice: _("Type the numbers of the code on the receipt, or hold its QR code to the scanner."),
      label: _("Code of the dossier"),
      done: _("Show"),
    },
    follow,
    kiosk.visit.refusal
      ? refused(kiosk, noDossier)
      : kiosk.visit.dossier
        ? standing(kiosk.visit.dossier)
        : nothing,
    `${kiosk.view.agency}-`,
  );

/**
 * @param {Kiosk} kiosk
 * @param {Words} words
 * @param {(kiosk: Kiosk) => unknown} ask
 * @param {unknown} answer
 * @param {string} [prefix]  stands before what is typed
 */
const codeScreen = (kiosk, words, ask, answer, prefix = "") => {
  const { entry, isTaking } = kiosk.visit;
  return html`<div class="code-screen">
    <div class="code-head">
      <h1 tabindex="-1" data-stop>${words.title}</h1>
      <p class="lead" data-stop>${words.advice}</p>
      <div aria-live="polite" data-answer>${answer}</div>
    </div>
    <form
      class="code-form"
      @submit=${(/** @type {Event} */ event) => {
        event.preventDefault();
        ask(kiosk);
      }}
    >
      <div class="code-line">
        ${prefix && /^[\d -]*$/.test(entry)
          ? html`<span class="code-prefix" aria-hidden="true">${prefix}</span>`
          : nothing}
        <input
          class="input code-input"
          id="code"
          type="text"
          inputmode="none"
          autocomplete="off"
          spellcheck="false"
          maxlength="120"
          aria-label=${words.label}
          .value=${live(entry)}
          @input=${(/** @type {Event} */ event) =>
            kiosk.enter(/** @type {HTMLInputElement} */ (event.target).value)}
        />
      </div>
      ${keypad(kiosk)}
      <button class="button button-call button-take code-done" aria-disabled=${isTaking || !entry.trim()}>
        ${isTaking
          ? html`<span class="spinner"></span>${_("One moment …")}`
          : html`${icon("check")}${words.done}`}
      </button>
    </form>
  </div>`;
};

/** @param {Kiosk} kiosk */
const keypad = (kiosk) => {
  const { entry } = kiosk.visit;
  /** @param {string} digit */
  const key = (digit) =>
    html`<button type="button" class="key" @click=${() => kiosk.enter(entry + digit)}>${digit}</button>`;
  return html`<div class="code-keys" role="group" data-grid aria-label=${_("Keyboard")}>
    ${DIGITS.map(key)}
    <button type="button" class="key key-clear" @click=${() => kiosk.enter("")}>${_("Clear")}</button>
    ${key("0")}
    <button type="button" class="key" @click=${() => kiosk.enter(entry.slice(0, -1))}>
      ${icon("backspace", _("Delete the last letter"))}
    </button>
  </div>`;
};

const noAppointment = () => ({
  title: _("No appointment of today was found."),
  advice: _("Please check the code, or take a number: reception will find your appointment."),
});

const noDossier = () => ({
  title: _("No dossier with this code was found."),
  advice: _("Please check the code on the receipt, or ask at reception."),
});

/**
 * @param {Kiosk} kiosk
 * @param {() => { title: string, advice: string }} notFound
 */
const refused = (kiosk, notFound) => {
  const refusal = /** @type {NonNullable<Kiosk["visit"]["refusal"]>} */ (kiosk.visit.refusal);
  const isUnknown = ["unknown_name", "invalid_value"].includes(refusal.code);
  return message("warning", "is-notice", isUnknown ? notFound() : refusalWords(refusal, kiosk.now));
};

/** @typedef {"in_progress" | "due" | "voided"} DossierState */

/** @type {Record<DossierState, () => [string, string, string, string]>} */
const STANDING = {
  in_progress: () => ["clock", "is-serving", _("It is being worked on."), ""],
  due: () => [
    "check",
    "is-done",
    _("The result should be ready."),
    _("Take a number for “results” to collect it; please bring the receipt."),
  ],
  voided: () => ["warning", "is-notice", _("This dossier was withdrawn."), _("Please ask at reception.")],
};

/** @type {Record<string, () => string>} */
const RETURN_BY = {
  counter: () => _("at the counter"),
  post: () => _("by post"),
  online: () => _("online"),
};

/** @param {import("./state.js").DossierStatus} found */
const standing = (found) => {
  const [name, tone, title, advice] = STANDING[found.state]();
  return html`<div class="notice ${tone} dossier-status" role="status" data-stop data-private data-state=${found.state}>
    ${icon(name)}
    <div>
      <strong class="message-title">${title}</strong>
      <p>${textOf(found.procedure)}</p>
      <dl class="dossier-facts">
        <div><dt>${_("Code")}</dt><dd>${found.code}</dd></div>
        <div><dt>${_("Received")}</dt><dd>${day(found.received_at)}</dd></div>
        <div>
          <dt>${_("Result")}</dt>
          <dd>
            ${found.due_at
              ? _("%(day)s, %(time)s", { day: day(found.due_at), time: clockTime(found.due_at) })
              : _("ask at the counter")}
            (${RETURN_BY[found.return_by]()})
          </dd>
        </div>
      </dl>
      ${advice ? html`<p>${advice}</p>` : nothing}
    </div>
  </div>`;
};
