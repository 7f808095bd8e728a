/** The part "The day so far": curves of one field or of all, and the counters' hours. */

import { _, textOf } from "../../web/js/i18n.js";
import { icon } from "../../web/js/icons.js";
import { guard, html } from "../../web/js/templates.js";
import { arrivalsChart, curveOf, waitsChart } from "./day_curves.js";
import { timeline } from "./timeline.js";

/** @typedef {import("./load_types.js").Load} Load */
/** @typedef {import("./today.js").TodayFeed} TodayFeed */

/** Of whom the curves are; empty is all fields. */
let chosen = "";

/**
 * Drawn anew only when there is news of the day, not with every call in the hall.
 *
 * @param {Load} load
 * @param {TodayFeed} feed
 * @param {() => void} redraw
 */
export const dayPart = (load, feed, redraw) => {
  feed.refresh();
  return html`<section class="stack day-part" aria-labelledby="day-title">
    ${guard([feed.today, feed.problem, chosen], () => body(load, feed, redraw))}
  </section>`;
};

/**
 * @param {Load} load
 * @param {TodayFeed} feed
 * @param {() => void} redraw
 */
const body = (load, { today, problem }, redraw) => {
  const title = html`<h2 id="day-title">${_("The day so far")}</h2>`;
  if (!today)
    return html`${title}${problem
      ? html`<p class="notice">${icon("info")}<span>${problem}</span></p>`
      : html`<p class="row dim"><span class="spinner" aria-hidden="true"></span>${_("Loading …")}</p>`}`;
  const curve = curveOf(today, chosen);
  const target_s = load.fields.find(({ id }) => id === chosen)?.target_s ?? null;
  /** @param {Event} event */
  const choose = (event) => {
    chosen = /** @type {HTMLSelectElement} */ (event.target).value;
    redraw();
  };
  return html`<div class="row row-apart">
      ${title}
      <label class="row"
        ><span class="label">${_("Field")}</span>
        <select class="input day-field" @change=${choose}>
          <option value="">${_("All fields")}</option>
          ${load.fields.map(
            ({ id, name }) =>
              html`<option value=${id} ?selected=${id === chosen}>${textOf(name)}</option>`,
          )}
        </select></label
      >
    </div>
    <div class="day-curves">
      ${arrivalsChart(today, curve, chosen || "all")}
      ${waitsChart(today, curve, chosen || "all", target_s)}
    </div>
    ${timeline(today, load)}`;
};
