/** Each field: who waits how long against the target, who serves it, and the curve of the day. */

import { _, number, textOf } from "../../web/js/i18n.js";
import { icon } from "../../web/js/icons.js";
import { LEVEL_WORDS } from "../../web/js/levels.js";
import { html, nothing, repeat } from "../../web/js/templates.js";
import { sparkline } from "./trend.js";
import { aboutWait, brief, passed, secondsSince } from "./words.js";

/** @typedef {import("./load_types.js").Load} Load */
/** @typedef {import("./load_types.js").FieldLoad} FieldLoad */
/** @typedef {import("./trend.js").Trend} Trend */

/**
 * @param {Load} load
 * @param {number} now
 * @param {Trend} trend
 * @param {(field: FieldLoad) => void} onHelp  asks at which counter the field shall be served too
 */
export const fieldTable = (load, now, trend, onHelp) => html`<div
  class="table-frame live"
  tabindex="0"
  role="group"
  aria-label=${_("Waiting by field")}
>
    <table class="table field-table">
      <thead>
        <tr>
          <th scope="col">${_("Field")}</th>
          <th scope="col" class="is-number">${_("Waiting")}</th>
          <th scope="col">${_("Longest wait against the target")}</th>
          <th scope="col">${_("A new wait")}</th>
          <th scope="col">${_("Open counters")}</th>
          <th scope="col" class="is-number">${_("Served")}</th>
          <th scope="col" class="is-number">${_("No-shows")}</th>
          <th scope="col">${_("Today")}</th>
        </tr>
      </thead>
      <tbody>
        ${repeat(
          load.fields,
          (field) => field.id,
          (field) => row(field, now, trend, onHelp),
        )}
      </tbody>
    </table>
</div>`;

/**
 * @param {FieldLoad} field
 * @param {number} now
 * @param {Trend} trend
 * @param {(field: FieldLoad) => void} onHelp
 */
const row = (field, now, trend, onHelp) => html`<tr data-field-row=${field.id}>
  <th scope="row">
    <span class="field-name">
      <button
        class="field-chip level-secondary"
        data-field=${field.id}
        aria-haspopup="dialog"
        aria-describedby="chip-help"
        aria-label=${_("Have %(field)s served at another counter too", {
          field: textOf(field.name),
        })}
        @click=${() => onHelp(field)}
      >
        ${field.letter}
      </button>
      <span>${textOf(field.name)}</span>
    </span>
  </th>
  <td class="is-number field-waiting"><strong>${number(field.waiting)}</strong></td>
  <td class="field-wait">${waitBar(field, now)}</td>
  <td class="forecast" data-label=${_("A new wait")}>${forecastWords(field)}</td>
  <td class="field-servers" data-label=${_("Open counters")}>${servers(field)}</td>
  <td class="is-number">${number(field.served)}</td>
  <td class="is-number">${number(field.no_shows)}</td>
  <td>${sparkline(trend, field)}</td>
</tr>`;

/**
 * @param {FieldLoad} field
 * @param {number} now
 */
const waitBar = (field, now) => {
  if (!field.oldest_since) return html`<span class="dim">–</span>`;
  const seconds = secondsSince(field.oldest_since, now);
  const isLate = field.late_from !== null && Date.parse(field.late_from) <= now;
  const target = brief(field.target_s);
  return html`<span class="wait-bar ${isLate ? "is-calling" : "is-serving"}">
    <span class="wait-words"
      >${isLate ? icon("warning", _("Beyond the target")) : nothing}<strong
        >${passed(field.oldest_since, now)}</strong
      >
      <span class="dim">/ ${target}</span></span
    >
    <progress
      class="meter"
      max=${field.target_s}
      value=${Math.min(seconds, field.target_s)}
      aria-label=${_("Longest wait against the target of %(target)s", { target })}
    ></progress>
  </span>`;
};

/** @param {FieldLoad} field */
const forecastWords = ({ forecast }) => {
  if (!forecast) return "–";
  if (forecast.kind === "no_counter_open") return html`<span class="dim">${_("no counter")}</span>`;
  if (forecast.kind === "may_not_be_served_today")
    return html`<span class="state is-calling">${_("not today")}</span>`;
  return aboutWait(forecast.about_s);
};

/** @param {FieldLoad} field */
const servers = (field) => {
  if (!field.servers.length)
    return field.waiting
      ? html`<span class="state is-danger">${icon("warning")}${_("none")}</span>`
      : html`<span class="dim">${_("none")}</span>`;
  return html`<span class="servers"
    >${field.servers.map((server) => {
      const level = LEVEL_WORDS[server.level]();
      const words = server.is_whole_field ? level : _("%(level)s, single procedures", { level });
      return html`<span class="server level-${server.level}" title=${words}
        >${server.number}<span class="visually-hidden"> (${words})</span></span
      >`;
    })}</span
  >`;
};
