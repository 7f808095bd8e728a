/** The middle of the console while nobody is at the counter: what comes next, or the break. */

import { _, clockTime, n_, textOf } from "../../web/js/i18n.js";
import { icon } from "../../web/js/icons.js";
import { html, nothing } from "../../web/js/templates.js";
import { automaticCall } from "./automatic_call.js";
import { doneWords, paperLine } from "./paper_words.js";
import { nextStep } from "./steps.js";
import { elapsed, minutes, pauseWord, secondsLeft, whyNext } from "./words.js";

/** @typedef {import("./actions.js").Desk} Desk */

/** How long what was just given to a citizen stays in the middle, ms. */
const JUST_DONE_MS = 120_000;

/** @param {Desk} desk */
export const freePanel = (desk) => (nextStep(desk.view) === "open" ? restingPanel(desk) : readyPanel(desk));

/** @param {Desk} desk */
const readyPanel = (desk) => {
  const { comes_next: next, waiting } = desk.view;
  return html`
    <section class="card panel panel-free is-done" aria-labelledby="ready">
      ${justDone(desk)}
      <p class="state state-large" id="ready">${icon("check")}${_("Ready to call")}</p>
      ${next
        ? html`<div class="next">
            <p class="panel-field">${_("Next: %(field)s", { field: textOf(next.field) })}</p>
            <h2>${textOf(next.procedure)}</h2>
            <p class="row next-why">${icon("info")}<span>${whyNext(next)}</span></p>
          </div>
          <p class="dim">${waitingWords(waiting.total)}</p>`
        : html`<h2>${_("Nobody is waiting for this counter")}</h2>`}
      ${automaticCall(desk)}
    </section>
  `;
};

/** @param {Desk} desk */
const restingPanel = (desk) => {
  const { counter, waiting, pause_reasons, is_day_open } = desk.view;
  const isPaused = counter.availability === "paused";
  return html`
    <section class="card panel panel-free ${isPaused ? "is-paused" : "is-idle"}" aria-labelledby="resting">
      ${justDone(desk)}
      <p class="state state-large" id="resting">
        ${icon(isPaused ? "pause" : "lock")}${isPaused ? _("On a break") : _("Counter closed")}
        ${isPaused ? html`<time class="number">${elapsed(counter.availability_since, desk.now)}</time>` : nothing}
      </p>
      <h2>
        ${isPaused
          ? pauseWord(counter.pause_reason, pause_reasons)
          : _("You are at this counter. Open it to call numbers.")}
      </h2>
      ${meansToBeBack(desk)}
      ${counter.given_back.length
        ? html`<p class="notice notice-slim is-notice">
            ${icon("repeat")}<span>${n_(
              "%(numbers)s waits again",
              "%(numbers)s wait again",
              counter.given_back.length,
              { numbers: counter.given_back.join(", ") },
            )}</span>
          </p>`
        : nothing}
      ${is_day_open ? nothing : html`<p class="dim">${_("The centre's day has not been opened yet.")}</p>`}
      <p class="dim">${waitingWords(waiting.total)}</p>
    </section>
  `;
};

/** When the clerk meant to be back. @param {Desk} desk */
const meansToBeBack = ({ view: { counter }, now }) => {
  const until = counter.paused_until;
  if (!until) return nothing;
  const left = secondsLeft(until, now);
  const since = (now - Date.parse(until)) / 1000;
  return html`<p class="row back-at ${left ? "" : "beyond"}">
    ${icon("clock")}<span>${_("Back at %(time)s", { time: clockTime(until) })} · ${left
      ? _("%(time)s left", { time: minutes(left) })
      : _("over by %(time)s", { time: minutes(since) })}</span>
  </p>`;
};

/** @param {number} total */
const waitingWords = (total) =>
  n_("%(num)s number waits that this counter may call", "%(num)s numbers wait that this counter may call", total);

/** @param {Desk} desk */
const justDone = (desk) => {
  const { papers } = desk.view;
  const [latest] = papers;
  if (!latest || desk.now - Date.parse(latest.at) > JUST_DONE_MS) return nothing;
  const same = papers.filter((/** @type {any} */ { number, at }) => number === latest.number && at === latest.at).reverse();
  return html`<div class="notice just-done ${latest.kind === "receipt" ? "is-done" : "is-serving"}" id="just-done">
    ${icon(latest.kind === "receipt" ? "seal" : "documents")}
    <div class="stack">
      <p>${doneWords(latest)}</p>
      ${same.map(
        (/** @type {any} */ paper) => html`<div class="row row-apart">
          <p class="dossier-code">${paper.code}</p>
          ${paperLine(desk, paper)}
        </div>`,
      )}
    </div>
  </div>`;
};
