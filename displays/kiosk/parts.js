/** Pieces that several screens of the kiosk share. */

import { icon } from "../../web/js/icons.js";
import { _, textOf } from "../../web/js/i18n.js";
import { html, nothing } from "../../web/js/templates.js";
import { shortWait } from "../forecast.js";
import { hours } from "./state.js";
import { closedWords, notOpenWords, waitingWords } from "./words.js";

/** @typedef {import("./kiosk.js").Kiosk} Kiosk */

/**
 * A card with a title, a sentence and an icon.
 *
 * @param {string} name  icon
 * @param {string} tone  state class, e.g. "is-notice"
 * @param {{ title: string, advice: string }} words
 * @param {unknown} [more]
 */
export const message = (name, tone, { title, advice }, more) => html`<div
  class="notice ${tone}"
  role="status"
  data-stop
>
  ${icon(name)}
  <div><strong class="message-title">${title}</strong><p>${advice}</p>${more ?? nothing}</div>
</div>`;

/** Where else help is: by telephone, and online at any hour. @param {Kiosk} kiosk */
export const elsewhere = ({ view }) => {
  const ways = [
    view.portal ? ["globe", _("Online at any hour: %(address)s", { address: view.portal })] : null,
    view.hotline ? ["phone", _("Hotline: %(number)s.", { number: view.hotline })] : null,
  ];
  return ways.map((way) =>
    way ? html`<p class="with-icon elsewhere">${icon(String(way[0]))}<span>${way[1]}</span></p>` : nothing,
  );
};

/** @param {Kiosk} kiosk */
export const closedNotice = (kiosk) => {
  const { isOpen, isSession, nextAt } = hours(kiosk.view, kiosk.now);
  if (isOpen) return nothing;
  const words = isSession ? notOpenWords() : closedWords(nextAt, kiosk.now);
  const advice = `${words.advice} ${_("You can still look up what to bring.")}`;
  return message("clock", "is-notice", { title: words.title, advice }, elsewhere(kiosk));
};

/**
 * @param {import("./state.js").Field} field
 * @param {boolean} isOpen
 * @param {() => void} onChoose
 */
export const fieldTile = (field, isOpen, onChoose) => html`<button
  class="card card-link tile ${field.is_full ? "is-full" : ""}"
  @click=${onChoose}
>
  <span class="badge" aria-hidden="true"
    >${field.letter}${field.icon ? icon(field.icon) : nothing}</span
  >
  <span>
    <strong>${textOf(field.name)}</strong>
    <span class="dim live">${tileWait(field, isOpen)}</span>
  </span>
</button>`;

/**
 * @param {import("./state.js").Field} field
 * @param {boolean} isOpen
 */
const tileWait = (field, isOpen) => {
  if (field.is_full) return _("all numbers of today given");
  if (!isOpen) return textOf(field.zone);
  const wait = shortWait(field.forecast);
  if (!field.waiting) return wait || waitingWords(0);
  // no line break inside a part
  return [waitingWords(field.waiting), wait].map((part) => html`<span>${part}</span>`);
};

/**
 * @param {import("./state.js").Procedure} procedure
 * @param {import("./state.js").Field | undefined} field
 * @param {() => void} onChoose
 * @param {string} [hint]  when it is the right one, in plain words
 */
export const procedureRow = (procedure, field, onChoose, hint = "") => html`<li>
  <button class="card card-link procedure-row" @click=${onChoose}>
    ${field
      ? html`<span class="badge badge-small" aria-hidden="true">${field.letter}</span>`
      : nothing}
    <span class="grow">
      <strong>${textOf(procedure.name)}</strong>
      ${hint ? html`<span class="procedure-hint">${hint}</span>` : nothing}
    </span>
    ${icon("chevron-right")}
  </button>
</li>`;

/**
 * Leads to a number of the help desk.
 *
 * @param {Kiosk} kiosk
 * @param {string} words
 */
export const helpRow = ({ view, chooseProcedure }, words) =>
  view.reception
    ? html`<button
        class="card card-link card-tint is-done"
        @click=${() => chooseProcedure(view.reception ?? "")}
      >
        <span class="badge">${icon("help")}</span>
        <span><strong>${words}</strong><span>${_("Take a number for the help desk")}</span></span>
      </button>`
    : nothing;
