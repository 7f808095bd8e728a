/** Dialogs of the administrator's page: a form that is sent, a link that is shown once. */

import { icon } from "../../web/js/icons.js";
import { _ } from "../../web/js/i18n.js";
import { html, nothing, render } from "../../web/js/templates.js";
import { sentence } from "./words.js";

/**
 * @typedef {object} Question
 * @property {string} title
 * @property {() => unknown} body  what stands between title and buttons; rendered anew on `show`
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
  let isBusy = false;
  /** @type {string | null} */
  let refusal = null;

  /** @param {SubmitEvent} event */
  const submit = async (event) => {
    event.preventDefault();
    const form = new FormData(/** @type {HTMLFormElement} */ (event.currentTarget));
    [isBusy, refusal] = [true, null];
    show();
    try {
      await send(form);
      dialog.close();
    } catch (error) {
      refusal = sentence(error);
    } finally {
      isBusy = false;
      show();
    }
  };

  const dialog = opened();
  const show = () =>
    render(
      html`<form class="stack" @submit=${submit}>
        <h2 id="dialog-title">${title}</h2>
        ${body()}
        ${refusal
          ? html`<p class="error" role="alert">${icon("warning")}<span>${refusal}</span></p>`
          : nothing}
        <div class="row row-end">
          <button type="button" class="button" @click=${() => dialog.close()}>
            ${_("Cancel")}
          </button>
          <button
            class=${`button ${isDangerous ? "button-danger" : "button-main"}`}
            ?disabled=${isBusy}
          >
            ${action}
          </button>
        </div>
      </form>`,
      dialog,
    );
  show();
  dialog.showModal();
  return show;
};

/**
 * Show a one-time link, once: nobody can read it again later.
 *
 * @param {string} title
 * @param {string} advice  what to do with it
 * @param {string} page  path of the link on this server
 */
export const showLink = (title, advice, page) => {
  const dialog = opened();
  const address = new URL(page, location.origin).href;
  let isCopied = false;

  const copy = async () => {
    const field = /** @type {HTMLInputElement} */ (dialog.querySelector("input"));
    field.select();
    isCopied = await copied(address);
    show();
  };

  const show = () =>
    render(
      html`<div class="stack">
        <h2 id="dialog-title">${title}</h2>
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
          <button class="button" @click=${() => dialog.close()}>${_("Done")}</button>
        </div>
      </div>`,
      dialog,
    );
  show();
  dialog.showModal();
};

const opened = () => {
  const dialog = document.createElement("dialog");
  dialog.className = "dialog";
  dialog.setAttribute("aria-labelledby", "dialog-title");
  dialog.addEventListener("close", () => dialog.remove());
  document.body.append(dialog);
  return dialog;
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
