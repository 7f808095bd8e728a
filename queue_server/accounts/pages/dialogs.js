/** Dialogs of the administrator's page: a form that is sent, a link that is shown once. */

import { dialogProblem, fromDialog, isDialogBusy, showDialog } from "../../web/js/dialog.js";
import { _ } from "../../web/js/i18n.js";
import { icon } from "../../web/js/icons.js";
import { html } from "../../web/js/templates.js";
import { ACCOUNT_SENTENCES } from "./words.js";

/**
 * @typedef {object} Question
 * @property {string} title
 * @property {() => unknown} body  what stands between title and buttons; rendered anew on `draw`
 * @property {string} action  word on the main button
 * @property {boolean} [isDangerous]
 * @property {(form: FormData) => Promise<void>} send  closes the dialog unless it throws a Refusal
 */

/**
 * Ask something in a dialog and send the answer.
 *
 * @param {Question} question
 * @returns {() => void} renders the dialog anew, for a body that depends on what was chosen
 */
export const ask = ({ title, body, action, isDangerous, send }) => {
  /** @param {SubmitEvent} event */
  const submit = (event) => {
    event.preventDefault();
    const form = new FormData(/** @type {HTMLFormElement} */ (event.currentTarget));
    return fromDialog(() => send(form), { sentences: ACCOUNT_SENTENCES });
  };
  const { draw } = showDialog(
    title,
    ({ close }) =>
      html`<form class="stack" @submit=${submit}>
        ${body()} ${dialogProblem()}
        <div class="row row-end">
          <button type="button" class="button" @click=${close}>${_("Cancel")}</button>
          <button
            class=${`button ${isDangerous ? "button-danger" : "button-main"}`}
            ?disabled=${isDialogBusy()}
          >
            ${action}
          </button>
        </div>
      </form>`,
  );
  return draw;
};

/**
 * Show a one-time link, once: nobody can read it again later.
 *
 * @param {string} title
 * @param {string} advice  what to do with it
 * @param {string} page  path of the link on this server
 */
export const showLink = (title, advice, page) => {
  const address = new URL(page, location.origin).href;
  let isCopied = false;

  const copy = async () => {
    const field = /** @type {HTMLInputElement} */ (shown.element.querySelector("input"));
    field.select();
    isCopied = await copied(address);
    shown.draw();
  };

  const shown = showDialog(
    title,
    ({ close }) =>
      html`<div class="stack">
        <p>${advice}</p>
        <div class="field">
          <label for="link">${_("One-time link")}</label>
          <div class="link-field">
            <input class="input" id="link" readonly .value=${address} />
            <button class="button button-main" @click=${copy}>
              ${icon(isCopied ? "check" : "documents")}${isCopied ? _("Copied") : _("Copy")}
            </button>
          </div>
          <p class="hint">${_("It is shown only now.")}</p>
        </div>
        <div class="row row-end">
          <button class="button" @click=${close}>${_("Done")}</button>
        </div>
      </div>`,
  );
};

/**
 * @param {string} text  what is selected in the dialog
 */
const copied = async (text) => {
  // only secure pages have a clipboard; a centre's own network often has plain http
  if (navigator.clipboard) {
    return navigator.clipboard.writeText(text).then(
      () => true,
      () => false,
    );
  }
  return document.execCommand("copy");
};
