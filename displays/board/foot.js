/** The foot: that what is shown may be old, else messages and notices in turn. */

import { icon } from "../../web/js/icons.js";
import { html } from "../../web/js/templates.js";
import { ago, both, speaker, textFor } from "./words.js";

/** @typedef {import("./board_page.js").Shown} Shown */
/** @typedef {import("./words.js").Pair} Pair */

/** Messages and notices that hold now. @param {any} board @param {number} now */
export const noticesNow = (board, now) =>
  board.notices.filter((/** @type {any} */ { until }) => !until || Date.parse(until) > now);

/** @param {Shown} shown @param {Pair} pair */
export const foot = (shown, pair) => {
  if (shown.stale) return stale(shown.stale, pair);
  const notices = noticesNow(shown.board, shown.now);
  const { languages } = shown.board;
  const notice = notices[Math.floor(shown.turn / languages.length) % notices.length];
  const language = languages[shown.turn % languages.length];
  const spoken = notice.texts[language] ? language : languages[0];
  return html`<footer class="foot ${notice.is_message ? "is-message" : ""}">
    ${icon(notice.is_message ? "bell" : "info")}<span class="foot-words" lang=${spoken}
      >${textFor(notice.texts, spoken)}</span
    >
  </footer>`;
};

/** @param {NonNullable<Shown["stale"]>} stale @param {Pair} pair */
const stale = ({ at, age }, pair) => html`<footer class="foot is-lost" role="status">
  ${icon("offline")}
  <span class="foot-words stacked"
    >${both(pair, ({ _, language }) => {
      const { clock, words } = speaker(language);
      const when = { time: clock.format(at), ago: ago(age)(words) };
      return _("No connection. As of %(time)s, %(ago)s. Please look at the counter signs.", when);
    })}</span
  >
</footer>`;
