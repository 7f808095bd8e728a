/** One gentle step: who may go first, on what it rests, what is shown at the counter. */

import { icon } from "../../web/js/icons.js";
import { _, textOf } from "../../web/js/i18n.js";
import { html, nothing } from "../../web/js/templates.js";

/** @param {import("./kiosk.js").Kiosk} kiosk */
export const priorityScreen = (kiosk) => html`<div class="stack">
  <h1 tabindex="-1" data-stop>${_("Does one of these apply to you?")}</h1>
  <p class="lead" data-stop>
    ${_("You would be called earlier. Nobody asks here, and you can undo it before you take your number.")}
  </p>
  <ul class="stack rows">
    ${kiosk.view.priorities.map((entry) => {
      const proof = textOf(entry.proof);
      return html`<li>
        <button
          class="card card-link"
          aria-pressed=${entry.id === kiosk.visit.priority}
          @click=${() => kiosk.choosePriority(entry.id)}
        >
          <span class="badge is-done">${icon("heart")}</span>
          <span class="grow">
            <strong>${textOf(entry.name)}</strong>
            ${proof
              ? html`<span class="priority-proof">${_("At the counter: %(paper)s.", { paper: proof })}</span>`
              : nothing}
            <span class="dim small">${_("Basis: %(rule)s.", { rule: textOf(entry.basis) })}</span>
          </span>
        </button>
      </li>`;
    })}
  </ul>
  <button class="button button-large priority-no" @click=${() => kiosk.choosePriority("")}>
    ${_("No, go on without priority")}
  </button>
</div>`;
