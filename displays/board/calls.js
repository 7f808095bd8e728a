/** The newest call and those before it. */

import { icon } from "../../web/js/icons.js";
import { classMap, html } from "../../web/js/templates.js";
import { both, bothOf, pairFor, spaced } from "./words.js";

/** @typedef {import("./board_page.js").Shown} Shown */
/** @typedef {import("./words.js").Pair} Pair */

// Lists of a board are mapped, not `repeat`ed: lit-html 3.3 leaves a comment in the document for
// each item that `repeat` takes away, and a board runs for months.

/** @param {any} call @param {Shown} shown @param {Pair} pair */
export const newest = (call, { board }, pair) => {
  const own = pairFor(pair, call.language, board.languages);
  return html`<section class="newest">
    <div class="newest-label inline">${both(own, ({ _ }) => _("Now calling"))}</div>
    <div class="newest-number number-face">${spaced(call.number)}</div>
    <div class="newest-place">
      <span class="newest-word stacked">${both(own, ({ _ }) => _("Counter"))}</span>
      ${icon("arrow-right")}
      <b class="newest-counter number-face">${call.counter}</b>
      <span class="newest-where stacked">${bothOf(own, where(call, board))}</span>
    </div>
  </section>`;
};

/** Where to go; in a single zone, what for. @param {any} call @param {any} board */
export const where = (call, board) =>
  board.zones.length !== 1 && Object.keys(call.zone).length ? call.zone : call.field;

/** The calls before the newest. @param {Shown} shown @param {Pair} pair */
export const recent = ({ board, plan }, pair) =>
  list(board.calls.slice(1, plan.rows), pair, { says: ({ _ }) => _("Recent calls"), rows: plan.rows - 1 });

/** All calls, the newest first. @param {Shown} shown @param {Pair} pair */
export const rows = ({ board, plan }, pair) => {
  const room = plan.form === "waits" ? plan.columns : plan.rows;
  return list(board.calls.slice(0, room), pair, { says: ({ _ }) => _("Now calling"), rows: room, hasNewest: true });
};

/**
 * @param {any[]} calls
 * @param {Pair} pair
 * @param {{ says: import("./words.js").Say, rows: number, hasNewest?: boolean }} how
 */
const list = (calls, pair, { says, rows: room, hasNewest = false }) => html`<section class="called">
  <div class="called-head">
    <h2 class="inline">${both(pair, says)}</h2>
    <span class="inline">${both(pair, ({ _ }) => _("Counter"))}</span>
  </div>
  <ol class="called-rows">
    ${calls.map((call, place) => row(call, pair, hasNewest && place === 0))}
    ${Array.from({ length: Math.max(0, room - calls.length) }, () => html`<li class="row is-free" aria-hidden="true"></li>`)}
  </ol>
</section>`;

/** @param {any} call @param {Pair} pair @param {boolean} isNewest */
const row = (call, pair, isNewest) => html`<li class=${classMap({ row: true, "is-newest": isNewest })}>
  <span class="row-number number-face">${spaced(call.number)}</span>
  <span class="row-to"
    ><span class="row-word stacked">${both(pair, ({ _ }) => _("Counter"))}</span>${icon("arrow-right")}</span
  >
  <b class="row-counter number-face">${call.counter}</b>
</li>`;
