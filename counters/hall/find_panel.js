/** One number: where it is, and what can be done for whoever holds it. */

import {
  closeDialog,
  dialogProblem,
  fromDialog,
  isDialogBusy,
  showDialog,
} from "../../web/js/dialog.js";
import { _, clockTime, n_ } from "../../web/js/i18n.js";
import { icon } from "../../web/js/icons.js";
import { languageName } from "../../web/js/languages.js";
import { OUTCOMES } from "../../web/js/outcomes.js";
import { html, live, nothing } from "../../web/js/templates.js";
import { orSay } from "../load/commands.js";
import { passed, shownNumber } from "../load/words.js";
import { cancel, checkIn, delay, giveBack, reinstate, reprint } from "./hall_commands.js";
import { priorityName, procedureName } from "./issue_panel.js";
import { PRINT_RESULTS, STATES } from "./ticket_words.js";

/** @typedef {import("./hall_types.js").Found} Found */
/** @typedef {import("./hall_types.js").FoundTicket} FoundTicket */
/** @typedef {import("../../web/js/live.js").Line} Line */

/** A scanner types a whole address at once: only what it ends with is asked for. */
const SETTLED_MS = 150;
const FINISHED = new Set(["completed", "cancelled", "expired"]);

export class FindPanel {
  #text = "";
  /** @type {Found | null} */
  #found = null;
  /** @type {() => void} */
  #stop = () => {};
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #settling;

  /**
   * @param {Line} line
   * @param {string} centre
   * @param {() => void} redraw
   */
  constructor(line, centre, redraw) {
    this.line = line;
    this.centre = centre;
    this.redraw = redraw;
  }

  /** Look for a number, or for what a scanner read. @param {string} text */
  find(text) {
    this.#text = text;
    this.#found = null;
    this.#stop();
    this.#stop = () => {};
    clearTimeout(this.#settling);
    const asked = text.trim().slice(0, 200);
    if (asked) this.#settling = setTimeout(() => this.#ask(asked), SETTLED_MS);
    this.redraw();
  }

  /** @param {string} asked */
  #ask(asked) {
    this.#stop = this.line.watch("found_ticket", this.centre, asked, (body) => {
      this.#found = body;
      this.redraw();
    });
  }

  /** @param {number} now */
  draw(now) {
    return html`<section class="card stack find" aria-labelledby="find-title">
      <h2 id="find-title" class="card-title">${_("Find a number")}</h2>
      <div class="input-search">
        ${icon("search")}<input
          class="input"
          id="find"
          type="search"
          autocomplete="off"
          autocapitalize="characters"
          spellcheck="false"
          aria-labelledby="find-title"
          placeholder=${_("e.g. A 012, or scan the slip")}
          .value=${live(this.#text)}
          @input=${(/** @type {Event} */ event) =>
            this.find(/** @type {HTMLInputElement} */ (event.target).value)}
        />
      </div>
      <div aria-live="polite">${this.#answer(now)}</div>
    </section>`;
  }

  /** @param {number} now */
  #answer(now) {
    if (!this.#found) return nothing;
    const { ticket } = this.#found;
    if (!ticket) return html`<p class="dim">${_("There is no such number today.")}</p>`;
    return ticketCard(ticket, now);
  }
}

/**
 * @param {FoundTicket} ticket
 * @param {number} now
 */
const ticketCard = (ticket, now) => {
  const state = STATES[ticket.state]();
  return html`<div class="stack found" data-ticket=${ticket.number}>
    <div class="row row-apart">
      <strong class="ticket-number">${shownNumber(ticket.number)}</strong>
      <span class="chip ${state.tone}">${icon(state.drawing)}${state.word}</span>
    </div>
    <p><strong>${procedureName(ticket.procedure)}</strong></p>
    <dl class="facts">
      ${facts(ticket, now).map(
        ([term, words]) =>
          html`<div>
            <dt class="dim">${term}</dt>
            <dd>${words}</dd>
          </div>`,
      )}
    </dl>
    <div class="row">${buttons(ticket)}</div>
  </div>`;
};

/**
 * @param {FoundTicket} ticket
 * @param {number} now
 * @returns {[string, string][]}
 */
const facts = (ticket, now) => {
  const last = ticket.copies.at(-1);
  /** @type {[string, string | null | false][]} */
  const all = [
    [_("Given"), clockTime(ticket.issued_at)],
    [_("Appointment"), ticket.appointment_at && clockTime(ticket.appointment_at)],
    [_("Waits"), ticket.state === "waiting" && waitWords(ticket, now)],
    [_("Counter"), ticket.counter_number],
    [_("Called"), ticket.called_at && clockTime(ticket.called_at)],
    [
      _("May come back until"),
      ticket.state === "no_show" && ticket.return_until && clockTime(ticket.return_until),
    ],
    [_("Ended"), ticket.ended_at && clockTime(ticket.ended_at)],
    [_("Outcome"), ticket.outcome && (OUTCOMES[ticket.outcome]?.() ?? ticket.outcome)],
    [_("Priority"), ticket.priority_class && priorityName(ticket.priority_class)],
    [_("Dossiers"), ticket.dossiers > 1 && String(ticket.dossiers)],
    [_("Language"), languageName(ticket.language)],
    [_("Slip"), last ? slipWords(last) : _("not printed")],
  ];
  return /** @type {[string, string][]} */ (all.filter(([, words]) => words));
};

/**
 * @param {FoundTicket} ticket
 * @param {number} now
 */
const waitWords = (ticket, now) =>
  `${passed(ticket.waiting_since, now)}, ${n_("%(num)s before it", "%(num)s before it", ticket.ahead)}`;

/** @param {{ copy: number, result: string, at: string }} copy */
const slipWords = ({ copy, result, at }) => {
  const words = PRINT_RESULTS[result]?.() ?? result;
  const said = `${words}, ${clockTime(at)}`;
  return copy > 1 ? `${said} (${_("copy %(copy)s", { copy })})` : said;
};

/** @param {FoundTicket} ticket */
const buttons = (ticket) => {
  const may = new Set(ticket.actions);
  /**
   * @param {string} drawing
   * @param {string} word
   * @param {() => Promise<unknown>} action
   * @param {string} [tone]
   */
  const button = (drawing, word, action, tone = "") =>
    html`<button class="button ${tone}" @click=${() => orSay(action)}>
      ${icon(drawing)}${word}
    </button>`;
  return html`
    ${may.has("reinstate")
      ? button("undo", _("Let it wait again"), () => reinstate(ticket), "button-main")
      : nothing}
    ${may.has("check_in")
      ? button("check", _("Has arrived"), () => checkIn(ticket), "button-main")
      : nothing}
    ${may.has("give_back")
      ? button("undo", _("Let it wait again"), () => giveBack(ticket), "button-main")
      : nothing}
    ${FINISHED.has(ticket.state)
      ? nothing
      : button("printer", _("Print again"), () => reprint(ticket))}
    ${may.has("delay")
      ? button("lower", _("Let others go first"), () => delay(ticket))
      : nothing}
    ${may.has("cancel")
      ? html`<button class="button button-danger" @click=${() => askToCancel(ticket)}>
          ${icon("close")}${_("Cancel the number")}
        </button>`
      : nothing}
  `;
};

/** @param {FoundTicket} ticket */
const askToCancel = (ticket) =>
  showDialog(
    _("Cancel %(number)s?", { number: shownNumber(ticket.number) }),
    () =>
      html`<div class="stack">
          <p>${_("The citizen will not be called any more. This cannot be undone.")}</p>
          ${dialogProblem()}
          <div class="row">
            <button
              class="button button-danger"
              ?disabled=${isDialogBusy()}
              @click=${() => fromDialog(() => cancel(ticket))}
            >
              ${icon("close")}${_("Cancel the number")}
            </button>
            <button class="button" @click=${closeDialog}>${_("Not now")}</button>
          </div>
        </div>`,
  );
