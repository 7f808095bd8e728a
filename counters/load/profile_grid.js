/**
 * Counters × fields: what each counter serves, at which level.
 *
 * One cell is in the tab order; arrow keys move, 1 2 3 set a level, 0 takes the field away, Enter
 * opens the choice. Filled cells and the heads of the columns are chips that can be dragged.
 */

import { _, number, textOf } from "../../web/js/i18n.js";
import { icon } from "../../web/js/icons.js";
import { LEVEL_WORDS, LEVELS } from "../../web/js/levels.js";
import { html, nothing, repeat } from "../../web/js/templates.js";
import { stateOf } from "./counter_cards.js";

/** @typedef {import("./load_types.js").Load} Load */
/** @typedef {import("./load_types.js").CounterLoad} CounterLoad */
/** @typedef {import("./load_types.js").FieldLoad} FieldLoad */
/** @typedef {import("./load_types.js").Level} Level */

/** @type {Record<string, Level | "none">} */
const KEYS = { 1: "primary", 2: "secondary", 3: "back_up", 0: "none", Delete: "none", Backspace: "none" };

/** @type {Record<string, [row: number, column: number]>} */
const STEPS = { ArrowRight: [0, 1], ArrowLeft: [0, -1], ArrowDown: [1, 0], ArrowUp: [-1, 0] };

/**
 * @typedef {object} GridActions
 * @property {(counter: CounterLoad, field: FieldLoad, level: Level | "none") => void} onLevel
 * @property {(counter: CounterLoad, field: FieldLoad) => void} onOpen
 * @property {(field: FieldLoad) => void} onField
 * @property {(counter: CounterLoad) => void} onRestore
 * @property {(counter: CounterLoad) => void} onManage
 * @property {(counter: string, field: string) => boolean} isTrained
 */

/** The cell in the tab order, as "counter field". */
let current = "";

/** @param {string} counter @param {string} field */
const keyOf = (counter, field) => `${counter} ${field}`;

/**
 * @param {Load} load
 * @param {GridActions} actions
 */
export const profileGrid = (load, actions) => {
  const fields = load.fields.filter(({ is_retired }) => !is_retired);
  const counters = load.counters.filter(({ is_retired }) => !is_retired);
  const isKnown = counters.some(({ id }) => fields.some((field) => keyOf(id, field.id) === current));
  if (!isKnown) current = keyOf(counters[0]?.id ?? "", fields[0]?.id ?? "");
  /** @param {KeyboardEvent} event */
  const key = (event) => keyPressed(event, load, actions);
  /** @param {FocusEvent} event */
  const focus = (event) => {
    const cell = /** @type {HTMLElement} */ (event.target).closest("[data-cell]");
    if (cell instanceof HTMLElement && cell.dataset.cell) setCurrent(cell);
  };
  return html`<div class="table-frame profile-frame live" tabindex="0" role="group" aria-label=${_("Work profiles")}>
    <table class="table profile-grid" role="grid" aria-labelledby="profiles-title" @keydown=${key} @focusin=${focus}>
      <thead>
        <tr>
          <th scope="col">${_("Counter")}</th>
          ${fields.map((field) => head(field, actions))}
          <th scope="col"><span class="visually-hidden">${_("Back to what is configured")}</span></th>
        </tr>
      </thead>
      <tbody>
        ${repeat(
          counters,
          ({ id }) => id,
          (counter) => row(counter, fields, actions),
        )}
      </tbody>
    </table>
  </div>`;
};

/**
 * @param {FieldLoad} field
 * @param {GridActions} actions
 */
const head = (field, actions) => html`<th scope="col" class="grid-field" title=${textOf(field.name)}>
  <button
    class="field-chip level-secondary"
    data-field=${field.id}
    aria-describedby="chip-help"
    aria-label=${_("Have %(field)s served at another counter too", { field: textOf(field.name) })}
    @click=${() => actions.onField(field)}
  >
    ${field.letter}
  </button>
  <span class="grid-field-name">${textOf(field.name)}</span>
  <span class="grid-field-waiting"
    >${field.waiting
      ? html`${icon("people")}${number(field.waiting)}<span class="visually-hidden"> ${_("waiting")}</span>`
      : nothing}</span
  >
</th>`;

/**
 * @param {CounterLoad} counter
 * @param {FieldLoad[]} fields
 * @param {GridActions} actions
 */
const row = (counter, fields, actions) => {
  const state = stateOf(counter);
  return html`<tr data-counter=${counter.id} class=${state.tone}>
    <th scope="row">
      <button class="grid-counter" aria-haspopup="dialog" @click=${() => actions.onManage(counter)}>
        <strong>${_("Counter %(number)s", { number: counter.number })}</strong>
        <span class="state small">${icon(state.drawing)}${state.word}</span>
        <span class="small dim">${counter.staff_name ?? _("vacant")}</span>
      </button>
    </th>
    ${fields.map((field) => cell(counter, field, actions))}
    <td class="grid-back">
      ${counter.is_profile_changed
        ? html`<button class="button button-quiet button-icon" @click=${() => actions.onRestore(counter)}>
            ${icon("undo", _("Counter %(number)s: back to what is configured", { number: counter.number }))}
          </button>`
        : nothing}
    </td>
  </tr>`;
};

/**
 * @param {CounterLoad} counter
 * @param {FieldLoad} field
 * @param {GridActions} actions
 */
const cell = (counter, field, actions) => {
  const level = counter.profile.fields?.[field.id];
  const key = keyOf(counter.id, field.id);
  const isTrained = actions.isTrained(counter.id, field.id);
  const what = level
    ? LEVEL_WORDS[level]()
    : isTrained
      ? _("not served; trained for it")
      : _("not served; not trained for it");
  const words = _("Counter %(counter)s, %(field)s: %(level)s", {
    counter: counter.number,
    field: textOf(field.name),
    level: what,
  });
  const look = level ? `level-${level}` : isTrained ? "is-offered" : "is-other";
  return html`<td role="gridcell">
    <button
      class="field-chip grid-cell ${look}"
      data-cell=${key}
      data-field=${level ? field.id : nothing}
      tabindex=${key === current ? "0" : "-1"}
      aria-label=${words}
      title=${words}
      @click=${() => actions.onOpen(counter, field)}
    >
      ${level ? LEVELS.indexOf(level) + 1 : isTrained ? "+" : ""}
    </button>
  </td>`;
};

/** @param {HTMLElement} cell */
const setCurrent = (cell) => {
  const table = cell.closest("table");
  for (const one of table?.querySelectorAll("[data-cell][tabindex='0']") ?? []) one.setAttribute("tabindex", "-1");
  cell.setAttribute("tabindex", "0");
  current = cell.dataset.cell ?? "";
};

/**
 * @param {KeyboardEvent} event
 * @param {Load} load
 * @param {GridActions} actions
 */
const keyPressed = (event, load, actions) => {
  const button = /** @type {HTMLElement | null} */ (
    /** @type {HTMLElement} */ (event.target).closest("[data-cell]")
  );
  const isLifted = button?.closest("[data-moving]");
  if (!button || isLifted || event.altKey || event.ctrlKey || event.metaKey) return;
  const step = STEPS[event.key];
  if (step) {
    event.preventDefault();
    return neighbour(button, step)?.focus();
  }
  const level = KEYS[event.key];
  if (!level) return;
  event.preventDefault();
  const [counterId, fieldId] = (button.dataset.cell ?? "").split(" ");
  const counter = load.counters.find(({ id }) => id === counterId);
  const field = load.fields.find(({ id }) => id === fieldId);
  if (counter && field) actions.onLevel(counter, field, level);
};

/**
 * The cell beside, above or below; none at the edge.
 *
 * @param {HTMLElement} button
 * @param {[number, number]} step
 */
const neighbour = (button, [down, right]) => {
  const place = /** @type {HTMLTableCellElement} */ (button.closest("td"));
  const line = /** @type {HTMLTableRowElement} */ (place.parentElement);
  const body = /** @type {HTMLTableSectionElement} */ (line.parentElement);
  const next = body.rows[line.sectionRowIndex + down]?.cells[place.cellIndex + right];
  return /** @type {HTMLElement | null} */ (next?.querySelector("[data-cell]") ?? null);
};
