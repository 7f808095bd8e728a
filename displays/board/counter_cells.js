/** Every counter with the number that is there. */

import { icon } from "../../web/js/icons.js";
import { html } from "../../web/js/templates.js";
import { both, spaced } from "./words.js";

/** @typedef {"calling" | "serving" | "idle" | "paused" | "closed"} CounterLook */

/** @type {Record<CounterLook, { drawing: string, says: import("./words.js").Say }>} */
export const LOOKS = {
  calling: { drawing: "bell", says: ({ _ }) => _("Please come") },
  serving: { drawing: "person", says: ({ _ }) => _("Being served") },
  idle: { drawing: "check", says: ({ _ }) => _("Ready") },
  paused: { drawing: "pause", says: ({ _ }) => _("On a break") },
  closed: { drawing: "close", says: ({ _ }) => _("Closed") },
};

/** @param {any} counter @returns {CounterLook} */
export const lookOf = ({ availability, activity, ticket }) => {
  if (ticket) return activity === "calling" ? "calling" : "serving";
  return availability === "open" ? "idle" : availability;
};

/** Where not all have room, those that are closed go first. @param {import("./board_page.js").Shown} shown @param {import("./words.js").Pair} pair */
export const cells = ({ board, plan, turn }, pair) => {
  const room = plan.rows * plan.columns;
  const isTight = board.counters.length > room;
  const counters = isTight
    ? board.counters.filter((/** @type {any} */ counter) => lookOf(counter) !== "closed")
    : board.counters;
  const pages = Math.ceil(counters.length / room) || 1;
  const place = Math.floor(turn / 2) % pages;
  return html`<ul class="form form-counters">
    ${counters
      .slice(place * room, (place + 1) * room)
      .map((/** @type {any} */ counter) => cell(counter, pair))}
  </ul>`;
};

/** @param {any} counter @param {import("./words.js").Pair} pair */
const cell = (counter, pair) => {
  const look = lookOf(counter);
  const { drawing, says } = LOOKS[look];
  return html`<li class="cell is-${look}">
    <span class="cell-counter"
      ><span class="visually-hidden">${both(pair, ({ _ }) => _("Counter"))} </span
      ><b class="number-face">${counter.number}</b></span
    >
    <span class="cell-number number-face">${counter.ticket ? spaced(counter.ticket) : ""}</span>
    <span class="cell-look">${icon(drawing)}<span class="inline">${both(pair, says)}</span></span>
  </li>`;
};
