/**
 * A new call over the whole board: for who looks elsewhere, and for who cannot hear. It moves for
 * five seconds at most, never faster than once a second; where motion is unwanted it is framed.
 */

import { icon } from "../../web/js/icons.js";
import { classMap, html, keyed, nothing } from "../../web/js/templates.js";
import { where } from "./calls.js";
import { both, bothOf, pairFor, spaced } from "./words.js";

/** Calls named at the foot of the banner while they wait for their turn. */
const NAMED = 4;

/**
 * @param {any} call
 * @param {import("./board_page.js").Shown} shown
 * @param {import("./words.js").Pair} pair
 */
export const banner = (call, { board, plan, show }, pair) => {
  const own = pairFor(pair, call.language, board.languages);
  return keyed(
    call.id,
    html`<section class=${classMap({ banner: true, "is-two-line": plan.isBannerTwoLine })}>
      <div class="banner-label">
        ${icon("bell")}<span class="inline"
          >${both(own, ({ _ }) => (call.is_recall ? _("Calling again") : _("Now calling")))}</span
        >
      </div>
      <div class="banner-number number-face">${spaced(call.number)}</div>
      <div class="banner-arrow">${icon("arrow-right")}</div>
      <div class="banner-plate">
        <span class="banner-word stacked">${both(own, ({ _ }) => _("Counter"))}</span>
        <b class="banner-counter number-face">${call.counter}</b>
      </div>
      <div class="banner-where stacked">${bothOf(own, where(call, board))}</div>
      ${show.waiting.length ? following(show.waiting, pair) : nothing}
    </section>`,
  );
};

/** @param {import("./call_show.js").Call[]} waiting @param {import("./words.js").Pair} pair */
const following = (waiting, pair) => html`<div class="banner-next">
  <span class="inline">${both(pair, ({ _ }) => _("next"))}</span>
  ${waiting
    .slice(0, NAMED)
    .map(({ number, counter }) => html`<b>${spaced(number)}${icon("arrow-right")}${counter}</b>`)}
</div>`;
