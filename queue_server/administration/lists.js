/** Lists: lines of text, chosen names, days, texts in several languages, rows with parts. */

import { _, day } from "../web/js/i18n.js";
import { icon } from "../web/js/icons.js";
import { html, nothing, repeat } from "../web/js/templates.js";
import { idOf, settingAt, textsControl } from "./controls.js";
import { choicesOf, draft, languageName, textLanguages } from "./desk.js";

/**
 * @typedef {import("./desk.js").Part} Part
 * @typedef {import("./desk.js").Control} Control
 * @typedef {import("./controls.js").Spot} Spot
 */

/**
 * @param {Part} part
 * @param {Spot} spot
 */
export const listControl = (part, spot) => {
  const of = /** @type {Control} */ (part.control.of);
  if (of.kind === "text") return linesControl(spot);
  if (of.kind === "language") return namesControl(spot, languageChoices(spot));
  if (of.kind === "reference") return namesControl(spot, choicesOf(of.to ?? ""));
  if (of.kind === "choice") return namesControl(spot, (of.choices ?? []).map(({ value, label }) => [value, label]));
  if (of.kind === "date") return daysControl(spot);
  return rowsControl(part, spot, of);
};

/** One entry a line. @param {Spot} spot */
const linesControl = ({ path, value = [], set, label }) => html`<textarea
    class="input"
    id=${idOf(path)}
    aria-label=${label}
    rows=${Math.min(8, Math.max(3, value.length + 1))}
    .value=${value.join("\n")}
    @change=${(/** @type {any} */ { target }) => set(target.value.split("\n").map((/** @type {string} */ line) => line.trim()).filter(Boolean))}
  ></textarea>
  <p class="hint">${_("One on each line.")}</p>`;

/** Of the centre's languages; the centre itself may choose among all. @param {Spot} spot @returns {[string, string][]} */
const languageChoices = ({ path }) => {
  const tags = path.length > 1 ? textLanguages() : [...textLanguages(), "en", "zh", "ko", "ja", "ru", "fr", "lo", "km", "tyz", "hmn"];
  return [...new Set(tags)].map((tag) => [tag, languageName(tag)]);
};

/**
 * Names in the order in which they were chosen.
 *
 * @param {Spot} spot
 * @param {[string, string][]} choices
 */
const namesControl = ({ path, value = [], set, label }, choices) => {
  const names = new Map(choices);
  const rest = choices.filter(([key]) => !value.includes(key));
  return html`<ul class="picked">
      ${repeat(
        value,
        (key) => key,
        (/** @type {string} */ key, place) => html`<li class="chip">
          ${names.get(key) ?? key}
          ${place > 0 ? stepButton("arrow-up", _("%(name)s earlier", { name: names.get(key) ?? key }), () => set(moved(value, place, -1))) : nothing}
          ${stepButton("close", _("Take %(name)s out", { name: names.get(key) ?? key }), () => set(value.filter((/** @type {string} */ each) => each !== key)))}
        </li>`,
      )}
    </ul>
    ${rest.length
      ? html`<select class="input input-choice" id=${idOf(path)} aria-label=${_("Add to %(what)s", { what: label })}
          @change=${(/** @type {any} */ { target }) => {
            set([...value, target.value]);
            target.value = "";
          }}>
          <option value="">${_("Add …")}</option>
          ${rest.map(([key, words]) => html`<option value=${key}>${words}</option>`)}
        </select>`
      : nothing}`;
};

/** @param {Spot} spot */
const daysControl = ({ path, value = [], set, label }) => {
  const sorted = [...value].sort();
  return html`<ul class="picked">
      ${sorted.map((on) => html`<li class="chip">${day(`${on}T12:00:00Z`)}${stepButton("close", _("Take %(name)s out", { name: day(`${on}T12:00:00Z`) }), () => set(sorted.filter((each) => each !== on)))}</li>`)}
    </ul>
    <input class="input input-short" type="date" id=${idOf(path)} aria-label=${_("Add to %(what)s", { what: label })}
      @change=${(/** @type {any} */ { target }) => {
        if (target.value && !sorted.includes(target.value)) set([...sorted, target.value].sort());
        target.value = "";
      }} />`;
};

/**
 * @param {Part} part
 * @param {Spot} spot
 * @param {Control} of
 */
const rowsControl = (part, { path, value = [], set, label }, of) => html`<ol class="rows">
    ${value.map((/** @type {any} */ each, /** @type {number} */ place) => {
      const at = [...path, place + 1];
      const change = (/** @type {any} */ next) => set(value.with(place, next));
      const name = _("%(what)s %(place)s", { what: label, place: place + 1 });
      return html`<li><div class="row-of" role="group" aria-label=${name}>
        <div class="row-parts">${entryOf(of, { path: at, value: each, set: change, label: name })}</div>
        <div class="row-tools">
          ${place > 0 ? stepButton("arrow-up", _("Move %(name)s up", { name }), () => set(moved(value, place, -1))) : nothing}
          ${place < value.length - 1 ? stepButton("arrow-down", _("Move %(name)s down", { name }), () => set(moved(value, place, 1))) : nothing}
          ${stepButton("close", _("Take %(name)s out", { name }), () => set(value.toSpliced(place, 1)))}
        </div>
        ${draft.problemsAt(at).map(({ reason }) => html`<p class="error">${icon("warning")}<span>${reason}</span></p>`)}
      </div></li>`;
    })}
  </ol>
  <button type="button" class="button button-small" id=${idOf(path)} @click=${() => set([...value, blank(of)])}>
    ${icon("plus")}${_("Add")}<span class="visually-hidden"> – ${label}</span>
  </button>`;

/**
 * @param {Control} of
 * @param {Spot} spot
 */
const entryOf = (of, spot) => {
  if (of.kind === "texts") return textsControl(spot, idOf(spot.path), "");
  if (of.kind !== "struct") return settingAt({ name: "", label: spot.label, control: of }, spot);
  return of.parts?.map((inner) =>
    settingAt(
      inner,
      {
        path: [...spot.path, inner.name],
        label: inner.label,
        value: spot.value?.[inner.name] ?? inner.default,
        set: (next) => spot.set(next === undefined ? omitted(spot.value, inner.name) : { ...spot.value, [inner.name]: next }),
      },
      { help: "" },
    ),
  );
};

/**
 * @param {Record<string, any>} struct
 * @param {string} name
 */
const omitted = (struct, name) => Object.fromEntries(Object.entries(struct).filter(([key]) => key !== name));

/**
 * What a new entry begins with.
 *
 * @param {Control} control
 * @returns {any}
 */
export const blank = (control) => {
  switch (control.kind) {
    case "texts":
    case "table":
      return {};
    case "list":
      return [];
    case "struct":
      return Object.fromEntries(
        (control.parts ?? []).filter(({ is_required }) => is_required).map((part) => [part.name, part.default ?? blank(part.control)]),
      );
    case "choice":
      return control.choices?.[0]?.value;
    case "flag":
      return false;
    case "whole":
    case "number":
      return 0;
    case "time":
      return "08:00:00";
    case "reference":
      return choicesOf(control.to ?? "")[0]?.[0] ?? "";
    default:
      return "";
  }
};

/**
 * @template T
 * @param {T[]} list
 * @param {number} place
 * @param {number} by
 */
export const moved = (list, place, by) => {
  const rest = list.toSpliced(place, 1);
  return rest.toSpliced(place + by, 0, list[place]);
};

/**
 * @param {string} drawing
 * @param {string} words
 * @param {() => void} act
 */
export const stepButton = (drawing, words, act) => html`<button type="button" class="button button-quiet button-step" aria-label=${words} title=${words} @click=${act}>
  ${icon(drawing)}
</button>`;
