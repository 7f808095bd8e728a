/**
 * One setting of the form: label, control, help, what is wrong, and what it was before.
 *
 * The control follows from the setting's type. Small ones are here, those with parts of their own
 * in `lists.js`.
 */

import { boot } from "../web/js/boot.js";
import { _, day, number, textOf } from "../web/js/i18n.js";
import { icon } from "../web/js/icons.js";
import { html, nothing } from "../web/js/templates.js";
import { choicesOf, draft, languageName, nameOf, textLanguages } from "./desk.js";
import { durationField } from "./durations.js";
import { listControl } from "./lists.js";
import { keyOf } from "./paths.js";
import { tableControl } from "./tables.js";
import { timeField } from "./times.js";

/**
 * @typedef {import("./desk.js").Part} Part
 * @typedef {import("./desk.js").Control} Control
 * @typedef {import("./paths.js").Path} Path
 */

/**
 * Where a control reads and writes: a place of the draft, or within a list of it.
 *
 * @typedef {object} Spot
 * @property {(string | number)[]} path  as problems name it
 * @property {any} value
 * @property {(value: any) => void} set
 * @property {any} [before]  what is in force; left out within lists
 * @property {string} label
 */

/** @param {(string | number)[]} path */
export const idOf = (path) => `at-${path.join("-").replace(/[^A-Za-z0-9_-]/g, "_")}`;

/**
 * A setting of the draft.
 *
 * @param {Part} part
 * @param {Path} path
 * @param {{ label?: string, help?: string }} [words]  instead of the form's own
 */
export const setting = (part, path, words = {}) => {
  const label = words.label ?? part.label;
  const spot = {
    path,
    label,
    value: draft.value(path),
    set: (/** @type {any} */ value) => draft.set(path, value),
  };
  return settingAt(part, spot, { help: words.help ?? part.help ?? "", path });
};

/**
 * A setting anywhere, also within a list.
 *
 * @param {Part} part
 * @param {Spot} spot
 * @param {{ help?: string, path?: Path }} [more]  path: where it can be put back
 * @returns {unknown}
 */
export const settingAt = (part, spot, { help = part.help ?? "", path } = {}) => {
  const { control } = part;
  const id = idOf(spot.path);
  const problems = draft.problemsAt(spot.path, isLeaf(control));
  const isChanged = path !== undefined && draft.isChanged(path);
  const described = [help && `${id}-help`, problems.length && `${id}-problem`].filter(Boolean).join(" ");
  const isGroup = GROUPED.has(control.kind) || isDuration(part);
  const body = controlOf(part, spot, { id, described, isInvalid: problems.some(isError) });
  const notes = html`${help ? html`<p class="hint" id="${id}-help">${help}</p>` : nothing}
    ${problemNotes(problems, `${id}-problem`)} ${isChanged ? wasNote(part, spot, path) : nothing}`;
  const classes = `setting setting-${control.kind} ${isChanged ? "is-changed" : ""}`;
  if (control.kind === "flag" && !control.is_optional) return html`<div class=${classes}>${body}${notes}</div>`;
  if (isGroup)
    return html`<div class=${classes} role="group" aria-labelledby="${id}-label" aria-describedby=${described || nothing}>
      <span class="label" id="${id}-label">${spot.label}</span>${body}${notes}
    </div>`;
  return html`<div class=${classes}>
    <label class="label" for=${id}>${spot.label}${part.is_required ? nothing : optional(control)}</label>${body}${notes}
  </div>`;
};

/** @param {Control} control */
const optional = (control) =>
  control.is_optional ? html` <span class="dim small">${_("(may be left out)")}</span>` : nothing;

/** What can be shown in a few words. */
const SHOWN = new Set(["text", "texts", "flag", "whole", "number", "date", "time", "choice", "language", "reference", "list"]);
const GROUPED = new Set(["texts", "list", "table", "struct", "other"]);
const LEAVES = new Set(["text", "flag", "whole", "number", "date", "time", "choice", "language", "reference"]);

/** @param {Control} control */
const isLeaf = ({ kind }) => LEAVES.has(kind);

/** @param {Part} part */
const isDuration = ({ name, control }) => name.endsWith("_s") && control.kind === "whole";

/** @param {import("./draft.js").Problem} problem */
export const isError = ({ severity }) => severity === "error";

/**
 * @param {import("./draft.js").Problem[]} problems
 * @param {string} [id]
 */
export const problemNotes = (problems, id) =>
  problems.length
    ? html`<div id=${id ?? nothing} class="problems">
        ${problems.map(
          (problem) => html`<p class=${isError(problem) ? "error" : "state is-notice small"}>
            ${icon(isError(problem) ? "warning" : "info")}<span>${problem.reason}</span>
          </p>`,
        )}
      </div>`
    : nothing;

/**
 * @param {Part} part
 * @param {Spot} spot
 * @param {Path} path
 */
const wasNote = (part, spot, path) => html`<p class="was small">
  <span>${SHOWN.has(part.control.kind) ? _("Not applied yet. Now: %(value)s", { value: shown(part, draft.before(path)) }) : _("Changed, not applied yet")}</span>
  <button type="button" class="button button-quiet button-small" @click=${() => draft.restore(path)}>
    ${icon("undo")}${_("Put back")}<span class="visually-hidden"> – ${spot.label}</span>
  </button>
</p>`;

/**
 * A value in a few words.
 *
 * @param {Part} part
 * @param {any} value
 * @returns {string}
 */
export const shown = ({ name, control }, value) => {
  if (value === undefined || value === null || value === "") return _("nothing");
  switch (control.kind) {
    case "flag":
      return value ? _("yes") : _("no");
    case "texts":
      return textOf(value) || _("nothing");
    case "choice":
      return control.choices?.find((choice) => choice.value === value)?.label ?? value;
    case "reference":
      return nameOf(control.to ?? "", value);
    case "language":
      return languageName(value);
    case "date":
      return day(`${value}T12:00:00Z`);
    case "time":
      return value.slice(0, 5);
    case "whole":
      if (name.endsWith("_s")) return value % 60 ? _("%(seconds)s s", { seconds: number(value) }) : _("%(minutes)s min", { minutes: number(value / 60) });
      return number(value);
    case "number":
      return number(value);
    case "list":
      return value.length ? value.map((/** @type {any} */ each) => shown({ name: "", label: "", control: /** @type {Control} */ (control.of) }, each)).join(", ") : _("nothing");
    default:
      return typeof value === "object" ? String(Object.keys(value).length) : String(value);
  }
};

/**
 * @param {Part} part
 * @param {Spot} spot
 * @param {{ id: string, described: string, isInvalid: boolean }} about
 * @returns {unknown}
 */
const controlOf = (part, spot, { id, described, isInvalid }) => {
  const { control } = part;
  const { value, set, label } = spot;
  /** @param {Event} event */
  const typed = ({ target }) => {
    const text = /** @type {HTMLInputElement} */ (target).value;
    set(text === "" && control.is_optional ? undefined : text);
  };
  switch (control.kind) {
    case "texts":
      return textsControl(spot, id, described);
    case "flag":
      if (control.is_optional) return maybeControl(spot, { id, described, isInvalid });
      return html`<label class="choice switch">
        <input type="checkbox" role="switch" id=${id} .checked=${Boolean(value)} aria-describedby=${described || nothing}
          @change=${(/** @type {any} */ { target }) => set(target.checked)} /><span class="label">${label}</span>
      </label>`;
    case "whole":
      if (isDuration(part))
        return durationField({ id, label, value, isOptional: Boolean(control.is_optional), isInvalid, describedBy: described, set });
      return numberControl(spot, control, { id, described, isInvalid });
    case "number":
      return numberControl(spot, control, { id, described, isInvalid });
    case "time":
      return timeField({ id, value, isInvalid, describedBy: described, set });
    case "date":
      return html`<input class="input input-short" id=${id} type="date" .value=${value ?? ""}
        aria-invalid=${String(isInvalid)} aria-describedby=${described || nothing} @change=${typed} />`;
    case "choice":
      return selectControl(spot, (control.choices ?? []).map((choice) => [choice.value, choice.label]), { id, described, isInvalid, none: control.is_optional });
    case "reference":
      return selectControl(spot, choicesOf(control.to ?? ""), { id, described, isInvalid, none: control.is_optional });
    case "language":
      return selectControl(spot, textLanguages().map((tag) => [tag, languageName(tag)]), { id, described, isInvalid, none: control.is_optional });
    case "list":
      return listControl(part, spot);
    case "table":
      return tableControl(part, spot);
    case "struct":
      return html`<div class="setting-parts">
        ${control.parts?.map((inner) =>
          settingAt(inner, {
            path: [...spot.path, inner.name],
            label: inner.label,
            value: value?.[inner.name],
            set: (/** @type {any} */ next) => set({ ...value, [inner.name]: next }),
          }),
        )}
      </div>`;
    case "other":
      return html`<pre class="small dim">${JSON.stringify(value ?? null)}</pre>
        <p class="hint">${_("This is changed in the centre file.")}</p>`;
    default:
      if (part.name === "model")
        return html`<input class="input" id=${id} list="${id}-known" .value=${value ?? ""} aria-invalid=${String(isInvalid)} aria-describedby=${described || nothing} @change=${typed} />
          <datalist id="${id}-known">${boot.models.map((/** @type {string} */ model) => html`<option value=${model}></option>`)}</datalist>`;
      if (part.name === "icon") return selectControl(spot, boot.icons.map((/** @type {string} */ name) => [name, name]), { id, described, isInvalid, none: true });
      return html`<input class="input" id=${id} .value=${value ?? ""} aria-invalid=${String(isInvalid)} aria-describedby=${described || nothing} @change=${typed} />`;
  }
};

/**
 * One text in each language of the centre, side by side.
 *
 * @param {Spot} spot
 * @param {string} id
 * @param {string} described
 */
export const textsControl = ({ path, value, set, label }, id, described) => {
  const texts = value ?? {};
  return html`<div class="texts">
    ${textLanguages().map((tag) => {
      /** @param {Event} event */
      const typed = ({ target }) => {
        const words = /** @type {HTMLInputElement} */ (target).value.trim();
        const { [tag]: _old, ...others } = texts;
        set(words ? { ...texts, [tag]: words } : others);
      };
      const problems = draft.problemsAt([...path, tag]);
      const about = { id: `${id}-${tag}`, name: _("%(what)s in %(language)s", { what: label, language: languageName(tag) }) };
      return html`<label class="text-of" for=${about.id}>
        <span class="tag" aria-hidden="true">${languageName(tag)}</span>
        <textarea class="input input-growing" id=${about.id} lang=${tag} rows="1" aria-label=${about.name} aria-invalid=${String(problems.some(isError))}
          aria-describedby=${described || nothing} .value=${texts[tag] ?? ""} @keydown=${onOneLine} @change=${typed}></textarea>
        ${problemNotes(problems)}
      </label>`;
    })}
  </div>`;
};

/** The field grows with its text, which is one line all the same. @param {KeyboardEvent} event */
const onOneLine = (event) => {
  if (event.key !== "Enter") return;
  event.preventDefault();
  /** @type {HTMLElement} */ (event.target).blur();
};

/**
 * @param {Spot} spot
 * @param {Control} control
 * @param {{ id: string, described: string, isInvalid: boolean }} about
 */
const numberControl = ({ value, set }, control, { id, described, isInvalid }) => {
  /** @param {Event} event */
  const typed = ({ target }) => {
    const text = /** @type {HTMLInputElement} */ (target).value.trim().replace(",", ".");
    if (text === "") return set(control.is_optional ? undefined : text);
    const read = Number(text);
    set(Number.isNaN(read) ? text : read);
  };
  const written = value === undefined ? "" : typeof value === "number" ? String(value).replace(".", number(0.5)[1]) : String(value);
  return html`<input class="input input-short number" id=${id} inputmode=${control.kind === "whole" ? "numeric" : "decimal"}
    .value=${written} aria-invalid=${String(isInvalid)} aria-describedby=${described || nothing} @change=${typed} />`;
};

/**
 * Yes, no, or as usual.
 *
 * @param {Spot} spot
 * @param {{ id: string, described: string, isInvalid: boolean }} about
 */
const maybeControl = ({ value, set, ...spot }, about) =>
  selectControl(
    { ...spot, value: value === undefined ? undefined : String(value), set: (chosen) => set(chosen === undefined ? undefined : chosen === "true") },
    [["true", _("yes")], ["false", _("no")]],
    { ...about, none: true },
  );

/**
 * @param {Spot} spot
 * @param {[string, string][]} options
 * @param {{ id: string, described: string, isInvalid: boolean, none?: boolean }} about
 */
const selectControl = ({ value, set }, options, { id, described, isInvalid, none }) => {
  const isKnown = value === undefined || value === "" || options.some(([key]) => key === value);
  return html`<select class="input input-choice" id=${id} aria-invalid=${String(isInvalid)} aria-describedby=${described || nothing}
    @change=${(/** @type {any} */ { target }) => set(target.value || undefined)}>
    ${none || value === undefined ? html`<option value="" ?selected=${!value}>–</option>` : nothing}
    ${isKnown ? nothing : html`<option value=${value} selected>${value}</option>`}
    ${options.map(([key, words]) => html`<option value=${key} .selected=${key === value}>${words}</option>`)}
  </select>`;
};

/** Settings of a struct of the draft, one below the other. @param {Part[]} parts @param {Path} path */
export const settings = (parts, path) => parts.map((part) => setting(part, [...path, part.name]));

/** @param {Path} path */
export const problemsHere = (path) => problemNotes(draft.problemsAt(path), idOf([keyOf(path), "problems"]));
