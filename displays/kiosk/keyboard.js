/** Keyboard on the screen. Plain letters are enough: the search does not look at marks. */

import { icon } from "../../web/js/icons.js";
import { _, p_ } from "../../web/js/i18n.js";
import { html } from "../../web/js/templates.js";

const ROWS = ["1234567890", "qwertyuiop", "asdfghjkl", "zxcvbnm"];

/**
 * @param {string} text  what is typed so far
 * @param {(text: string) => void} onText
 */
export const keyboard = (text, onText) => {
  /** @param {string} letter */
  const key = (letter) =>
    html`<button class="key" @click=${() => onText(text + letter)}>${letter}</button>`;
  return html`<div class="keyboard" role="group" aria-label=${_("Keyboard")}>
    ${ROWS.map((row, place) => {
      const isLast = place === ROWS.length - 1;
      return html`<div class="key-row">
        ${[...row].map(key)}
        ${isLast
          ? html`<button class="key key-wide" @click=${() => onText(text.slice(0, -1))}>
              ${icon("arrow-left", _("Delete the last letter"))}
            </button>`
          : ""}
      </div>`;
    })}
    <div class="key-row">
      <button class="key key-wide" @click=${() => onText("")}>${_("Clear")}</button>
      <button class="key key-space" @click=${() => onText(`${text} `)}>${p_("key for an empty space", "Space")}</button>
    </div>
  </div>`;
};
