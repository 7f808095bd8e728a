/** Small dialogs: one choice among few, by number key or touch; and the list of keys. */

import { showDialog } from "../../web/js/dialog.js";
import { _ } from "../../web/js/i18n.js";
import { icon } from "../../web/js/icons.js";
import { html, nothing } from "../../web/js/templates.js";
import { cap } from "./actions.js";
import { digitOf, listedKeys } from "./keys.js";

/** @typedef {{ word: string, detail?: string, icon: string, do: () => void }} Option */

/**
 * @param {string} title
 * @param {Option[]} options
 */
export const choose = (title, options) => {
  const take = (/** @type {Option | undefined} */ option) => {
    if (!option) return;
    shown.close();
    option.do();
  };
  const shown = showDialog(
    title,
    () => html`<div class="stack">
      ${options.map(
        (option, place) => html`<button class="button button-large option" ?data-first=${place === 0} @click=${() => take(option)}>
          ${cap(`${place + 1}`)}${icon(option.icon)}
          <span>${option.word}${option.detail ? html`<br /><span class="dim small">${option.detail}</span>` : nothing}</span>
        </button>`,
      )}
    </div>`,
    { onKey: (event) => !event.repeat && take(options[digitOf(event) - 1]) },
  );
};

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
