/** The counters as cards: state in word, icon and colour, who is there, what it serves. */

import { _, clockTime, n_, textOf } from "../../web/js/i18n.js";
import { icon } from "../../web/js/icons.js";
import { html, nothing, repeat } from "../../web/js/templates.js";
import { chipLegend, fieldChip, procedureNote, servedFields } from "./chips.js";
import { brief, passed, secondsSince, SILENCE_WORDS, shownNumber } from "./words.js";

/** @typedef {import("./load_types.js").Load} Load */
/** @typedef {import("./load_types.js").CounterLoad} CounterLoad */
/** @typedef {import("./load_types.js").FieldLoad} FieldLoad */

/**
 * @typedef {object} CounterActions
 * @property {(counter: CounterLoad) => void} onManage
 * @property {(counter: CounterLoad, field: FieldLoad) => void} onChip
 */

/**
 * @param {Load} load
 * @param {number} now
 * @param {CounterActions} actions
 */
export const counterCards = (load, now, actions) => html`<section
  class="stack"
  aria-labelledby="counters-title"
>
  <div class="row row-apart">
    <h2 id="counters-title">${_("Counters")}</h2>
    ${chipLegend()}
  </div>
  <ul class="counter-grid live">
    ${repeat(
      load.counters,
      (counter) => counter.id,
      (counter) => card(counter, load, now, actions),
    )}
  </ul>
</section>`;

/**
 * @param {CounterLoad} counter
 * @param {Load} load
 * @param {number} now
 * @param {CounterActions} actions
 */
const card = (counter, load, now, actions) => {
  const state = stateOf(counter);
  return html`<li class="card card-state counter ${state.tone}" data-counter=${counter.id}>
    <div class="counter-head">
      <h3>${_("Counter %(number)s", { number: counter.number })}</h3>
      <span class="state">${icon(state.drawing)}${state.word}</span>
    </div>
    <div class="counter-now">
      <span class="ticket-number">${counter.ticket ? shownNumber(counter.ticket) : "–"}</span>
      <span class="small dim counter-since"
        ><span>${sinceLine(counter, load, now)}</span>
        <span title=${_("Waiting people it may call, and visits done")}
          >${_("%(waiting)s waiting · %(done)s done", {
            waiting: counter.may_call,
            done: counter.completed,
          })}</span
        ></span
      >
    </div>
    ${progress(counter, now)}
    <div class="small counter-staff">
      ${counter.staff_name
        ? html`${icon("person")}<span class="counter-who">${counter.staff_name}</span>`
        : html`<span class="counter-who dim"
            >${textOf(counter.name) || _("vacant")}</span
          >`}
    </div>
    ${counter.ticket && counter.availability !== "open"
      ? html`<p class="small state is-paused">${icon("pause")}${_("pauses after this visit")}</p>`
      : nothing}
    ${counter.given_back.length
      ? html`<p class="small state">
          ${icon("repeat")}${_("waiting again: %(numbers)s", {
            numbers: counter.given_back.map(shownNumber).join(", "),
          })}
        </p>`
      : nothing}
    ${counter.out_of_order
      ? html`<p class="small state dim" data-out-of-order>
          ${icon("flag")}${n_(
            "%(num)s call out of order",
            "%(num)s calls out of order",
            counter.out_of_order,
          )}
        </p>`
      : nothing}
    <div class="chips">
      ${servedFields(counter, load.fields).map(({ field, level }) =>
        fieldChip(field, level, counter, actions.onChip),
      )}
      ${procedureNote(counter)}
      ${counter.returns_at
        ? html`<span class="changed small"
            >${icon("clock")}${_("until %(time)s", { time: clockTime(counter.returns_at) })}</span
          >`
        : nothing}
      ${counter.is_profile_changed && !counter.returns_at
        ? html`<span class="changed" title=${_("changed")}>${icon("repeat", _("changed"))}</span>`
        : nothing}
      <button
        class="button button-quiet button-icon counter-manage"
        aria-haspopup="dialog"
        @click=${() => actions.onManage(counter)}
      >
        ${icon("gear", _("Manage counter %(number)s", { number: counter.number }))}
      </button>
    </div>
  </li>`;
};

/**
 * State of a counter as tone, drawing and word.
 *
 * @param {CounterLoad} counter
 */
export const stateOf = ({ availability, activity, ticket }) => {
  if (ticket && activity === "serving")
    return { tone: "is-serving", drawing: "person", word: _("Serving") };
  if (ticket) return { tone: "is-calling", drawing: "bell", word: _("Calling") };
  return STATES[availability]();
};

/** @type {Record<CounterLoad["availability"], () => { tone: string, drawing: string, word: string }>} */
const STATES = {
  open: () => ({ tone: "is-done", drawing: "check", word: _("Ready") }),
  paused: () => ({ tone: "is-paused", drawing: "pause", word: _("Paused") }),
  closed: () => ({ tone: "is-idle is-closed", drawing: "lock", word: _("Closed") }),
};

/**
 * @param {CounterLoad} counter
 * @param {Load} load
 * @param {number} now
 */
const sinceLine = (counter, load, now) => {
  if (counter.ticket) {
    const expected = counter.expected_s === null ? "" : brief(counter.expected_s);
    const since = passed(counter.occupied_since, now);
    return html`<strong>${since}</strong>${expected ? ` / ${expected}` : nothing}`;
  }
  if (counter.availability === "paused") {
    const { pause_reason } = counter;
    const reason =
      SILENCE_WORDS[pause_reason]?.() ?? (textOf(load.pause_reasons[pause_reason]) || pause_reason);
    const until = counter.paused_until && _("back at %(time)s", { time: clockTime(counter.paused_until) });
    return [reason, passed(counter.available_since, now), until].filter(Boolean).join(", ");
  }
  if (counter.idle_since) return _("free for %(since)s", { since: passed(counter.idle_since, now) });
  return counter.available_since ? _("for %(since)s", { since: passed(counter.available_since, now) }) : "";
};

/**
 * How far the visit is, against what is usual.
 *
 * @param {CounterLoad} counter
 * @param {number} now
 */
const progress = (counter, now) => {
  if (!counter.ticket || !counter.expected_s) return html`<span class="meter meter-empty"></span>`;
  const seconds = secondsSince(counter.occupied_since, now);
  const isLong = seconds > 2 * counter.expected_s;
  return html`<progress
    class="meter ${isLong ? "is-danger" : ""}"
    max=${counter.expected_s}
    value=${Math.min(seconds, counter.expected_s)}
    aria-label=${_("Time of this visit against what is usual")}
  ></progress>`;
};
