/** Chips of fields: what a counter serves and at which level. */

import { _, textOf } from "../../web/js/i18n.js";
import { LEVEL_WORDS, LEVELS } from "../../web/js/levels.js";
import { html, nothing } from "../../web/js/templates.js";

/** @typedef {import("./load_types.js").FieldLoad} FieldLoad */
/** @typedef {import("./load_types.js").CounterLoad} CounterLoad */
/** @typedef {import("./load_types.js").Level} Level */

/**
 * The fields a counter serves, the most responsible first.
 *
 * @param {CounterLoad} counter
 * @param {FieldLoad[]} fields
 */
export const servedFields = (counter, fields) => {
  const levels = counter.profile.fields ?? {};
  return fields
    .filter((field) => levels[field.id])
    .map((field) => ({ field, level: levels[field.id] }))
    .sort((one, other) => LEVELS.indexOf(one.level) - LEVELS.indexOf(other.level));
};

/**
 * A chip that can be lifted and dropped on a counter; a click opens its dialog.
 *
 * @param {FieldLoad} field
 * @param {Level} level
 * @param {CounterLoad} counter
 * @param {(counter: CounterLoad, field: FieldLoad) => void} onOpen
 */
export const fieldChip = (field, level, counter, onOpen) => {
  const words = _("%(field)s, %(level)s at counter %(counter)s", {
    field: textOf(field.name),
    level: LEVEL_WORDS[level](),
    counter: counter.number,
  });
  return html`<button
    class="field-chip level-${level}"
    data-field=${field.id}
    data-from=${counter.id}
    aria-label=${words}
    aria-describedby="chip-help"
    title=${words}
    @click=${() => onOpen(counter, field)}
  >
    ${field.letter}
  </button>`;
};

/**
 * How many single procedures a counter serves besides its fields.
 *
 * @param {CounterLoad} counter
 */
export const procedureNote = ({ profile }) => {
  const count = Object.keys(profile.procedures ?? {}).length;
  if (!count) return nothing;
  const words = _("and %(count)s single procedures", { count });
  return html`<span class="chip-more" title=${words}
    ><span aria-hidden="true">+${count}</span><span class="visually-hidden">${words}</span></span
  >`;
};

/** What the forms of the chips mean. */
export const chipLegend = () => html`<p class="legend small dim">
  ${LEVELS.map(
    (level) =>
      html`<span class="legend-entry"
        ><span class="field-chip level-${level}" aria-hidden="true">A</span>${LEVEL_WORDS[
          level
        ]()}</span
      >`,
  )}
  <span id="chip-help"
    >${_(
      "Drag a letter to another counter that shall help, or press the space bar and the arrow keys; press it to change its level.",
    )}</span
  >
</p>`;
