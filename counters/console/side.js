/** The side of the console: who waits, who is parked, who may come back, what was just done. */

import { _, clockTime, duration, textOf } from "../../web/js/i18n.js";
import { icon } from "../../web/js/icons.js";
import { LEVEL_WORDS } from "../../web/js/levels.js";
import { html, nothing, repeat } from "../../web/js/templates.js";
import { askWhy } from "../explanation/why.js";
import { cap, off } from "./actions.js";
import { runningOut } from "./gauge.js";
import { detailWords, paperLine } from "./paper_words.js";
import { isInForce } from "./steps.js";
import { clock, minutes, secondsLeft, whyNext } from "./words.js";

/** @typedef {import("./actions.js").Desk} Desk */

/** @param {Desk} desk */
export const side = (desk) => html`
  ${waitingCard(desk)} ${parkedCard(desk)} ${absentCard(desk)} ${paperCard(desk)} ${ownCard(desk)} ${toldCard(desk)}
  <button class="button button-quiet side-why" aria-haspopup="dialog" @click=${() => askWhy()}>
    ${icon("help")}${_("Why was a number passed?")}
  </button>
`;

/** @param {Desk} desk */
const waitingCard = ({ view: { waiting, comes_next, ticket }, now }) => html`
  <section class="card side-card" aria-labelledby="waiting">
    <h2 id="waiting">${_("Waiting for this counter")}</h2>
    <div class="row side-figures">
      <span class="figure-value">${waiting.total}</span>
      <dl class="facts levels">
        ${LEVELS.filter(([key]) => waiting[key]).map(
          ([key, word]) => html`<dt>${word()}</dt><dd class="number">${waiting[key]}</dd>`,
        )}
        ${waiting.oldest_queued_at
          ? html`<dt>${_("Longest wait")}</dt><dd class="number">${duration((now - Date.parse(waiting.oldest_queued_at)) / 1000)}</dd>`
          : nothing}
      </dl>
    </div>
    ${comes_next && ticket
      ? html`<p class="comes-next small">
          ${icon("arrow-right")}<span>${_("Next: %(field)s", { field: textOf(comes_next.field) })}<br />${textOf(comes_next.procedure)}<br /><span class="dim">${whyNext(comes_next)}</span></span>
        </p>`
      : nothing}
  </section>
`;

/** @type {[string, () => string][]} */
const LEVELS = [
  ["primary", LEVEL_WORDS.primary],
  ["secondary", LEVEL_WORDS.secondary],
  ["back_up", LEVEL_WORDS.back_up],
  ["reserved", () => _("Only for this counter")],
];

/** @param {Desk} desk */
const parkedCard = (desk) => {
  const { view, now, can, act, put, transfer } = desk;
  if (!view.parked.length) return nothing;
  const isResting = Boolean(view.ticket) || !can.has("digit");
  return html`
    <section class="card side-card is-paused" aria-labelledby="parked">
      <h2 id="parked">${_("Parked here")}</h2>
      <ol class="stack aside-list">
        ${repeat(
          view.parked,
          (/** @type {any} */ { id }) => id,
          (kept, place) => html`<li>
            ${asideWords(kept, now)}
            <span class="row aside-actions">
              <button class="button" aria-disabled=${off(desk, isResting)} aria-label=${_("Call back %(number)s", kept)} @click=${() => !view.ticket && act("digit", place + 1)}>
                ${icon("speaker")}<span>${_("Call back")}</span>${place < 9 && !view.ticket ? cap(`${place + 1}`) : nothing}
              </button>
              <button class="button button-quiet button-icon" title=${_("Transfer %(number)s", kept)} aria-disabled=${off(desk)} @click=${() => transfer(kept)}>
                ${icon("transfer", _("Transfer %(number)s", kept))}
              </button>
              <button class="button button-quiet button-icon" title=${_("%(number)s to the queue", kept)} aria-disabled=${off(desk)}
                @click=${() => put(`/tickets/${kept.id}/give-back`, _("%(number)s waits again.", kept), { reason: "" })}>
                ${icon("arrow-left", _("%(number)s to the queue", kept))}
              </button>
            </span>
          </li>`,
        )}
      </ol>
    </section>
  `;
};

/** @param {Desk} desk */
const absentCard = (desk) => {
  const { view, now, put } = desk;
  const missing = view.absent.filter((/** @type {any} */ { until }) => secondsLeft(until, now));
  if (!missing.length) return nothing;
  return html`
    <section class="card side-card is-idle" aria-labelledby="absent">
      <h2 id="absent">${_("Missed the call")}</h2>
      <ul class="stack aside-list">
        ${repeat(
          missing,
          (/** @type {any} */ { id }) => id,
          (missed) => html`<li>
            ${asideWords(missed, now)}
            <button class="button" aria-disabled=${off(desk)} aria-label=${_("%(number)s is back", missed)}
              @click=${() => put(`/tickets/${missed.id}/reinstate`, _("%(number)s waits again.", missed))}>
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
const asideWords = ({ number, procedure, reason, since, until }, now) => {
  const left = secondsLeft(until, now);
  const whole = (Date.parse(until) - Date.parse(since)) / 1000;
  return html`<div class="aside-words">
    <strong class="number">${number}</strong>
    <span class="aside-left number small ${left < 60 ? "beyond" : ""}">${_("%(time)s left", { time: clock(left) })}</span>
    ${since ? html`<span class="aside-gauge">${runningOut(left / whole)}</span>` : nothing}
    <span class="small">${textOf(reason) ? html`${textOf(reason)} · ` : nothing}<span class="dim">${textOf(procedure)}</span></span>
  </div>`;
};

/** @param {Desk} desk */
const paperCard = (desk) => {
  const { papers } = desk.view;
  if (!papers.length) return nothing;
  return html`
    <section class="card side-card" aria-labelledby="papers-done">
      <h2 id="papers-done">${_("Just given out")}</h2>
      <ul class="stack aside-list">
        ${repeat(
          papers,
          (/** @type {any} */ { code }) => code,
          (paper) => html`<li class="dossier">
            <span class="row row-apart"><strong class="number">${paper.code}</strong><span class="number small">${paper.number} · ${clockTime(paper.at)}</span></span>
            <span class="small">${detailWords(paper)}</span>
            ${paperLine(desk, paper)}
          </li>`,
        )}
      </ul>
    </section>
  `;
};

/** The clerk's own figures: what was done, and how long such work takes; compared with nobody. @param {Desk} desk */
const ownCard = ({ view: { own_day: own } }) => html`
  <section class="card side-card side-own" aria-labelledby="own">
    <h2 id="own">${_("Your day")}</h2>
    <p class="row side-figures">
      <span class="figure-value">${own.completed}</span>
      <span class="small">${_("finished today")}${own.mean_time_s === null
        ? nothing
        : html`<br /><span class="dim">${_("%(mean)s each; such visits usually take %(usual)s", {
            mean: minutes(own.mean_time_s),
            usual: minutes(own.usual_time_s),
          })}</span>`}</span>
    </p>
  </section>
`;

/** What was told and read, and what the boards here show. @param {Desk} desk */
const toldCard = ({ view: { messages }, now }) => {
  const told = messages.filter((/** @type {any} */ one) => one.is_read && isInForce(one, now));
  if (!told.length) return nothing;
  return html`
    <section class="card side-card" aria-labelledby="told">
      <h2 id="told">${_("Messages")}</h2>
      <ul class="stack aside-list">
        ${told.map(
          (/** @type {any} */ { texts, at, is_for_staff: isForStaff }) => html`<li class="told">
            <span class="small dim row">${icon(isForStaff ? "bell" : "screen")}${isForStaff ? _("Manager, %(time)s", { time: clockTime(at) }) : _("On the boards")}</span>
            <span class="small">${textOf(texts)}</span>
          </li>`,
        )}
      </ul>
    </section>
  `;
};
