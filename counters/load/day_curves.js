/**
 * Two charts of the day as vectors: who came and will come by half hours, and how long people
 * waited. A screen reader is given one sentence; each chart has its table and CSV.
 */

import { _, clockTime, number } from "../../web/js/i18n.js";
import { html, nothing, svg } from "../../web/js/templates.js";
import { csvButton } from "./csv.js";

/** @typedef {import("./today.js").Today} Today */
/** @typedef {import("./today.js").FieldCurve} FieldCurve */

const [WIDTH, HEIGHT] = [720, 240];
const [LEFT, RIGHT, TOP, BOTTOM] = [40, 8, 14, 26];
const HOUR_S = 3600;

/**
 * What the chosen fields are together.
 *
 * @typedef {object} Curve
 * @property {{ from_s: number, came: number, expected: number }[]} arrivals
 * @property {{ from_s: number, wait_s: number | null, calls: number }[]} waits
 *
 * @param {Today} today
 * @param {string} field  its id; empty for all
 * @returns {Curve}
 */
export const curveOf = (today, field) => {
  const chosen = today.fields.filter(({ id }) => !field || id === field);
  const { from_s, half_hour_s, waits_step_s } = today;
  const count = Math.max(0, ...chosen.map(({ arrivals }) => arrivals.length));
  const ahead = Math.max(0, ...chosen.map(({ expected }) => expected.length));
  const sum = (/** @type {(curve: FieldCurve) => number} */ of) =>
    chosen.reduce((total, curve) => total + of(curve), 0);
  const halfHours = Array.from({ length: Math.max(count, count - 1 + ahead) }, (_none, n) => ({
    from_s: from_s + n * half_hour_s,
    came: sum(({ arrivals }) => arrivals[n] ?? 0),
    expected: sum(({ expected }) => expected[n - count + 1] ?? 0),
  }));
  const steps = Math.max(0, ...chosen.map(({ calls }) => calls.length));
  const waits = Array.from({ length: steps }, (_none, n) => {
    const calls = sum((curve) => curve.calls[n]);
    const waited = sum((curve) => (curve.waits_s[n] ?? 0) * curve.calls[n]);
    return { from_s: from_s + n * waits_step_s, wait_s: calls ? waited / calls : null, calls };
  });
  return { arrivals: halfHours, waits };
};

/**
 * An instant of the day for people to read.
 *
 * @param {Today} today
 * @param {number} second  since midnight
 */
export const at = (today, second) => clockTime(Date.parse(today.midnight) + second * 1000);

/** A scale's top, so that its half is whole too. @param {number} value */
const niceTop = (value) => {
  const power = 10 ** Math.floor(Math.log10(Math.max(value, 2)));
  const steps = [1, 2, 4, 6, 8, 10, 20].map((factor) => factor * power);
  return steps.find((step) => step >= value && step % 2 === 0) ?? 20 * power;
};

/** @param {number} top */
const lines = (top) =>
  [0, 0.5, 1].map((part) => {
    const y = heightOf(part * top, top);
    return svg`<line class="grid-line" x1=${LEFT} x2=${WIDTH - RIGHT} y1=${y} y2=${y}></line>
      <text class="scale" x=${LEFT - 6} y=${y + 4} text-anchor="end">${number(part * top)}</text>`;
  });

/**
 * @param {number} value
 * @param {number} top
 */
const heightOf = (value, top) => HEIGHT - BOTTOM - (value / top) * (HEIGHT - BOTTOM - TOP);

/**
 * @param {Today} today
 * @param {(second: number) => number} x
 * @param {number} until_s
 */
const hours = (today, x, until_s) => {
  const first = Math.ceil(today.from_s / HOUR_S);
  const count = Math.max(0, Math.floor(until_s / HOUR_S) - first + 1);
  return Array.from({ length: count }, (_none, n) => (first + n) * HOUR_S).map(
    (second) =>
      svg`<text class="scale" x=${x(second)} y=${HEIGHT - 7} text-anchor=${x(second) > WIDTH - 24 ? "end" : "middle"}>${at(today, second)}</text>`,
  );
};

/**
 * Arrivals by half hours, with the forecast.
 *
 * @param {Today} today
 * @param {Curve} curve
 * @param {string} name  of the field, for the file
 */
export const arrivalsChart = (today, { arrivals }, name) => {
  const top = niceTop(Math.max(...arrivals.map(({ came, expected }) => came + expected)));
  const step = (WIDTH - LEFT - RIGHT) / Math.max(arrivals.length, 8);
  const end_s = today.from_s + Math.max(arrivals.length, 8) * today.half_hour_s;
  const x = scale(today.from_s, end_s);
  const came = arrivals.reduce((sum, one) => sum + one.came, 0);
  const coming = arrivals.reduce((sum, one) => sum + one.expected, 0);
  const words = _("%(came)s people came so far; about %(coming)s are expected in the next two hours.", {
    came: number(came),
    coming: number(Math.round(coming)),
  });
  const rows = () => [
    [_("From"), _("Came"), _("Still expected")],
    ...arrivals.map((one) => [at(today, one.from_s), one.came, Math.round(one.expected * 10) / 10]),
  ];
  return figure(
    "arrivals",
    _("Arrivals by half hours"),
    words,
    html`<span class="row key"><span class="swatch is-came"></span>${_("Came")}</span
      ><span class="row key"><span class="swatch is-expected"></span>${_("Still expected")}</span>`,
    svg`${lines(top)}
      ${arrivals.map((one, n) => bars(one, LEFT + n * step, step, top))} ${hours(today, x, end_s)}`,
    rows,
    `${name}-${today.date}`,
  );
};

/**
 * @param {{ came: number, expected: number }} one
 * @param {number} left
 * @param {number} step
 * @param {number} top
 */
const bars = ({ came, expected }, left, step, top) => {
  const [low, middle, high] = [0, came, came + expected].map((value) => heightOf(value, top));
  const width = step * 0.76;
  const x = left + step * 0.12;
  return svg`
    ${expected ? svg`<rect class="bar is-expected" x=${x} y=${high} width=${width} height=${middle - high} rx="2"></rect>` : nothing}
    ${came ? svg`<rect class="bar is-came" x=${x} y=${middle} width=${width} height=${low - middle} rx="2"></rect>` : nothing}
    ${came + expected >= 0.5 ? svg`<text class="value" x=${left + step / 2} y=${high - 3} text-anchor="middle">${number(Math.round(came + expected))}</text>` : nothing}`;
};

/**
 * @param {number} from_s
 * @param {number} until_s
 */
const scale = (from_s, until_s) => (/** @type {number} */ second) =>
  LEFT + ((WIDTH - LEFT - RIGHT) * (second - from_s)) / (until_s - from_s);

/**
 * The wait of those who were called, every ten minutes.
 *
 * @param {Today} today
 * @param {Curve} curve
 * @param {string} name
 * @param {number | null} target_s  the promised maximum of a single field
 */
export const waitsChart = (today, { waits }, name, target_s) => {
  const known = waits.filter(({ wait_s }) => wait_s !== null);
  const minutes = (/** @type {number | null} */ seconds) => (seconds ?? 0) / 60;
  const top = niceTop(Math.max(minutes(target_s) * 1.1, ...known.map(({ wait_s }) => minutes(wait_s)), 4));
  const end_s = Math.max(today.now_s, today.from_s + 2 * HOUR_S);
  const x = scale(today.from_s, end_s);
  const middle = (/** @type {number} */ from_s) => Math.min(from_s + today.waits_step_s / 2, end_s);
  const points = known.map(
    ({ from_s, wait_s }) => `${x(middle(from_s)).toFixed(1)},${heightOf(minutes(wait_s), top).toFixed(1)}`,
  );
  const last = known.at(-1);
  const words = last
    ? _("Whoever was called around %(time)s had waited %(wait)s minutes on average.", {
        time: at(today, last.from_s),
        wait: number(Math.round(minutes(last.wait_s))),
      })
    : _("Nobody was called yet.");
  const target = heightOf(minutes(target_s), top);
  return figure(
    "waits",
    _("Waits of those called, in minutes"),
    words,
    target_s === null
      ? nothing
      : html`<span class="row key"><span class="swatch is-target"></span>${_("Promised maximum")}</span>`,
    svg`${lines(top)} ${hours(today, x, end_s)}
      ${target_s === null ? nothing : svg`<line class="target-line" x1=${LEFT} x2=${WIDTH - RIGHT} y1=${target} y2=${target}></line>`}
      <polyline class="curve" points=${points.join(" ")}></polyline>
      ${known.map(({ from_s, wait_s }) => svg`<circle class="curve-point" cx=${x(middle(from_s))} cy=${heightOf(minutes(wait_s), top)} r="3"></circle>`)}`,
    () => [
      [_("From"), _("Mean wait (minutes)"), _("Calls")],
      ...waits.map(({ from_s, wait_s, calls }) => [
        at(today, from_s),
        wait_s === null ? null : Math.round(minutes(wait_s) * 10) / 10,
        calls,
      ]),
    ],
    `${name}-${today.date}`,
  );
};

/**
 * @param {string} kind
 * @param {string} title
 * @param {string} words
 * @param {unknown} key
 * @param {unknown} drawing
 * @param {() => import("./csv.js").Row[]} rows
 * @param {string} file
 */
const figure = (kind, title, words, key, drawing, rows, file) => html`<figure
  class="chart card"
  data-chart=${kind}
>
  <figcaption class="row row-apart">
    <h3>${title}</h3>
    <span class="row small">${key}</span>
  </figcaption>
  <svg viewBox="0 0 ${WIDTH} ${HEIGHT}" role="img" aria-label=${words}>${drawing}</svg>
  <p class="small dim">${words}</p>
  ${tableOf(title, rows(), csvButton(`${kind}-${file}`, rows))}
</figure>`;

/**
 * The same as a table, folded away.
 *
 * @param {string} title
 * @param {import("./csv.js").Row[]} rows
 * @param {unknown} button
 */
export const tableOf = (title, [head, ...body], button) => html`<details class="trend">
  <summary>${_("As a table")}</summary>
  <div class="table-frame" tabindex="0" role="region" aria-label=${title}>
    <table class="table">
      <thead>
        <tr>
          ${head.map((name, n) => html`<th scope="col" class=${n ? "is-number" : ""}>${name}</th>`)}
        </tr>
      </thead>
      <tbody>
        ${body.map(
          ([first, ...rest]) =>
            html`<tr>
              <th scope="row">${first}</th>
              ${rest.map(
                (value) =>
                  html`<td class="is-number">
                    ${value === null ? "–" : typeof value === "number" ? number(value) : value}
                  </td>`,
              )}
            </tr>`,
        )}
      </tbody>
    </table>
  </div>
  ${button}
</details>`;
