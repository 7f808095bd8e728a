/** The checklist of the ticket at the counter: each paper is there, missing, or not looked at yet. */

import { _, textOf } from "../../web/js/i18n.js";
import { icon } from "../../web/js/icons.js";
import { html, nothing, repeat } from "../../web/js/templates.js";
import { cap } from "./actions.js";
import { markOf, placesThat } from "./marks.js";
import { paperNote } from "./words.js";

/** @typedef {import("./actions.js").Desk} Desk */

/** @param {Desk} desk */
export const checklist = (desk) => {
  const { ticket } = desk.view;
  const { papers } = ticket.procedure;
  return html`<div class="papers">
    <h3 class="row papers-head">
      <span id="papers">${_("Papers to check")}</span>
      ${papers.length ? html`<span class="number dim">${tally(ticket)}</span>` : nothing}
    </h3>
    ${papers.length
      ? html`<ul class="stack paper-list" aria-labelledby="papers">
          ${repeat(
            papers,
            (_paper, place) => `${ticket.id} ${place}`,
            (paper, place) => line(desk, paper, place),
          )}
        </ul>`
      : html`<p class="dim">${_("No checklist is known for this procedure.")}</p>`}
  </div>`;
};

/** "2 of 4, 1 missing". @param {any} ticket */
const tally = (ticket) => {
  const [there, missing] = [placesThat(ticket, "there").length, placesThat(ticket, "missing").length];
  const all = ticket.procedure.papers.length;
  const words = _("%(there)s of %(all)s", { there, all });
  return missing ? `${words} · ${_("%(missing)s missing", { missing })}` : words;
};

/**
 * @param {Desk} desk
 * @param {any} paper
 * @param {number} place
 */
const line = ({ view: { ticket }, mark }, paper, place) => {
  const { is, note } = markOf(ticket, place);
  const name = textOf(paper.name);
  return html`<li class="paper ${is ? `is-${is}` : ""}">
    ${place < 9 ? cap(`${place + 1}`) : nothing}
    <label class="choice">
      <input type="checkbox" .checked=${is === "there"}
        @change=${(/** @type {any} */ { target }) => mark(place, { is: target.checked ? "there" : "" })} />
      <span>${name} <span class="dim small">${paperNote(paper)}</span></span>
    </label>
    <button class="button button-quiet paper-missing" aria-pressed=${is === "missing"} aria-label=${_("Missing: %(paper)s", { paper: name })}
      @click=${() => mark(place, { is: is === "missing" ? "" : "missing" })}>
      ${icon(is === "missing" ? "warning" : "minus")}${_("Missing")}
    </button>
    ${is === "missing"
      ? html`<input class="input input-small paper-note" maxlength="300" .value=${note} autocomplete="off"
          aria-label=${_("What is wrong with: %(paper)s", { paper: name })} placeholder=${_("What is wrong? It goes on the request for papers.")}
          @input=${(/** @type {any} */ { target }) => mark(place, { note: target.value })} />`
      : nothing}
  </li>`;
};
