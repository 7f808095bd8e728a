/** All centres of a deployment: those that need attention first. */

import { get } from "../../web/js/api.js";
import { _, byName, language, n_, number, percent, plain, textOf } from "../../web/js/i18n.js";
import { icon } from "../../web/js/icons.js";
import { sentenceOf } from "../../web/js/refusals.js";
import { html, nothing, render, repeat } from "../../web/js/templates.js";
import { passed } from "../load/words.js";

/**
 * As counters/centres/overview.py has it.
 *
 * @typedef {object} Line
 * @property {string} id
 * @property {Record<string, string>} name
 * @property {boolean} is_open
 * @property {number} waiting
 * @property {number} late
 * @property {string | null} oldest_since
 * @property {number} at_counters
 * @property {number} counters_open
 * @property {number} counters
 * @property {number} issued
 * @property {number} served
 * @property {number} waits
 * @property {number} waits_within_target
 * @property {{ kind: string, count: number }[]} alarms
 * @property {string} fault
 */

const EVERY_MS = 5_000;

const root = /** @type {HTMLElement} */ (document.getElementById("centres"));

/** @type {Line[]} */
let lines = [];
let at = 0;
let wanted = "";
let problem = "";

/** @type {Record<string, { word: (count: number) => string, drawing: string, tone: string }>} */
const ALARMS = {
  field_unserved: {
    word: (count) => n_("%(num)s queue without a counter", "%(num)s queues without a counter", count),
    drawing: "warning",
    tone: "is-danger",
  },
  field_late: {
    word: (count) => n_("%(num)s field late", "%(num)s fields late", count),
    drawing: "clock",
    tone: "is-notice",
  },
  field_at_risk: {
    word: (count) => n_("%(num)s field soon late", "%(num)s fields soon late", count),
    drawing: "clock",
    tone: "is-notice",
  },
  silent_serving: { word: () => _("A clerk is gone"), drawing: "warning", tone: "is-danger" },
  counter_silent: { word: () => _("Counter fell silent"), drawing: "warning", tone: "is-notice" },
  printer_trouble: { word: () => _("Printer"), drawing: "printer", tone: "is-notice" },
  hand_over_failed: { word: () => _("Hand-over failed"), drawing: "documents", tone: "is-notice" },
};

/** How much a centre needs somebody: what is broken, then who waits too long. @param {Line} line */
const weight = ({ fault, alarms, late, waiting }) =>
  (fault ? 1e9 : 0) +
  1e6 * alarms.filter(({ kind }) => ALARMS[kind]?.tone === "is-danger").length +
  1e4 * alarms.length +
  10 * late +
  waiting / 1e3;

/** @param {Line} line */
const nameOf = ({ id, name }) => textOf(name) || id;

const draw = () => {
  root.querySelector("#loading")?.remove();
  const shown = lines
    .filter((line) => plain(`${nameOf(line)} ${line.id}`).includes(plain(wanted)))
    .sort((one, other) => weight(other) - weight(one) || byName(nameOf(one), nameOf(other)));
  render(page(shown), root);
};

/** @param {Line[]} shown */
const page = (shown) => html`<div class="stack centres">
  ${problem
    ? html`<p class="notice" role="alert">${icon("offline")}<span>${problem}</span></p>`
    : nothing}
  <div class="centres-tools">
    <ul class="centres-totals">
      ${total(_("Centres open"), `${count(({ is_open: isOpen }) => isOpen)} / ${lines.length}`)}
      ${total(_("Waiting"), number(sum("waiting")))}
      ${total(_("Beyond the target"), number(sum("late")))}
      ${total(_("Need attention"), number(count(({ alarms, fault }) => Boolean(fault || alarms.length))))}
      ${total(_("Served today"), number(sum("served")))}
    </ul>
    <div class="field">
      <label for="centre-search">${_("Find a centre")}</label>
      <input
        class="input"
        id="centre-search"
        type="search"
        autocomplete="off"
        @input=${(/** @type {Event} */ event) => {
          wanted = /** @type {HTMLInputElement} */ (event.target).value;
          draw();
        }}
      />
    </div>
  </div>
  <div class="table-frame" tabindex="0" role="region" aria-label=${_("All centres")}>
    <table class="table centres-table">
      <thead>
        <tr>
          <th scope="col">${_("Centre")}</th>
          <th scope="col">${_("Needs attention")}</th>
          <th scope="col" class="is-number">${_("Waiting")}</th>
          <th scope="col" class="is-number">${_("Longest wait")}</th>
          <th scope="col" class="is-number">${_("Counters open")}</th>
          <th scope="col" class="is-number">${_("Served today")}</th>
          <th scope="col" class="is-number">${_("Called within the target")}</th>
        </tr>
      </thead>
      <tbody>
        ${repeat(shown, ({ id }) => id, row)}
      </tbody>
    </table>
    ${shown.length ? nothing : html`<p class="dim">${_("No centre fits.")}</p>`}
  </div>
</div>`;

/**
 * @param {string} word
 * @param {string} value
 */
const total = (word, value) =>
  html`<li class="figure"><span class="small dim">${word}</span><span class="figure-value">${value}</span></li>`;

/** @param {"waiting" | "late" | "served"} key */
const sum = (key) => lines.reduce((all, line) => all + line[key], 0);

/** @param {(line: Line) => boolean} is */
const count = (is) => lines.filter(is).length;

/** @param {Line} line */
const row = (line) => html`<tr data-centre=${line.id} class=${line.is_open ? "" : "is-closed"}>
  <th scope="row">
    <a class="link-alone" href="/manager?centre=${encodeURIComponent(line.id)}&language=${language}">${nameOf(line)}</a>
    <span class="small dim">${line.is_open ? nothing : _("Closed")}</span>
  </th>
  <td>${attention(line)}</td>
  <td class="is-number">
    ${number(line.waiting)}${line.late
      ? html` <span class="small"
          >(${n_("%(num)s beyond the target", "%(num)s beyond the target", line.late)})</span
        >`
      : nothing}
  </td>
  <td class="is-number">${line.oldest_since ? passed(line.oldest_since, at) : "–"}</td>
  <td class="is-number">${line.counters_open} / ${line.counters}</td>
  <td class="is-number">${number(line.served)}</td>
  <td class="is-number">${line.waits ? percent(line.waits_within_target / line.waits) : "–"}</td>
</tr>`;

/** @param {Line} line */
const attention = ({ fault, alarms }) => {
  if (fault)
    return html`<span class="state is-danger small"
      >${icon("warning")}${_("Cannot be read: %(reason)s", { reason: fault })}</span
    >`;
  if (!alarms.length)
    return html`<span class="state is-done small">${icon("check")}${_("All well")}</span>`;
  return html`<span class="centres-alarms"
    >${alarms.map(({ kind, count: many }) => {
      const { word, drawing, tone } = ALARMS[kind] ?? ALARMS.counter_silent;
      return html`<span class="chip ${tone}">${icon(drawing)}${word(many)}</span>`;
    })}</span
  >`;
};

const load = async () => {
  try {
    const answer = await get("/api/v1/overview", { attempts: 1 });
    lines = answer.centres;
    at = Date.parse(answer.at);
    problem = "";
  } catch (error) {
    problem = sentenceOf(error);
  }
  draw();
  setTimeout(load, EVERY_MS);
};

load();
