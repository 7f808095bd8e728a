/** The top of the page: which day it is, whether it is open, and opening or closing it. */

import {
  closeDialog,
  dialogProblem,
  fromDialog,
  isDialogBusy,
  showDialog,
} from "../../web/js/dialog.js";
import { _, clockTime, n_, weekday } from "../../web/js/i18n.js";
import { icon } from "../../web/js/icons.js";
import { html, nothing } from "../../web/js/templates.js";
import { closeDay, openDay, orSay } from "./commands.js";

/** @typedef {import("./load_types.js").Load} Load */

/**
 * @param {Load} load
 * @param {number} now
 * @param {() => Load} newest
 */
export const dayControl = (load, now, newest) => html`<div class="row row-apart day-control">
  <div>
    <h1 class="page-title">${_("Running the centre")}</h1>
    <p class="dim live">${weekday(now)} · <time>${clockTime(now)}</time> · ${dayWords(load)}</p>
  </div>
  ${load.day?.is_open
    ? html`<button class="button" aria-haspopup="dialog" @click=${() => askToClose(newest)}>
        ${icon("lock")}${_("Close the day")}
      </button>`
    : html`<button class="button button-main" @click=${() => orSay(openDay)}>
        ${icon("play")}${_("Open the day")}
      </button>`}
</div>`;

/** @param {Load} load */
const dayWords = ({ day }) => {
  if (!day) return _("the day has not been opened yet");
  if (!day.is_open) return _("the day is closed");
  return _("open since %(time)s", { time: clockTime(day.opened_at) });
};

/** @param {() => Load} newest */
const askToClose = (newest) =>
  showDialog(_("Close the day?"), () => {
    const { waiting, parked, booked, at_counters } = newest().totals;
    const left = waiting + parked + booked;
    return html`<div class="stack">
        <p>
          ${_("No more numbers are given today. Whoever is being served is served to the end.")}
        </p>
        ${left
          ? html`<p class="notice is-danger">
              ${icon("warning")}<span
                >${n_(
                  "%(num)s number that was not served yet expires.",
                  "%(num)s numbers that were not served yet expire.",
                  left,
                )}</span
              >
            </p>`
          : nothing}
        ${at_counters
          ? html`<p class="dim">${_("%(now)s at the counters now", { now: at_counters })}</p>`
          : nothing}
        ${dialogProblem()}
        <div class="row">
          <button
            class="button button-danger"
            ?disabled=${isDialogBusy()}
            @click=${() => fromDialog(closeDay)}
          >
            ${icon("lock")}${_("Close the day")}
          </button>
          <button class="button" @click=${closeDialog}>${_("Not now")}</button>
        </div>
      </div>`;
  });
