/** Small tables inside a setting: levels of names, texts by a name of their own. */

import { _ } from "../web/js/i18n.js";
import { icon } from "../web/js/icons.js";
import { html, nothing } from "../web/js/templates.js";
import { idOf, settingAt, textsControl } from "./controls.js";
import { choicesOf, nameOf } from "./desk.js";
import { blank, stepButton } from "./lists.js";

/**
 * @typedef {import("./desk.js").Part} Part
 * @typedef {import("./desk.js").Control} Control
 * @typedef {import("./controls.js").Spot} Spot
 */

/**
 * @param {Part} part
 * @param {Spot} spot
 * @returns {unknown}
 */
export const tableControl = (part, spot) => {
  const { key, of } = part.control;
  const { path, value = {}, set, label } = spot;
  const isOfNames = key?.kind === "reference";
  const rest = isOfNames ? choicesOf(key.to ?? "").filter(([name]) => !(name in value)) : [];
  /** @param {string} name */
  const said = (name) => (isOfNames ? nameOf(key.to ?? "", name) : name);
  return html`<ul class="rows">
      ${Object.entries(value).map(([name, entry]) => {
        const inner = { path: [...path, name], label: said(name), value: entry, set: (/** @type {any} */ next) => set({ ...value, [name]: next }) };
        return html`<li class="row-of ${of?.kind === "texts" ? "" : "row-named"}">
          <div class="row-parts">
            ${of?.kind === "texts"
              ? html`<span class="label small">${said(name)}</span>${textsControl(inner, idOf(inner.path), "")}`
              : settingAt({ name: "", label: said(name), control: /** @type {Control} */ (of) }, inner)}
          </div>
          <div class="row-tools">
            ${stepButton("close", _("Take %(name)s out", { name: said(name) }), () => set(Object.fromEntries(Object.entries(value).filter(([each]) => each !== name))))}
          </div>
        </li>`;
      })}
    </ul>
    ${isOfNames ? addByName(spot, rest, of) : addByKey(spot, of, label)}`;
};

/**
 * @param {Spot} spot
 * @param {[string, string][]} rest
 * @param {Control | undefined} of
 */
const addByName = ({ path, value = {}, set, label }, rest, of) =>
  rest.length
    ? html`<select class="input input-choice" id=${idOf(path)} aria-label=${_("Add to %(what)s", { what: label })}
        @change=${(/** @type {any} */ { target }) => {
          set({ ...value, [target.value]: blank(/** @type {Control} */ (of)) });
          target.value = "";
        }}>
        <option value="">${_("Add …")}</option>
        ${rest.map(([name, words]) => html`<option value=${name}>${words}</option>`)}
      </select>`
    : nothing;

/**
 * @param {Spot} spot
 * @param {Control | undefined} of
 * @param {string} label
 */
const addByKey = ({ path, value = {}, set }, of, label) => {
  const add = () => {
    let key = "new";
    for (let n = 2; key in value; n++) key = `new-${n}`;
    set({ ...value, [key]: blank(/** @type {Control} */ (of)) });
  };
  return html`<button type="button" class="button button-small" id=${idOf(path)} @click=${add}>
    ${icon("plus")}${_("Add")}<span class="visually-hidden"> – ${label}</span>
  </button>`;
};
