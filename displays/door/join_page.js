/** What is seen while a number is taken: what for, then once more to be sure. */

import { icon } from "../../web/js/icons.js";
import { _, clockTime, n_, textOf, weekday } from "../../web/js/i18n.js";
import { html, nothing } from "../../web/js/lit.js";
import { longestWait, shortWait } from "../forecast.js";

/** @typedef {import("./join.js").Join} Join */
/** @typedef {import("./join.js").Field} Field */
/** @typedef {import("./join.js").Procedure} Procedure */

/** @param {Join} join */
export const joinPage = (join) => {
  if (!join.catalogue.are_tickets_open) return closed(join);
  return html`<div class="stack">
    ${join.chosen ? confirmation(join, join.chosen) : choice(join)}
  </div>`;
};

/** @param {Join} join */
const closed = ({ catalogue: { opens_at } }) => html`<div class="card stack">
  <h1>${_("No numbers are given now")}</h1>
  ${opens_at
    ? html`<p>${_("Numbers are given again from %(time)s, %(day)s.", { time: clockTime(opens_at), day: weekday(opens_at) })}</p>`
    : nothing}
</div>`;

/** @param {Join} join */
const choice = (join) => html`
  <h1>${_("What do you need?")}</h1>
  <div class="input-search">
    ${icon("search")}
    <input
      class="input"
      type="search"
      enterkeyhint="search"
      autocomplete="off"
      aria-label=${_("Search for a procedure")}
      placeholder=${_("for example: birth, residence, certified copy")}
      .value=${join.query}
      @input=${(/** @type {any} */ event) => join.search(event.target.value)}
    />
  </div>
  ${note(join)} ${join.found && join.query.trim() ? results(join, join.found) : fields(join)}
  ${join.catalogue.reception ? unsure(join, join.catalogue.reception) : nothing}
`;

/** @param {Join} join */
const note = ({ note: words }) =>
  words ? html`<p class="notice note" role="alert">${words}</p>` : nothing;

/** @param {Join} join @param {Procedure[]} found */
const results = (join, found) => html`<p class="visually-hidden" role="status">
    ${n_("%(num)s procedure found", "%(num)s procedures found", found.length)}
  </p>
  ${found.length
    ? html`<ul class="choices card">
        ${found.map((each) => html`<li>${option(join, each.code, textOf(each.name), textOf(each.hint))}</li>`)}
      </ul>`
    : html`<p class="notice">${icon("info")}${_("Nothing found. Please choose a field, or ask at reception.")}</p>
        ${fields(join)}`}`;

/** @param {Join} join */
const fields = (join) => html`<div class="stack fields">
  ${join.catalogue.fields.map((field) => fieldOf(join, field))}
</div>`;

/** @param {Join} join @param {Field} field */
const fieldOf = (join, field) => {
  const isOpen = join.open === field.id;
  const wait = shortWait(join.waits[field.id]?.forecast ?? null);
  return html`<section class="card field-card">
    <button
      class="field-head"
      aria-expanded=${isOpen}
      ?disabled=${field.is_full}
      @click=${() => join.toggle(field.id)}
    >
      <span class="badge">${field.icon ? icon(field.icon) : field.letter}</span>
      <span class="field-words"><strong>${textOf(field.name)}</strong>
        <span class="small dim">${field.is_full ? _("All of today's numbers are given out.") : wait}</span></span>
      ${icon("chevron-right")}
    </button>
    ${isOpen
      ? html`<ul class="choices">
          ${field.procedures.map(([code, name]) => html`<li>${option(join, code, textOf(name))}</li>`)}
        </ul>`
      : nothing}
  </section>`;
};

/**
 * @param {Join} join
 * @param {string} code
 * @param {string} name
 * @param {string} [hint]
 */
const option = (join, code, name, hint = "") => html`<button class="option" @click=${() => join.choose(code)}>
  <span>${name}${hint ? html`<span class="small dim">${hint}</span>` : nothing}</span>
  ${icon("chevron-right")}
</button>`;

/** @param {Join} join @param {string} reception */
const unsure = (join, reception) => html`<button
  class="button button-wide"
  @click=${() => join.choose(reception)}
>
  ${icon("help")}${_("I do not know what I need")}
</button>`;

/** @param {Join} join @param {Procedure} procedure */
const confirmation = (join, procedure) => {
  const field = join.catalogue.fields.find(({ id }) => id === procedure.field);
  const forecast = join.waits[procedure.field]?.forecast ?? null;
  const wait = [shortWait(forecast), longestWait(forecast)].filter(Boolean).join(", ");
  return html`
    <h1 tabindex="-1">${textOf(procedure.name)}</h1>
    <div class="card facts">
      ${wait ? fact("clock", html`${_("Expected wait")}: <strong>${wait}</strong>`) : nothing}
      ${field ? fact("flag", html`${_("Please wait in")} <strong>${textOf(field.zone)}</strong>`) : nothing}
    </div>
    ${papers(procedure)} ${priorities(join)} ${note(join)}
    <button class="button button-main button-large button-wide" ?disabled=${join.isBusy} @click=${join.take}>
      ${icon("ticket")}${join.isBusy ? _("One moment …") : _("Take a number")}
    </button>
    <button class="button button-wide" @click=${join.back}>
      ${icon("arrow-left")}${_("Choose something else")}
    </button>
    <p class="small dim">${_("No paper is printed: this phone shows your number and calls you.")}</p>
  `;
};

/** @param {Procedure} procedure */
const papers = ({ papers: list }) =>
  list.length
    ? html`<section class="card stack" aria-labelledby="papers">
        <h2 id="papers">${_("Papers to have ready")}</h2>
        <ul class="plain-list">
          ${list.map(
            ({ name, is_required }) => html`<li>${textOf(name)}
              ${is_required ? nothing : html`<span class="small dim">${_("if you have it")}</span>`}</li>`,
          )}
        </ul>
      </section>`
    : nothing;

/** @param {Join} join */
const priorities = (join) => {
  const { priorities: classes } = join.catalogue;
  if (!classes.length) return nothing;
  const proof = classes.find(({ id }) => id === join.priority)?.proof;
  return html`<div class="card field">
    <label for="priority">${_("Do you have priority?")}</label>
    <select class="input" id="priority" @change=${(/** @type {any} */ event) => join.declare(event.target.value)}>
      <option value="">${_("No")}</option>
      ${classes.map(({ id, name }) => html`<option value=${id} ?selected=${id === join.priority}>${textOf(name)}</option>`)}
    </select>
    ${proof && textOf(proof)
      ? html`<span class="hint">${_("To show at the counter:")} ${textOf(proof)}</span>`
      : nothing}
  </div>`;
};

/**
 * @param {string} name
 * @param {unknown} content
 */
const fact = (name, content) => html`<p class="with-icon">${icon(name)}<span>${content}</span></p>`;
