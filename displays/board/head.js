/** Whose board it is, the date in both languages, and the clock of the server. */

import { icon } from "../../web/js/icons.js";
import { html, nothing } from "../../web/js/templates.js";
import { both, bothOf, speaker } from "./words.js";

/** @typedef {import("./board_page.js").Shown} Shown */
/** @typedef {import("./words.js").Pair} Pair */

/** @param {Shown} shown @param {Pair} pair */
export const head = (shown, pair) => {
  const { board, now } = shown;
  return html`<header class="head">
    <div class="head-name stacked">${bothOf(pair, board.centre)}</div>
    ${aside(shown, pair)}
    <div class="head-date stacked">${both(pair, ({ language }) => date(language, now))}</div>
    <time class="clock">${speaker(pair[0]).clock.format(now)}</time>
  </header>`;
};

/** What is special here: a board that is not configured, a break, or the zones that are shown. @param {Shown} shown @param {Pair} pair */
const aside = ({ board, now }, pair) => {
  if (!board.screen.is_known) {
    const say = (/** @type {any} */ { _ }) => _("This board is not configured: it shows the whole centre");
    return html`<div class="chip is-notice">${icon("warning")}<span class="stacked">${both(pair, say)}</span></div>`;
  }
  const next = resumesAt(board.sessions, now);
  if (board.is_day_open && next) {
    const say = (/** @type {any} */ { _, language }) =>
      _("Break until %(time)s", { time: speaker(language).clock.format(next) });
    return html`<div class="chip is-notice">${icon("pause")}<span class="stacked">${both(pair, say)}</span></div>`;
  }
  if (board.zones.length !== 1) return nothing;
  return html`<div class="chip">${icon("flag")}<span class="stacked">${bothOf(pair, board.zones[0])}</span></div>`;
};

/**
 * When the next session of today begins, while none is on.
 *
 * @param {{ opens_at: string, closes_at: string }[]} sessions
 * @param {number} now
 */
const resumesAt = (sessions, now) => {
  const next = sessions.find(({ closes_at }) => Date.parse(closes_at) > now);
  const isFirst = next === sessions[0];
  return next && !isFirst && Date.parse(next.opens_at) > now ? new Date(next.opens_at) : null;
};

/** @param {string} language @param {number} now */
const date = (language, now) => {
  const { weekday, day } = speaker(language);
  return `${weekday.format(now)}, ${day.format(now)}`;
};
