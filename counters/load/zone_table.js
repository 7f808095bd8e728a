/** Who waits, by procedure and by zone: the same people as in the table of fields, sorted anew. */

import { _, number, textOf } from "../../web/js/i18n.js";
import { icon } from "../../web/js/icons.js";
import { html, nothing, repeat } from "../../web/js/templates.js";
import { brief, passed } from "./words.js";

/** @typedef {import("./load_types.js").Load} Load */
/** @typedef {import("./load_types.js").WaitingTicket} WaitingTicket */
/** @typedef {import("./counter_dialog.js").ProcedureName} ProcedureName */

/**
 * @param {WaitingTicket[]} waiting
 * @param {number} now
 */
const longest = (waiting, now) => {
  if (!waiting.length) return html`<span class="dim">–</span>`;
  const first = waiting.reduce((one, other) => (other.since < one.since ? other : one));
  const late = waiting.filter(({ late_from }) => Date.parse(late_from) <= now).length;
  const target = brief((Date.parse(first.late_from) - Date.parse(first.since)) / 1000);
  return html`<span class="wait-words ${late ? "is-calling" : ""}">
    ${late ? icon("warning", _("Beyond the target")) : nothing}<strong>${passed(first.since, now)}</strong>
    <span class="dim">/ ${target}</span>
    ${late ? html`<span class="state">${_("%(count)s late", { count: late })}</span>` : nothing}
  </span>`;
};

/**
 * @param {Load} load
 * @param {number} now
 * @param {ProcedureName[]} procedures
 */
export const procedureTable = (load, now, procedures) => {
  /** @type {Map<string, WaitingTicket[]>} */
  const waiting = new Map();
  for (const ticket of load.waiting)
    waiting.set(ticket.procedure, [...(waiting.get(ticket.procedure) ?? []), ticket]);
  const rows = [...waiting].sort(([, one], [, other]) => other.length - one.length);
  if (!rows.length) return html`<p class="dim">${_("Nobody is waiting.")}</p>`;
  return frame(
    _("Waiting by procedure"),
    [_("Procedure"), _("Waiting"), _("Longest wait against the target"), _("Open counters")],
    repeat(
      rows,
      ([code]) => code,
      ([code, tickets]) => html`<tr data-procedure-row=${code}>
        <th scope="row">${textOf(procedures.find((one) => one.code === code)?.name) || code}</th>
        <td class="is-number"><strong>${number(tickets.length)}</strong></td>
        <td>${longest(tickets, now)}</td>
        <td>${servers(load, code, tickets[0].field)}</td>
      </tr>`,
    ),
  );
};

/**
 * Open counters that serve the procedure, itself or with its field.
 *
 * @param {Load} load
 * @param {string} code
 * @param {string} field
 */
const servers = ({ counters }, code, field) => {
  const open = counters.filter(
    ({ availability, profile }) =>
      availability === "open" && (profile.procedures?.[code] ?? profile.fields?.[field]),
  );
  if (!open.length) return html`<span class="state is-danger">${icon("warning")}${_("none")}</span>`;
  return open.map(({ number }) => number).join(", ");
};

/**
 * @param {Load} load
 * @param {number} now
 */
export const zoneTable = (load, now) => {
  const zoneOf = new Map(load.fields.map(({ id, zone }) => [id, zone]));
  return frame(
    _("Waiting by zone"),
    [_("Zone"), _("Waiting"), _("Longest wait against the target"), _("Open counters"), _("At the counters")],
    load.zones.map(({ id, name }) => {
      const waiting = load.waiting.filter(({ field }) => zoneOf.get(field) === id);
      const counters = load.counters.filter(({ zone }) => zone === id);
      const open = counters.filter(({ availability }) => availability === "open");
      return html`<tr data-zone-row=${id}>
        <th scope="row">${textOf(name)}</th>
        <td class="is-number"><strong>${number(waiting.length)}</strong></td>
        <td>${longest(waiting, now)}</td>
        <td>${_("%(open)s of %(all)s", { open: open.length, all: counters.length })}</td>
        <td>${number(counters.filter(({ ticket }) => ticket).length)}</td>
      </tr>`;
    }),
  );
};

/**
 * @param {string} title
 * @param {string[]} heads
 * @param {unknown} rows
 */
const frame = (title, heads, rows) => html`<div class="table-frame live" tabindex="0" role="group" aria-label=${title}>
  <table class="table field-table">
    <thead>
      <tr>
        ${heads.map((head, n) => html`<th scope="col" class=${n === 1 ? "is-number" : ""}>${head}</th>`)}
      </tr>
    </thead>
    <tbody>
      ${rows}
    </tbody>
  </table>
</div>`;
