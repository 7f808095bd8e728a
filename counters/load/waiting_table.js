/** Who waits, the longest first; as many as a screen can take, the rest on demand. */

import { _, n_, textOf } from "../../web/js/i18n.js";
import { icon } from "../../web/js/icons.js";
import { html, nothing, repeat } from "../../web/js/templates.js";
import { askWhy } from "../explanation/why.js";
import { passed, shownNumber } from "./words.js";

/** @typedef {import("./load_types.js").Load} Load */
/** @typedef {import("./load_types.js").WaitingTicket} WaitingTicket */

const FIRST_SHOWN = 8;
let showsAll = false;

/**
 * @param {Load} load
 * @param {number} now
 * @param {(procedure: string) => string} nameOfProcedure
 * @param {() => void} redraw
 */
export const waitingTable = (load, now, nameOfProcedure, redraw) => {
  const all = [...load.waiting].sort((one, other) => one.since.localeCompare(other.since));
  const shown = showsAll ? all : all.slice(0, FIRST_SHOWN);
  const toggle = () => {
    showsAll = !showsAll;
    redraw();
  };
  return html`<section class="card stack waiting" aria-labelledby="waiting-title">
    <h2 id="waiting-title" class="card-title">${_("Who waits longest")}</h2>
    ${shown.length
      ? html`<ol class="waiting-list live">
          ${repeat(
            shown,
            (ticket) => ticket.id,
            (ticket) => entry(ticket, load, now, nameOfProcedure),
          )}
        </ol>`
      : html`<p class="dim">${_("Nobody is waiting.")}</p>`}
    <button class="button button-quiet" aria-haspopup="dialog" @click=${() => askWhy()}>
      ${icon("help")}${_("Why was a number passed?")}
    </button>
    ${all.length > FIRST_SHOWN
      ? html`<button class="button" aria-expanded=${showsAll} @click=${toggle}>
          ${showsAll
            ? _("Show fewer")
            : n_("Show all %(num)s", "Show all %(num)s", all.length)}
        </button>`
      : nothing}
  </section>`;
};

/**
 * @param {WaitingTicket} ticket
 * @param {Load} load
 * @param {number} now
 * @param {(procedure: string) => string} nameOfProcedure
 */
const entry = (ticket, load, now, nameOfProcedure) => {
  const isLate = Date.parse(ticket.late_from) <= now;
  const reserved = load.counters.find(({ id }) => id === ticket.reserved_for);
  return html`<li class="waiting-entry">
    <strong class="number">${shownNumber(ticket.number)}</strong>
    <span class="waiting-what">
      <span>${nameOfProcedure(ticket.procedure)}</span>
      ${ticket.priority_class
        ? html`<span class="small state is-paused"
            >${icon("heart")}${textOf(load.priority_classes[ticket.priority_class])}</span
          >`
        : nothing}
      ${reserved
        ? html`<span class="small dim"
            >${_("for counter %(number)s only", { number: reserved.number })}</span
          >`
        : nothing}
    </span>
    <span class="state ${isLate ? "is-calling" : ""}"
      >${isLate ? icon("warning", _("Beyond the target")) : nothing}${passed(
        ticket.since,
        now,
      )}</span
    >
  </li>`;
};
