/** Dialogs: one at a time, drawn by a function, closed by Esc, a button, or when they are done. */

import { icon } from "../../web/js/icons.js";
import { _ } from "../../web/js/i18n.js";
import { html, render } from "../../web/js/templates.js";

/**
 * @typedef {object} Shown
 * @property {() => void} draw  draw again after something in the dialog changed
 * @property {() => void} close
 * @property {HTMLDialogElement} element
 */

/** @type {Shown | null} */
let open = null;

/** Asks the element: its event tells of the closing a moment later. */
export const isDialogOpen = () => open?.element.open === true;

/**
 * Show a dialog.
 *
 * @param {string} title
 * @param {(shown: Shown) => unknown} body
 * @param {object} [options]
 * @param {string} [options.kind]  a class, for its width
 * @param {(event: KeyboardEvent, shown: Shown) => void} [options.onKey]
 */
export const showDialog = (title, body, { kind = "", onKey } = {}) => {
  open?.close();
  const element = document.createElement("dialog");
  element.className = `dialog ${kind}`;
  element.setAttribute("aria-labelledby", "dialog-title");
  const close = () => element.close();
  const draw = () => render(frame(title, body(shown), close), element);
  /** @type {Shown} */
  const shown = { draw, close, element };
  open = shown;
  element.addEventListener("close", () => {
    element.remove();
    if (open === shown) open = null;
  });
  element.addEventListener("keydown", (event) => {
    event.stopPropagation(); // the console's own keys rest
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

/**
 * @param {string} title
 * @param {unknown} body
 * @param {() => void} close
 */
const frame = (title, body, close) => html`
  <div class="row row-apart dialog-head">
    <h2 id="dialog-title">${title}</h2>
    <button type="button" class="button button-quiet button-icon" @click=${close}>
      ${icon("close", _("Close"))}
    </button>
  </div>
  ${body}
`;

/** Whether typing goes into this element. @param {EventTarget | null} target */
export const isTyping = (target) =>
  target instanceof HTMLElement &&
  target.matches("input:not([type=radio], [type=checkbox]), textarea, select");
