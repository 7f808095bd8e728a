/** The day in five figures. */

import { _, n_, number, percent } from "../../web/js/i18n.js";
import { icon } from "../../web/js/icons.js";
import { html, nothing } from "../../web/js/templates.js";
import { brief } from "./words.js";

/** @typedef {import("./load_types.js").Load} Load */

/**
 * @param {Load} load
 * @param {number} now
 */
export const figures = (load, now) => {
  const { totals } = load;
  const late = load.waiting.filter((ticket) => Date.parse(ticket.late_from) <= now).length;
  const called = totals.served + totals.no_shows;
  return html`<ul class="figures live">
    ${figure("people", _("Waiting"), number(totals.waiting), waitingLine(late), late > 0)}
    ${figure(
      "clock",
      _("Mean wait"),
      totals.mean_wait_s === null ? "–" : brief(totals.mean_wait_s),
      n_("over %(num)s call", "over %(num)s calls", totals.waits),
    )}
    ${figure(
      "check",
      _("Served today"),
      number(totals.served),
      _("%(now)s at the counters now", { now: totals.at_counters }),
    )}
    ${figure(
      "flag",
      _("Called within the target"),
      totals.waits ? percent(totals.waits_within_target / totals.waits) : "–",
      _("%(within)s of %(waits)s", { within: totals.waits_within_target, waits: totals.waits }),
    )}
    ${figure(
      "person",
      _("No-shows"),
      number(totals.no_shows),
      called ? percent(totals.no_shows / called) : nothing,
    )}
  </ul>`;
};

/** @param {number} late */
const waitingLine = (late) =>
  late
    ? n_("%(num)s beyond the target", "%(num)s beyond the target", late)
    : _("all within the target");

/**
 * @param {string} drawing
 * @param {string} title
 * @param {string} value
 * @param {unknown} line
 * @param {boolean} [isAlarming]
 */
const figure = (drawing, title, value, line, isAlarming = false) =>
  html`<li class="card figure ${isAlarming ? "is-calling" : ""}">
    <span class="figure-title dim">${icon(drawing)}${title}</span>
    <span class="figure-value">${value}</span>
    <span class="small figure-line">${isAlarming ? icon("warning") : nothing}${line}</span>
  </li>`;
