/** Waits of a centre, asked anew every half minute. Boot: `centre`, `timezone`. */

import { get } from "../../web/js/api.js";
import { boot } from "../../web/js/boot.js";
import { _, clockTime, n_, textOf, weekday } from "../../web/js/i18n.js";
import { icon } from "../../web/js/icons.js";
import { html, nothing, render } from "../../web/js/lit.js";
import { isBusy, longestWait, shortWait } from "../forecast.js";

/**
 * @typedef {Record<string, string>} Texts
 * @typedef {{ field: string, letter: string, name: Texts, waiting: number,
 *   forecast: import("../forecast.js").Forecast | null, quieter_from: string | null }} FieldWait
 * @typedef {{ at: string, are_tickets_open: boolean, opens_at: string | null,
 *   fields: FieldWait[] }} Waits
 * @typedef {{ id: string, name: Texts }} Other
 */

const EVERY_MS = 30_000;
const place = /** @type {HTMLElement} */ (document.getElementById("waits"));

/** @type {Waits | null} */
let waits = null;
/** @type {Other[]} */
let others = [];
let isLost = false;

const draw = () => {
  if (!waits) return;
  if (!place.dataset.drawn) place.replaceChildren();
  place.dataset.drawn = "yes";
  render(page(waits), place);
};

/** @param {Waits} shown */
const page = (shown) => html`<div class="stack">
  <h1>${_("Waits now")}</h1>
  ${shown.are_tickets_open ? nothing : closed(shown)}
  ${isLost
    ? html`<p class="notice is-calling" role="status">${icon("offline")}
        <span>${_("No connection. These waits are of %(time)s.", { time: clockTime(shown.at) })}</span></p>`
    : nothing}
  <ul class="wait-list">${shown.fields.map((field) => row(field, shown.are_tickets_open))}</ul>
  <p class="small dim">
    ${_("As of %(time)s, for who takes a number now. It is an estimate: other people come, and some need longer.", { time: clockTime(shown.at) })}
  </p>
  ${others.length ? elsewhere() : nothing}
</div>`;

/** @param {Waits} shown */
const closed = ({ opens_at }) => html`<p class="notice" role="status">
  ${icon("clock")}
  <span>${opens_at
    ? _("No numbers are given now. Open again: %(time)s, %(day)s.", {
        time: clockTime(opens_at),
        day: weekday(opens_at),
      })
    : _("No numbers are given now.")}</span>
</p>`;

/** @param {FieldWait} field @param {boolean} isOpen */
const row = (field, isOpen) => html`<li class="card">
  <span class="badge" aria-hidden="true">${field.letter}</span>
  <div>
    <h2>${textOf(field.name)}</h2>
    ${isOpen
      ? html`<p class="wait-words">${capital(shortWait(field.forecast)) || "–"}</p>
          <p class="dim">${[longestWait(field.forecast), people(field)]
            .filter(Boolean)
            .join(" · ")}</p>
          ${field.quieter_from
            ? html`<p class="with-icon">${icon("info")}<span>${_("It is usually shorter after %(time)s.", {
                time: clockTime(field.quieter_from),
              })}</span></p>`
            : nothing}`
      : nothing}
  </div>
</li>`;

/** @param {FieldWait} field */
const people = ({ waiting, forecast }) => {
  if (waiting) return n_("%(num)s waiting", "%(num)s waiting", waiting);
  return isBusy(forecast) ? _("counters busy") : _("nobody waiting");
};

const elsewhere = () => html`<section class="stack" aria-labelledby="others">
  <h2 id="others">${_("Other centres")}</h2>
  <ul class="wait-list">
    ${others.map(
      ({ id, name }) => html`<li class="card">
        ${icon("flag")}<a href=${`?centre=${encodeURIComponent(id)}&language=${document.documentElement.lang}`}>${textOf(name)}</a>
      </li>`,
    )}
  </ul>
</section>`;

/** @param {string} words */
const capital = (words) => words.charAt(0).toLocaleUpperCase() + words.slice(1);

const refresh = async () => {
  try {
    waits = await get(`/api/v1/centres/${encodeURIComponent(boot.centre)}/waits`);
    isLost = false;
  } catch {
    isLost = true;
  }
  draw();
};

const start = async () => {
  await refresh();
  try {
    const all = /** @type {Other[]} */ (await get("/api/v1/centres"));
    others = all.filter(({ id }) => id !== boot.centre);
  } catch {
    others = [];
  }
  draw();
};

start();
setInterval(() => document.hidden || refresh(), EVERY_MS);
document.addEventListener("visibilitychange", () => document.hidden || refresh());
