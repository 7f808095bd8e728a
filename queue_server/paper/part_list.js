/** Parts of a paper in their order: moved up and down, left out, taken back. */

import { _ } from "../web/js/i18n.js";
import { icon } from "../web/js/icons.js";
import { html, repeat } from "../web/js/templates.js";
import { knownParts, neededParts } from "./draft.js";
import { partName } from "./words.js";

/** @typedef {import("./paper_types.js").Paper} Paper */
/** @typedef {import("./paper_types.js").Template} Template */

/**
 * @param {Paper} paper
 * @param {Template} template
 * @param {(parts: string[]) => void} onChange
 */
export const partList = (paper, template, onChange) => {
  const known = knownParts(paper);
  const chosen = template.parts.length ? template.parts : known;
  const left = known.filter((part) => !chosen.includes(part));
  const set = (/** @type {string[]} */ parts) => onChange(isUsual(parts, known) ? [] : parts);
  return html`<fieldset class="field plain-field">
    <legend>${_("What stands on it, from top to bottom")}</legend>
    <ol class="parts">
      ${repeat(
        [...chosen, ...left],
        (part) => part,
        (part) => line(part, { paper, chosen, set }),
      )}
    </ol>
    <button type="button" class="button button-quiet" ?disabled=${!template.parts.length} @click=${() => set(known)}>
      ${icon("undo")}${_("Usual order")}
    </button>
  </fieldset>`;
};

/**
 * @param {string} part
 * @param {{ paper: Paper, chosen: string[], set: (parts: string[]) => void }} list
 */
const line = (part, { paper, chosen, set }) => {
  const place = chosen.indexOf(part);
  const isChosen = place >= 0;
  const name = partName(part);
  return html`<li class=${isChosen ? "" : "is-left-out"} data-part=${part}>
    <label class="choice">
      <input
        type="checkbox"
        .checked=${isChosen}
        ?disabled=${neededParts(paper).includes(part)}
        @change=${() => set(isChosen ? chosen.filter((each) => each !== part) : [...chosen, part])}
      />
      <span>${name}</span>
    </label>
    ${mover("arrow-up", _("%(part)s: up", { part: name }), !isChosen || place === 0, () => set(moved(chosen, place, -1)))}
    ${mover("arrow-down", _("%(part)s: down", { part: name }), !isChosen || place === chosen.length - 1, () => set(moved(chosen, place, 1)))}
  </li>`;
};

/**
 * @param {string} drawing
 * @param {string} words
 * @param {boolean} isDisabled
 * @param {() => void} act
 */
const mover = (drawing, words, isDisabled, act) => html`<button
  type="button"
  class="button button-quiet button-icon"
  ?disabled=${isDisabled}
  @click=${act}
>
  ${icon(drawing, words)}
</button>`;

/**
 * @param {string[]} parts
 * @param {number} place
 * @param {-1 | 1} step
 */
export const moved = (parts, place, step) => {
  const order = [...parts];
  const [part] = order.splice(place, 1);
  if (part !== undefined) order.splice(place + step, 0, part);
  return order;
};

/**
 * @param {string[]} parts
 * @param {string[]} known
 */
const isUsual = (parts, known) => parts.join() === known.join();
