/** The papers of a procedure as a checklist to tick. It is the citizen's own: nothing is refused for it. */

import { icon } from "../../web/js/icons.js";
import { _, textOf } from "../../web/js/i18n.js";
import { html, nothing } from "../../web/js/templates.js";
import { paperWords } from "./words.js";

/** @typedef {import("./kiosk.js").Kiosk} Kiosk */

/**
 * @param {Kiosk} kiosk
 * @param {import("./state.js").Procedure} procedure
 */
export const papersPart = (kiosk, { papers, opens_dossier }) => {
  if (!papers.length && !opens_dossier) return nothing;
  return html`<section class="card papers-card" aria-labelledby="papers">
    <div class="papers-head" data-stop>
      <h2 id="papers" class="with-icon">${icon("documents")}${_("Please have ready")}</h2>
      ${papers.length
        ? html`<p class="dim">${_("Touch what you have with you: the ticks are for you alone.")}</p>`
        : html`<p>${_("The staff at the counter will tell you which papers are needed.")}</p>`}
    </div>
    ${papers.length
      ? html`<ul class="papers">
            ${papers.map((paper, place) => html`<li>${paperTick(kiosk, paper, place)}</li>`)}
          </ul>
          ${reassurance(kiosk, papers)}`
      : nothing}
  </section>`;
};

/**
 * @param {Kiosk} kiosk
 * @param {import("./state.js").Paper} paper
 * @param {number} place
 */
const paperTick = (kiosk, paper, place) => {
  const isTicked = kiosk.visit.ticked.has(place);
  const advice = textOf(paper.if_missing);
  return html`<button
    class="paper-tick"
    role="checkbox"
    aria-checked=${isTicked}
    @click=${() => kiosk.tick(place)}
  >
    <span class="tick">${isTicked ? icon("check") : nothing}</span>
    <span>
      <strong>${textOf(paper.name)}</strong>
      <span class="dim">${paperWords(paper)}</span>
      ${advice && !isTicked
        ? html`<span class="if-missing">${_("Without it: %(advice)s", { advice })}</span>`
        : nothing}
    </span>
  </button>`;
};

/**
 * Never a warning: who lacks a paper may take a number all the same.
 *
 * @param {Kiosk} kiosk
 * @param {import("./state.js").Paper[]} papers
 */
const reassurance = ({ visit }, papers) => {
  const isReady = papers.every((paper, place) => !paper.is_required || visit.ticked.has(place));
  return isReady
    ? html`<p class="state is-done" data-stop>${icon("check")}${_("You have all that is needed.")}</p>`
    : html`<p class="with-icon dim" data-stop>
        ${icon("info")}<span>${_("If something is missing, take a number all the same: staff will tell you how to complete it.")}</span>
      </p>`;
};
