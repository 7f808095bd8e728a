/**
 * The report's part about what citizens said: of the centre and its services, in their words.
 * Of one counter only a share, and only where enough people said something.
 *
 * @typedef {{ count: number, scores: number[], satisfied: number | null,
 *   criteria: Record<string, number[]> }} Ratings
 * @typedef {{ ticket: string, number: string, field: string, score: 1 | 2 | 3 | 4, text: string,
 *   written_at: string }} Comment
 * @typedef {import("./figures.js").Line} Line
 * @typedef {import("./figures.js").Report} Report
 */

import { _, clockTime, n_, number, percent } from "../../web/js/i18n.js";
import { icon } from "../../web/js/icons.js";
import { CRITERIA, faceOf, SCORE_WORDS, SCORES } from "../../web/js/ratings.js";
import { html, nothing } from "../../web/js/templates.js";
import { named, share } from "./figures.js";

/**
 * @param {Report} report
 * @param {(comment: Comment) => void} erase
 */
export const ratingsPart = (report, erase) => {
  const { ratings } = report.totals;
  return html`<section class="stack" aria-labelledby="ratings">
    <h2 id="ratings">${_("What citizens said")}</h2>
    ${ratings.count
      ? html`<div class="chart-and-table">${answers(ratings)} ${criteriaTable(ratings)}</div>
          ${groups(report)}
          ${report.comments.length ? comments(report.comments, erase) : nothing}`
      : html`<p class="dim">${_("Nobody rated a visit on this day.")}</p>`}
  </section>`;
};

/** @param {Ratings} ratings */
const answers = (ratings) => html`<div class="card stack">
  <p>
    <strong class="figure-value">${share(ratings.satisfied)}</strong>
    ${n_("satisfied or very satisfied, of %(num)s rating", "satisfied or very satisfied, of %(num)s ratings", ratings.count)}
  </p>
  <ul class="answers">
    ${SCORES.map((score) => {
      const count = ratings.scores[score - 1];
      return html`<li class="answer answer-${score}">
        <span class="with-face">${icon(faceOf(score))}${SCORE_WORDS[score]()}</span>
        <progress class="meter" max=${ratings.count} value=${count} aria-label=${SCORE_WORDS[score]()}></progress>
        <span class="number">${number(count)} · ${percent(count / ratings.count)}</span>
      </li>`;
    })}
  </ul>
</div>`;

/** @param {Report} report */
const groups = ({ fields, counters }) => html`<div class="chart-and-table">
  ${table(_("By field"), fields.filter(isRated).map((line) => row(`${line.label} · ${named(line)}`, line.figures.ratings)))}
  ${table(_("By counter"), counters.filter(isRated).map((line) => row(_("Counter %(number)s", { number: line.label }), line.figures.ratings)))}
</div>`;

/** @param {Ratings} ratings */
const criteriaTable = (ratings) =>
  table(_("Criteria"), Object.keys(ratings.criteria).length ? criteriaRows(ratings) : nothing);

/** @param {Line} line */
const isRated = ({ figures }) => figures.ratings.count > 0;

/** @param {Ratings} ratings */
const criteriaRows = ({ criteria }) =>
  Object.entries(CRITERIA)
    .filter(([name]) => criteria[name])
    .map(([name, word]) => {
      const scores = criteria[name];
      const count = scores.reduce((sum, each) => sum + each, 0);
      return row(word(), { count, scores, satisfied: (scores[2] + scores[3]) / count, criteria: {} });
    });

/**
 * @param {string} name
 * @param {Ratings} ratings
 */
const row = (name, { count, satisfied }) => html`<tr>
  <th scope="row">${name}</th>
  <td class="is-number">${number(count)}</td>
  <td class="is-number">
    ${satisfied === null ? html`<span class="dim">${_("too few to say")}</span>` : percent(satisfied)}
  </td>
</tr>`;

/**
 * @param {string} caption
 * @param {unknown} rows
 */
const table = (caption, rows) =>
  rows === nothing
    ? nothing
    : html`<div class="table-frame" tabindex="0" role="region" aria-label=${`${_("Ratings")} – ${caption}`}>
        <table class="table compact">
          <caption>${caption}</caption>
          <thead>
            <tr>
              <th scope="col"><span class="visually-hidden">${caption}</span></th>
              <th scope="col" class="is-number">${_("Ratings")}</th>
              <th scope="col" class="is-number">${_("Satisfied")}</th>
            </tr>
          </thead>
          <tbody>${rows}</tbody>
        </table>
      </div>`;

/**
 * @param {Comment[]} found
 * @param {(comment: Comment) => void} erase
 */
const comments = (found, erase) => html`<h3>${_("In their words")}</h3>
  <ul class="stack comments">
    ${found.map(
      (comment) => html`<li class="card row row-apart">
        <div class="comment">
          <p class="small dim">
            <time class="number">${clockTime(comment.written_at)}</time> · ${comment.number} ·
            ${SCORE_WORDS[comment.score]()}
          </p>
          <p>${comment.text}</p>
        </div>
        <button class="button no-print" @click=${() => erase(comment)}>
          ${icon("close")}${_("Erase")}<span class="visually-hidden"> ${comment.number}</span>
        </button>
      </li>`,
    )}
  </ul>
  <p class="small dim">${_("Sentences are erased after 90 days, and before where they name somebody.")}</p>`;
