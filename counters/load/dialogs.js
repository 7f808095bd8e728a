/**
 * The page's one dialog: a template that is drawn again with every view, and its error.
 *
 * The browser keeps the focus inside and gives it back to where it was.
 */

import { icon } from "../../web/js/icons.js";
import { _ } from "../../web/js/i18n.js";
import { html, nothing, render } from "../../web/js/templates.js";
import { sentenceOf } from "./refusals.js";

/** @typedef {import("../../web/vendor/lit-html/lit-html.js").TemplateResult} Template */

const dialog = /** @type {HTMLDialogElement} */ (document.getElementById("dialog"));

/** @type {(() => Template) | null} */
let content = null;
let problem = "";
let isBusy = false;

/** Show a dialog. @param {() => Template} template */
export const openDialog = (template) => {
  content = template;
  problem = "";
  redrawDialog();
  if (!dialog.open) dialog.showModal();
};

export const closeDialog = () => dialog.close();

/** Draw the open dialog anew; does nothing while there is none. */
export const redrawDialog = () => {
  if (content) render(content(), dialog);
};

dialog.addEventListener("close", () => {
  content = null;
  render(nothing, dialog);
});

/**
 * Do something from the dialog: it waits, says what was declined, or closes.
 *
 * @param {() => Promise<unknown>} action
 * @param {{ stay?: boolean }} [options]
 */
export const fromDialog = async (action, { stay = false } = {}) => {
  if (isBusy) return;
  [isBusy, problem] = [true, ""];
  redrawDialog();
  try {
    await action();
    if (!stay) closeDialog();
  } catch (error) {
    problem = sentenceOf(error);
  } finally {
    isBusy = false;
    redrawDialog();
  }
};

/** Say something that is wrong with what was entered. @param {string} words */
export const complain = (words) => {
  problem = words;
  redrawDialog();
};

/** Whether an action is under way, for buttons. */
export const isDialogBusy = () => isBusy;

/** The heading with its close button. @param {string} title */
export const dialogHead = (title) => html`<header class="dialog-head">
  <h2 id="dialog-title">${title}</h2>
  <button type="button" class="button button-quiet button-icon" @click=${closeDialog}>
    ${icon("close", _("Close"))}
  </button>
</header>`;

/** What was declined, in words. */
export const dialogProblem = () =>
  html`<div role="alert">
    ${problem ? html`<p class="error">${icon("warning")}<span>${problem}</span></p>` : nothing}
  </div>`;
