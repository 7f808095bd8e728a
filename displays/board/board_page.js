/** The board as a template: a function from what is shown to what is seen. */

import { icon } from "../../web/js/icons.js";
import { classMap, html, nothing, repeat } from "../../web/js/templates.js";

const RECENT = 6;
const MINUTE_S = 60;
const ROUND_TO_MIN = 5;
const HOUR_MIN = 60;

/**
 * @param {Record<string, any>} shown
 */
export const page = (shown) => {
  const { board, _ } = shown;
  if (!board) return html`<h1 class="visually-hidden">${_("Lobby board")}</h1>`;
  return html`
    <h1 class="visually-hidden">${_("Lobby board")}</h1>
    ${head(board, shown)} ${now(board.calls[0], board, shown)} ${recent(board.calls.slice(1), shown)}
    ${waits(board, shown)} ${foot(board, shown)}
    ${shown.isSoundBlocked
      ? html`<button class="unlock" @click=${shown.unlock}>
          ${icon("speaker-off")} Bấm để bật âm thanh · Tap for sound
        </button>`
      : nothing}
  `;
};

/** The board speaks to everybody at once: Vietnamese first, the second language beside it. */
const both = (/** @type {Record<string, string>} */ texts, /** @type {string[]} */ languages) =>
  languages.map((language) => texts[language]).filter(Boolean);

/**
 * @param {any} board
 * @param {Record<string, any>} shown
 */
const head = (board, { now: instant, timezone }) => html`
  <header class="board-head">
    <div>
      <div class="board-name" lang="vi">${board.centre.vi}</div>
      <div class="board-zone">
        ${board.zone ? both(board.zone, board.languages).join(" · ") : (board.centre.en ?? "")}
      </div>
    </div>
    <div class="board-time">
      <div class="board-clock">${clock(instant, timezone)}</div>
      <div class="board-zone" lang="vi">${date(instant, timezone)}</div>
    </div>
  </header>
`;

/**
 * @param {any} call
 * @param {any} board
 * @param {Record<string, any>} shown
 */
const now = (call, board, { newUntil }) => {
  if (!call) return empty(board);
  const [first, second] = both(call.field, board.languages);
  const isNew = performance.now() < newUntil;
  return html`
    <section class=${classMap({ now: true, "is-new": isNew })} aria-live="assertive">
      <div class="now-label"><b lang="vi">Mời số</b> <span lang="en">· Now calling</span></div>
      <div class="now-number">${spaced(call.number)}</div>
      <div class="now-place">
        <div class="now-counter-word" lang="vi">Quầy<small lang="en">Counter</small></div>
        <span class="now-arrow">${icon("arrow-right")}</span>
        <div class="now-counter">${call.counter}</div>
        <div class="now-field">${first}${second ? html`<br /><small>${second}</small>` : nothing}</div>
      </div>
    </section>
  `;
};

/** @param {any} board */
const empty = (board) => html`
  <section class="now now-empty">
    ${icon(board.is_day_open ? "ticket" : "clock")}
    <div lang="vi">
      ${board.is_day_open ? "Mời Ông/Bà lấy số và chờ gọi" : "Trung tâm chưa mở cửa"}
    </div>
    <div lang="en" class="board-zone">
      ${board.is_day_open ? "Please take a number and wait for your call" : "The centre is not open yet"}
    </div>
  </section>
`;

/**
 * @param {any[]} calls
 * @param {Record<string, any>} _shown
 */
const recent = (calls, _shown) => html`
  <ol class="recent" aria-label="Số vừa gọi">
    <li class="recent-head">
      <span><span lang="vi">Số vừa gọi</span> · <span lang="en">Recent</span></span>
      <span><span lang="vi">Quầy</span> · <span lang="en">Counter</span></span>
    </li>
    ${repeat(
      calls.slice(0, RECENT),
      (call) => call.id,
      (call, index) => html`
        <li class=${classMap({ "recent-call": true, "is-first": index === 0 })}>
          <span>${spaced(call.number)}</span>
          <span class="recent-to"><small lang="vi">Quầy</small><b>${call.counter}</b></span>
        </li>
      `,
    )}
  </ol>
`;

/**
 * @param {any} board
 * @param {Record<string, any>} _shown
 */
const waits = (board, _shown) => html`
  <section class="waits" aria-label="Số người chờ">
    ${fieldsToShow(board.fields).map(
      (/** @type {any} */ field) => html`
        <div class="wait">
          <span class="wait-letter">${field.letter}</span>
          <span class="wait-name" lang="vi">${field.name.vi}</span>
          <span class="wait-figure" lang="vi"><b>${people(field)}</b>${wait(field.forecast)}</span>
        </div>
      `,
    )}
  </section>
`;

const SHOWN_FIELDS = 6;

/** The fields of a small zone, or of a large one those where most people wait. @param {any[]} fields */
const fieldsToShow = (fields) => {
  if (fields.length <= SHOWN_FIELDS) return fields;
  const busiest = new Set(
    [...fields].sort((a, b) => b.waiting - a.waiting).slice(0, SHOWN_FIELDS),
  );
  return fields.filter((field) => busiest.has(field));
};

/** Nobody waits, and still it takes a while: the counters serve. @param {any} field */
const people = ({ waiting, forecast }) =>
  !waiting && forecast?.kind === "range" && forecast.about_s > ROUND_TO_MIN * MINUTE_S
    ? "quầy đang bận"
    : `${waiting} người`;

/** A wait in words, to the nearest five minutes, as on the slip. @param {any} forecast */
const wait = (forecast) => {
  if (!forecast || forecast.kind === "no_counter_open") return "chưa có quầy mở";
  if (forecast.kind === "may_not_be_served_today") return "có thể hết giờ";
  const minutes = Math.round(forecast.about_s / MINUTE_S / ROUND_TO_MIN) * ROUND_TO_MIN;
  if (minutes <= ROUND_TO_MIN) return "dưới 5 phút";
  if (minutes < HOUR_MIN) return `~${minutes} phút`;
  const rest = minutes % HOUR_MIN;
  return `~${Math.floor(minutes / HOUR_MIN)} giờ${rest ? ` ${rest} phút` : ""}`;
};

/**
 * @param {any} board
 * @param {Record<string, any>} shown
 */
const foot = (board, { notice }) => {
  const { notices, languages } = board;
  if (notices.length === 0) return nothing;
  const texts = both(notices[Math.floor(notice / languages.length) % notices.length], languages);
  return html`<footer class="foot">${icon("info")}<span>${texts[notice % texts.length]}</span></footer>`;
};

/** A012 as "A 012", which is read faster from afar. @param {string} number */
const spaced = (number) => number.replace(/^(\D+)/, "$1\u2009");

/** @param {number} instant @param {string} timeZone */
const clock = (instant, timeZone) =>
  new Intl.DateTimeFormat("vi", { hour: "2-digit", minute: "2-digit", timeZone }).format(instant);

/** @param {number} instant @param {string} timeZone */
const date = (instant, timeZone) => {
  const weekday = new Intl.DateTimeFormat("vi", { weekday: "long", timeZone }).format(instant);
  const day = new Intl.DateTimeFormat("en-GB", { timeZone }).format(instant);
  return `${weekday}, ${day}`;
};
