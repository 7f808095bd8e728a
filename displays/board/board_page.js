/**
 * The board as a template: a function from what is shown to what is seen.
 *
 * @typedef {object} Shown
 * @property {any} board  the view
 * @property {import("./geometry.js").Plan} plan
 * @property {import("./call_show.js").CallShow} show
 * @property {number} turn  counts up every few seconds: whatever takes turns goes by it
 * @property {number} now  server's time, ms since 1970
 * @property {{ at: number, age: number } | null} stale  when what is shown was true, ms ago
 * @property {boolean} isSoundBlocked
 * @property {() => void} unlock
 */

import { icon } from "../../web/js/icons.js";
import { classMap, html, nothing } from "../../web/js/templates.js";
import { banner } from "./banner.js";
import { newest, recent, rows } from "./calls.js";
import { cells } from "./counter_cells.js";
import { foot } from "./foot.js";
import { head } from "./head.js";
import { tiles } from "./queue_tiles.js";
import { both, pairOf, speaker } from "./words.js";

/** @param {Shown} shown */
export const page = (shown) => {
  const { board, plan, show } = shown;
  const pair = pairOf(board.languages, shown.turn);
  const { _ } = speaker(pair[0]).words;
  return html`
    <div class=${classMap({ frame: true, "is-stale": shown.stale !== null })}>
      ${head(shown, pair)}
      <main class="stage">
        <h1 class="visually-hidden">${_("Lobby board")}</h1>
        ${board.is_day_open ? middle(shown, pair) : closed(shown, pair)}
        ${board.is_day_open && show.current ? banner(show.current.call, shown, pair) : nothing}
      </main>
      ${plan.foot ? foot(shown, pair) : nothing} ${shown.isSoundBlocked ? soundButton(shown, pair) : nothing}
    </div>
  `;
};

/** @param {Shown} shown @param {import("./words.js").Pair} pair */
const middle = (shown, pair) => {
  const { board, plan } = shown;
  const empty = board.calls.length === 0;
  switch (plan.form) {
    case "counters":
      return cells(shown, pair);
    case "waits":
      return html`<div class="form form-waits">${tiles(shown, pair)}${rows(shown, pair)}</div>`;
    case "rows":
      return html`<div class="form form-rows">${empty ? welcome(pair) : rows(shown, pair)}</div>
        ${plan.tileRows ? tiles(shown, pair) : nothing}`;
    default:
      return html`<div class="form form-${plan.form}">
          ${empty ? welcome(pair) : newest(board.calls[0], shown, pair)} ${recent(shown, pair)}
        </div>
        ${plan.tileRows ? tiles(shown, pair) : nothing}`;
  }
};

/** Nobody was called yet. @param {import("./words.js").Pair} pair */
const welcome = (pair) => html`<section class="welcome">
  ${icon("ticket")}
  <p class="stacked">${both(pair, ({ _ }) => _("Please take a number and wait for your call"))}</p>
</section>`;

/** @param {Shown} shown @param {import("./words.js").Pair} pair */
const closed = ({ board }, pair) => html`<section class="closed">
  ${icon("clock")}
  <p class="closed-title stacked">${both(pair, ({ _ }) => _("The centre is closed now"))}</p>
  ${board.opens_at
    ? html`<p class="closed-until stacked">${both(pair, (words) => opening(words, board.opens_at))}</p>`
    : nothing}
</section>`;

/** @param {import("../../web/js/i18n.js").Translator} words @param {string} instant */
const opening = ({ _, language }, instant) => {
  const { clock, weekday, day } = speaker(language);
  const at = new Date(instant);
  return _("It opens at %(time)s, %(day)s", {
    time: clock.format(at),
    day: `${weekday.format(at)} ${day.format(at)}`,
  });
};

/** A browser plays nothing before the page was touched once. @param {Shown} shown @param {import("./words.js").Pair} pair */
const soundButton = ({ unlock }, pair) => html`<button class="unlock" @click=${unlock}>
  ${icon("speaker-off")}<span class="inline">${both(pair, ({ _ }) => _("Touch here for sound"))}</span>
</button>`;
