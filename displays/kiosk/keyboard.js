/**
 * Keyboard on the screen. Plain letters are enough, since the search does not look at marks; in
 * Vietnamese they compose by Telex, and who does not know that has keys for the marks.
 */

import { icon } from "../../web/js/icons.js";
import { _, p_ } from "../../web/js/i18n.js";
import { html, nothing } from "../../web/js/templates.js";
import { DIGITS, isTelex, letters } from "./layouts.js";
import { withKey, withoutLast } from "./telex.js";
import { LETTERS, TONES, toned } from "./vietnamese.js";

/**
 * @typedef {"letters" | "digits" | "marks"} Panel
 * @typedef {import("./telex.js").Typed} Typed
 */

/**
 * @param {object} shown
 * @param {Typed} shown.typed
 * @param {Panel} shown.panel
 * @param {boolean} shown.isWide  ten keys fit beside each other
 * @param {(typed: Typed) => void} onTyped
 * @param {(panel: Panel) => void} onPanel
 */
export const keyboard = ({ typed, panel, isWide }, onTyped, onPanel) => {
  /** @param {string} letter */
  const key = (letter) => html`<button
    class="key"
    @click=${() => onTyped(withKey(typed, letter, isTelex))}
  >
    ${letter}
  </button>`;
  /** @param {[string, string]} tone */
  const toneKey = ([name, tone]) => html`<button
    class="key key-tone"
    lang="vi"
    @click=${() => onTyped({ text: toned(typed.text, tone), keys: "" })}
  >
    <span aria-hidden="true">${`a${tone}`.normalize("NFC")}</span><small>${name}</small>
  </button>`;
  const marks = [LETTERS.map(key), Object.entries(TONES).map(toneKey)];
  const digits = isWide ? [[...DIGITS].map(key)] : halves(DIGITS).map((half) => [...half].map(key));
  const letterRows = letters(isWide).map((row) => [...row].map(key));
  const rows = isWide
    ? [...(panel === "marks" ? marks : digits), ...letterRows]
    : { letters: letterRows, digits, marks }[panel];
  rows.at(-1)?.push(backspace(typed, onTyped));
  return html`<div class="keyboard" role="group" data-grid aria-label=${_("Keyboard")}>
    ${rows.map((row) => html`<div class="key-row">${row}</div>`)}
    <div class="key-row">
      <button class="key key-wide" @click=${() => onTyped({ text: "", keys: "" })}>
        ${_("Clear")}
      </button>
      ${isWide ? nothing : panelKey("digits", "123", panel, onPanel)}
      ${isTelex ? panelKey("marks", _("Accents"), panel, onPanel) : nothing}
      <button class="key key-space" @click=${() => onTyped({ text: `${typed.text} `, keys: "" })}>
        ${p_("key for an empty space", "Space")}
      </button>
    </div>
  </div>`;
};

/**
 * @param {Typed} typed
 * @param {(typed: Typed) => void} onTyped
 */
const backspace = (typed, onTyped) => html`<button
  class="key key-wide"
  @click=${() => onTyped(withoutLast(typed.text))}
>
  ${icon("backspace", _("Delete the last letter"))}
</button>`;

/**
 * @param {Panel} own
 * @param {string} words
 * @param {Panel} panel
 * @param {(panel: Panel) => void} onPanel
 */
const panelKey = (own, words, panel, onPanel) => html`<button
  class="key key-wide"
  aria-pressed=${panel === own}
  @click=${() => onPanel(panel === own ? "letters" : own)}
>
  ${words}
</button>`;

/** @param {string} text */
const halves = (text) => [text.slice(0, text.length / 2), text.slice(text.length / 2)];
