/**
 * Why was a number passed? Asked by staff, by the number on the slip; answered in one sentence
 * and call by call. The words come from the server, in the page's language.
 *
 * @typedef {object} WentFirst
 * @property {string} at
 * @property {string} number
 * @property {string} counter_number
 * @property {boolean} is_later
 * @property {string} sentence
 *
 * @typedef {object} Answer
 * @property {string} number
 * @property {string} state
 * @property {string | null} since
 * @property {string} sentence
 * @property {WentFirst[]} went_first
 * @property {string} called_sentence
 *
 * @typedef {{ problem: string }} Problem
 */

import { get, Refusal } from "../../web/js/api.js";
import { boot } from "../../web/js/boot.js";
import { showDialog } from "../../web/js/dialog.js";
import { _, clockTime, language, n_ } from "../../web/js/i18n.js";
import { icon } from "../../web/js/icons.js";
import { sentenceOf } from "../../web/js/refusals.js";
import { html, nothing } from "../../web/js/templates.js";

const CENTRE = `/api/v1/centres/${encodeURIComponent(boot.centre)}`;

/**
 * @param {string} path
 * @returns {Promise<any>}
 */
const asked = async (path) => {
  try {
    return await get(`${CENTRE}${path}?language=${language}`);
  } catch (refusal) {
    if (!(refusal instanceof Refusal)) throw refusal;
    const isUnknown = refusal.code === "unknown_name";
    return { problem: isUnknown ? _("No such number today.") : sentenceOf(refusal) };
  }
};

/** @param {string} number @returns {Promise<Answer | Problem>} */
export const whyPassed = (number) => asked(`/numbers/${encodeURIComponent(number)}/explanation`);

/** Why a ticket was called, in one sentence; empty where nothing is known. @param {string} ticket */
export const whyCalled = async (ticket) =>
  /** @type {string} */ ((await asked(`/tickets/${encodeURIComponent(ticket)}/why-called`)).sentence ?? "");

/** @param {Answer | Problem | null} answer */
export const whyWords = (answer) => {
  if (!answer) return nothing;
  if ("problem" in answer) return html`<p class="error">${icon("warning")}${answer.problem}</p>`;
  const later = answer.went_first.filter(({ is_later }) => is_later);
  const earlier = answer.went_first.filter(({ is_later }) => !is_later);
  return html`<div class="stack why">
    <p class="notice is-notice">${icon("info")}<span>
      <strong>${answer.sentence}</strong>
      ${answer.since ? html`<br /><span class="dim">${_("%(number)s waits since %(time)s.", { number: answer.number, time: clockTime(answer.since) })}</span>` : nothing}
      ${answer.called_sentence ? html`<br /><span>${_("Called: %(why)s", { why: answer.called_sentence })}</span>` : nothing}
    </span></p>
    ${later.length ? list(later) : nothing}
    ${earlier.length
      ? html`<details>
          <summary>${n_("%(num)s number that had waited longer went first", "%(num)s numbers that had waited longer went first", earlier.length)}</summary>
          ${list(earlier)}
        </details>`
      : nothing}
  </div>`;
};

/** @param {WentFirst[]} calls */
const list = (calls) => html`<ol class="why-list">
  ${calls.map(({ at, sentence }) => html`<li><time class="number dim">${clockTime(at)}</time><span>${sentence}</span></li>`)}
</ol>`;

/** Ask by number in a dialog. @param {string} [number] */
export const askWhy = (number = "") => {
  let typed = number;
  /** @type {Answer | Problem | null} */
  let answer = null;
  const search = async () => {
    const wanted = typed.trim();
    const found = wanted ? await whyPassed(wanted) : null;
    if (wanted !== typed.trim()) return; // typed on while the server looked
    answer = found;
    shown.draw();
  };
  const submit = (/** @type {SubmitEvent} */ event) => {
    event.preventDefault();
    search();
  };
  const shown = showDialog(
    _("Why was a number passed?"),
    () => html`<form class="stack" @submit=${submit} autocomplete="off">
      <label class="field"><span class="label">${_("Number on the slip")}</span>
        <input class="input input-number" name="number" required maxlength="8" autocapitalize="characters" data-first .value=${typed}
          @input=${(/** @type {any} */ { target }) => {
            typed = target.value;
          }} /></label>
      <div><button class="button button-main">${icon("search")}${_("Explain")}</button></div>
      <div role="status">${whyWords(answer)}</div>
    </form>`,
    { kind: "dialog-wide" },
  );
  if (number) search();
};
