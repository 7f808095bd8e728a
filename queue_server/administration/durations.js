/** Durations as a number and its unit; kept in seconds. */

import { _ } from "../web/js/i18n.js";
import { html, nothing } from "../web/js/templates.js";

/** @type {[number, () => string][]} */
const UNITS = [
  [1, () => _("seconds")],
  [60, () => _("minutes")],
  [3600, () => _("hours")],
];

/** Units that were chosen for a value, so that 120 minutes do not turn into 2 hours. @type {Map<string, number>} */
const chosen = new Map();

/** The largest unit that a number of seconds is whole in. @param {number} seconds */
const unitOf = (seconds) => {
  if (!seconds) return 60;
  if (seconds % 3600 === 0) return 3600;
  return seconds % 60 === 0 ? 60 : 1;
};

/**
 * @param {object} field
 * @param {string} field.id
 * @param {string} field.label
 * @param {number | undefined} field.value  seconds
 * @param {boolean} field.isOptional
 * @param {boolean} field.isInvalid
 * @param {string | undefined} field.describedBy
 * @param {(seconds: number | undefined) => void} field.set
 */
export const durationField = ({ id, label, value, isOptional, isInvalid, describedBy, set }) => {
  const kept = chosen.get(id);
  const unit = kept && (value ?? 0) % kept === 0 ? kept : unitOf(value ?? 0);
  /** @param {Event} event */
  const enter = ({ target }) => {
    const { value: typed } = /** @type {HTMLInputElement} */ (target);
    if (typed.trim() === "") return isOptional ? set(undefined) : undefined;
    chosen.set(id, unit);
    set(Math.round(Number(typed.replace(",", ".")) * unit));
  };
  /** @param {Event} event */
  const change = ({ target }) => {
    const next = Number(/** @type {HTMLSelectElement} */ (target).value);
    chosen.set(id, next);
    set(value === undefined ? undefined : Math.round((value / unit) * next));
  };
  return html`<span class="duration">
    <input class="input number" id=${id} type="number" inputmode="decimal" min="0" step="any" aria-label=${label}
      .value=${value === undefined ? "" : String(value / unit)} aria-invalid=${String(isInvalid)}
      aria-describedby=${describedBy || nothing} ?required=${!isOptional} @change=${enter} />
    <select class="input" aria-label=${_("Unit of %(what)s", { what: label })} @change=${change}>
      ${UNITS.map(([seconds, words]) => html`<option value=${seconds} ?selected=${seconds === unit}>${words()}</option>`)}
    </select>
  </span>`;
};
