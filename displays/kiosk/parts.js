/** Pieces that several screens of the kiosk share. */

import { icon } from "../../web/js/icons.js";
import { _, textOf } from "../../web/js/i18n.js";
import { html, nothing } from "../../web/js/templates.js";
import { shortWait } from "../forecast.js";
import { waitingWords } from "./words.js";

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
>
  ${icon(name)}
  <div><strong class="message-title">${title}</strong><p>${advice}</p></div>
  ${more ?? nothing}
</div>`;

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
