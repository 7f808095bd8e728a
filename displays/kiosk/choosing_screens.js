/** Screens on which a citizen finds the procedure: start, home, search, one field. */

import { icon } from "../../web/js/icons.js";
import { _, language, textOf, weekday } from "../../web/js/i18n.js";
import { html, live, nothing } from "../../web/js/templates.js";
import { keyboard } from "./keyboard.js";
import { fieldTile, message, procedureRow } from "./parts.js";
import { hours } from "./state.js";
import { closedWords, notOpenWords } from "./words.js";

/** @typedef {import("./kiosk.js").Kiosk} Kiosk */

/** @param {string} tag */
const languageName = (tag) => {
  const name = new Intl.DisplayNames([tag], { type: "language" }).of(tag) ?? tag;
  return name.charAt(0).toLocaleUpperCase(tag) + name.slice(1);
};

/** @type {Record<string, string>} said in each language, since nobody has chosen one yet */
const INVITATION = { vi: "Chạm để bắt đầu", en: "Touch to begin" };

/** @param {Kiosk} kiosk */
export const startScreen = (kiosk) => {
  const { view, now } = kiosk;
  return html`<div class="start stack">
    <div class="start-welcome">
      <span class="badge start-badge">${icon("ticket")}</span>
      <h1 tabindex="-1">${_("Welcome")}</h1>
      <p class="start-centre">${textOf(view.name)}</p>
      <p class="dim">${weekday(now)}</p>
    </div>
    ${closedNotice(kiosk)}
    <div class="languages">
      ${view.languages.map(
        (tag) => html`<button
          class="button language ${tag === view.languages[0] ? "button-main" : ""}"
          lang=${tag}
          @click=${() => kiosk.chooseLanguage(tag)}
        >
          <strong>${languageName(tag)}</strong>
          <span>${INVITATION[tag] ?? INVITATION.en}</span>
        </button>`,
      )}
    </div>
  </div>`;
};

/** @param {Kiosk} kiosk */
export const closedNotice = ({ view, now }) => {
  const { isOpen, isSession, nextAt } = hours(view, now);
  if (isOpen) return nothing;
  const words = isSession ? notOpenWords() : closedWords(nextAt, now);
  const advice = [words.advice, _("You can still look up what to bring.")];
  if (view.hotline) advice.push(_("Hotline: %(number)s.", { number: view.hotline }));
  return message("clock", "is-notice", { title: words.title, advice: advice.join(" ") });
};

/** @param {Kiosk} kiosk */
export const homeScreen = (kiosk) => {
  const { view, now } = kiosk;
  const { isOpen } = hours(view, now);
  return html`<div class="stack">
    <h1 tabindex="-1">${_("What would you like to do today?")}</h1>
    ${closedNotice(kiosk)}
    <div class="home-head">
    <button class="search-button" @click=${() => kiosk.go("search")}>
      ${icon("search")}<span>${_("Find a procedure, e.g. “birth”, “land title”")}</span>
    </button>
    ${view.reception
      ? html`<button
          class="card card-link card-tint is-done help-tile"
          @click=${() => kiosk.chooseProcedure(view.reception ?? "")}
        >
          <span class="badge">${icon("help")}</span>
          <span>
            <strong>${_("I do not know what I need: help me")}</strong>
            <span>${_("Take a number for the help desk")}</span>
          </span>
        </button>`
      : nothing}
    </div>
    <ul class="tiles">
      ${view.fields.map(
        (field) => html`<li>${fieldTile(field, isOpen, () => kiosk.chooseField(field.id))}</li>`,
      )}
    </ul>
  </div>`;
};

/** @param {Kiosk} kiosk */
export const fieldScreen = (kiosk) => {
  const field = kiosk.field;
  if (!field) return nothing;
  const procedures = kiosk.proceduresOf(field.id);
  return html`<div class="stack">
    <h1 tabindex="-1" class="with-badge">
      <span class="badge" aria-hidden="true">${field.letter}</span>${textOf(field.name)}
    </h1>
    <p class="lead">${_("Choose the procedure.")}</p>
    <ul class="stack rows">
      ${procedures.map((procedure) =>
        procedureRow(procedure, undefined, () => kiosk.chooseProcedure(procedure.code)),
      )}
    </ul>
    ${helpRow(kiosk, _("What I need is not here"))}
  </div>`;
};

/** @param {Kiosk} kiosk */
export const searchScreen = (kiosk) => {
  const { query, hasMarks } = kiosk.visit;
  return html`<div class="search">
    <div class="stack search-head">
      <h1 tabindex="-1">${_("Find a procedure")}</h1>
      <div class="input-search">
        ${icon("search")}
        <input
          class="input"
          id="query"
          type="text"
          inputmode="none"
          autocomplete="off"
          spellcheck="false"
          maxlength="80"
          aria-label=${_("Find a procedure")}
          placeholder=${_("e.g. “birth”, “land title”")}
          .value=${live(query)}
          @input=${(/** @type {Event} */ event) =>
            kiosk.look(/** @type {HTMLInputElement} */ (event.target).value)}
        />
      </div>
    </div>
    <div class="search-found" data-scrolls tabindex="0" role="region" aria-label=${_("Results")}>
      ${found(kiosk)}
    </div>
    ${keyboard(query, kiosk.look, hasMarks, kiosk.toggleMarks)}
  </div>`;
};

/** @param {Kiosk} kiosk */
const found = (kiosk) => {
  const { hits } = kiosk.visit;
  if (hits === null) return html`<p class="lead dim">${_("Accents are not needed.")}</p>`;
  if (!hits.length) {
    return html`<div class="stack">
      <p class="lead" role="status">${_("Nothing was found. Try other words.")}</p>
      ${helpRow(kiosk, _("Somebody at the help desk will find it with you"))}
    </div>`;
  }
  const asked = hits.filter((hit) => hit.is_alike);
  const others = hits.filter((hit) => !hit.is_alike);
  if (!asked.length) return rows(kiosk, others);
  return html`<div class="stack">
    <div role="status">
      <h2 class="which">${icon("help")}${_("Which of these?")}</h2>
    </div>
    ${rows(kiosk, asked, "is-asked")}
    ${others.length ? html`<h2>${_("Something else")}</h2>${rows(kiosk, others)}` : nothing}
  </div>`;
};

/**
 * @param {Kiosk} kiosk
 * @param {import("./state.js").Hit[]} hits
 * @param {string} [tone]
 */
const rows = (kiosk, hits, tone = "") => html`<ul class="stack rows ${tone}">
  ${hits.map((hit) =>
    procedureRow(
      hit,
      kiosk.fieldOf(hit),
      () => kiosk.chooseProcedure(hit.code),
      hit.is_alike ? textOf(hit.hint) : "",
    ),
  )}
</ul>`;

/**
 * @param {Kiosk} kiosk
 * @param {string} words
 */
const helpRow = ({ view, chooseProcedure }, words) =>
  view.reception
    ? html`<button
        class="card card-link card-tint is-done"
        @click=${() => chooseProcedure(view.reception ?? "")}
      >
        <span class="badge">${icon("help")}</span>
        <span><strong>${words}</strong><span>${_("Take a number for the help desk")}</span></span>
      </button>`
    : nothing;

/** @param {Kiosk} kiosk */
export const languageButtons = (kiosk) => html`<div
  class="segments"
  role="group"
  aria-label=${_("Language")}
>
  ${kiosk.view.languages.map(
    (tag) => html`<button
      class="button"
      lang=${tag}
      aria-pressed=${tag === language}
      @click=${() => kiosk.chooseLanguage(tag)}
    >
      ${languageName(tag)}
    </button>`,
  )}
</div>`;
