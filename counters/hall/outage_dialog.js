/** Numbers that were written by hand while the system was down, entered with their times. */

import { boot } from "../../web/js/boot.js";
import { instantToday, timeInput } from "../../web/js/centre_time.js";
import {
  complain,
  dialogProblem,
  fromDialog,
  isDialogBusy,
  redrawDialog,
  showDialog,
} from "../../web/js/dialog.js";
import { _, byName, textOf } from "../../web/js/i18n.js";
import { icon } from "../../web/js/icons.js";
import { OUTCOMES } from "../../web/js/outcomes.js";
import { html, nothing, repeat } from "../../web/js/templates.js";
import { shownNumber } from "../load/words.js";
import { enterOutageTicket } from "./hall_commands.js";
import { priorityChoice } from "./issue_panel.js";

/** @typedef {import("./hall_types.js").Hall} Hall */
/** @typedef {import("./hall_types.js").Procedure} Procedure */

/** @type {Procedure[]} */
const procedures = boot.procedures ?? [];

/** What is being entered; the procedure stays for the next number of a pile. */
class Entering {
  letter = "";
  procedure = "";
  wasServed = true;
  /** @type {string[]} */
  entered = [];
}

/** @param {{ hall: () => Hall, now: () => number }} page */
export const openOutageDialog = (page) => {
  const entering = new Entering();
  showDialog(_("Numbers written by hand"), () => body(entering, page), { kind: "dialog-wide" });
};

/**
 * @param {Entering} entering
 * @param {{ hall: () => Hall, now: () => number }} page
 */
const body = (entering, page) => html`
  <form
    class="stack"
    autocomplete="off"
    @submit=${(/** @type {SubmitEvent} */ event) => submit(event, entering, page)}
  >
    <p class="dim">
      ${_("Enter what was written while the system was down, in the order of issue.")}
    </p>
    <div class="issue-row">
      <div class="field">
        <label for="outage-number">${_("Number")}</label>
        <input
          class="input"
          id="outage-number"
          name="number"
          required
          maxlength="8"
          autocapitalize="characters"
          placeholder="A012"
          @input=${(/** @type {Event} */ event) => lookAt(event, entering, page.hall())}
        />
      </div>
      ${time("issued", _("Given at"), timeInput(page.now()))}
    </div>
    ${procedureChoice(entering, page.hall())} ${priorityChoice()}
    <label class="choice">
      <input
        type="checkbox"
        name="served"
        ?checked=${entering.wasServed}
        @change=${(/** @type {Event} */ event) => {
          entering.wasServed = /** @type {HTMLInputElement} */ (event.target).checked;
          redrawDialog();
        }}
      />
      ${_("The citizen was served already")}
    </label>
    ${entering.wasServed ? servedFields(page.hall()) : nothing} ${dialogProblem()}
    <div class="row">
      <button class="button button-main" ?disabled=${isDialogBusy()}>
        ${icon("plus")}${_("Enter the number")}
      </button>
      <span class="dim" role="status"
        >${entering.entered.length
          ? _("Entered: %(numbers)s", { numbers: entering.entered.map(shownNumber).join(", ") })
          : nothing}</span
      >
    </div>
  </form>
`;

/**
 * @param {string} name
 * @param {string} label
 * @param {string} [placeholder]
 */
const time = (name, label, placeholder = "") =>
  html`<div class="field">
    <label for="outage-${name}">${label}</label>
    <input
      class="input input-time"
      id="outage-${name}"
      name=${name}
      inputmode="numeric"
      required
      pattern="([01]?[0-9]|2[0-3]):[0-5][0-9]"
      title=${_("Hours and minutes, e.g. 08:30")}
      placeholder=${placeholder || "08:30"}
    />
  </div>`;

/**
 * The letter says the field: only its procedures are offered.
 *
 * @param {Event} event
 * @param {Entering} entering
 * @param {Hall} hall
 */
const lookAt = (event, entering, hall) => {
  const typed = spelled(/** @type {HTMLInputElement} */ (event.target).value);
  const field = hall.fields.find(({ letter }) => typed.replace(/\d+$/, "") === letter);
  entering.letter = field?.letter ?? "";
  redrawDialog();
};

/** "a 12" is A012, as the reception's other search has it. @param {string} text */
const spelled = (text) => {
  const plain = text.toUpperCase().replace(/[^\p{L}\p{N}]/gu, "");
  const found = /^(\p{L}+)(\d+)$/u.exec(plain);
  return found ? found[1] + String(Number(found[2])).padStart(3, "0") : plain;
};

/**
 * @param {Entering} entering
 * @param {Hall} hall
 */
const procedureChoice = (entering, hall) => {
  const field = hall.fields.find(({ letter }) => letter === entering.letter);
  const offered = procedures
    .filter((procedure) => !field || procedure.field === field.id)
    .sort((one, other) => byName(textOf(one.name), textOf(other.name)));
  return html`<div class="field">
    <label for="outage-procedure">${_("Procedure")}</label>
    <select
      class="input"
      id="outage-procedure"
      name="procedure"
      required
      @change=${(/** @type {Event} */ event) => {
        entering.procedure = /** @type {HTMLSelectElement} */ (event.target).value;
      }}
    >
      <option value="">${_("Choose …")}</option>
      ${repeat(
        offered,
        ({ code }) => code,
        ({ code, name }) =>
          html`<option value=${code} ?selected=${code === entering.procedure}>
            ${textOf(name)}
          </option>`,
      )}
    </select>
  </div>`;
};

/** @param {Hall} hall */
const servedFields = (hall) => html`<div class="stack served-by-hand">
  <div class="issue-row">
    <div class="field">
      <label for="outage-counter">${_("Counter")}</label>
      <select class="input" id="outage-counter" name="counter">
        ${hall.counters.map(({ id, number }) => html`<option value=${id}>${number}</option>`)}
      </select>
    </div>
    ${time("called", _("Called at"))} ${time("ended", _("Ended at"))}
  </div>
  <div class="field">
    <label for="outage-outcome">${_("Outcome")}</label>
    <select class="input" id="outage-outcome" name="outcome">
      ${Object.entries(OUTCOMES).map(
        ([outcome, word]) => html`<option value=${outcome}>${word()}</option>`,
      )}
    </select>
  </div>
</div>`;

/**
 * @param {SubmitEvent} event
 * @param {Entering} entering
 * @param {{ now: () => number }} page
 */
const submit = (event, entering, page) => {
  event.preventDefault();
  const form = /** @type {HTMLFormElement} */ (event.target);
  const data = new FormData(form);
  const number = spelled(String(data.get("number")));
  const at = (/** @type {string} */ name) => instantToday(String(data.get(name) ?? ""), page.now());
  const times = { issued_at: at("issued"), called_at: at("called"), ended_at: at("ended") };
  if (!isInOrder(times, entering.wasServed, page.now()))
    return complain(_("The times must follow each other and be over: given, called, ended."));
  const served = entering.wasServed
    ? {
        counter: data.get("counter"),
        called_at: times.called_at,
        ended_at: times.ended_at,
        outcome: data.get("outcome"),
      }
    : {};
  return fromDialog(
    async () => {
      await enterOutageTicket({
        number,
        procedure: data.get("procedure"),
        priority_class: data.get("priority") || null,
        issued_at: times.issued_at,
        ...served,
      });
      entering.entered.push(number);
      const field = /** @type {HTMLInputElement} */ (form.elements.namedItem("number"));
      field.value = "";
      field.focus();
    },
    { stay: true },
  );
};

/**
 * @param {Record<string, string | null>} times
 * @param {boolean} wasServed
 * @param {number} now
 */
const isInOrder = ({ issued_at, called_at, ended_at }, wasServed, now) => {
  const given = wasServed ? [issued_at, called_at, ended_at] : [issued_at];
  if (given.includes(null)) return false;
  const instants = [...given.map((one) => Date.parse(String(one))), now];
  return instants.every((one, place) => place === 0 || instants[place - 1] <= one);
};
