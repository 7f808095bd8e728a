/** Times of day as people write them, always with 24 hours: a browser's own field may say AM and PM. */

import { html, nothing } from "../web/js/templates.js";

/**
 * What was typed, as a centre file has it: "7h30", "730" and "7:30" are "07:30:00".
 *
 * @param {string} text
 * @returns {string | null}
 */
export const timeIn = (text) => {
  const found = /^\s*(\d{1,2})(?:\s*[:hg.,]\s*|(?=\d{2}\s*$))(\d{2})?\s*$/i.exec(text) ?? /^\s*(\d{1,2})()\s*$/.exec(text);
  if (!found) return null;
  const [hour, minute] = [Number(found[1]), Number(found[2] || 0)];
  if (hour > 23 || minute > 59) return null;
  return `${String(hour).padStart(2, "0")}:${String(minute).padStart(2, "0")}:00`;
};

/**
 * @param {object} field
 * @param {string} [field.id]
 * @param {string} [field.label]
 * @param {string | undefined} field.value  "07:30:00"
 * @param {boolean} [field.isInvalid]
 * @param {string} [field.describedBy]
 * @param {(value: string) => void} field.set
 */
export const timeField = ({ id, label, value, isInvalid, describedBy, set }) => {
  /** @param {Event} event */
  const typed = ({ target }) => {
    const input = /** @type {HTMLInputElement} */ (target);
    const read = timeIn(input.value);
    input.ariaInvalid = String(read === null);
    if (read === null) return;
    input.value = read.slice(0, 5);
    set(read);
  };
  return html`<input class="input input-time" id=${id ?? nothing} inputmode="numeric" maxlength="5" placeholder="07:30" autocomplete="off"
    aria-label=${label ?? nothing} aria-invalid=${String(Boolean(isInvalid))} aria-describedby=${describedBy || nothing}
    .value=${(value ?? "").slice(0, 5)} @change=${typed} />`;
};
