/** Dialogs of the kiosk: whether somebody is still there, and the checklist's code. */

import { boot } from "../../web/js/boot.js";
import { icon } from "../../web/js/icons.js";
import { _, language } from "../../web/js/i18n.js";
import { html, nothing } from "../../web/js/templates.js";

/** @typedef {import("./kiosk.js").Kiosk} Kiosk */

/** Asks whether somebody is still there; one button stays. @param {Kiosk} kiosk */
export const question = ({ secondsLeft, idle, reset }) => html`<dialog
  class="dialog"
  id="still"
  aria-labelledby="still-title"
  @cancel=${idle.touch}
>
  <div class="stack">
    <h2 id="still-title">${_("Are you still there?")}</h2>
    <p aria-hidden="true" class="countdown">${secondsLeft ?? 0}</p>
    <p>${_("Otherwise the screen goes back to the first page, so that the next person sees nothing of yours.")}</p>
    <button class="button button-main button-large" @click=${idle.touch}>
      ${_("I am still here")}
    </button>
    <button class="button" @click=${reset}>${icon("home")}${_("End now")}</button>
  </div>
</dialog>`;

/**
 * The checklist as a code to scan: read at home, no number.
 *
 * @param {Kiosk} kiosk
 */
export const takeHomeDialog = ({ visit, closeTakeHome }) => {
  const query = new URLSearchParams({ centre: boot.centre, language });
  const address = `/p/${encodeURIComponent(visit.code)}/qr.svg?${query}`;
  return html`<dialog class="dialog" id="home" aria-labelledby="home-title" @cancel=${closeTakeHome}>
    <div class="stack take-home-dialog">
      <h2 id="home-title">${_("Take the checklist home")}</h2>
      ${visit.isTakingHome
        ? html`<img class="take-home-code" src=${address} alt=${_("Code of the checklist's page")} />`
        : nothing}
      <p>${_("Scan it with your phone's camera: papers, term and fee, to keep or to print.")}</p>
      <p class="dim">${_("It is no number: you take one when you come.")}</p>
      <button class="button button-main button-large" @click=${closeTakeHome}>
        ${icon("check")}${_("Done")}
      </button>
    </div>
  </dialog>`;
};

/**
 * Open or close a dialog.
 *
 * @param {string} id
 * @param {boolean} isAsked
 */
export const showDialog = (id, isAsked) => {
  const dialog = /** @type {HTMLDialogElement | null} */ (document.getElementById(id));
  if (!dialog || dialog.open === isAsked) return;
  if (isAsked) dialog.showModal();
  else dialog.close();
};
