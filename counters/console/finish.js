/** The form that ends a service: what came of it and, for a dossier, what was received. */

import { showDialog } from "../../web/js/dialog.js";
import { _, textOf } from "../../web/js/i18n.js";
import { icon } from "../../web/js/icons.js";
import { html, nothing } from "../../web/js/templates.js";
import { digitOf, HOLD_MS, isTyping } from "./keys.js";
import { paperNote } from "./ticket_panel.js";
import { outcomeWord, returnWord, termWords } from "./words.js";

export const OUTCOMES = [
  "dossier_accepted",
  "supplement_needed",
  "refused",
  "advice_only",
  "result_returned",
  "filed_online_with_help",
];

/** @type {Record<string, string>} */
const DRAWINGS = {
  dossier_accepted: "seal",
  supplement_needed: "documents",
  refused: "close",
  advice_only: "help",
  result_returned: "document",
  filed_online_with_help: "screen",
};

/**
 * Ask what came of the service.
 *
 * @param {any} view
 * @param {Set<number>} ticked  places of the papers ticked while serving
 * @param {(body: any) => Promise<boolean>} complete  false when it was refused
 */
export const askOutcome = (view, ticked, complete) => {
  const { ticket, limits } = view;
  let outcome = usualOutcome(ticket);
  let isSending = true; // a key pressed twice must not finish what it has just opened
  const submit = async (/** @type {SubmitEvent} */ event) => {
    event.preventDefault();
    if (isSending) return;
    const form = /** @type {HTMLFormElement} */ (event.target);
    if (!isNameThere(form)) return;
    isSending = true;
    shown.draw();
    const isDone = await complete(answerOf(new FormData(form), ticket));
    isSending = false;
    if (isDone) shown.close();
    else shown.draw();
  };
  const shown = showDialog(
    _("Finish %(number)s", { number: ticket.number }),
    ({ draw, close }) => html`
      <form class="stack finish" @submit=${submit} autocomplete="off">
        <fieldset class="plain">
          <legend class="visually-hidden">${_("What came of it")}</legend>
          <div class="outcomes" @change=${(/** @type {any} */ event) => {
            outcome = event.target.value;
            draw();
          }}>
            ${OUTCOMES.map((name, place) => outcomeCard(name, place + 1, outcome, ticket))}
          </div>
        </fieldset>
        ${ticket.procedure.opens_dossier ? dossierPart(ticket, limits, ticked, outcome) : nothing}
        <label class="field"><span class="label">${_("Note")}</span>
          <input class="input" name="note" maxlength="300" /></label>
        <div class="row dialog-foot">
          <button class="button button-main button-large" ?disabled=${isSending}>
            ${icon("check")}${_("Finish")}<kbd class="keyboard-key" aria-hidden="true">Enter</kbd>
          </button>
          <button type="button" class="button button-quiet" @click=${close}>${_("Not yet")}</button>
        </div>
      </form>
    `,
    { kind: "dialog-wide", onKey: (event, { element }) => pressed(event, element) },
  );
  setTimeout(() => {
    isSending = false;
    shown.draw();
  }, HOLD_MS);
};

/** @param {any} ticket */
const usualOutcome = ({ procedure }) =>
  procedure.opens_dossier ? "dossier_accepted" : "advice_only";

/**
 * @param {string} name
 * @param {number} digit
 * @param {string} chosen
 * @param {any} ticket
 */
const outcomeCard = (name, digit, chosen, { procedure }) => html`<label class="outcome">
  <input
    type="radio"
    name="outcome"
    value=${name}
    .checked=${name === chosen}
    ?disabled=${name === "dossier_accepted" && !procedure.opens_dossier}
    ?data-first=${name === chosen}
  />
  <kbd class="keyboard-key" aria-hidden="true">${digit}</kbd>
  ${icon(DRAWINGS[name])}<span>${outcomeWord(name)}</span>
</label>`;

/**
 * @param {any} ticket
 * @param {any} limits
 * @param {Set<number>} ticked
 * @param {string} outcome
 */
const dossierPart = (ticket, limits, ticked, outcome) => html`
  <div class="dossier-part" ?hidden=${outcome !== "dossier_accepted"}>
    <fieldset class="plain field">
      <legend>${_("Papers received")}</legend>
      <ul class="stack paper-list">
        ${ticket.procedure.papers.map((/** @type {any} */ paper, /** @type {number} */ place) =>
          paperLine(paper, place, isReceived(paper, place, ticked, ticket)),
        )}
        <li class="paper-line">
          <input class="input input-small" name="other" maxlength="200" placeholder=${_("Another paper")} aria-label=${_("Another paper")} />
          <input class="input input-count" name="other_copies" type="number" min="1" max="99" value="1" aria-label=${_("Copies of the other paper")} />
        </li>
      </ul>
    </fieldset>
    <div class="stack">
      <div class="fields-two">
        <label class="field"><span class="label">${_("Name of the citizen")}</span>
          <input class="input" name="name" maxlength="120" placeholder=${_("may stay empty")} @input=${(/** @type {any} */ { target }) => target.setCustomValidity("")} /></label>
        <label class="field"><span class="label">${_("Phone number")}</span>
          <input class="input" name="phone" inputmode="tel" pattern="\\+?[0-9 ]{8,16}" placeholder=${_("may stay empty")} /></label>
      </div>
      <label class="choice"><input type="checkbox" name="consent" />
        <span>${_("The citizen agrees to messages about this dossier")}</span></label>
      <div class="row">
        ${count("dossiers", _("Dossiers"), ticket.dossiers, limits.dossiers_per_ticket)}
        ${count("sets", _("Sets"), 1, 99)}
      </div>
      ${choices("return_by", _("Result"), ["counter", "post", "online"].map((way) => [way, returnWord(way)]))}
      ${ticket.procedure.terms.length > 1
        ? choices("term", _("Term"), ticket.procedure.terms.map((/** @type {any} */ term, /** @type {number} */ place) => [`${place}`, termWords(term)]))
        : nothing}
    </div>
  </div>
`;

/**
 * What the clerk ticked while serving; when nothing was, what the procedure needs.
 *
 * @param {any} paper
 * @param {number} place
 * @param {Set<number>} ticked
 * @param {any} ticket
 */
const isReceived = (paper, place, ticked, { procedure: { papers } }) => {
  const isAnyTicked = [...ticked].some((tick) => papers[tick].kind !== "shown");
  return paper.kind !== "shown" && (isAnyTicked ? ticked.has(place) : paper.is_required);
};

/**
 * @param {any} paper
 * @param {number} place
 * @param {boolean} isChecked
 */
const paperLine = (paper, place, isChecked) => html`<li class="paper-line">
  <label class="choice">
    <input type="checkbox" name="paper" value=${place} ?checked=${isChecked} />
    <span>${textOf(paper.name)} <span class="dim small">${paperNote(paper)}</span></span>
  </label>
  <input class="input input-count" name="copies-${place}" type="number" min="1" max="99" value=${paper.copies} aria-label=${_("Copies of: %(paper)s", { paper: textOf(paper.name) })} />
</li>`;

/**
 * @param {string} name
 * @param {string} label
 * @param {number} value
 * @param {number} max
 */
const count = (name, label, value, max) => html`<label class="field">
  <span class="label">${label}</span>
  <input class="input input-count" name=${name} type="number" min="1" max=${max} value=${value} required />
</label>`;

/**
 * @param {string} name
 * @param {string} label
 * @param {[string, string][]} options
 */
const choices = (name, label, options) => html`<fieldset class="plain field">
  <legend>${label}</legend>
  <div class="row">
    ${options.map(([value, word], place) => html`<label class="choice"><input type="radio" name=${name} value=${value} ?checked=${place === 0} /><span>${word}</span></label>`)}
  </div>
</fieldset>`;

/**
 * A number key chooses an outcome unless something is typed.
 *
 * @param {KeyboardEvent} event
 * @param {HTMLDialogElement} element
 */
const pressed = (event, element) => {
  if (isTyping(event.target)) return;
  const form = element.querySelector("form");
  const radio = element.querySelectorAll("[name=outcome]")[digitOf(event) - 1];
  if (radio instanceof HTMLInputElement && !radio.disabled) {
    event.preventDefault();
    radio.focus();
    radio.click();
  } else if (event.key === "Enter" && !event.repeat && !(event.target instanceof HTMLButtonElement)) {
    event.preventDefault();
    form?.requestSubmit();
  }
};

/** A phone number alone says not whose it is. @param {HTMLFormElement} form */
const isNameThere = (form) => {
  const name = form.elements.namedItem("name");
  const data = new FormData(form);
  if (!(name instanceof HTMLInputElement) || data.get("outcome") !== "dossier_accepted") return true;
  const isMissing = data.get("phone") !== "" && !name.value.trim();
  name.setCustomValidity(isMissing ? _("Please enter the name that belongs to the phone number.") : "");
  return form.reportValidity();
};

/**
 * The command's body.
 *
 * @param {FormData} data
 * @param {any} ticket
 */
export const answerOf = (data, ticket) => {
  const outcome = String(data.get("outcome"));
  const note = String(data.get("note")).trim();
  if (outcome !== "dossier_accepted") return { outcome, note };
  const dossier = {
    term: Number(data.get("term") ?? 0),
    components: componentsOf(data, ticket.procedure.papers),
    sets: Number(data.get("sets")),
    return_by: data.get("return_by"),
    note,
    ...personOf(data),
  };
  return { outcome, note, dossiers: Array.from({ length: Number(data.get("dossiers")) }, () => dossier) };
};

/**
 * Papers are named in Vietnamese on the receipt, whatever language the clerk reads.
 *
 * @param {FormData} data
 * @param {any[]} papers
 */
const componentsOf = (data, papers) => {
  const received = data.getAll("paper").map(Number).map((place) => ({
    name: papers[place].name.vi ?? textOf(papers[place].name),
    kind: papers[place].kind,
    copies: Number(data.get(`copies-${place}`)) || 1,
  }));
  const other = String(data.get("other")).trim();
  if (!other) return received;
  return [...received, { name: other, kind: "original", copies: Number(data.get("other_copies")) || 1 }];
};

/** @param {FormData} data */
const personOf = (data) => {
  const [name, phone] = ["name", "phone"].map((key) => String(data.get(key)).trim());
  if (!name) return {};
  return { person: { name, phone: phone || null, has_consented: data.has("consent") } };
};
