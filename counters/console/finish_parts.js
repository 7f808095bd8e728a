/** Parts of the form that ends a service: the outcomes, what was received, what is missing. */

import { _, textOf } from "../../web/js/i18n.js";
import { icon } from "../../web/js/icons.js";
import { html, nothing } from "../../web/js/templates.js";
import { markOf, placesThat } from "./marks.js";
import { outcomeWord, paperNote, returnWord, termWords } from "./words.js";

/** @type {Record<string, string>} */
const DRAWINGS = {
  dossier_accepted: "seal",
  supplement_needed: "documents",
  refused: "close",
  advice_only: "help",
  result_returned: "document",
  filed_online_with_help: "screen",
};

export const OUTCOMES = Object.keys(DRAWINGS);

/**
 * @param {string} name
 * @param {number} digit
 * @param {string} chosen
 * @param {any} ticket
 */
export const outcomeCard = (name, digit, chosen, { procedure }) => html`<label class="outcome">
  <input
    type="radio"
    name="outcome"
    value=${name}
    .checked=${name === chosen}
    ?disabled=${name === "dossier_accepted" && !procedure.opens_dossier}
    ?data-first=${name === chosen}
  />
  <kbd class="keyboard-key" aria-hidden="true">${digit}</kbd>
  ${icon(DRAWINGS[name])}<span>${outcomeWord(name)}</span>
</label>`;

/**
 * @param {any} ticket
 * @param {any} limits
 * @param {boolean} isShown
 */
export const dossierPart = (ticket, limits, isShown) => html`
  <div class="dossier-part" ?hidden=${!isShown}>
    <fieldset class="plain field">
      <legend>${_("Papers received")}</legend>
      <ul class="stack paper-list">
        ${ticket.procedure.papers.map((/** @type {any} */ paper, /** @type {number} */ place) =>
          paperLine(paper, place, isReceived(paper, place, ticket)),
        )}
        <li class="paper-line">
          <input class="input input-small" name="other" maxlength="200" placeholder=${_("Another paper")} aria-label=${_("Another paper")} />
          <input class="input input-count" name="other_copies" type="number" min="1" max="99" value="1" aria-label=${_("Copies of the other paper")} />
        </li>
      </ul>
    </fieldset>
    <div class="stack">
      <div class="row counts">
        ${count("dossiers", _("Dossiers"), ticket.dossiers, limits.dossiers_per_ticket)}
        ${count("sets", _("Sets"), 1, 99)}
        ${choices("return_by", _("Result"), ["counter", "post", "online"].map((way) => [way, returnWord(way)]))}
      </div>
      ${ticket.procedure.terms.length > 1
        ? choices("term", _("Term"), ticket.procedure.terms.map((/** @type {any} */ term, /** @type {number} */ place) => [`${place}`, termWords(term)]))
        : nothing}
    </div>
  </div>
`;

/**
 * What the clerk ticked while serving; when nothing was, what the procedure needs.
 *
 * @param {any} paper
 * @param {number} place
 * @param {any} ticket
 */
const isReceived = (paper, place, ticket) => {
  const { papers } = ticket.procedure;
  const isAnyTicked = placesThat(ticket, "there").some((tick) => papers[tick].kind !== "shown");
  const is = markOf(ticket, place).is;
  return paper.kind !== "shown" && (isAnyTicked ? is === "there" : paper.is_required && is !== "missing");
};

/**
 * @param {any} paper
 * @param {number} place
 * @param {boolean} isChecked
 */
const paperLine = (paper, place, isChecked) => html`<li class="paper-line">
  <label class="choice">
    <input type="checkbox" name="paper" value=${place} ?checked=${isChecked} />
    <span>${textOf(paper.name)} <span class="dim small">${paperNote(paper)}</span></span>
  </label>
  <input class="input input-count" name="copies-${place}" type="number" min="1" max="99" value=${paper.copies} aria-label=${_("Copies of: %(paper)s", { paper: textOf(paper.name) })} />
</li>`;

/**
 * What the citizen must bring: what was marked missing; when nothing was, what was not ticked.
 *
 * @param {any} ticket
 * @param {boolean} isShown
 */
export const missingPart = (ticket, isShown) => {
  const marked = new Set(placesThat(ticket, "missing"));
  const ticked = placesThat(ticket, "there");
  const isMissing = (/** @type {any} */ paper, /** @type {number} */ place) =>
    marked.size ? marked.has(place) : ticked.length > 0 && paper.is_required && !ticked.includes(place);
  return html`<fieldset class="plain field missing-part" ?hidden=${!isShown}>
    <legend>${_("What the citizen must bring or put right")}</legend>
    <ul class="stack paper-list">
      ${ticket.procedure.papers.map(
        (/** @type {any} */ paper, /** @type {number} */ place) => html`<li class="paper-line missing-line">
          <label class="choice">
            <input type="checkbox" name="missing" value=${place} ?checked=${isMissing(paper, place)} />
            <span>${textOf(paper.name)}</span>
          </label>
          <input class="input input-small" name="missing-note-${place}" maxlength="300" value=${markOf(ticket, place).note}
            aria-label=${_("What is wrong with: %(paper)s", { paper: textOf(paper.name) })} placeholder=${_("what is wrong; empty: it is not there")} />
        </li>`,
      )}
      <li class="paper-line">
        <input class="input input-small" name="missing-other" maxlength="300" placeholder=${_("Another paper")} aria-label=${_("Another paper that is missing")} />
      </li>
    </ul>
  </fieldset>`;
};

/**
 * @param {string} name
 * @param {string} label
 * @param {number} value
 * @param {number} max
 */
const count = (name, label, value, max) => html`<label class="field">
  <span class="label">${label}</span>
  <input class="input input-count" name=${name} type="number" min="1" max=${max} value=${value} required />
</label>`;

/**
 * @param {string} name
 * @param {string} label
 * @param {[string, string][]} options
 */
const choices = (name, label, options) => html`<fieldset class="plain field">
  <legend>${label}</legend>
  <div class="row">
    ${options.map(([value, word], place) => html`<label class="choice"><input type="radio" name=${name} value=${value} ?checked=${place === 0} /><span>${word}</span></label>`)}
  </div>
</fieldset>`;
