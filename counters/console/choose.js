/** Small dialogs: one choice among few, by number key or touch; and the list of keys. */

import { showDialog } from "../../web/js/dialog.js";
import { _ } from "../../web/js/i18n.js";
import { icon } from "../../web/js/icons.js";
import { html, nothing } from "../../web/js/templates.js";
import { cap } from "./actions.js";
import { digitOf, listedKeys } from "./keys.js";

/**
 * @typedef {object} Option
 * @property {string} word
 * @property {string} [detail]
 * @property {string} icon
 * @property {() => void} do
 * @property {[key: string, code: string, letter: string]} [pad]  its key on the keypad and its letter, where it has no digit
 */

/**
 * Choose one. Options without a key of their own are numbered.
 *
 * @param {string} title
 * @param {Option[]} options
 * @param {object} [more]
 * @param {() => unknown} [more.above]  drawn above the options
 * @param {(event: KeyboardEvent, draw: () => void) => void} [more.onKey]
 */
export const choose = (title, options, { above, onKey } = {}) => {
  const take = (/** @type {Option | undefined} */ option) => {
    if (!option) return;
    shown.close();
    option.do();
  };
  const numbered = options.filter(({ pad }) => !pad);
  const pressed = (/** @type {KeyboardEvent} */ event) => {
    if (event.repeat || event.ctrlKey || event.altKey || event.metaKey) return;
    const meant = numbered[digitOf(event) - 1] ?? options.find(({ pad }) => pad && (event.code === pad[1] || event.key.toLowerCase() === pad[2]));
    if (meant) event.preventDefault();
    take(meant);
    if (!meant) onKey?.(event, shown.draw);
  };
  const shown = showDialog(
    title,
    () => html`<div class="stack options">
      ${above?.() ?? nothing}
      ${numbered.map((option, place) => row(option, place < 9 ? `${place + 1}` : "", place === 0, take))}
      ${numbered.length < options.length
        ? html`<h3>${_("Everything else")}</h3>
            <div class="options-more">${options.filter(({ pad }) => pad).map((option) => row(option, option.pad?.[0] ?? "", false, take))}</div>`
        : nothing}
    </div>`,
    { kind: "dialog-choice", onKey: pressed },
  );
  return shown;
};

/**
 * @param {Option} option
 * @param {string} key
 * @param {boolean} isFirst
 * @param {(option: Option) => void} take
 */
const row = (option, key, isFirst, take) => html`<button class="button option" ?data-first=${isFirst} @click=${() => take(option)}>
  ${key ? cap(key) : nothing}${icon(option.icon)}
  <span>${option.word}${option.detail ? html`<br /><span class="dim small">${option.detail}</span>` : nothing}</span>
</button>`;

/** Show every key. */
export const showKeys = () =>
  showDialog(
    _("Keys"),
    () => html`
      <table class="table keys">
        <thead><tr><th scope="col">${_("Keyboard")}</th><th scope="col">${_("Keypad")}</th><th scope="col">${_("What it does")}</th></tr></thead>
          <tbody>
            ${listedKeys().map(
              ([keys, pad, words]) => html`<tr>
                <td>${keys.map((key) => html`<kbd class="keyboard-key">${key}</kbd> `)}</td>
                <td>${pad.map((key) => html`<kbd class="keyboard-key">${key}</kbd> `)}</td>
                <td>${words}</td>
              </tr>`,
            )}
          </tbody>
      </table>
    `,
    { kind: "dialog-wide" },
  );
