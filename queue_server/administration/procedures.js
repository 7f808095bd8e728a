/** Fields and procedures: the fields as a list, the procedures as a table that is searched. */

import { _, n_, number, plain, textOf } from "../web/js/i18n.js";
import { icon } from "../web/js/icons.js";
import { termTime } from "../web/js/terms.js";
import { html, nothing, repeat } from "../web/js/templates.js";
import { isError, setting } from "./controls.js";
import { draft, nameOf, redraw, topPart } from "./desk.js";
import { addEntry, entryList, openEntry } from "./entries.js";
import { lookOf } from "./looks.js";
import { editingHeading, group } from "./plain_sections.js";
import { importTable } from "./procedure_import.js";

/** Rows shown at first: more make the page slow, and nobody reads them. */
const PAGE = 60;

let sought = "";
let field = "";
let isOnlyChanged = false;
let rows = PAGE;

export const proceduresSection = () => html`${editingHeading(_("Fields and procedures"), _("What citizens come for. A field has a letter and a series of numbers; its procedures share them."))}
  ${group("fields", _("Fields"), entryList("fields", lookOf("fields")), _("In this order at the kiosk and on the boards."))}
  ${group("procedures", _("Procedures"), html`${tools()} ${table()}`)}
  ${group("help", _("“I do not know what I need”"), setting(topPart("reception_procedure"), ["reception_procedure"]))}`;

const tools = () => html`<div class="row table-tools">
  <div class="input-search table-search">
    ${icon("search")}
    <input class="input" type="search" aria-label=${_("Find a procedure")} placeholder=${_("Name, code or everyday word")} .value=${sought}
      @input=${(/** @type {any} */ { target }) => look({ sought: target.value })} />
  </div>
  <select class="input input-choice" aria-label=${_("Field")} @change=${(/** @type {any} */ { target }) => look({ field: target.value })}>
    <option value="">${_("All fields")}</option>
    ${Object.keys(draft.tree.fields ?? {}).map((key) => html`<option value=${key} ?selected=${key === field}>${nameOf("fields", key)}</option>`)}
  </select>
  <label class="choice"><input type="checkbox" .checked=${isOnlyChanged} @change=${(/** @type {any} */ { target }) => look({ isOnlyChanged: target.checked })} />${_("Only what the draft changes")}</label>
</div>
<div class="row">
  <button type="button" class="button" @click=${() => addEntry("procedures", lookOf("procedures"))}>${icon("plus")}${_("Add a procedure")}</button>
  <button type="button" class="button" @click=${() => importTable()}>${icon("arrow-up")}${_("Import from Excel or CSV …")}</button>
  <a class="button" href=${draft.address("procedures/table.xlsx")} download>${icon("arrow-down")}${_("Export to Excel")}</a>
  <a class="button button-quiet" href=${draft.address("procedures/table.csv")} download>${_("as CSV")}</a>
</div>`;

/** @param {{ sought?: string, field?: string, isOnlyChanged?: boolean }} change */
const look = (change) => {
  ({ sought, field, isOnlyChanged } = { sought, field, isOnlyChanged, ...change });
  rows = PAGE;
  redraw();
};

/** @returns {[string, any][]} */
const found = () => {
  const words = plain(sought).split(/\s+/).filter(Boolean);
  const all = { ...draft.live.procedures, ...draft.tree.procedures };
  return Object.entries(all).filter(([code, each]) => {
    if (field && each.field !== field) return false;
    if (isOnlyChanged && !draft.isChanged(["procedures", code])) return false;
    if (!words.length) return true;
    const text = plain([code, ...Object.values(each.name ?? {}), ...(each.synonyms ?? [])].join(" "));
    return words.every((word) => text.includes(word));
  });
};

const table = () => {
  const all = found();
  return html`<p class="small dim" role="status">${n_("%(num)s procedure", "%(num)s procedures", all.length)}</p>
    <div class="table-frame" tabindex="0" role="region" aria-label=${_("Table of procedures")}>
      <table class="table procedures">
        <thead>
          <tr>
            <th scope="col">${_("Procedure")}</th>
            <th scope="col">${_("Field")}</th>
            <th scope="col">${_("Term")}</th>
            <th scope="col" class="is-number">${_("Papers")}</th>
            <th scope="col" class="is-number">${_("Minutes")}</th>
          </tr>
        </thead>
        <tbody>
          ${repeat(
            all.slice(0, rows),
            ([code]) => code,
            ([code, each]) => row(code, each),
          )}
        </tbody>
      </table>
    </div>
    ${all.length > rows ? html`<button type="button" class="button" @click=${() => {
      rows += 4 * PAGE;
      redraw();
    }}>${n_("Show %(num)s more", "Show %(num)s more", all.length - rows)}</button>` : nothing}`;
};

/**
 * @param {string} code
 * @param {any} each
 */
const row = (code, each) => {
  const isGone = draft.value(["procedures", code]) === undefined;
  const problems = draft.problemsAt(["procedures", code], true).filter(isError);
  const isNew = draft.before(["procedures", code]) === undefined;
  const mark = isGone ? _("Will be removed") : isNew ? _("New, not applied yet") : draft.isChanged(["procedures", code]) ? _("Changed, not applied yet") : "";
  return html`<tr class=${isGone ? "is-gone" : mark ? "is-changed" : ""}>
    <th scope="row">
      ${isGone
        ? html`<span>${textOf(each.name)}</span>`
        : html`<button type="button" class="link-button" aria-haspopup="dialog" @click=${() => openEntry("procedures", code, lookOf("procedures"))}>${textOf(each.name) || code}</button>`}
      <span class="small dim">${code}</span>
      ${mark ? html`<span class="small state ${isGone ? "is-danger" : "is-notice"}">${mark}</span>` : nothing}
      ${problems.map(({ reason }) => html`<span class="error small">${icon("warning")}${reason}</span>`)}
      ${isGone ? html`<button type="button" class="button button-quiet button-small" @click=${() => draft.restore(["procedures", code])}>${icon("undo")}${_("Keep it")}</button>` : nothing}
    </th>
    <td>${nameOf("fields", each.field)}</td>
    <td>${each.terms?.length ? html`${termTime(each.terms[0])}${each.terms[0].is_certain ? nothing : html` <span class="small dim">(${_("not checked")})</span>`}` : html`<span class="dim">–</span>`}</td>
    <td class="is-number">${each.papers?.length ? number(each.papers.length) : html`<span class="dim">–</span>`}</td>
    <td class="is-number">${number(Math.round((each.mean_transaction_time_s ?? 480) / 6) / 10)}</td>
  </tr>`;
};
