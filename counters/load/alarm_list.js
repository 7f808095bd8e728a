/** What a manager should act on now, in words. */

import { _, duration, n_ } from "../../web/js/i18n.js";
import { icon } from "../../web/js/icons.js";
import { html, nothing, repeat } from "../../web/js/templates.js";
import { nameOf, passed } from "./words.js";

/** @typedef {import("./load_types.js").Load} Load */
/** @typedef {import("./load_types.js").Alarm} Alarm */

/**
 * Alarms that hold now: a late field whose time has not come yet is none.
 *
 * @param {Load} load
 * @param {number} now
 */
export const alarmsNow = (load, now) => {
  const holding = load.alarms.filter((alarm) => Date.parse(alarm.since) <= now);
  const unserved = new Set(
    holding.filter(({ kind }) => kind === "field_unserved").map(({ subject }) => subject),
  );
  return holding.filter(({ kind, subject }) => kind !== "field_late" || !unserved.has(subject));
};

/**
 * @param {Load} load
 * @param {number} now
 */
export const alarmList = (load, now) => {
  const alarms = alarmsNow(load, now);
  return html`<section aria-labelledby="alarms-title" class="alarms live">
    <h2 id="alarms-title" class="visually-hidden">${_("Needs attention")}</h2>
    ${alarms.length
      ? html`<ul class="alarm-list" role="status" aria-live="polite">
          ${repeat(
            alarms,
            (alarm) => `${alarm.kind} ${alarm.subject}`,
            (alarm) => alarmEntry(alarm, load, now),
          )}
        </ul>`
      : html`<p class="all-well is-done state small">
          ${icon("check")}${_("Nothing needs your attention.")}
        </p>`}
  </section>`;
};

/**
 * @param {Alarm} alarm
 * @param {Load} load
 * @param {number} now
 */
const alarmEntry = (alarm, load, now) => {
  const { title, text, drawing, tone } = KINDS[alarm.kind](alarm, load, now);
  return html`<li class="alarm ${tone}" data-alarm=${alarm.kind}>
    ${icon(drawing)}
    <p><strong>${title}</strong>${text ? html` <span>${text}</span>` : nothing}</p>
  </li>`;
};

/** @typedef {{ title: string, text: string, drawing: string, tone: string }} Said */

/** @type {Record<Alarm["kind"], (alarm: Alarm, load: Load, now: number) => Said>} */
const KINDS = {
  field_late: ({ subject }, load, now) => {
    const field = load.fields.find(({ id }) => id === subject);
    return {
      drawing: "clock",
      tone: "is-notice",
      title: _("%(field)s waits beyond the target.", { field: nameOf(field?.name) }),
      text: _("The longest wait is %(wait)s, the target %(target)s.", {
        wait: passed(field?.oldest_since ?? null, now),
        target: duration(field?.target_s ?? 0),
      }),
    };
  },
  field_unserved: ({ subject, count }, load) => ({
    drawing: "warning",
    tone: "is-danger",
    title: _("No open counter serves %(field)s.", {
      field: nameOf(load.fields.find(({ id }) => id === subject)?.name),
    }),
    text: n_("%(num)s person waits in vain.", "%(num)s people wait in vain.", count),
  }),
  printer_trouble: ({ subject, count }, load) => ({
    drawing: "printer",
    tone: "is-notice",
    title: _("%(printer)s: paper is missing.", {
      printer: nameOf(load.printers[subject]) || _("A printer"),
    }),
    text: n_("%(num)s sheet did not come out.", "%(num)s sheets did not come out.", count),
  }),
  hand_over_failed: ({ subject, detail }) => ({
    drawing: "documents",
    tone: "is-notice",
    title: _("Dossier %(code)s was not handed over.", { code: subject }),
    text: detail,
  }),
};
