/** The sign as a template: the counter, its number, and in which state it is. */

import { icon } from "../../web/js/icons.js";
import { html, keyed, nothing } from "../../web/js/templates.js";
import { LOOKS, lookOf } from "../board/counter_cells.js";
import { ago, both, bothOf, pairFor, pairOf, spaced, speaker } from "../board/words.js";

/**
 * @typedef {object} Shown
 * @property {any} sign  the view
 * @property {number} turn
 * @property {import("../board/unattended.js").Stale | null} stale
 */

/** @param {Shown} shown */
export const page = ({ sign, turn, stale }) => {
  const pair = pairOf(sign.languages, turn);
  const look = sign.is_day_open ? lookOf(sign) : "closed";
  return html`<main class="frame is-${look} ${stale ? "is-stale" : ""}">
    <section class="counter">
      <h1 class="counter-word stacked">${both(pair, ({ _ }) => _("Counter"))}</h1>
      <b class="counter-number number-face">${sign.counter}</b>
      <p class="counter-name stacked">${bothOf(pair, sign.name)}</p>
    </section>
    ${keyed(sign.call?.id ?? look, state(sign, look, pair))}
    ${stale ? lost(stale, pair) : nothing}
  </main>`;
};

/** @param {any} sign @param {import("../board/counter_cells.js").CounterLook} look @param {import("../board/words.js").Pair} pair */
const state = (sign, look, pair) => {
  const own = sign.call ? pairFor(pair, sign.call.language, sign.languages) : pair;
  const { drawing, says } = LOOKS[look];
  const say = look === "calling" ? calling(sign.call) : says;
  return html`<section class="state ${sign.ticket ? "has-number" : ""}" role="status">
    <p class="state-word">${icon(drawing)}<span class="stacked">${both(own, say)}</span></p>
    ${sign.ticket ? html`<p class="state-number number-face">${spaced(sign.ticket)}</p>` : nothing}
  </section>`;
};

/** @param {any} call @returns {import("../board/words.js").Say} */
const calling = (call) => ({ _ }) => (call?.is_recall ? _("Calling again") : _("Now calling"));

/** @param {import("../board/unattended.js").Stale} stale @param {import("../board/words.js").Pair} pair */
const lost = ({ at, age }, pair) => html`<p class="lost" role="status">
  ${icon("offline")}<span class="stacked"
    >${both(pair, ({ _, language }) => {
      const { clock, words } = speaker(language);
      return _("No connection. As of %(time)s, %(ago)s.", { time: clock.format(at), ago: ago(age)(words) });
    })}</span
  >
</p>`;
