/**
 * Reception's quick way to give numbers to others: search, choose, give. Nothing ends by itself.
 * Boot: `centre`, `kiosk` (whose printer), `centre_name`.
 */

import { get, Refusal } from "../../web/js/api.js";
import { boot } from "../../web/js/boot.js";
import { showStaffConnection } from "../../web/js/connection.js";
import { icon } from "../../web/js/icons.js";
import { _, byName, language, plain, textOf } from "../../web/js/i18n.js";
import { connect } from "../../web/js/live.js";
import { html, live, nothing, render } from "../../web/js/templates.js";
import { shortWait } from "../forecast.js";
import { Finder } from "./finder.js";
import { message } from "./parts.js";
import { newVisit, NOTHING_YET, USUAL_KIOSK } from "./state.js";
import { forgetWish, takeNumber } from "./take_number.js";
import { capital, refusalWords, waitingWords } from "./words.js";

/** @typedef {import("./state.js").Procedure} Procedure */
/** @typedef {{ id: string, number: string, name: string }} Given */

const MOST_GIVEN = 5;
const path = `/api/v1/centres/${boot.centre}`;
const place = /** @type {HTMLElement} */ (document.getElementById("helper"));

let view = NOTHING_YET;
/** @type {Procedure[]} */
let procedures = [];
let visit = newVisit();
/** Language of the citizen, for the slip and the call. */
let spoken = language;
/** Numbers given last, the newest first. @type {Given[]} */
let given = [];

const finder = new Finder(`${path}/procedures`, (hits) => {
  visit.hits = hits;
  draw();
});

const line = connect({ onState: showStaffConnection, mayReload: () => !visit.code });
line.watch("kiosk", boot.centre, "", (next) => {
  view = next;
  draw();
});

const load = async () => {
  try {
    procedures = await get(`${path}/procedures`);
    procedures.sort((one, other) => byName(textOf(one.name), textOf(other.name)));
  } catch (refusal) {
    if (!(refusal instanceof Refusal)) throw refusal;
  }
  draw();
};

/** @param {string} query */
const look = (query) => {
  visit.query = query;
  finder.look(query);
  draw();
};

/** @param {string} code */
const choose = (code) => {
  visit.code = visit.code === code ? "" : code;
  visit.refusal = null;
  draw();
};

/** @param {Partial<import("./state.js").Visit>} change */
const set = (change) => {
  Object.assign(visit, change);
  draw();
};

const give = async () => {
  const procedure = chosen();
  if (!procedure || visit.isTaking) return;
  set({ isTaking: true, refusal: null });
  try {
    const { printer } = view.kiosks[boot.kiosk] ?? USUAL_KIOSK;
    const ticket = await takeNumber(boot.centre, {
      procedure: procedure.code,
      language: spoken,
      dossiers: visit.dossiers,
      priority_class: visit.priority || null,
      ...(printer ? { printer } : {}),
    });
    given = [{ ...ticket, name: textOf(procedure.name) }, ...given].slice(0, MOST_GIVEN);
    forgetWish();
    visit = newVisit();
    document.getElementById("query")?.focus();
  } catch (refusal) {
    if (!(refusal instanceof Refusal)) throw refusal;
    visit.refusal = { code: refusal.code, facts: refusal.facts };
  } finally {
    set({ isTaking: false });
  }
};

const chosen = () => procedures.find(({ code }) => code === visit.code);

/** @param {Procedure} procedure */
const fieldOf = (procedure) => view.fields.find(({ id }) => id === procedure.field);

let isDrawn = false;
const draw = () => {
  if (!view.name) return;
  if (!isDrawn) place.replaceChildren();
  isDrawn = true;
  render(html`${numbers()} ${list()} ${panel()}`, place);
};

const numbers = () => html`<h1 class="visually-hidden">${_("Give a number")}</h1><section class="helper-given" aria-live="polite" aria-label=${_("Numbers given")}>
  ${given.length
    ? given.map(
        ({ id, number, name }, nth) => html`<p class=${nth ? "" : "is-newest"} data-ticket=${id}>
          <strong class="ticket-number">${number}</strong><span>${name}</span>
        </p>`,
      )
    : html`<p class="dim">${_("Numbers that you give stand here.")}</p>`}
</section>`;

const list = () => {
  const found = visit.hits ?? procedures.filter(({ name }) => plain(textOf(name)).includes(plain(visit.query)));
  return html`<section class="helper-list" aria-label=${_("Procedures")}>
    <div class="input-search">
      ${icon("search")}
      <input class="input" id="query" type="search" autocomplete="off" autofocus
        aria-label=${_("Find a procedure")} placeholder=${_("e.g. “birth”, “land title”")}
        .value=${live(visit.query)}
        @input=${(/** @type {Event} */ event) => look(/** @type {HTMLInputElement} */ (event.target).value)} />
    </div>
    <ul class="helper-rows">
      ${found.map(
        (procedure) => html`<li>
          <button class="button helper-row" aria-pressed=${procedure.code === visit.code}
            @click=${() => choose(procedure.code)}>
            <span class="chip">${fieldOf(procedure)?.letter ?? ""}</span><span>${textOf(procedure.name)}</span>
          </button>
        </li>`,
      )}
    </ul>
    ${found.length ? nothing : html`<p role="status">${_("Nothing was found. Try other words.")}</p>`}
  </section>`;
};

const panel = () => {
  const procedure = chosen();
  if (!procedure) {
    return html`<section class="card helper-panel" aria-label=${_("Give a number")}>
      <p class="dim">${_("Choose a procedure on the left.")}</p>
    </section>`;
  }
  const field = fieldOf(procedure);
  return html`<section class="card stack helper-panel" aria-label=${_("Give a number")}>
    <h2>${textOf(procedure.name)}</h2>
    ${field
      ? html`<p class="dim">
          ${[textOf(field.zone), waitingWords(field.waiting), capital(shortWait(field.forecast))].filter(Boolean).join(" · ")}
        </p>`
      : nothing}
    <div class="row helper-row-of-fields">
      ${languages()}
      ${procedure.opens_dossier ? dossiers() : nothing}
    </div>
    <div class="field">
      <label for="priority">${_("Priority")}</label>
      <select class="input" id="priority" .value=${live(visit.priority)}
        @change=${(/** @type {Event} */ { target }) =>
          set({ priority: /** @type {HTMLSelectElement} */ (target).value })}>
        <option value="">${_("No priority")}</option>
        ${view.priorities.map(({ id, name }) => html`<option value=${id}>${textOf(name)}</option>`)}
      </select>
    </div>
    ${visit.refusal ? message("warning", "is-calling", refusalWords(visit.refusal, line.now())) : nothing}
    <button class="button button-call button-large helper-give" aria-disabled=${visit.isTaking} @click=${give}>
      ${icon("ticket")}${_("Give a number")}
    </button>
  </section>`;
};

/** The citizen's, not the reader's. */
const languages = () => html`<div class="field" role="group" aria-label=${_("Language of the citizen")}>
  <span class="label">${_("Language of the citizen")}</span>
  <div class="segments">
    ${view.languages.map(
      (tag) => html`<button
        class="button"
        aria-pressed=${tag === spoken}
        @click=${() => {
          spoken = tag;
          draw();
        }}
      >
        ${tag.toUpperCase()}
      </button>`,
    )}
  </div>
</div>`;

const dossiers = () => html`<div class="field">
  <label for="dossiers">${_("Number of dossiers")}</label>
  <input
    class="input helper-count"
    id="dossiers"
    type="number"
    min="1"
    max=${view.most_dossiers}
    .value=${live(String(visit.dossiers))}
    @input=${(/** @type {Event} */ { target }) => {
      const count = /** @type {HTMLInputElement} */ (target).valueAsNumber;
      if (count >= 1 && count <= view.most_dossiers) set({ dossiers: count });
    }}
  />
</div>`;

load();
