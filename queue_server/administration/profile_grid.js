/**
 * Counters × fields: what each counter serves, and how well.
 *
 * One cell is in the tab order; arrow keys move, 1 2 3 set a level, 0 takes the field away, a press
 * goes through the levels one after another.
 */

import { _, p_ } from "../web/js/i18n.js";
import { html } from "../web/js/templates.js";
import { draft, nameOf } from "./desk.js";

const LEVELS = ["primary", "secondary", "back_up"];
/** @type {Record<string, string>} */
const WORDS = {
  primary: p_("configuration", "Primary"),
  secondary: p_("configuration", "Secondary"),
  back_up: p_("configuration", "Back up"),
};
/** @type {Record<string, string | undefined>} */
const KEYS = { 1: "primary", 2: "secondary", 3: "back_up", 0: undefined, Delete: undefined, Backspace: undefined };
/** @type {Record<string, [row: number, column: number]>} */
const STEPS = { ArrowRight: [0, 1], ArrowLeft: [0, -1], ArrowDown: [1, 0], ArrowUp: [-1, 0] };

/** The cell in the tab order. @type {[string, string] | null} */
let current = null;

export const profileGrid = () => {
  const counters = Object.entries(draft.tree.counters ?? {});
  const fields = Object.entries(draft.tree.fields ?? {});
  if (!counters.length || !fields.length) return html`<p class="dim">${_("Add fields and counters first.")}</p>`;
  if (!current || !draft.value(["counters", current[0]]) || !draft.value(["fields", current[1]])) current = [counters[0][0], fields[0][0]];
  return html`<ul class="row level-legend" aria-hidden="true">
      ${LEVELS.map((level, place) => html`<li class="row"><span class="level level-${level}"></span>${WORDS[level]} <kbd class="keyboard-key">${place + 1}</kbd></li>`)}
      <li class="row"><span class="level"></span>${_("does not serve it")} <kbd class="keyboard-key">0</kbd></li>
    </ul>
    <div class="table-frame grid-frame">
      <table class="table level-grid" role="grid" aria-labelledby="group-profiles" @keydown=${onKey}>
        <thead>
          <tr>
            <th scope="col">${_("Counter")}</th>
            ${fields.map(([key, { series }]) => html`<th scope="col"><span class="grid-head"><span class="letter" aria-hidden="true">${series?.letter}</span><span>${nameOf("fields", key)}</span></span></th>`)}
          </tr>
        </thead>
        <tbody>
          ${counters.map(([counter]) => html`<tr>
            <th scope="row">${_("Counter %(number)s", { number: nameOf("counters", counter) })}</th>
            ${fields.map(([field]) => cell(counter, field))}
          </tr>`)}
        </tbody>
      </table>
    </div>`;
};

/** @param {string} counter @param {string} field @returns {string[]} */
const pathTo = (counter, field) => ["counters", counter, "profile", "fields", field];

/**
 * @param {string} counter
 * @param {string} field
 */
const cell = (counter, field) => {
  const path = pathTo(counter, field);
  const level = draft.value(path);
  const isCurrent = current?.[0] === counter && current[1] === field;
  const isChanged = draft.isChanged(path);
  const words = level ? WORDS[level] : _("does not serve it");
  const label = _("Counter %(counter)s, %(field)s: %(level)s", { counter: nameOf("counters", counter), field: nameOf("fields", field), level: words });
  return html`<td class=${isChanged ? "is-changed" : ""} role="gridcell">
    <button type="button" class="level-cell" data-counter=${counter} data-field=${field} tabindex=${isCurrent ? 0 : -1} aria-label=${isChanged ? `${label} – ${_("changed")}` : label}
      title=${label} @click=${() => press(counter, field)} @focus=${() => (current = [counter, field])}>
      <span class="level ${level ? `level-${level}` : ""}"></span>
    </button>
  </td>`;
};

/** @param {string} counter @param {string} field */
const press = (counter, field) => {
  const level = draft.value(pathTo(counter, field));
  put(counter, field, LEVELS[LEVELS.indexOf(level) + 1]);
};

/**
 * @param {string} counter
 * @param {string} field
 * @param {string | undefined} level
 */
const put = (counter, field, level) => {
  current = [counter, field];
  draft.set(pathTo(counter, field), level);
};

/** @param {KeyboardEvent} event */
const onKey = (event) => {
  const place = /** @type {HTMLElement} */ (event.target).closest("[data-counter]");
  if (!(place instanceof HTMLElement) || event.ctrlKey || event.metaKey || event.altKey) return;
  const { counter = "", field = "" } = place.dataset;
  const step = STEPS[event.key];
  if (step) {
    event.preventDefault();
    walk(/** @type {HTMLElement} */ (event.currentTarget), counter, field, step);
  } else if (event.key in KEYS) {
    event.preventDefault();
    put(counter, field, KEYS[event.key]);
  }
};

/**
 * @param {HTMLElement} grid
 * @param {string} counter
 * @param {string} field
 * @param {[number, number]} step
 */
const walk = (grid, counter, field, [down, right]) => {
  const counters = Object.keys(draft.tree.counters);
  const fields = Object.keys(draft.tree.fields);
  const row = counters[counters.indexOf(counter) + down];
  const column = fields[fields.indexOf(field) + right];
  if (row === undefined || column === undefined) return;
  const cells = /** @type {NodeListOf<HTMLElement>} */ (grid.querySelectorAll("[data-counter]"));
  [...cells].find(({ dataset }) => dataset.counter === row && dataset.field === column)?.focus();
};

