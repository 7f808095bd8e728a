/** Giving a number to somebody: find the procedure, say for whom, give it. */

import { boot } from "../../web/js/boot.js";
import { _, n_, textOf } from "../../web/js/i18n.js";
import { icon } from "../../web/js/icons.js";
import { languageName } from "../../web/js/languages.js";
import { sentenceOf } from "../../web/js/refusals.js";
import { html, live, nothing, repeat } from "../../web/js/templates.js";
import { aboutWait, shownNumber } from "../load/words.js";
import { issueTicket } from "./hall_commands.js";
import { ProcedureSearch } from "./procedure_search.js";

/** @typedef {import("./hall_types.js").Hall} Hall */
/** @typedef {import("./hall_types.js").HallField} HallField */
/** @typedef {import("./hall_types.js").Procedure} Procedure */
/** @typedef {import("./hall_types.js").Priority} Priority */

const MOST_FOUND = 8;

/** @type {Procedure[]} */
const procedures = boot.procedures ?? [];
/** @type {Priority[]} */
const priorities = boot.priority_classes ?? [];
const search = new ProcedureSearch(procedures);

/** @param {string} code */
export const procedureName = (code) =>
  textOf(procedures.find((one) => one.code === code)?.name) || code;

export class IssuePanel {
  #text = "";
  /** @type {Procedure | null} */
  #chosen = null;
  #isBusy = false;
  #problem = "";
  /** @type {{ id: string, number: string } | null} */
  #given = null;

  /**
   * @param {() => void} redraw
   * @param {(number: string) => void} onGiven  shows the number that was just given
   */
  constructor(redraw, onGiven) {
    this.redraw = redraw;
    this.onGiven = onGiven;
  }

  /** @param {Hall} hall */
  draw(hall) {
    return html`<section class="card stack issue" aria-labelledby="issue-title">
      <h2 id="issue-title" class="card-title">${_("Give a number")}</h2>
      ${this.#closed(hall)}
      <div class="field">
        <label for="procedure-search">${_("What is it about?")}</label>
        <div class="input-search">
          ${icon("search")}<input
            class="input"
            id="procedure-search"
            type="search"
            autocomplete="off"
            placeholder=${_("e.g. “birth”, “land title”")}
            .value=${live(this.#text)}
            @input=${this.#type}
            @keydown=${this.#key}
          />
        </div>
      </div>
      <div aria-live="polite">
        ${this.#given ? this.#givenNote() : nothing}
        ${this.#chosen ? this.#form(this.#chosen, hall) : this.#choices(hall)}
      </div>
    </section>`;
  }

  /** @param {Hall} hall */
  #closed({ is_open }) {
    return is_open
      ? nothing
      : html`<p class="notice">${icon("lock")}<span>${_("The day is not open: no numbers are given.")}</span></p>`;
  }

  /** @param {Event} event */
  #type = (event) => {
    this.#text = /** @type {HTMLInputElement} */ (event.target).value;
    this.#chosen = null;
    this.#given = null;
    this.redraw();
  };

  /** Enter takes the first that was found. @param {KeyboardEvent} event */
  #key = (event) => {
    if (event.key !== "Enter") return;
    event.preventDefault(); // else the key opens the list that is given the focus
    const [first] = search.find(this.#text, 1);
    if (first) this.#choose(first);
  };

  /** @param {Procedure | null} procedure */
  #choose(procedure) {
    this.#chosen = procedure;
    this.#given = null;
    this.#problem = "";
    this.redraw();
    const next = procedure ? "issue-priority" : "procedure-search";
    (document.getElementById(next) ?? document.getElementById("issue-now"))?.focus();
  }

  /** @param {Hall} hall */
  #choices(hall) {
    const found = search.find(this.#text, MOST_FOUND);
    if (!this.#text.trim()) return this.#common(hall);
    if (!found.length)
      return html`<p class="dim">${_("Nothing fits. Try another word, or give a number for advice.")}</p>
        ${this.#advice(hall)}`;
    return this.#list(found, hall);
  }

  /**
   * @param {Procedure[]} found
   * @param {Hall} hall
   */
  #list(found, hall) {
    return html`<ul class="procedures" aria-label=${_("Procedures that fit")}>
      ${repeat(
        found,
        ({ code }) => code,
        (procedure) => {
          const field = hall.fields.find(({ id }) => id === procedure.field);
          return html`<li>
            <button
              class="procedure"
              data-procedure=${procedure.code}
              @click=${() => this.#choose(procedure)}
            >
              <span class="letter">${field?.letter}</span>
              <span class="procedure-name">${textOf(procedure.name)}</span>
              <span class="small dim">${field ? waitWords(field) : nothing}</span>
            </button>
          </li>`;
        },
      )}
    </ul>`;
  }

  /** Without a word: how long each field is, and the number for advice. @param {Hall} hall */
  #common(hall) {
    return html`${this.#advice(hall)}
      <ul class="field-waits">
        ${repeat(
          hall.fields,
          ({ id }) => id,
          (field) =>
            html`<li>
              <span class="letter">${field.letter}</span>
              <span>${textOf(field.name)}</span>
              <span class="small dim">${waitWords(field)}</span>
            </li>`,
        )}
      </ul>`;
  }

  /** @param {Hall} hall */
  #advice(hall) {
    const advice = procedures.find(({ code }) => code === boot.reception_procedure);
    const field = hall.fields.find(({ id }) => id === advice?.field);
    return advice
      ? html`<button class="procedure procedure-advice" @click=${() => this.#choose(advice)}>
          ${icon("help")}
          <span class="procedure-name">${textOf(advice.name)}</span>
          <span class="small dim">${field ? waitWords(field) : nothing}</span>
        </button>`
      : nothing;
  }

  /**
   * @param {Procedure} procedure
   * @param {Hall} hall
   */
  #form(procedure, hall) {
    const field = hall.fields.find(({ id }) => id === procedure.field);
    return html`<form class="stack issue-form" @submit=${this.#submit}>
      <div class="chosen">
        <span class="badge">${field?.letter}</span>
        <div>
          <strong>${textOf(procedure.name)}</strong>
          <p class="small dim">${field ? `${textOf(field.name)} · ${waitWords(field)}` : ""}</p>
        </div>
        <button type="button" class="button button-quiet" @click=${() => this.#choose(null)}>
          ${icon("undo")}${_("Another")}
        </button>
      </div>
      ${papers(procedure)}
      <div class="issue-row">
        ${priorityChoice()}
        <div class="field">
          <label for="issue-language">${_("Language")}</label>
          <select class="input" id="issue-language" name="language">
            ${languages().map(
              (language) => html`<option value=${language}>${languageName(language)}</option>`,
            )}
          </select>
        </div>
        <div class="field">
          <label for="issue-dossiers">${_("Dossiers")}</label>
          <input
            class="input"
            id="issue-dossiers"
            name="dossiers"
            type="number"
            min="1"
            max=${boot.dossiers_per_ticket ?? 1}
            value="1"
          />
        </div>
      </div>
      <div role="alert">
        ${this.#problem
          ? html`<p class="error">${icon("warning")}<span>${this.#problem}</span></p>`
          : nothing}
      </div>
      <div class="row">
        <button
          class="button button-call button-large"
          id="issue-now"
          ?disabled=${this.#isBusy || !hall.is_open}
        >
          ${icon("ticket")}${_("Give the number")}
        </button>
        <label class="choice">
          <input type="checkbox" name="print_slip" checked />${_("Print the slip")}
        </label>
      </div>
    </form>`;
  }

  /** @param {SubmitEvent} event */
  #submit = async (event) => {
    event.preventDefault();
    if (this.#isBusy || !this.#chosen) return;
    const data = new FormData(/** @type {HTMLFormElement} */ (event.target));
    this.#isBusy = true;
    this.#problem = "";
    this.redraw();
    try {
      const { ticket } = await issueTicket({
        procedure: this.#chosen.code,
        language: data.get("language"),
        priority_class: data.get("priority") || null,
        dossiers: Number(data.get("dossiers")) || 1,
        print_slip: data.get("print_slip") !== null,
      });
      this.#given = ticket;
      this.#chosen = null;
      this.#text = "";
      this.onGiven(ticket.number);
    } catch (error) {
      this.#problem = sentenceOf(error);
    } finally {
      this.#isBusy = false;
      this.redraw();
      if (this.#given) document.getElementById("procedure-search")?.focus();
    }
  };

  #givenNote() {
    return html`<p class="given">
      <span>${_("Number given")}</span>
      <strong class="ticket-number">${shownNumber(this.#given?.number ?? "")}</strong>
    </p>`;
  }
}

/** @returns {string[]} */
export const languages = () => boot.languages ?? ["vi"];

export const priorityChoice = () =>
  priorities.length
    ? html`<div class="field">
        <label for="issue-priority">${_("Priority")}</label>
        <select class="input" id="issue-priority" name="priority">
          <option value="">${_("None")}</option>
          ${priorities.map(
            ({ id, name, proof }) =>
              html`<option value=${id}>
                ${textOf(name)}${textOf(proof) ? ` (${textOf(proof)})` : ""}
              </option>`,
          )}
        </select>
      </div>`
    : nothing;

/** @param {string} id */
export const priorityName = (id) => textOf(priorities.find((one) => one.id === id)?.name) || id;

/** @param {Procedure} procedure */
const papers = (procedure) => {
  const note = textOf(procedure.fee_note);
  if (!procedure.papers.length && !note) return nothing;
  return html`<div class="papers small">
    ${procedure.papers.length
      ? html`<strong>${_("To bring")}</strong>
          <ul>
            ${procedure.papers.map((name) => html`<li>${textOf(name)}</li>`)}
          </ul>`
      : nothing}
    ${note ? html`<p class="dim">${note}</p>` : nothing}
  </div>`;
};

/** @param {HallField} field */
const waitWords = ({ waiting, forecast }) => {
  const people = n_("%(num)s waiting", "%(num)s waiting", waiting);
  if (!forecast || forecast.kind === "no_counter_open")
    return `${people} · ${_("no counter open")}`;
  if (forecast.kind === "may_not_be_served_today") return `${people} · ${_("perhaps not today")}`;
  return `${people} · ${aboutWait(forecast.about_s)}`;
};
