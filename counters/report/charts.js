/**
 * Two bar charts as vectors, so that they print. Each has its table below; a screen reader is
 * given one sentence.
 */

import { _, number } from "../../web/js/i18n.js";
import { html, svg } from "../../web/js/templates.js";
import { binName, clockHour } from "./figures.js";

const WIDTH = 720;
const HEIGHT = 320;
const LEFT = 36;
const BOTTOM = 26;
const TOP = 18;

/**
 * Issued and served per hour.
 *
 * @param {import("./figures.js").HourLine[]} hours
 */
export const hoursChart = (hours) => {
  const groups = hours.map(({ hour, figures }) => ({
    name: clockHour(hour),
    bars: [
      { kind: "issued", value: figures.issued },
      { kind: "served", value: figures.served },
    ],
  }));
  const busiest = hours.reduce((best, one) => (one.figures.issued > best.figures.issued ? one : best));
  const words = _("Numbers issued and visits served in each hour. Most numbers were taken from %(hour)s: %(issued)s.", {
    hour: clockHour(busiest.hour),
    issued: number(busiest.figures.issued),
  });
  return figure(groups, words, legend(["issued", _("Issued")], ["served", _("Served")]));
};

/**
 * How many people waited how long.
 *
 * @param {number[]} waits
 * @param {number} bin_s
 */
export const waitsChart = (waits, bin_s) => {
  const groups = waits.map((value, index) => ({
    name: binName(index, waits.length, bin_s),
    bars: [{ kind: "wait", value }],
  }));
  const all = waits.reduce((sum, value) => sum + value, 0);
  const words = _("How many people waited how many minutes: %(short)s of %(all)s less than %(minutes)s.", {
    short: number(waits[0] + waits[1] + waits[2]),
    all: number(all),
    minutes: number((3 * bin_s) / 60),
  });
  return figure(groups, words, html`<span class="dim">${_("People by minutes of waiting")}</span>`);
};

/**
 * @typedef {{ kind: string, value: number }} Bar
 * @typedef {{ name: string, bars: Bar[] }} Group
 *
 * @param {Group[]} groups
 * @param {string} words  what the chart shows, in one sentence
 * @param {unknown} caption
 */
const figure = (groups, words, caption) => {
  const top = niceTop(Math.max(1, ...groups.flatMap(({ bars }) => bars.map(({ value }) => value))));
  return html`<figure class="chart card">
    <figcaption class="row">${caption}</figcaption>
    <svg viewBox="0 0 ${WIDTH} ${HEIGHT}" role="img" aria-label=${words}>
      ${gridLines(top)} ${groups.map((group, index) => column(group, index, groups.length, top))}
    </svg>
  </figure>`;
};

/** @param {[string, string][]} entries */
const legend = (...entries) =>
  entries.map(([kind, name]) => html`<span class="row key"><span class="swatch is-${kind}"></span>${name}</span>`);

/** @param {number} top */
const gridLines = (top) =>
  [0, 0.5, 1].map((part) => {
    const y = height(part * top, top);
    return svg`<line class="grid-line" x1=${LEFT} x2=${WIDTH} y1=${y} y2=${y}></line>
      <text class="scale" x=${LEFT - 6} y=${y + 4} text-anchor="end">${number(part * top)}</text>`;
  });

/**
 * @param {Group} group
 * @param {number} index
 * @param {number} count
 * @param {number} top
 */
const column = (group, index, count, top) => {
  const step = (WIDTH - LEFT) / count;
  const start = LEFT + index * step;
  const width = Math.min((step * 0.76) / group.bars.length, 44);
  const first = start + (step - width * group.bars.length) / 2;
  return svg`
    ${group.bars.map((bar, n) => oneBar(bar, first + n * width, width, top))}
    <text class="scale" x=${start + step / 2} y=${HEIGHT - 6} text-anchor="middle">${group.name}</text>`;
};

/**
 * @param {Bar} bar
 * @param {number} x
 * @param {number} width
 * @param {number} top
 */
const oneBar = ({ kind, value }, x, width, top) => {
  if (value === 0) return svg``;
  const y = height(value, top);
  return svg`<rect class="bar is-${kind}" x=${x + 1} y=${y} width=${width - 2} height=${HEIGHT - BOTTOM - y} rx="3"></rect>
    <text class="value" x=${x + width / 2} y=${y - 4} text-anchor="middle">${number(value)}</text>`;
};

/**
 * @param {number} value
 * @param {number} top
 */
const height = (value, top) => HEIGHT - BOTTOM - (value / top) * (HEIGHT - BOTTOM - TOP);

/** An even number at or above the largest value, so that the middle line is whole too. @param {number} value */
const niceTop = (value) => {
  const power = 10 ** Math.floor(Math.log10(value));
  const steps = [1, 1.5, 2, 3, 4, 6, 8, 10].map((factor) => factor * power);
  return steps.find((step) => step >= value && step % 2 === 0) ?? 10 * power;
};
