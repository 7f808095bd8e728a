/** Screens on which a citizen finds the procedure: start, three ways, fields, one field. */

import { icon } from "../../web/js/icons.js";
import { _, language, textOf, weekday } from "../../web/js/i18n.js";
import { languageName } from "../../web/js/languages.js";
import { html, nothing } from "../../web/js/templates.js";
import { greetingIn } from "./greetings.js";
import { closedNotice, fieldTile, helpRow, procedureRow } from "./parts.js";
import { hours } from "./state.js";

/** @typedef {import("./kiosk.js").Kiosk} Kiosk */

/** @param {Kiosk} kiosk */
export const startScreen = (kiosk) => {
  const { view, now } = kiosk;
  const [own = "vi", ...others] = view.languages;
  return html`<div class="start">
    <div class="start-welcome">
      <span class="stub start-stub" aria-hidden="true">${icon("ticket")}</span>
      <h1 tabindex="-1" lang=${own} data-stop>${greetingIn(own).welcome}</h1>
      ${others.map((tag) => html`<p class="start-other" lang=${tag}>${greetingIn(tag).welcome}</p>`)}
      <p class="start-centre">${textOf(view.name)}</p>
      <p class="dim">${weekday(now)}</p>
    </div>
    ${closedNotice(kiosk)}
    <ul class="languages">
      ${view.languages.map(
        (tag) => html`<li><button
          class="button language"
          lang=${tag}
          @click=${() => kiosk.chooseLanguage(tag)}
        >
          <strong>${languageName(tag)}</strong>
          <span>${greetingIn(tag).begin}</span>
        </button></li>`,
      )}
    </ul>
    ${kiosk.offers("spoken")
      ? html`<div class="start-listen dim">
          ${icon("headphones")}
          <p>${view.languages.map((tag) => html`<span lang=${tag}>${greetingIn(tag).listen} </span>`)}</p>
        </div>`
      : nothing}
  </div>`;
};

/**
 * One way on from the first question.
 *
 * @typedef {object} Way
 * @property {string} icon
 * @property {string} title
 * @property {string} words
 * @property {() => void} onChoose
 */

/**
 * Besides the three ways: what fewer people come for, as a row of smaller buttons.
 *
 * @type {((kiosk: Kiosk) => Way | null)[]}
 */
const FURTHER_WAYS = [
  ({ view, goTo }) =>
    view.takes_appointments
      ? { icon: "calendar", title: _("I have an appointment"), words: "", onChoose: () => goTo("appointment") }
      : null,
  ({ goTo }) => ({
    icon: "documents",
    title: _("Follow a dossier"),
    words: "",
    onChoose: () => goTo("dossier"),
  }),
];

/** @param {Kiosk} kiosk @returns {Way[]} */
const ways = ({ view, go, chooseProcedure }) => {
  /** @type {Way[]} */
  const three = [
    {
      icon: "grid",
      title: _("Choose by field"),
      words: view.fields
        .slice(0, 4)
        .map((field) => textOf(field.name))
        .join(" · "),
      onChoose: () => go("fields"),
    },
    {
      icon: "search",
      title: _("Search"),
      words: _("Type a word, e.g. “birth”, “land title”"),
      onChoose: () => go("search"),
    },
  ];
  const { reception } = view;
  if (!reception) return three;
  const help = {
    icon: "help",
    title: _("I do not know: help me"),
    words: _("A number for the help desk, where somebody finds it with you"),
    onChoose: () => chooseProcedure(reception),
  };
  return [...three, help];
};

/** @param {Kiosk} kiosk */
export const homeScreen = (kiosk) => {
  const further = FURTHER_WAYS.map((way) => way(kiosk)).filter((way) => way !== null);
  return html`<div class="home">
    <h1 tabindex="-1" data-stop>${_("What would you like to do today?")}</h1>
    ${closedNotice(kiosk)}
    <ul class="ways">
      ${ways(kiosk).map(
        (way) => html`<li>
          <button class="card card-link way" @click=${way.onChoose}>
            <span class="badge">${icon(way.icon)}</span>
            <span class="grow"><strong>${way.title}</strong><span class="dim">${way.words}</span></span>
            ${icon("chevron-right")}
          </button>
        </li>`,
      )}
    </ul>
    ${further.length
      ? html`<ul class="further">
          ${further.map(
            (way) => html`<li>
              <button class="button" @click=${way.onChoose}>${icon(way.icon)}${way.title}</button>
            </li>`,
          )}
        </ul>`
      : nothing}
  </div>`;
};

/** @param {Kiosk} kiosk */
export const fieldsScreen = (kiosk) => {
  const { isOpen } = hours(kiosk.view, kiosk.now);
  return html`<div class="fields">
    <h1 tabindex="-1" data-stop>${_("Choose the field.")}</h1>
    ${closedNotice(kiosk)}
    <ul class="tiles">
      ${kiosk.view.fields.map(
        (field) => html`<li>${fieldTile(field, isOpen, () => kiosk.chooseField(field.id))}</li>`,
      )}
    </ul>
  </div>`;
};

/** @param {Kiosk} kiosk */
export const fieldScreen = (kiosk) => {
  const { field } = kiosk;
  if (!field) return nothing;
  return html`<div class="stack">
    <h1 tabindex="-1" class="with-badge" data-stop>
      <span class="badge" aria-hidden="true">${field.letter}</span>${textOf(field.name)}
    </h1>
    <p class="lead">${_("Choose the procedure.")}</p>
    <ul class="stack rows">
      ${kiosk
        .proceduresOf(field.id)
        .map((procedure) =>
          procedureRow(procedure, undefined, () => kiosk.chooseProcedure(procedure.code)),
        )}
    </ul>
    ${helpRow(kiosk, _("What I need is not here"))}
  </div>`;
};

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
