/** What a manager should act on now, in words: one entry per kind, naming all it is about. */

import { _, clockTime, n_, textOf } from "../../web/js/i18n.js";
import { icon } from "../../web/js/icons.js";
import { html, nothing, repeat } from "../../web/js/templates.js";
import { aboutWait, brief, passed } from "./words.js";

/** @typedef {import("./load_types.js").Load} Load */
/** @typedef {import("./load_types.js").Alarm} Alarm */
/** @typedef {Alarm["kind"]} Kind */

/** The table below names them all; an alarm must not push the counters out of sight. */
const MOST_NAMED = 6;

/**
 * Alarms that hold now, the oldest first: a late field whose time has not come yet is none.
 *
 * @param {Load} load
 * @param {number} now
 */
export const alarmsNow = (load, now) =>
  load.alarms
    .filter(({ since, until }) => Date.parse(since) <= now && !(until && Date.parse(until) <= now))
    .sort((one, other) => one.since.localeCompare(other.since));

/**
 * @param {Load} load
 * @param {number} now
 */
export const alarmList = (load, now) => {
  const alarms = alarmsNow(load, now);
  const kinds = /** @type {Kind[]} */ (Object.keys(KINDS)).filter((kind) =>
    alarms.some((alarm) => alarm.kind === kind),
  );
  return html`<section aria-labelledby="alarms-title" class="alarms live">
    <h2 id="alarms-title" class="visually-hidden">${_("Needs attention")}</h2>
    <div role="status" aria-live="polite">
      ${kinds.length
        ? html`<ul class="alarm-list">
            ${repeat(
              kinds,
              (kind) => kind,
              (kind) =>
                entry(
                  kind,
                  alarms.filter((alarm) => alarm.kind === kind),
                  load,
                  now,
                ),
            )}
          </ul>`
        : html`<p class="all-well is-done state small">
            ${icon("check")}${_("Nothing needs your attention.")}
          </p>`}
    </div>
  </section>`;
};

/**
 * @param {Kind} kind
 * @param {Alarm[]} alarms
 * @param {Load} load
 * @param {number} now
 */
const entry = (kind, alarms, load, now) => {
  const { title, about, drawing, tone } = KINDS[kind];
  const named = alarms.slice(0, MOST_NAMED);
  const rest = alarms.length - named.length;
  return html`<li class="alarm ${tone}" data-alarm=${kind}>
    ${icon(drawing)}
    <div>
      <strong>${title(alarms.length)}</strong>
      <ul class="alarm-about">
        ${repeat(
          named,
          ({ subject }) => subject,
          (alarm) => html`<li>${about(alarm, load, now)}</li>`,
        )}
        ${rest ? html`<li>${n_("and %(num)s more", "and %(num)s more", rest)}</li>` : nothing}
      </ul>
    </div>
  </li>`;
};

/**
 * @typedef {object} Words
 * @property {string} drawing
 * @property {string} tone
 * @property {(count: number) => string} title
 * @property {(alarm: Alarm, load: Load, now: number) => string} about
 */

/** The most pressing first. @type {Record<Kind, Words>} */
const KINDS = {
  field_unserved: {
    drawing: "warning",
    tone: "is-danger",
    title: () => _("No open counter serves people who wait"),
    about: ({ subject, count }, load) =>
      _("%(field)s: %(count)s waiting", { field: fieldName(load, subject), count }),
  },
  field_late: {
    drawing: "clock",
    tone: "is-notice",
    title: () => _("Waits beyond the target"),
    about: ({ subject }, load, now) => {
      const field = load.fields.find(({ id }) => id === subject);
      return _("%(field)s: %(wait)s (target %(target)s)", {
        field: textOf(field?.name),
        wait: passed(field?.oldest_since ?? null, now),
        target: brief(field?.target_s ?? 0),
      });
    },
  },
  silent_serving: {
    drawing: "warning",
    tone: "is-danger",
    title: () => _("A citizen sits at a counter whose clerk is gone"),
    about: ({ subject, detail }, load) =>
      _("Counter %(counter)s: %(number)s", { counter: counterNumber(load, subject), number: detail }),
  },
  counter_silent: {
    drawing: "warning",
    tone: "is-notice",
    title: () => _("Counters without their clerk"),
    about: ({ subject, since, detail }, load) => {
      const facts = { counter: counterNumber(load, subject), time: clockTime(since), numbers: detail };
      return detail
        ? _("Counter %(counter)s fell silent at %(time)s; waiting again: %(numbers)s", facts)
        : _("Counter %(counter)s fell silent at %(time)s", facts);
    },
  },
  field_at_risk: {
    drawing: "clock",
    tone: "is-notice",
    title: () => _("The target will soon be missed"),
    about: ({ subject, until }, load, now) => {
      const field = load.fields.find(({ id }) => id === subject);
      return _("%(field)s: in %(time)s (who comes now waits %(wait)s, target %(target)s)", {
        field: textOf(field?.name),
        time: brief((Date.parse(until ?? "") - now) / 1000),
        wait: aboutWait(field?.forecast?.about_s ?? null),
        target: brief(field?.target_s ?? 0),
      });
    },
  },
  printer_trouble: {
    drawing: "printer",
    tone: "is-notice",
    title: () => _("Paper did not come out"),
    about: ({ subject, count }, load) =>
      n_("%(printer)s: %(num)s sheet", "%(printer)s: %(num)s sheets", count, {
        printer: textOf(load.printers[subject]) || _("A printer"),
      }),
  },
  hand_over_failed: {
    drawing: "documents",
    tone: "is-notice",
    title: (count) =>
      n_("%(num)s dossier was not handed over", "%(num)s dossiers were not handed over", count),
    about: ({ subject, detail }) => (detail ? `${subject} (${detail})` : subject),
  },
};

/**
 * @param {Load} load
 * @param {string} counter
 */
const counterNumber = (load, counter) =>
  load.counters.find(({ id }) => id === counter)?.number ?? counter;

/**
 * @param {Load} load
 * @param {string} field
 */
const fieldName = (load, field) => textOf(load.fields.find(({ id }) => id === field)?.name);
