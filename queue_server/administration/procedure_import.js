/** A table of procedures from a file: checked, compared, and taken into the draft. */

import { Refusal } from "../web/js/api.js";
import { showDialog } from "../web/js/dialog.js";
import { _, n_ } from "../web/js/i18n.js";
import { icon } from "../web/js/icons.js";
import { sentenceOf } from "../web/js/refusals.js";
import { html, nothing } from "../web/js/templates.js";
import { toast } from "../web/js/toast.js";
import { draft } from "./desk.js";

/**
 * @typedef {{ row: number, column: string, value: string, reason: string }} Fault
 * @typedef {object} Report
 * @property {string[]} columns  recognised headings
 * @property {string[]} ignored  headings nobody knows
 * @property {number} rows
 * @property {Fault[]} faults
 * @property {number} more_faults  further ones that are not listed
 * @property {{ code: string, name: string, changes: string[] }[]} new
 * @property {{ code: string, name: string, changes: string[] }[]} changed
 * @property {number} unchanged
 * @property {{ code: string, name: string }[]} missing
 */

/** @type {File | null} */
let file = null;
/** @type {Report | null} */
let report = null;
let refusal = "";
let isBusy = false;
let isRemoving = false;

export const importTable = () => {
  [file, report, refusal, isBusy, isRemoving] = [null, null, "", false, false];
  const shown = showDialog(_("Import procedures"), ({ close }) => body(close), { kind: "dialog-wide" });
  redrawDialog = shown.draw;
};

let redrawDialog = () => {};

/** @param {() => void} close */
const body = (close) => html`<div class="stack">
  ${report ? nothing : intro()}
  <div class="row">
    <label class="button ${report ? "" : "button-main"} file-button">${icon("arrow-up")}${report ? _("Choose another file …") : _("Choose a file …")}
      <input type="file" class="visually-hidden" accept=".xlsx,.csv,.txt,.tsv" @change=${choose} /></label>
    ${file ? html`<strong>${file.name}</strong>` : nothing} ${isBusy ? html`<span class="spinner" aria-hidden="true"></span>` : nothing}
  </div>
  <div role="alert">${refusal ? html`<p class="error">${icon("warning")}<span>${refusal}</span></p>` : nothing}</div>
  ${report ? result(report) : nothing}
  <div class="row row-end dialog-foot">
    <button type="button" class="button" @click=${close}>${_("Cancel")}</button>
    ${report && !report.faults.length
      ? html`<button type="button" class="button button-main" ?disabled=${isBusy || !worth(report)} @click=${() => take(close)}>${icon("check")}${_("Take into the draft")}</button>`
      : nothing}
  </div>
</div>`;

const intro = () => html`<p>${_("An Excel or CSV file with one procedure on each line. Vietnamese headings such as “Mã TTHC”, “Tên thủ tục”, “Lĩnh vực” are understood; columns that are not there change nothing.")}</p>
  <p class="row">
    <a class="button button-quiet" href=${draft.address("procedures/template.xlsx")} download>${icon("arrow-down")}${_("Template to fill in")}</a>
    <a class="button button-quiet" href=${draft.address("procedures/table.xlsx")} download>${icon("arrow-down")}${_("Your procedures as they are, to change")}</a>
  </p>`;

/** @param {Report} report */
const worth = ({ new: added, changed, missing }) => added.length + changed.length + (isRemoving ? missing.length : 0) > 0;

/** @param {Report} shown */
const result = (shown) => html`<p class="small dim">${n_("%(num)s line read; understood: %(columns)s.", "%(num)s lines read; understood: %(columns)s.", shown.rows, { columns: shown.columns.join(", ") })}
    ${shown.ignored.length ? _("Not understood and left out: %(columns)s.", { columns: shown.ignored.join(", ") }) : nothing}</p>
  ${shown.faults.length ? faults(shown) : differences(shown)}`;

/** @param {Report} shown */
const faults = ({ faults: found, more_faults }) => html`<div class="notice is-danger problem-list">
  ${icon("warning")}
  <div class="stack">
    <strong>${n_("%(num)s error in the file; nothing was taken.", "%(num)s errors in the file; nothing was taken.", found.length + more_faults)}</strong>
    <div class="table-frame" tabindex="0" role="region" aria-label=${_("Errors in the file")}>
      <table class="table"><thead><tr><th scope="col" class="is-number">${_("Row")}</th><th scope="col">${_("Column")}</th><th scope="col">${_("There is")}</th><th scope="col">${_("What is wrong")}</th></tr></thead>
      <tbody>${found.map(({ row, column, value, reason }) => html`<tr><td class="is-number">${row}</td><td>${column}</td><td>${value}</td><td>${reason}</td></tr>`)}</tbody></table>
    </div>
    ${more_faults ? html`<p>${n_("and %(num)s more", "and %(num)s more", more_faults)}</p>` : nothing}
  </div>
</div>`;

/** @param {Report} shown */
const differences = ({ new: added, changed, unchanged, missing }) => html`<ul class="tiles import-counts">
    ${count(_("new"), added.length)} ${count(_("changed"), changed.length)} ${count(_("unchanged"), unchanged)} ${count(_("not in the file"), missing.length)}
  </ul>
  ${listed(_("New"), added)} ${listed(_("Changed"), changed)} ${listed(_("Not in the file"), missing.map((each) => ({ ...each, changes: [] })))}
  ${missing.length
    ? html`<label class="choice"><input type="checkbox" .checked=${isRemoving} @change=${(/** @type {any} */ { target }) => {
        isRemoving = target.checked;
        redrawDialog();
      }} />${n_("Remove the %(num)s procedure that is not in the file", "Remove the %(num)s procedures that are not in the file", missing.length)}</label>`
    : nothing}`;

/** @param {string} name @param {number} num */
const count = (name, num) => html`<li class="card tile"><strong class="tile-value">${num}</strong><span class="small dim">${name}</span></li>`;

/**
 * @param {string} heading
 * @param {{ code: string, name: string, changes: string[] }[]} found
 */
const listed = (heading, found) =>
  found.length
    ? html`<details class="import-list"><summary><strong>${heading}</strong> <span class="dim">${found.length}</span></summary>
        <ul>${found.slice(0, 300).map(({ code, name, changes }) => html`<li><span class="small dim">${code}</span> ${name}${changes.length ? html`<ul class="small">${changes.map((each) => html`<li>${each}</li>`)}</ul>` : nothing}</li>`)}</ul>
      </details>`
    : nothing;

/** @param {Event} event */
const choose = async ({ target }) => {
  const field = /** @type {HTMLInputElement} */ (target);
  file = field.files?.[0] ?? null;
  field.value = "";
  [report, refusal] = [null, ""];
  if (!file) return redrawDialog();
  isBusy = true;
  redrawDialog();
  try {
    report = await draft.ask("procedures/check", file);
  } catch (error) {
    refusal = sentenceOf(error, TABLES);
  } finally {
    isBusy = false;
    redrawDialog();
  }
};

/** @param {() => void} close */
const take = async (close) => {
  if (!file) return;
  isBusy = true;
  redrawDialog();
  try {
    await draft.upload("procedures/take", file, { missing: isRemoving ? "remove" : "keep" });
    close();
    toast(_("The table is in the draft. Check it and apply it when you like."), "done");
  } catch (error) {
    refusal = sentenceOf(error, TABLES);
    if (error instanceof Refusal && error.code === "draft_changed") await draft.reload();
  } finally {
    isBusy = false;
    redrawDialog();
  }
};

/** @type {import("../web/js/refusals.js").Sentences} */
const TABLES = {
  no_table: () => _("This is no Excel or CSV file that can be read. An old .xls file is saved as .xlsx in Excel."),
  no_headings: () => _("No line with the headings was found: a column with the codes and one with the names are needed."),
  too_large: () => _("The file is too large."),
  too_many_rows: ({ facts }) => _("The table has too many lines: at most %(most)s.", { most: facts.most }),
  draft_changed: () => _("Somebody else has just changed the draft. Please look at it again."),
};
