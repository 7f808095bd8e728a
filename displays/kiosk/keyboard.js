/**
 * Keyboard on the screen. Plain letters are enough, since the search does not look at marks; who
 * wants to write them puts them in the place of the digits.
 */

import { icon } from "../../web/js/icons.js";
import { _, p_ } from "../../web/js/i18n.js";
import { html } from "../../web/js/templates.js";
import { LETTERS, TONES, toned } from "./vietnamese.js";

const DIGITS = [..."1234567890"];
const ROWS = ["qwertyuiop", "asdfghjkl", "zxcvbnm"];

/**
 * @param {string} text  what is typed so far
 * @param {(text: string) => void} onText
 * @param {boolean} hasMarks  marks are shown, not digits
 * @param {() => void} onMarks
 */
export const keyboard = (text, onText, hasMarks, onMarks) => {
  /** @param {string} letter */
  const key = (letter) =>
    html`<button class="key" @click=${() => onText(text + letter)}>${letter}</button>`;
  /** @param {[string, string]} tone */
  const toneKey = ([name, tone]) => html`<button
    class="key key-tone"
    lang="vi"
    @click=${() => onText(toned(text, tone))}
  >
    <span aria-hidden="true">${`a${tone}`.normalize("NFC")}</span><small>${name}</small>
  </button>`;
  return html`<div class="keyboard" role="group" aria-label=${_("Keyboard")}>
    ${hasMarks
      ? html`<div class="key-row">${LETTERS.map(key)}</div>
          <div class="key-row">${Object.entries(TONES).map(toneKey)}</div>`
      : html`<div class="key-row">${DIGITS.map(key)}</div>`}
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
      <button class="key key-wide" aria-pressed=${hasMarks} @click=${onMarks}>${_("Accents")}</button>
      <button class="key key-space" @click=${() => onText(`${text} `)}>${p_("key for an empty space", "Space")}</button>
    </div>
  </div>`;
};
