/**
 * The page's one dialog: drawn by a function, closed by Esc, a button, or when it is done.
 *
 * The browser keeps the focus inside and gives it back to where it was.
 */

import { icon } from "./icons.js";
import { _ } from "./i18n.js";
import { sentenceOf } from "./refusals.js";
import { html, nothing, render } from "./templates.js";

/**
 * @typedef {object} Shown
 * @property {() => void} draw  draw again after something in the dialog changed
 * @property {() => void} close
 * @property {HTMLDialogElement} element
 */

/** @type {Shown | null} */
let open = null;
let problem = "";
let isBusy = false;

/** Asks the element: its event tells of the closing a moment later. */
export const isDialogOpen = () => open?.element.open === true;

/**
 * Show a dialog, instead of the one that is open.
 *
 * @param {string} title
 * @param {(shown: Shown) => unknown} body
 * @param {object} [options]
 * @param {string} [options.kind]  a class, for its width
 * @param {(event: KeyboardEvent, shown: Shown) => void} [options.onKey]
 */
export const showDialog = (title, body, { kind = "", onKey } = {}) => {
  open?.close();
  problem = "";
  const element = document.createElement("dialog");
  element.className = `dialog ${kind}`;
  element.setAttribute("aria-labelledby", "dialog-title");
  const close = () => element.close();
  const draw = () => render(html`${head(title, close)} ${body(shown)}`, element);
  /** @type {Shown} */
  const shown = { draw, close, element };
  open = shown;
  element.addEventListener("close", () => {
    element.remove();
    if (open === shown) open = null;
  });
  element.addEventListener("keydown", (event) => {
    if (!element.open) return; // just closed: the focus is still here, the key is the page's
    event.stopPropagation(); // the page's own keys rest
    onKey?.(event, shown);
  });
  document.body.append(element);
  draw();
  element.showModal();
  /** @type {HTMLElement | null} */ (element.querySelector("[data-first]"))?.focus();
  return shown;
};

/** Close what is open, e.g. when the ticket it is about went elsewhere. */
export const closeDialog = () => open?.close();

/** Draw the open dialog anew; does nothing while there is none. */
export const redrawDialog = () => open?.draw();

/**
 * Do something from the dialog: it waits, says what was declined, or closes.
 *
 * @param {() => Promise<unknown>} action
 * @param {object} [options]
 * @param {boolean} [options.stay]  do not close when it is done
 * @param {import("./refusals.js").Sentences} [options.sentences]  the page's own
 */
export const fromDialog = async (action, { stay = false, sentences } = {}) => {
  if (isBusy) return;
  const asking = open;
  [isBusy, problem] = [true, ""];
  redrawDialog();
  try {
    await action();
    if (!stay) asking?.close();
  } catch (error) {
    problem = sentenceOf(error, sentences);
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

/** What was declined, in words. */
export const dialogProblem = () =>
  html`<div role="alert">
    ${problem ? html`<p class="error">${icon("warning")}<span>${problem}</span></p>` : nothing}
  </div>`;

/**
 * @param {string} title
 * @param {() => void} close
 */
const head = (title, close) => html`<header class="dialog-head">
  <h2 id="dialog-title">${title}</h2>
  <button type="button" class="button button-quiet button-icon" @click=${close}>
    ${icon("close", _("Close"))}
  </button>
</header>`;
