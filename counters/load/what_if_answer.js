/** The answer to a what-if: in a sentence, field by field with intervals, and the day as a whole. */

import { _, clockTime, n_, number, textOf } from "../../web/js/i18n.js";
import { icon } from "../../web/js/icons.js";
import { html, nothing, svg } from "../../web/js/templates.js";
import { csvButton } from "./csv.js";

/** @typedef {import("./load_types.js").Load} Load */
/** @typedef {import("./what_if_ask.js").Answer} Answer */
/** @typedef {import("./what_if_ask.js").Figure} Figure */

const [WIDTH, HEIGHT] = [220, 24];
/** Below it nobody notices. */
const LEAST_S = 15;
/** Of percent and of people. */
const LEAST_OTHER = 0.5;

/** @type {Record<string, { name: () => string, shown: (value: number) => string, unit: () => string, isGoodWhenMore?: boolean }>} */
const MEASURES = {
  mean_wait_s: { name: () => _("Mean wait of all"), shown: (s) => minutes(s), unit: () => _("min") },
  p90_wait_s: { name: () => _("Nine in ten wait at most"), shown: (s) => minutes(s), unit: () => _("min") },
  worst_field_wait_s: {
    name: () => _("Mean wait of the field that waits longest"),
    shown: (s) => minutes(s),
    unit: () => _("min"),
  },
  within_15_min_percent: {
    name: () => _("Called within 15 minutes"),
    shown: (share) => number(Math.round(share)),
    unit: () => "%",
    isGoodWhenMore: true,
  },
  overtime_s: { name: () => _("Work after closing time"), shown: (s) => minutes(s), unit: () => _("min") },
  unserved: { name: () => _("People nobody could serve"), shown: (count) => number(Math.round(count * 10) / 10), unit: () => "" },
};

/** Minutes with a tenth where it is little. @param {number} seconds */
const minutes = (seconds) => {
  const places = Math.abs(seconds) < 600 ? 1 : 0;
  return new Intl.NumberFormat(document.documentElement.lang, {
    minimumFractionDigits: places,
    maximumFractionDigits: places,
  }).format(seconds / 60);
};

/** @typedef {"shorter" | "longer" | "same"} Verdict */

/**
 * Whether a change is beyond chance and worth a word.
 *
 * @param {Figure} figure
 * @param {number} [least]
 * @returns {Verdict}
 */
export const verdictOf = ({ change, change_within }, least = LEAST_S) => {
  if (Math.abs(change) <= Math.max(change_within, least)) return "same";
  return change < 0 ? "shorter" : "longer";
};

/** @type {Record<Verdict, { tone: string, drawing: string, words: () => string }>} */
const VERDICTS = {
  shorter: { tone: "is-done", drawing: "arrow-down", words: () => _("shorter") },
  longer: { tone: "is-calling", drawing: "arrow-up", words: () => _("longer") },
  same: { tone: "is-idle", drawing: "minus", words: () => _("no clear difference") },
};

/**
 * @param {Answer} answer
 * @param {Load} load
 */
export const answerCard = (answer, load) => {
  const { asked, comparison, took_ms } = answer;
  const [base, arm] = comparison.arms;
  const fields = load.fields.filter(({ id }) => arm.mean_wait_s_by_field[id]);
  const widest = Math.max(
    60,
    ...fields.map(({ id }) => {
      const { change, change_within } = arm.mean_wait_s_by_field[id];
      return Math.abs(change) + change_within;
    }),
  );
  const rows = () => csvRows(answer, load);
  return html`<article class="card stack answer" data-answer>
    <div class="row row-apart">
      <h3>${asked}</h3>
      <span class="small dim"
        >${_("as of %(time)s, on %(days)s courses of the rest of the day, in %(seconds)s s", {
          time: clockTime(comparison.at),
          days: comparison.days,
          seconds: number(Math.round(took_ms / 100) / 10),
        })}</span
      >
    </div>
    ${headline(base.figures.mean_wait_s, arm.figures.mean_wait_s)}
    <div class="answer-columns">
      <div class="table-frame" tabindex="0" role="region" aria-label=${_("Mean waits by field")}>
        <table class="table answer-table">
          <thead>
            <tr>
              <th scope="col">${_("Mean wait for")}</th>
              <th scope="col" class="is-number">${_("As it is")}</th>
              <th scope="col" class="is-number">${_("Then")}</th>
              <th scope="col" class="is-number">${_("Change (±, 95 in 100)")}</th>
              <th scope="col" class="answer-plot"><span class="visually-hidden">${_("Drawn")}</span></th>
            </tr>
          </thead>
          <tbody>
            ${fields.map(({ id, name }) => {
              const [now, then] = [base, arm].map((one) => one.mean_wait_s_by_field[id]);
              return html`<tr data-what-if-field=${id}>
                <th scope="row">${textOf(name)}</th>
                <td class="is-number">${minutes(now?.value ?? 0)}</td>
                <td class="is-number">${minutes(then.value)}</td>
                <td class="is-number">${changeOf(then, minutes, _("min"))}</td>
                <td class="answer-plot">${plot(then, widest)}</td>
              </tr>`;
            })}
          </tbody>
        </table>
      </div>
      <dl class="answer-measures">
        ${Object.entries(MEASURES).map(([key, { name, shown, unit, isGoodWhenMore }]) => {
          const [now, then] = [base.figures[key], arm.figures[key]];
          return html`<div>
            <dt class="dim small">${name()}</dt>
            <dd>
              ${shown(now.value)} → <strong>${shown(then.value)}</strong> ${unit()}
              <span class="small">${changeOf(then, shown, unit(), isGoodWhenMore)}</span>
            </dd>
          </div>`;
        })}
      </dl>
    </div>
    <div class="row">${csvButton(`what-if-${clockTime(comparison.at).replace(":", "")}`, rows)}</div>
  </article>`;
};

/**
 * @param {Figure} now
 * @param {Figure} then
 */
const headline = (now, then) => {
  const { tone, drawing, words } = VERDICTS[verdictOf(then)];
  return html`<p class="answer-headline ${tone}">
    <span class="state">${icon(drawing)}${words()}</span>
    <span
      >${_("For everybody together: %(now)s → %(then)s min on average (%(change)s).", {
        now: minutes(now.value),
        then: minutes(then.value),
        change: signed(then, minutes, _("min")),
      })}</span
    >
  </p>`;
};

/**
 * @param {Figure} figure
 * @param {(value: number) => string} shown
 * @param {string} unit
 */
const signed = ({ change, change_within }, shown, unit) => {
  const size = shown(Math.abs(change));
  const sign = size === shown(0) ? "" : change < 0 ? "\u2212" : "+";
  return `${sign}${size} ± ${shown(change_within)} ${unit}`.trim();
};

/**
 * @param {Figure} figure
 * @param {(value: number) => string} shown
 * @param {string} unit
 * @param {boolean} [isGoodWhenMore]
 */
const changeOf = (figure, shown, unit, isGoodWhenMore = false) => {
  const verdict = verdictOf(figure, shown === minutes ? LEAST_S : LEAST_OTHER);
  if (verdict === "same") return html`<span class="dim">${signed(figure, shown, unit)}</span>`;
  const isGood = (verdict === "longer") === isGoodWhenMore;
  const drawing = verdict === "longer" ? "arrow-up" : "arrow-down";
  return html`<strong class="state ${isGood ? "is-done" : "is-calling"}"
    >${icon(drawing)}${signed(figure, shown, unit)}</strong
  >`;
};

/**
 * The change and its interval about the line of no change.
 *
 * @param {Figure} figure
 * @param {number} widest  s
 */
const plot = (figure, widest) => {
  const { change, change_within } = figure;
  const x = (/** @type {number} */ value) => WIDTH / 2 + (value / widest) * (WIDTH / 2 - 6);
  const verdict = verdictOf(figure);
  return html`<svg class="interval is-${verdict}" viewBox="0 0 ${WIDTH} ${HEIGHT}" width=${WIDTH} height=${HEIGHT} aria-hidden="true">
    ${svg`<line class="zero" x1=${WIDTH / 2} x2=${WIDTH / 2} y1="0" y2=${HEIGHT}></line>
      <line class="reach" x1=${x(change - change_within)} x2=${x(change + change_within)} y1=${HEIGHT / 2} y2=${HEIGHT / 2}></line>
      <circle class="middle" cx=${x(change)} cy=${HEIGHT / 2} r="4"></circle>`}
  </svg>`;
};

/**
 * @param {Answer} answer
 * @param {Load} load
 * @returns {import("./csv.js").Row[]}
 */
const csvRows = ({ asked, comparison }, load) => {
  const [base, arm] = comparison.arms;
  const row = (/** @type {string} */ name, /** @type {Figure} */ now, /** @type {Figure} */ then) =>
    [name, now?.value ?? null, then.value, then.change, then.change_within];
  return [
    [asked, _("As it is"), _("Then"), _("Change"), _("± (95 in 100)")],
    ...Object.entries(MEASURES).map(([key, { name }]) => row(name(), base.figures[key], arm.figures[key])),
    ...load.fields
      .filter(({ id }) => arm.mean_wait_s_by_field[id])
      .map(({ id, name }) => row(textOf(name), base.mean_wait_s_by_field[id], arm.mean_wait_s_by_field[id])),
  ];
};
