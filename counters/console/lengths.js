/** How long a break or a parking shall last: a row of few lengths, moved by the arrow keys. */

import { _ } from "../../web/js/i18n.js";
import { html } from "../../web/js/templates.js";
import { minutes } from "./words.js";

/** One choice among lengths in seconds; null says nothing. */
export class Lengths {
  #lengths;
  #label;
  #place;

  /**
   * @param {string} label
   * @param {(number | null)[]} lengths
   * @param {number | null} chosen
   */
  constructor(label, lengths, chosen) {
    this.#label = label;
    this.#lengths = lengths;
    this.#place = Math.max(0, lengths.indexOf(chosen));
  }

  get chosen() {
    return this.#lengths[this.#place];
  }

  /** @param {() => void} draw */
  row(draw) {
    return html`<div class="lengths" role="group" aria-label=${this.#label}>
      <span class="label">${this.#label}</span>
      <span class="segments">
        ${this.#lengths.map(
          (length, place) => html`<button type="button" class="button" aria-pressed=${place === this.#place}
            @click=${() => {
              this.#place = place;
              draw();
            }}>${length === null ? _("Not said") : minutes(length)}</button>`,
        )}
      </span>
    </div>`;
  }

  /**
   * Left and right go through the lengths.
   *
   * @param {KeyboardEvent} event
   * @param {() => void} draw
   */
  pressed(event, draw) {
    const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    if (!step) return;
    event.preventDefault();
    this.#place = Math.max(0, Math.min(this.#lengths.length - 1, this.#place + step));
    draw();
  }
}
