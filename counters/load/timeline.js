/** The day of the counters: who was there, open, paused, serving; as strips, as a table, as CSV. */

import { _, number, percent, textOf } from "../../web/js/i18n.js";
import { html, svg } from "../../web/js/templates.js";
import { csvButton } from "./csv.js";
import { at, tableOf } from "./day_curves.js";
import { SILENCE_WORDS, brief } from "./words.js";

/** @typedef {import("./today.js").Today} Today */
/** @typedef {import("./today.js").CounterHours} CounterHours */
/** @typedef {import("./today.js").Stretch} Stretch */
/** @typedef {import("./load_types.js").Load} Load */

const [WIDTH, ROW, BAR, LEFT, TOP] = [1200, 26, 16, 92, 22];
const HOUR_S = 3600;

/** @type {Record<Stretch[0], () => string>} */
const DOING = {
  serving: () => _("Serving"),
  calling: () => _("Calling"),
  free: () => _("Ready"),
  paused: () => _("Paused"),
};

/**
 * What a counter's day comes to.
 *
 * @param {CounterHours} counter
 * @param {number} now_s
 */
export const sumsOf = ({ stretches }, now_s) => {
  const sums = { serving: 0, calling: 0, free: 0, paused: 0, services: 0, pauses: 0 };
  for (const [doing, from_s, until_s] of stretches) {
    sums[doing] += (until_s ?? now_s) - from_s;
    if (doing === "serving") sums.services += 1;
    if (doing === "paused") sums.pauses += 1;
  }
  const open_s = sums.serving + sums.calling + sums.free;
  return { ...sums, open_s, busy: open_s ? (sums.serving + sums.calling) / open_s : null };
};

/**
 * @param {Today} today
 * @param {Load} load
 */
export const timeline = (today, load) => {
  const counters = today.counters.filter(({ stretches }) => stretches.length);
  const until_s = Math.max(today.now_s, today.from_s + 2 * HOUR_S);
  const x = (/** @type {number} */ second) =>
    LEFT + ((WIDTH - LEFT) * (Math.min(Math.max(second, today.from_s), until_s) - today.from_s)) / (until_s - today.from_s);
  const height = TOP + counters.length * ROW + 4;
  const first = Math.ceil(today.from_s / HOUR_S);
  const marks = Array.from({ length: Math.floor(until_s / HOUR_S) - first + 1 }, (_none, n) => (first + n) * HOUR_S);
  const rows = () => table(today, load);
  const title = _("Counters through the day");
  return html`<figure class="chart card timeline" data-chart="timeline">
    <figcaption class="row row-apart">
      <h3>${title}</h3>
      <span class="row small"
        >${/** @type {Stretch[0][]} */ (["serving", "calling", "free", "paused"]).map(
          (doing) =>
            html`<span class="row key"><span class="swatch did-${doing}"></span>${DOING[doing]()}</span>`,
        )}</span
      >
    </figcaption>
    ${counters.length
      ? html`<div class="timeline-frame" tabindex="0" role="group" aria-label=${title}>
          <svg
            viewBox="0 0 ${WIDTH} ${height}"
            role="img"
            aria-label=${_("When each of %(count)s counters was open, paused and serving; the table below says it in words.", {
              count: counters.length,
            })}
          >
            ${marks.map(
              (second) => svg`<line class="grid-line" x1=${x(second)} x2=${x(second)} y1=${TOP - 4} y2=${height}></line>
                <text class="scale" x=${x(second)} y="14" text-anchor=${x(second) > WIDTH - 30 ? "end" : "middle"}>${at(today, second)}</text>`,
            )}
            ${counters.map((counter, n) => strip(counter, TOP + n * ROW, today, x))}
          </svg>
        </div>`
      : html`<p class="dim">${_("No counter was open yet.")}</p>`}
    ${counters.length ? tableOf(title, rows(), csvButton(`counters-${today.date}`, rows)) : ""}
  </figure>`;
};

/**
 * @param {CounterHours} counter
 * @param {number} y
 * @param {Today} today
 * @param {(second: number) => number} x
 */
const strip = ({ number: name, stretches }, y, today, x) => svg`
  <text class="strip-name" x=${LEFT - 10} y=${y + BAR - 3} text-anchor="end">${_("Counter %(number)s", { number: name })}</text>
  ${stretches.map(([doing, from_s, until_s]) => {
    const [left, right] = [x(from_s), x(until_s ?? today.now_s)];
    const top = doing === "free" ? y + BAR / 2 - 2 : y;
    return svg`<rect class="did did-${doing}" x=${left.toFixed(1)} y=${top} width=${Math.max(right - left, 0.8).toFixed(1)} height=${doing === "free" ? 4 : BAR}></rect>`;
  })}`;

/**
 * @param {Today} today
 * @param {Load} load
 * @returns {import("./csv.js").Row[]}
 */
const table = (today, load) => [
  [_("Counter"), _("Who"), _("Open"), _("Time busy"), _("Services"), _("Pauses")],
  ...today.counters.map((counter) => {
    const sums = sumsOf(counter, today.now_s);
    return [
      counter.number,
      counter.people.map(([name, from_s, until_s]) => `${name} ${span(today, from_s, until_s)}`).join("; ") || "–",
      sums.open_s ? brief(sums.open_s) : "–",
      sums.busy === null ? "–" : percent(Math.round(sums.busy * 100) / 100),
      number(sums.services),
      pauses(counter, today, load) || "–",
    ];
  }),
];

/**
 * @param {CounterHours} counter
 * @param {Today} today
 * @param {Load} load
 */
const pauses = ({ stretches }, today, load) =>
  stretches
    .filter(([doing]) => doing === "paused")
    .map(([, from_s, until_s, reason]) => {
      const why = SILENCE_WORDS[reason]?.() ?? (textOf(load.pause_reasons[reason]) || reason);
      return `${span(today, from_s, until_s)} ${why}`.trim();
    })
    .join("; ");

/**
 * "08:00–09:15"; open where it goes on.
 *
 * @param {Today} today
 * @param {number} from_s
 * @param {number | null} until_s
 */
const span = (today, from_s, until_s) => `${at(today, from_s)}–${until_s === null ? "" : at(today, until_s)}`;
