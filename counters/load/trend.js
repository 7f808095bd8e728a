/**
 * How many waited in each field, minute by minute, as far as this page saw it.
 *
 * Kept in the tab, so that a reload loses nothing; a new day begins anew.
 */

import { _, clockTime, n_, textOf } from "../../web/js/i18n.js";
import { html, nothing, svg } from "../../web/js/templates.js";

/** @typedef {import("./load_types.js").Load} Load */
/** @typedef {import("./load_types.js").FieldLoad} FieldLoad */
/** @typedef {{ at: number, waiting: Record<string, number> }} Sample */

const EVERY_MS = 60_000;
const KEPT = 720; // minutes: a long day
const [WIDTH, HEIGHT] = [120, 28];

export class Trend {
  /** @type {Sample[]} oldest first */
  samples = [];
  #key = "";

  /**
   * Take note of the load; of one minute the last counts.
   *
   * @param {Load} load
   * @param {number} now
   */
  note(load, now) {
    const key = `load-trend ${load.centre} ${load.day?.date ?? ""}`;
    if (key !== this.#key) {
      this.#key = key;
      this.samples = kept(key);
    }
    const at = Math.floor(now / EVERY_MS) * EVERY_MS;
    const isNewMinute = this.samples.at(-1)?.at !== at;
    if (!isNewMinute) this.samples.pop();
    const waiting = Object.fromEntries(load.fields.map(({ id, waiting }) => [id, waiting]));
    this.samples = [...this.samples, { at, waiting }].slice(-KEPT);
    if (isNewMinute) keep(key, this.samples);
  }

  /**
   * Waiting people of a field over time.
   *
   * @param {string} field
   */
  of(field) {
    return this.samples.map(({ at, waiting }) => ({ at, count: waiting[field] ?? 0 }));
  }
}

/** @param {string} key @returns {Sample[]} */
const kept = (key) => {
  try {
    return JSON.parse(sessionStorage.getItem(key) ?? "[]");
  } catch {
    return [];
  }
};

/**
 * @param {string} key
 * @param {Sample[]} samples
 */
const keep = (key, samples) => {
  try {
    sessionStorage.setItem(key, JSON.stringify(samples));
  } catch {
    // a full or forbidden store costs the curve after a reload, nothing else
  }
};

/**
 * A field's curve, small enough for a line of the table.
 *
 * @param {Trend} trend
 * @param {FieldLoad} field
 */
export const sparkline = (trend, field) => {
  const points = trend.of(field.id);
  const [first, last] = [points[0], points.at(-1)];
  if (!first || !last || points.length < 2) return nothing;
  const span = Math.max(last.at - first.at, EVERY_MS);
  const top = Math.max(5, ...points.map(({ count }) => count));
  const x = (/** @type {number} */ at) => 2 + ((WIDTH - 8) * (at - first.at)) / span;
  const y = (/** @type {number} */ count) => HEIGHT - 3 - ((HEIGHT - 6) * count) / top;
  const line = points.map(({ at, count }) => `${x(at).toFixed(1)},${y(count).toFixed(1)}`);
  const words = n_(
    "%(field)s: %(num)s waiting now, at most %(most)s",
    "%(field)s: %(num)s waiting now, at most %(most)s",
    last.count,
    { field: textOf(field.name), most: Math.max(...points.map(({ count }) => count)) },
  );
  return html`<svg
    class="sparkline"
    viewBox="0 0 ${WIDTH} ${HEIGHT}"
    width=${WIDTH}
    height=${HEIGHT}
    role="img"
    aria-label=${words}
  >
    ${svg`<polyline points=${line.join(" ")} />
      <circle cx=${x(last.at)} cy=${y(last.count)} r="2.5" />`}
  </svg>`;
};

const EVERY_TENTH = 10;

/**
 * The same as a table, every tenth minute and the last.
 *
 * @param {Trend} trend
 * @param {Load} load
 */
export const trendTable = (trend, load) => {
  const rows = trend.samples.filter(
    ({ at }, place, all) => place === all.length - 1 || (at / EVERY_MS) % EVERY_TENTH === 0,
  );
  const fields = load.fields.filter(({ id }) => rows.some(({ waiting }) => waiting[id]));
  if (rows.length < 2 || !fields.length) return nothing;
  return html`<details class="trend">
    <summary>${_("The curves of today as a table")}</summary>
    <div class="table-frame" tabindex="0" role="region" aria-label=${_("Waiting by field and time")}>
      <table class="table">
        <thead>
          <tr>
            <th scope="col">${_("Time")}</th>
            ${fields.map(
              ({ name }) => html`<th scope="col" class="is-number">${textOf(name)}</th>`,
            )}
          </tr>
        </thead>
        <tbody>
          ${rows.map(
            ({ at, waiting }) =>
              html`<tr>
                <th scope="row">${clockTime(at)}</th>
                ${fields.map(({ id }) => html`<td class="is-number">${waiting[id] ?? 0}</td>`)}
              </tr>`,
          )}
        </tbody>
      </table>
    </div>
  </details>`;
};
