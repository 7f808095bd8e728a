/** Choosing a counter to sit at. */

import { _, byName, textOf } from "../../web/js/i18n.js";
import { icon } from "../../web/js/icons.js";
import { html, nothing } from "../../web/js/templates.js";

/**
 * @param {any} view  of kind "seats"
 * @param {boolean} isBusy
 * @param {(counter: string) => void} take
 */
export const seatChoice = (view, isBusy, take) => {
  if (!view.is_configured) {
    return html`<section class="card stack"><h2>${_("This centre is not set up yet")}</h2>
      <p>${_("As soon as an administrator has set it up, the counters appear here.")}</p></section>`;
  }
  const free = view.counters.filter((/** @type {any} */ { is_free }) => is_free);
  const taken = view.counters.filter((/** @type {any} */ { is_free }) => !is_free);
  return html`
    <section class="stack" aria-labelledby="choose">
      <div>
        <h2 id="choose">${_("Which counter are you at?")}</h2>
        <p class="dim">${_("Choose with the arrow keys or type its number, then press Enter.")}</p>
      </div>
      ${free.length
        ? html`<ul class="grid seats" @keydown=${moved}>
            ${free.map((/** @type {any} */ seat) => html`<li>${seatCard(seat, isBusy, take)}</li>`)}
          </ul>`
        : html`<p class="notice">${icon("info")}<span>${_("Every counter is taken. Please ask your manager.")}</span></p>`}
      ${taken.length
        ? html`<p class="dim small">
            ${_("Taken: %(counters)s", {
              counters: taken
                .map((/** @type {any} */ { number, staff_name, staff }) => `${number} (${staff_name || staff})`)
                .join(", "),
            })}
          </p>`
        : nothing}
    </section>
  `;
};

/**
 * @param {any} seat
 * @param {boolean} isBusy
 * @param {(counter: string) => void} take
 */
const seatCard = ({ id, number, name, zone, fields }, isBusy, take) => html`<button
  class="card card-link seat"
  data-number=${number}
  ?disabled=${isBusy}
  @click=${() => take(id)}
>
  <span class="badge number">${number}</span>
  <span>
    <strong>${textOf(name) || _("Counter %(number)s", { number })}</strong>
    <span class="small">${fields.map(textOf).sort(byName).join(" · ")}</span><br />
    <span class="dim small">${textOf(zone)}</span>
  </span>
</button>`;

let typed = "";
let typedAt = 0;

/** @param {KeyboardEvent} event */
const moved = (event) => {
  const step = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 }[event.key] ?? 0;
  if (step && moveSeat(step)) event.preventDefault();
};

/** @param {number} step */
const moveSeat = (step) => {
  const seats = /** @type {HTMLElement[]} */ ([...document.querySelectorAll(".seat")]);
  const at = seats.indexOf(/** @type {HTMLElement} */ (document.activeElement));
  const next = seats[at + step];
  next?.focus();
  return Boolean(next);
};

/**
 * Digits typed in quick succession are a counter's number.
 *
 * @param {string} digit
 */
export const seatTyped = (digit) => {
  const now = performance.now();
  typed = now - typedAt < 1_200 ? typed + digit : digit;
  typedAt = now;
  /** @type {HTMLElement | null} */ (document.querySelector(`.seat[data-number="${typed}"]`))?.focus();
};
