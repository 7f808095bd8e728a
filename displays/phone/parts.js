/** Pieces that the parts of the page share. */

import { icon } from "../../web/js/icons.js";
import { _, textOf } from "../../web/js/i18n.js";
import { html, nothing } from "../../web/js/lit.js";

/** @typedef {import("./ticket_page.js").Held} Held */

/** @param {Held} held */
export const plate = (held, tone = "") => html`<div class="plate ${tone}">
  <p>${_("Your number")}</p>
  <p class="ticket-number" data-number>${held.number}</p>
  <p class="plate-field">${textOf(held.field)}</p>
</div>`;

/**
 * A state in words: icon, sentence, what to do.
 *
 * @param {string} name
 * @param {string} tone
 * @param {string} title
 * @param {unknown} [advice]
 */
export const word = (name, tone, title, advice = "") => html`<div class="notice ${tone}">
  ${icon(name)}
  <div><strong>${title}</strong>${advice ? html`<p>${advice}</p>` : nothing}</div>
</div>`;

/**
 * @param {string} name
 * @param {unknown} content
 */
export const fact = (name, content) => html`<p class="with-icon">${icon(name)}<span>${content}</span></p>`;
