/** The side of the console: who waits, who is parked, who may come back, what was just done. */

import { _, clockTime, duration, n_, textOf } from "../../web/js/i18n.js";
import { icon } from "../../web/js/icons.js";
import { html, nothing } from "../../web/js/templates.js";
import { askWhy } from "../explanation/why.js";
import { cap } from "./actions.js";
import { dueWords, receiptChip } from "./dossier_words.js";
import { clock, secondsLeft } from "./words.js";

/** @typedef {import("./actions.js").Desk} Desk */

/** @param {Desk} desk */
export const side = (desk) => html`
  ${waitingCard(desk)} ${parkedCard(desk)} ${absentCard(desk)} ${dossierCard(desk)}
  <button class="button button-quiet side-why" aria-haspopup="dialog" @click=${() => askWhy()}>
    ${icon("help")}${_("Why was a number passed?")}
  </button>
`;

/** @param {Desk} desk */
const waitingCard = ({ view: { waiting, comes_next, counter, ticket }, now }) => html`
  <section class="card side-card" aria-labelledby="waiting">
    <h2 id="waiting">${_("Waiting for this counter")}</h2>
    <div class="row row-apart side-figures">
      <p class="figure">
        <span class="figure-value">${waiting.total}</span>
        <span class="dim small">${longest(waiting, now)}</span>
      </p>
      <p class="figure figure-end">
        <span class="figure-value">${counter.completed}</span>
        <span class="dim small">${_("finished today")}</span>
      </p>
    </div>
    <dl class="facts levels">
      ${LEVELS.filter(([key]) => waiting[key]).map(
        ([key, word]) => html`<dt>${word()}</dt><dd class="number">${waiting[key]}</dd>`,
      )}
    </dl>
    ${comes_next && ticket
      ? html`<p class="comes-next small">
          ${icon("arrow-right")}<span>${_("Next: %(field)s", { field: textOf(comes_next.field) })}<br /><span class="dim">${textOf(comes_next.procedure)}</span></span>
        </p>`
      : nothing}
  </section>
`;

/** @type {[string, () => string][]} */
const LEVELS = [
  ["primary", () => _("Main work")],
  ["secondary", () => _("Also served here")],
  ["back_up", () => _("Only to help out")],
  ["reserved", () => _("Of these, only for this counter")],
];

/**
 * @param {any} waiting
 * @param {number} now
 */
const longest = ({ oldest_queued_at }, now) =>
  oldest_queued_at
    ? _("longest %(time)s", { time: duration((now - Date.parse(oldest_queued_at)) / 1000) })
    : _("waiting");

/** @param {Desk} desk */
const parkedCard = (desk) => {
  const { view, now, can, isBusy, act, put } = desk;
  if (!view.parked.length) return nothing;
  return html`
    <section class="card side-card is-paused" aria-labelledby="parked">
      <h2 id="parked">${_("Parked here")}</h2>
      <ol class="stack aside-list">
        ${view.parked.map(
          (/** @type {any} */ kept, /** @type {number} */ place) => html`<li>
            ${asideWords(kept, now)}
            <span class="row aside-actions">
              <button class="button" ?disabled=${isBusy || !can.has("resume")} @click=${() => act("resume", place + 1)}>
                ${icon("speaker")}<span>${_("Call back")}</span>${place < 9 ? cap(`${place + 1}`) : nothing}
              </button>
              <button
                class="button button-quiet"
                ?disabled=${isBusy}
                @click=${() => put(`/tickets/${kept.id}/give-back`, _("%(number)s waits again.", kept))}
              >
                ${_("To the queue")}
              </button>
            </span>
          </li>`,
        )}
      </ol>
    </section>
  `;
};

/** @param {Desk} desk */
const absentCard = ({ view, now, isBusy, put }) => {
  const missing = view.absent.filter((/** @type {any} */ { until }) => secondsLeft(until, now));
  if (!missing.length) return nothing;
  return html`
    <section class="card side-card is-idle" aria-labelledby="absent">
      <h2 id="absent">${_("Missed the call")}</h2>
      <ul class="stack aside-list">
        ${missing.map(
          (/** @type {any} */ missed) => html`<li>
            ${asideWords(missed, now)}
            <button
              class="button"
              ?disabled=${isBusy}
              @click=${() => put(`/tickets/${missed.id}/reinstate`, _("%(number)s waits again.", missed))}
            >
              ${icon("repeat")}${_("Is back")}
            </button>
          </li>`,
        )}
      </ul>
    </section>
  `;
};

/**
 * @param {any} kept
 * @param {number} now
 */
const asideWords = ({ number, procedure, until }, now) => html`<div class="aside-words">
  <strong class="number">${number}</strong>
  <span class="number small">${_("%(time)s left", { time: clock(secondsLeft(until, now)) })}</span>
  <span class="dim small">${textOf(procedure)}</span>
</div>`;

/** @param {Desk} desk */
const dossierCard = ({ view: { dossiers } }) => {
  if (!dossiers.length) return nothing;
  return html`
    <section class="card side-card" aria-labelledby="dossiers">
      <h2 id="dossiers">${_("Dossiers just accepted")}</h2>
      <ul class="stack aside-list">
        ${dossiers.map(
          (/** @type {any} */ dossier) => html`<li class="dossier">
            <span class="row row-apart"><strong class="number">${dossier.code}</strong><span class="number small">${dossier.number} · ${clockTime(dossier.opened_at)}</span></span>
            <span class="small">${dueWords(dossier.due_at)}</span>
            ${receiptChip(dossier)}
          </li>`,
        )}
      </ul>
    </section>
  `;
};

/** Notices of the centre that are still on. @param {Desk} desk */
export const notices = ({ view: { messages }, now }) =>
  messages
    .filter((/** @type {any} */ { until }) => !until || secondsLeft(until, now))
    .map((/** @type {any} */ { texts }) => html`<p class="notice notice-slim">${icon("bell")}<span>${textOf(texts)}</span></p>`);
