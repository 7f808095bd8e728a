/** The form that ends a service: what came of it and what belongs to that, on one page. */

import { showDialog } from "../../web/js/dialog.js";
import { _ } from "../../web/js/i18n.js";
import { icon } from "../../web/js/icons.js";
import { html, nothing } from "../../web/js/templates.js";
import { answerOf, WITH_PERSON, WITH_REASON } from "./finish_answer.js";
import { dossierPart, missingPart, outcomeCard, OUTCOMES } from "./finish_parts.js";
import { PersonPart } from "./finish_person.js";
import { digitOf, HOLD_MS, isTyping } from "./keys.js";
import { placesThat } from "./marks.js";
import { Scanner } from "./scanner.js";

/** The outcome chosen last for a procedure that opens no dossier, by its code. @type {Map<string, string>} */
const lastChosen = new Map();

/**
 * Ask what came of the service.
 *
 * @param {any} view
 * @param {string} cardName  read from the citizen's card before
 * @param {(body: any) => Promise<boolean>} complete  false when it was refused
 */
export const askOutcome = ({ ticket, limits }, cardName, complete) => {
  let outcome = usualOutcome(ticket);
  let isSending = true; // a key pressed twice must not finish what it has just opened
  const person = new PersonPart(cardName, () => shown.draw());
  const form = () => /** @type {HTMLFormElement} */ (shown.element.querySelector("form"));
  const submit = async (/** @type {SubmitEvent} */ event) => {
    event.preventDefault();
    if (isSending || person.isScanning(form()) || !person.isComplete(form())) return;
    isSending = true;
    shown.draw();
    const isDone = await complete(answerOf(new FormData(form()), ticket));
    isSending = false;
    if (isDone && !ticket.procedure.opens_dossier) lastChosen.set(ticket.procedure.code, outcome);
    if (isDone) shown.close();
    else shown.draw();
  };
  const choose = (/** @type {any} */ { target }) => {
    if (target.name !== "outcome") return;
    outcome = target.value;
    shown.draw();
  };
  const pressed = (/** @type {KeyboardEvent} */ event) => {
    const radio = shown.element.querySelectorAll("[name=outcome]")[digitOf(event) - 1];
    if (radio instanceof HTMLInputElement && !radio.disabled) {
      event.preventDefault();
      radio.focus();
      radio.click();
    }
  };
  const scanner = new Scanner({
    place: () => shown.element,
    onKey: pressed,
    onText: (text) => person.take(text, form()),
  });
  const shown = showDialog(
    _("Finish %(number)s", { number: ticket.number }),
    ({ close }) => html`
      <form class="stack finish" @submit=${submit} @change=${choose} @input=${(/** @type {any} */ { target }) => person.typed(target)} autocomplete="off">
        <fieldset class="plain">
          <legend class="visually-hidden">${_("What came of it")}</legend>
          <div class="outcomes">
            ${OUTCOMES.map((name, place) => outcomeCard(name, place + 1, outcome, ticket))}
          </div>
        </fieldset>
        ${missingPart(ticket, outcome === "supplement_needed")}
        ${person.template(WITH_PERSON.has(outcome))}
        ${ticket.procedure.opens_dossier ? dossierPart(ticket, limits, outcome === "dossier_accepted") : nothing}
        <div class="fields-two">
          <label class="field"><span class="label">${noteLabel(outcome)}</span>
            <input class="input" name="note" maxlength="300" ?required=${WITH_REASON.has(outcome)} /></label>
          ${WITH_REASON.has(outcome)
            ? html`<label class="field"><span class="label">${_("By which rule")} <span class="dim small">${_("may stay empty")}</span></span>
                <input class="input" name="basis" maxlength="300" /></label>`
            : nothing}
        </div>
        <div class="row dialog-foot">
          <button class="button button-main button-large" ?disabled=${isSending}>
            ${icon("check")}${_("Finish")}<kbd class="keyboard-key" aria-hidden="true">Enter</kbd>
          </button>
          <button type="button" class="button button-quiet" @click=${close}>${_("Not yet")}</button>
        </div>
      </form>
    `,
    {
      kind: "dialog-wide",
      onKey: (event) => {
        if (isTyping(event.target)) return;
        if (scanner.take(event)) return;
        if (isEnter(event)) submitBy(event, form());
        else pressed(event);
      },
    },
  );
  setTimeout(() => {
    isSending = false;
    shown.draw();
  }, HOLD_MS);
};

/** @param {KeyboardEvent} event */
const isEnter = (event) =>
  event.key === "Enter" && !event.repeat && !(event.target instanceof HTMLButtonElement);

/**
 * @param {KeyboardEvent} event
 * @param {HTMLFormElement} form
 */
const submitBy = (event, form) => {
  event.preventDefault();
  form.requestSubmit();
};

/** @param {any} ticket */
const usualOutcome = (ticket) => {
  if (placesThat(ticket, "missing").length) return "supplement_needed";
  if (ticket.procedure.opens_dossier) return "dossier_accepted";
  return lastChosen.get(ticket.procedure.code) ?? "advice_only";
};

/** @param {string} outcome */
const noteLabel = (outcome) =>
  WITH_REASON.has(outcome) ? _("Why it is refused") : html`${_("Note")} <span class="dim small">${_("may stay empty")}</span>`;
