/** The whole page: masthead, the screen that is shown, tools, and the question to who went away. */

import { icon } from "../../web/js/icons.js";
import { _, clockTime, n_, textOf } from "../../web/js/i18n.js";
import { html, nothing } from "../../web/js/templates.js";
import {
  fieldScreen,
  homeScreen,
  languageButtons,
  searchScreen,
  startScreen,
} from "./choosing_screens.js";
import { priorityScreen, procedureScreen } from "./procedure_screen.js";
import { scrollOn } from "./scrolling.js";
import { ticketScreen } from "./ticket_screen.js";

/** @typedef {import("./kiosk.js").Kiosk} Kiosk */

/** @type {Record<import("./state.js").Screen, (kiosk: Kiosk) => unknown>} */
const SCREENS = {
  start: startScreen,
  home: homeScreen,
  search: searchScreen,
  field: fieldScreen,
  procedure: procedureScreen,
  priority: priorityScreen,
  ticket: ticketScreen,
};

/** @param {Kiosk} kiosk */
export const page = (kiosk) => {
  const { view, visit } = kiosk;
  return html`
    <header class="masthead">
      <div class="masthead-name">
        <strong>${textOf(view.name)}</strong><span>${textOf(view.address)}</span>
      </div>
      <time class="masthead-clock">${clockTime(kiosk.now)}</time>
    </header>
    <main class="kiosk-main is-${visit.screen}" id="main" data-scrolls>
      ${SCREENS[visit.screen](kiosk)}
    </main>
    <button class="button button-main more" id="more" hidden @click=${scrollOn}>
      ${icon("arrow-down")}${_("More below")}
    </button>
    ${footer(kiosk)} ${question(kiosk)}
  `;
};

/** @param {Kiosk} kiosk */
const footer = (kiosk) => {
  const { screen, trail } = kiosk.visit;
  const canGoBack = trail.length > 0 && screen !== "ticket" && screen !== "home";
  return html`<footer class="tools">
    ${screen === "home" ? languageButtons(kiosk) : nothing}
    ${canGoBack
      ? html`<button class="button" @click=${kiosk.back}>${icon("arrow-left")}${_("Back")}</button>`
      : nothing}
    ${screen === "start" || screen === "home" || screen === "ticket"
      ? nothing
      : html`<button class="button" @click=${kiosk.reset}>
          ${icon("home")}${_("Begin anew")}
        </button>`}
    <span class="grow"></span>
    ${tool(kiosk, "large", "text-size", _("Large text"))}
    ${tool(kiosk, "contrast", "contrast", _("Contrast"))}
    ${tool(kiosk, "low", "lower", _("Lower the screen"))}
  </footer>`;
};

/**
 * @param {Kiosk} kiosk
 * @param {"large" | "low" | "contrast"} choice
 * @param {string} name
 * @param {string} words
 */
const tool = (kiosk, choice, name, words) => html`<button
  class="button tool tool-${choice}"
  aria-pressed=${Boolean(document.documentElement.dataset[choice])}
  @click=${() => kiosk.toggle(choice)}
>
  ${icon(name)}<span>${words}</span>
</button>`;

/** Asks whether somebody is still there; one button stays. @param {Kiosk} kiosk */
const question = ({ secondsLeft, idle }) => html`<dialog
  class="dialog"
  id="still"
  aria-labelledby="still-title"
  @cancel=${idle.touch}
>
  <div class="stack">
    <h2 id="still-title">${_("Are you still there?")}</h2>
    <p>
      ${n_("The screen goes back to the first page in %(num)s second.", "The screen goes back to the first page in %(num)s seconds.", secondsLeft ?? 0)}
    </p>
    <button class="button button-main button-large" @click=${idle.touch}>
      ${_("I am still here")}
    </button>
  </div>
</dialog>`;

/** Open or close the question. @param {boolean} isAsked */
export const showQuestion = (isAsked) => {
  const dialog = /** @type {HTMLDialogElement | null} */ (document.getElementById("still"));
  if (!dialog || dialog.open === isAsked) return;
  if (isAsked) dialog.showModal();
  else dialog.close();
};
