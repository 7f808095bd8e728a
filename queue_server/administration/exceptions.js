/** Days that differ from their weekday: closed, or with sessions of their own. */

import { get } from "../web/js/api.js";
import { boot } from "../web/js/boot.js";
import { showDialog } from "../web/js/dialog.js";
import { _, n_, weekday } from "../web/js/i18n.js";
import { icon } from "../web/js/icons.js";
import { sentenceOf } from "../web/js/refusals.js";
import { html, nothing, repeat } from "../web/js/templates.js";
import { toast } from "../web/js/toast.js";
import { problemNotes } from "./controls.js";
import { draft, now } from "./desk.js";
import { sessionRows, usualDay } from "./hours.js";

/** @typedef {import("./hours.js").Session} Session */

const TODAY = new Intl.DateTimeFormat("en-CA", { timeZone: boot.timezone });
/** @type {string} what is about to be added */
let entered = "";
let isPastShown = false;

/** @param {string} day  "2026-11-24" */
const said = (day) => weekday(`${day}T05:00:00Z`);

/** @param {string} day */
const pathOf = (day) => ["hours", "exceptions", day];

export const exceptionDays = () => {
  const all = Object.keys({ ...draft.live.hours?.exceptions, ...draft.tree.hours?.exceptions }).sort();
  const today = TODAY.format(now());
  const coming = all.filter((day) => day >= today);
  const past = all.filter((day) => day < today);
  const add = () => {
    if (entered) draft.set(pathOf(entered), []);
    entered = "";
  };
  return html`<ul class="exceptions">
      ${repeat(
        [...(isPastShown ? past : []), ...coming],
        (day) => day,
        (day) => exception(day),
      )}
    </ul>
    ${past.length && !isPastShown
      ? html`<p><button type="button" class="button button-quiet button-small" @click=${() => {
          isPastShown = true;
          draft.change([]);
        }}>${n_("Show %(num)s day that is past", "Show %(num)s days that are past", past.length)}</button></p>`
      : nothing}
    <div class="row">
      <label class="visually-hidden" for="new-exception">${_("Day")}</label>
      <input class="input input-short" type="date" id="new-exception" .value=${entered} @change=${(/** @type {any} */ { target }) => {
        entered = target.value;
        draft.change([]);
      }} />
      <button type="button" class="button" ?disabled=${!entered} @click=${add}>${icon("plus")}${_("Add this day")}</button>
      <button type="button" class="button" @click=${() => publicHolidays(Number(today.slice(0, 4)))}>${icon("calendar")}${_("Public holidays …")}</button>
    </div>`;
};

/** @param {string} day */
const exception = (day) => {
  const path = pathOf(day);
  /** @type {Session[] | undefined} */
  const sessions = draft.value(path);
  const name = said(day);
  const isChanged = draft.isChanged(path);
  if (!sessions)
    return html`<li class="exception is-gone"><strong>${name}</strong><span class="small state is-danger">${icon("close")}${_("As every week again")}</span>
      <button type="button" class="button button-quiet button-small" @click=${() => draft.restore(path)}>${icon("undo")}${_("Put back")}<span class="visually-hidden"> – ${name}</span></button></li>`;
  return html`<li><div class="exception ${isChanged ? "is-changed" : ""}" role="group" aria-label=${name}>
    <strong>${name}</strong>
    <label class="choice switch"><input type="checkbox" role="switch" .checked=${sessions.length > 0} @change=${(/** @type {any} */ { target }) => draft.set(path, target.checked ? usualDay() : [])} />${sessions.length ? _("Open") : _("Closed all day")}</label>
    ${sessions.length ? html`<div class="day-sessions">${sessionRows(sessions, (next) => draft.set(path, next), name)}</div>` : html`<span></span>`}
    <button type="button" class="button button-quiet button-step" aria-label=${_("Take %(name)s out", { name })} @click=${() => draft.set(path, undefined)}>${icon("close")}</button>
    ${problemNotes(draft.problemsAt(path, true))}
  </div></li>`;
};

/** Choose among the days off by law. @param {number} year */
const publicHolidays = async (year) => {
  /** @type {{ day: string, name: string }[]} */
  let found = [];
  try {
    const centre = encodeURIComponent(boot.centre);
    const years = await Promise.all([year, year + 1].map((each) => get(`/api/v1/centres/${centre}/public-holidays?year=${each}&language=${boot.language}`)));
    found = years.flat().filter(({ day }) => day >= TODAY.format(now()) && !draft.value(pathOf(day)));
  } catch (error) {
    return toast(sentenceOf(error), "warning");
  }
  showDialog(_("Public holidays"), ({ close }) => {
    /** @param {SubmitEvent} event */
    const submit = (event) => {
      event.preventDefault();
      const days = new FormData(/** @type {HTMLFormElement} */ (event.currentTarget)).getAll("day").map(String);
      draft.change(days.map((day) => ({ path: pathOf(day), value: [] })));
      close();
    };
    if (!found.length) return html`<p>${_("Every public holiday of this and the next year is entered already.")}</p>`;
    return html`<form class="stack" @submit=${submit}>
      <p class="dim">${_("By the calendar that comes with the system. The Government decides Tết and days worked in exchange every year: please check.")}</p>
      <div class="stack choices">
        ${found.map(({ day, name }) => html`<label class="choice"><input type="checkbox" name="day" value=${day} checked /><span><strong>${said(day)}</strong><br /><span class="dim small">${name}</span></span></label>`)}
      </div>
      <div class="row row-end">
        <button type="button" class="button" @click=${close}>${_("Cancel")}</button>
        <button class="button button-main">${_("Closed on these days")}</button>
      </div>
    </form>`;
  });
};
