/** The whole page: masthead, the screen that is shown, the bar, and the dialogs. */

import { icon } from "../../web/js/icons.js";
import { _, clockTime, n_, textOf } from "../../web/js/i18n.js";
import { html, nothing } from "../../web/js/templates.js";
import {
  fieldScreen,
  fieldsScreen,
  homeScreen,
  languageButtons,
  startScreen,
} from "./choosing_screens.js";
import { appointmentScreen, dossierScreen } from "./code_screens.js";
import { question, takeHomeDialog } from "./dialogs.js";
import { priorityScreen } from "./priority_screen.js";
import { procedureScreen } from "./procedure_screen.js";
import { scrollOn } from "./scrolling.js";
import { searchScreen } from "./search_screen.js";
import { ticketScreen } from "./ticket_screen.js";

/** @typedef {import("./kiosk.js").Kiosk} Kiosk */
/** @typedef {import("./state.js").Screen} Screen */

/** @type {Record<Screen, (kiosk: Kiosk) => unknown>} */
const SCREENS = {
  start: startScreen,
  home: homeScreen,
  fields: fieldsScreen,
  search: searchScreen,
  field: fieldScreen,
  procedure: procedureScreen,
  priority: priorityScreen,
  appointment: appointmentScreen,
  dossier: dossierScreen,
  ticket: ticketScreen,
};

/** How far the golden line has come: it leads to the number. @type {Record<Screen, number>} */
const STEP = {
  start: 0,
  home: 1,
  fields: 1,
  search: 2,
  field: 2,
  procedure: 3,
  priority: 3,
  appointment: 2,
  dossier: 2,
  ticket: 4,
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
      <span class="path" data-step=${STEP[visit.screen]} aria-hidden="true"></span>
    </header>
    <main class="kiosk-main is-${visit.screen}" id="main" data-scrolls>
      ${SCREENS[visit.screen](kiosk)}
    </main>
    <button class="button button-main more" id="more" hidden @click=${scrollOn}>
      ${icon("arrow-down")}${_("More below")}
    </button>
    ${bar(kiosk)} ${question(kiosk)} ${takeHomeDialog(kiosk)}
  `;
};

/** Always there: the way back, and how the page is shown. @param {Kiosk} kiosk */
const bar = (kiosk) => {
  const { screen, trail } = kiosk.visit;
  const canGoBack = trail.length > 0 && screen !== "ticket" && screen !== "home";
  const isFirst = screen === "start" || screen === "ticket";
  return html`<footer class="tools">
    ${screen === "home" ? languageButtons(kiosk) : nothing}
    ${canGoBack
      ? html`<button class="button tool-back" @click=${kiosk.back}>${icon("arrow-left")}${_("Back")}</button>`
      : nothing}
    ${isFirst || screen === "home"
      ? nothing
      : html`<button class="button tool" @click=${kiosk.reset}>
          ${icon("home")}<span>${_("Begin anew")}</span>
        </button>`}
    <div class="tool-modes" role="group" aria-label=${_("How the page is shown")}>
      ${kiosk.speaker.isSilent
        ? html`<p class="tool-silent" role="status">${_("There is no sound now. Reception will help you.")}</p>`
        : nothing}
      ${tool(kiosk, "spoken", "headphones", _("Listen"))}
      ${tool(kiosk, "large", "text-size", _("Large text"))}
      ${tool(kiosk, "contrast", "contrast", _("Contrast"))}
      ${tool(kiosk, "low", "lower", _("Lower"))}
    </div>
  </footer>`;
};

/**
 * @param {Kiosk} kiosk
 * @param {import("./state.js").Mode} mode
 * @param {string} name
 * @param {string} words
 */
const tool = (kiosk, mode, name, words) =>
  kiosk.offers(mode)
    ? html`<button
        class="button tool tool-${mode}"
        aria-pressed=${kiosk.modes.has(mode)}
        @click=${() => kiosk.modes.toggle(mode)}
      >
        ${icon(name)}<span>${words}</span>
      </button>`
    : nothing;
