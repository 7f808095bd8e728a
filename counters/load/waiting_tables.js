/** The waiting people by field, procedure or zone: one table at a time. */

import { _ } from "../../web/js/i18n.js";
import { html } from "../../web/js/templates.js";
import { fieldTable } from "./field_table.js";
import { procedureTable, zoneTable } from "./zone_table.js";

/** @typedef {import("./load_types.js").Load} Load */
/** @typedef {"field" | "procedure" | "zone"} Sorting */

/** @type {Record<Sorting, () => string>} */
const SORTINGS = {
  field: () => _("By field"),
  procedure: () => _("By procedure"),
  zone: () => _("By zone"),
};

/** @type {Sorting} */
let sorting = "field";

/**
 * @param {Load} load
 * @param {number} now
 * @param {object} with_
 * @param {import("./trend.js").Trend} with_.trend
 * @param {(field: import("./load_types.js").FieldLoad) => void} with_.onHelp
 * @param {import("./counter_dialog.js").ProcedureName[]} with_.procedures
 * @param {() => void} with_.redraw
 */
export const waitingTables = (load, now, { trend, onHelp, procedures, redraw }) => {
  /** @type {Record<Sorting, () => unknown>} */
  const tables = {
    field: () => fieldTable(load, now, trend, onHelp),
    procedure: () => procedureTable(load, now, procedures),
    zone: () => zoneTable(load, now),
  };
  /** @param {Sorting} chosen */
  const choose = (chosen) => {
    sorting = chosen;
    redraw();
  };
  return html`<section class="stack" aria-labelledby="fields-title">
    <div class="row row-apart">
      <h2 id="fields-title">${_("Who waits")}</h2>
      <div class="segments" role="group" aria-labelledby="fields-title">
        ${/** @type {Sorting[]} */ (Object.keys(SORTINGS)).map(
          (one) =>
            html`<button class="button" aria-pressed=${String(one === sorting)} @click=${() => choose(one)}>
              ${SORTINGS[one]()}
            </button>`,
        )}
      </div>
    </div>
    ${tables[sorting]()}
  </section>`;
};
