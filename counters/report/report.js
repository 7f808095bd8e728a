/**
 * The day report: choose a day, read its figures, see two charts, print, take the CSV along.
 *
 * @typedef {import("./figures.js").Report} Report
 */

import { get, post, Refusal } from "../../web/js/api.js";
import { boot } from "../../web/js/boot.js";
import { _, language, number, percent, weekday } from "../../web/js/i18n.js";
import { icon } from "../../web/js/icons.js";
import { html, nothing, render } from "../../web/js/templates.js";
import { callsPart } from "./calls.js";
import { hoursChart, waitsChart } from "./charts.js";
import { minutes, named, share } from "./figures.js";
import { ratingsPart } from "./ratings.js";
import {
  estimateTable,
  groupTable,
  hourTable,
  outcomeTable,
  outOfOrderTable,
  waitTable,
} from "./tables.js";

const place = /** @type {HTMLElement} */ (document.getElementById("report"));
const reports = `/api/v1/centres/${boot.centre}/reports`;

/** @param {string[]} days  newest first */
const chosenDay = (days) => {
  const asked = new URLSearchParams(location.search).get("day");
  return asked ?? days[0] ?? boot.today ?? "";
};

/** @param {string} day */
const choose = (day) => {
  const address = new URL(location.href);
  address.searchParams.set("day", day);
  history.replaceState(null, "", address);
  return show(day);
};

/** @type {string[]} */
let days = [];
/** @type {import("./calls.js").CallReport | null} */
let calls = null;

const begin = async () => {
  days = await get(reports);
  await show(chosenDay(days));
};

/** @param {string} day */
const show = async (day) => {
  place.ariaBusy = "true";
  const [report, found] = day
    ? await Promise.all([get(`${reports}/${day}`), get(`${reports}/${day}/calls`)])
    : [null, null];
  calls = found;
  draw(report ? page(report) : nothing);
};

/** @param {unknown} content */
const draw = (content) => {
  place.querySelector("[data-loading]")?.remove();
  render(content, place);
  place.ariaBusy = "false";
};

/** @param {Report} report */
const page = (report) => html`
  <div class="row row-apart">
    <div>
      <h1>${_("Day report")}</h1>
      <p class="dim">${weekday(`${report.day}T12:00:00Z`)} · ${boot.centre_name}</p>
    </div>
    ${tools(report)}
  </div>
  ${report.totals.issued === 0
    ? html`<div class="notice">${icon("info")}<p>${_("No number was taken on this day.")}</p></div>`
    : whole(report)}
`;

/** @param {Report} report */
const tools = (report) => html`<div class="row no-print">
  <label class="visually-hidden" for="day">${_("Day")}</label>
  <select class="input day" id="day" @change=${(/** @type {any} */ event) => choose(event.target.value)}>
    ${[...new Set([report.day, ...days])]
      .sort()
      .reverse()
      .map((day) => html`<option value=${day} ?selected=${day === report.day}>${weekday(`${day}T12:00:00Z`)}</option>`)}
  </select>
  <button class="button" @click=${() => print()}>${icon("printer")}${_("Print")}</button>
  <a class="button" href="${reports}/${report.day}/sheet.pdf?language=${language}" target="_blank">
    ${icon("document")}${_("Sheet for the file (PDF)")}
  </a>
  <a class="button" href="${reports}/${report.day}.csv?language=${language}" download>
    ${icon("arrow-down")}${_("Figures (CSV)")}
  </a>
  <a class="button" href="${reports}/${report.day}/transactions.csv" download>
    ${icon("arrow-down")}${_("All transactions (CSV)")}
  </a>
</div>`;

/** @param {Report} report */
const whole = (report) => html`
  ${cards(report)}
  <section class="stack" aria-labelledby="by-hour">
    <h2 id="by-hour">${_("Over the day")}</h2>
    <div class="chart-and-table">${hoursChart(report.hours)} ${hourTable(report.hours)}</div>
  </section>
  <section class="stack" aria-labelledby="waits">
    <h2 id="waits">${_("How long people waited")}</h2>
    <div class="chart-and-table">
      ${waitsChart(report.waits, report.wait_bin_s)} ${waitTable(report.waits, report.wait_bin_s)}
    </div>
  </section>
  <section class="stack" aria-labelledby="by-field">
    <h2 id="by-field">${_("By field")}</h2>
    ${groupTable(_("Fields"), report.fields, named)}
  </section>
  <section class="stack" aria-labelledby="by-procedure">
    <h2 id="by-procedure">${_("By procedure")}</h2>
    ${groupTable(_("Procedures"), report.procedures, named)}
  </section>
  <section class="stack" aria-labelledby="by-counter">
    <h2 id="by-counter">${_("By counter")}</h2>
    ${groupTable(_("Counters"), report.counters, named, { hasIssued: false })}
  </section>
  <section class="stack" aria-labelledby="estimates">
    <h2 id="estimates">${_("How good the estimates were")}</h2>
    ${estimateTable(report)}
  </section>
  ${report.out_of_order.length
    ? html`<section class="stack" aria-labelledby="out-of-order">
        <h2 id="out-of-order">${_("Called out of order")}</h2>
        ${outOfOrderTable(report.out_of_order, report.counters)}
      </section>`
    : nothing}
  <section class="stack" aria-labelledby="outcomes">
    <h2 id="outcomes">${_("What came of the visits")}</h2>
    ${outcomeTable(report.totals)}
  </section>
  ${ratingsPart(report, (comment) => erase(report, comment))}
  ${calls ? callsPart(calls, `${reports}/${report.day}`) : nothing}
  ${meanings()}
`;

/**
 * @param {Report} report
 * @param {import("./ratings.js").Comment} comment
 */
const erase = async (report, comment) => {
  const address = `/api/v1/centres/${boot.centre}/comments/${comment.ticket}`;
  try {
    await post(address, {}, { method: "DELETE" });
    await show(report.day);
  } catch (error) {
    explain(error);
  }
};

/** @param {Report} report */
const cards = ({ totals }) => html`<div class="grid grid-fill figures">
  ${card(_("Numbers issued"), number(totals.issued), _("%(served)s served", { served: number(totals.served) }))}
  ${card(_("Median wait"), minutes(totals.waiting.p50_s), _("nine of ten at most %(time)s", { time: minutes(totals.waiting.p90_s) }))}
  ${card(_("Waited within the target"), share(totals.service_level), _("longest wait %(time)s", { time: minutes(totals.waiting.max_s) }))}
  ${card(_("Absent when called"), number(totals.no_shows), _("%(share)s of those called did not come back", { share: share(totals.no_show_rate) }))}
  ${card(_("Mean serving time"), minutes(totals.serving.mean_s), _("way to the counter %(time)s", { time: minutes(totals.approach.mean_s) }))}
  ${card(_("Dossiers accepted"), number(totals.dossiers), _("%(left)s left, %(expired)s expired, %(moved)s transferred", { left: number(totals.cancelled), expired: number(totals.expired), moved: number(totals.transferred) }))}
  ${card(_("Error of the estimates"), minutes(totals.estimate_error_s), totals.estimates_within_5_min === null ? "" : _("%(share)s within 5 minutes", { share: percent(totals.estimates_within_5_min) }))}
</div>`;

/**
 * @param {string} name
 * @param {string} value
 * @param {string} note
 */
const card = (name, value, note) => html`<div class="card figure">
  <span class="dim">${name}</span><span class="figure-value">${value}</span>
  <span class="small dim">${note}</span>
</div>`;

const meanings = () => html`<section class="stack small meanings" aria-labelledby="meanings">
  <h2 id="meanings">${_("What the figures mean")}</h2>
  <p>${_("Waiting time: from taking the number (or arriving for an appointment) to the last call. After a transfer a new wait begins.")}</p>
  <p>${_("Within the target: served in time, out of all served and those absent who had waited longer than promised.")}</p>
  <p>${_("Median: half of the people waited no longer. Nine of ten: the 90th percentile by nearest rank.")}</p>
  <p>${_("Serving time: from the arrival at the counter to the end, without the time a visit was parked.")}</p>
  <p>${_("Error of the estimates: mean difference between what was told at issue and the first call.")}</p>
  <p>${_("Nearly right: off by at most five minutes or a quarter of the wait. Longest kept: waited no longer than the longest wait told; nine of ten are aimed at.")}</p>
</section>`;

/** @param {unknown} error */
const explain = (error) => {
  if (error instanceof Refusal && error.code === "not_signed_in") {
    location.assign(`/sign-in?next=${encodeURIComponent(location.pathname + location.search)}`);
    return;
  }
  const text = error instanceof Refusal ? error.detail : String(error);
  draw(
    html`<div class="notice is-danger" role="alert">
      ${icon("warning")}
      <div><strong>${_("The report cannot be read now.")}</strong><p>${text}</p></div>
      <button class="button" @click=${start}>${icon("repeat")}${_("Try again")}</button>
    </div>`,
  );
};

const start = () => begin().catch(explain);

await start();
