/** The countdown of a counter that calls by itself, and the button that holds it. */

import { _ } from "../../web/js/i18n.js";
import { icon } from "../../web/js/icons.js";
import { html, nothing } from "../../web/js/templates.js";
import { cap, off } from "./actions.js";
import { secondsLeft } from "./words.js";

/** @param {import("./actions.js").Desk} desk */
export const automaticCall = (desk) => {
  const { automatic_call, comes_next } = desk.view;
  if (!automatic_call) return nothing;
  const { at } = automatic_call;
  return html`<p class="row automatic-call">
    <span class="number" role="timer">${at ? countdown(comes_next, secondsLeft(at, desk.now)) : _("Held: the next number is called by you")}</span>
    <button class="button button-quiet" aria-disabled=${off(desk)} aria-keyshortcuts="H" @click=${() => desk.act("hold")}>
      ${icon(at ? "pause" : "play")}<span>${at ? _("Hold") : _("Let it go on")}</span>${cap("H")}
    </button>
  </p>`;
};

/**
 * @param {any} comesNext
 * @param {number} seconds
 */
const countdown = (comesNext, seconds) => {
  if (seconds) return _("The next number is called in %(seconds)s s", { seconds });
  return comesNext ? _("The next number is being called…") : _("Calls by itself as soon as somebody waits");
};
