/** The week as a grid of sessions, with a picture of each day. */

import { boot } from "../web/js/boot.js";
import { _, language } from "../web/js/i18n.js";
import { icon } from "../web/js/icons.js";
import { html, nothing, svg } from "../web/js/templates.js";
import { isError, problemNotes } from "./controls.js";
import { draft } from "./desk.js";
import { stepButton } from "./lists.js";
import { timeField } from "./times.js";

/** @typedef {{ opens: string, tickets_until: string, closes: string }} Session  times as "07:30:00" */

export const DAYS = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"];
const USUAL = { opens: "07:30:00", tickets_until: "11:00:00", closes: "11:30:00" };
const LATER = { opens: "13:30:00", tickets_until: "16:30:00", closes: "17:00:00" };
const FIRST_HOUR = 6;
const LAST_HOUR = 20;

const WEEKDAY = new Intl.DateTimeFormat(language === "en" ? "en-GB" : language, { weekday: "long", timeZone: "UTC" });

/** The name of a day of the week. @param {string} day */
export const dayName = (day) => {
  // 5 January 1970 was a Monday
  const name = WEEKDAY.format(Date.UTC(1970, 0, 5 + DAYS.indexOf(day)));
  return name[0].toLocaleUpperCase(boot.language) + name.slice(1);
};

/** @param {string} day */
const pathOf = (day) => ["hours", "weekdays", day];

export const weekGrid = () => html`<div class="week">
  ${DAYS.map((day) => {
    const path = pathOf(day);
    /** @type {Session[]} */
    const sessions = draft.value(path) ?? [];
    const name = dayName(day);
    /** @param {Session[]} next */
    const set = (next) => draft.set(path, next.length || draft.before(path) ? next : undefined);
    const problems = draft.problemsAt(path, true);
    return html`<div class="day ${isDayChanged(day) ? "is-changed" : ""}" role="group" aria-label=${name}>
      <label class="choice switch day-name"><input type="checkbox" role="switch" .checked=${sessions.length > 0}
        @change=${(/** @type {any} */ { target }) => set(target.checked ? usualDay() : [])} /><strong>${name}</strong></label>
      <div class="day-sessions">
        ${sessions.length ? sessionRows(sessions, set, name, copyButton(day, name)) : html`<span class="dim">${_("Closed all day")}</span>`}
        ${problemNotes(problems)}
      </div>
      ${dayPicture(sessions)}
    </div>`;
  })}
  ${problemNotes(draft.problemsAt(["hours", "weekdays"]).filter(isError))}
</div>`;

/**
 * @param {string} day
 * @param {string} name
 */
const copyButton = (day, name) => html`<button type="button" class="button button-quiet button-small" @click=${() => copyToWeek(day)}>
  ${icon("documents")}${_("Same on all working days")}<span class="visually-hidden"> – ${name}</span>
</button>`;

/** What a day begins with: as the first day that is open. */
export const usualDay = () => Object.values(draft.value(["hours", "weekdays"]) ?? {}).find((/** @type {Session[]} */ each) => each.length) ?? [USUAL, LATER];

/** Closed and not written at all are the same. @param {string} day */
const isDayChanged = (day) => draft.isChanged(pathOf(day)) && Boolean(draft.value(pathOf(day))?.length || draft.before(pathOf(day))?.length);

/** @param {string} day */
const copyToWeek = (day) => {
  const sessions = draft.value(pathOf(day));
  draft.change(DAYS.slice(0, 5).map((each) => ({ path: pathOf(each), value: sessions })));
};

/**
 * @param {Session[]} sessions
 * @param {(next: Session[]) => void} set
 * @param {string} day
 * @param {unknown} [more]  a further button
 */
export const sessionRows = (sessions, set, day, more) => html`${sessions.map(
    (session, place) => html`<div class="session" role="group" aria-label=${_("%(what)s %(place)s", { what: _("Session"), place: place + 1 })}>
      ${at(_("opens"), session.opens, (opens) => set(sessions.with(place, { ...session, opens })), day)}
      <span aria-hidden="true">–</span>
      ${at(_("closes"), session.closes, (closes) => set(sessions.with(place, { ...session, closes })), day)}
      <span class="small dim until">${_("numbers until")}</span>
      ${at(_("numbers until"), session.tickets_until, (tickets_until) => set(sessions.with(place, { ...session, tickets_until })), day)}
      ${stepButton("close", _("Take session %(place)s of %(day)s out", { place: place + 1, day }), () => set(sessions.toSpliced(place, 1)))}
    </div>`,
  )}
  <div class="row day-tools">
    ${sessions.length < 3
      ? html`<button type="button" class="button button-quiet button-small" @click=${() => set([...sessions, sessions.length ? LATER : USUAL])}>${icon("plus")}${_("Another session")}<span class="visually-hidden"> – ${day}</span></button>`
      : nothing}
    ${more}
  </div>`;

/**
 * @param {string} words
 * @param {string} value
 * @param {(value: string) => void} set
 * @param {string} day
 */
const at = (words, value, set, day) => timeField({ label: `${day}, ${words}`, value, set });

/** @param {string} time  "07:30:00" */
const hourOf = (time) => {
  const [hour, minute] = (time ?? "").split(":").map(Number);
  return hour + minute / 60;
};

/** The day as a line from morning to evening. @param {Session[]} sessions */
const dayPicture = (sessions) => {
  const x = (/** @type {string} */ time) => ((hourOf(time) - FIRST_HOUR) / (LAST_HOUR - FIRST_HOUR)) * 100;
  return html`<svg class="day-picture" viewBox="0 0 100 8" preserveAspectRatio="none" aria-hidden="true">
    <rect class="day-line" x="0" y="3" width="100" height="2"></rect>
    ${sessions
      .filter(({ opens, tickets_until, closes }) => hourOf(opens) < hourOf(tickets_until) && hourOf(tickets_until) <= hourOf(closes))
      .map(
        ({ opens, tickets_until, closes }) => svg`<rect class="day-open" x=${x(opens)} y="0" width=${x(tickets_until) - x(opens)} height="8"></rect>
        <rect class="day-serving" x=${x(tickets_until)} y="0" width=${Math.max(0, x(closes) - x(tickets_until))} height="8"></rect>`,
      )}
  </svg>`;
};
