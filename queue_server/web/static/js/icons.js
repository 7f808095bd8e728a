/** Drawings of icons.svg, for templates in modules; `macros.html` has them for the server's. */

import { html, nothing } from "./lit.js";

const sprite = new URL("../icons.svg", import.meta.url).pathname;

/**
 * An icon as large as the text around it, in its colour.
 *
 * @param {string} name  id of a symbol in icons.svg, e.g. "land"
 * @param {string} [label]  what a screen reader says; left out where a word stands beside it
 */
export const icon = (name, label) => html`<svg
  class="icon"
  role=${label ? "img" : nothing}
  aria-label=${label ?? nothing}
  aria-hidden=${label ? nothing : "true"}
>
  <use href="${sprite}#${name}"></use>
</svg>`;
