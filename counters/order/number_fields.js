/** Each number of the order with a sentence that says what it does, computed from its value. */

import { _, n_, number } from "../../web/js/i18n.js";
import { html, nothing } from "../../web/js/templates.js";

/**
 * @typedef {import("./order_types.js").Order} Order
 * @typedef {import("./order_types.js").Routing} Routing
 * @typedef {import("./order_types.js").NumberName} NumberName
 * @typedef {import("./order_types.js").ModeNumber} ModeNumber
 */

/** @typedef {(name: NumberName, value: number | null) => void} Change */

/**
 * @typedef {object} Field
 * @property {NumberName} name
 * @property {() => string} label
 * @property {(value: number) => string} sentence  what that value does
 * @property {boolean} [isMinutes]  shown in minutes, kept in seconds
 * @property {boolean} [isOfMode]  empty takes the mode's number
 */

/** A number as one types it, with either decimal mark. */
const DECIMAL = "\\s*[0-9]+([.,][0-9]+)?\\s*";

/**
 * In the form of `DECIMAL`, with the reader's decimal mark. A number field would take the browser's.
 *
 * @param {number} value
 */
const written = (value) => String(Math.round(value * 1000) / 1000).replace(".", number(0.5)[1]);

/** @param {number} value */
const rounded = (value) => number(Math.round(value * 10) / 10);
/** @param {number} seconds */
const minutes = (seconds) => n_("%(num)s minute", "%(num)s minutes", Math.round(seconds / 60));

/** @type {[() => string, Field[]][]} */
const GROUPS = [
  [
    () => _("Levels at a counter"),
    [
      {
        name: "secondary_weight",
        label: () => _("Weight of secondary services"),
        sentence: (value) =>
          _("Must have waited %(times)s times as long as the counter's main services.", { times: rounded(1 / value) }),
      },
      {
        name: "back_up_weight",
        label: () => _("Weight of back-up services"),
        sentence: (value) =>
          _("Must have waited %(times)s times as long as the counter's main services.", { times: rounded(1 / value) }),
      },
    ],
  ],
  [
    () => _("Short procedures and long waits"),
    [
      {
        name: "length_exponent",
        label: () => _("Preference for short procedures, 0 to 1"),
        isOfMode: true,
        sentence: (value) =>
          value === 0
            ? _("The length of a procedure does not count.")
            : _("Whoever needs half the usual time: each minute of waiting counts %(times)s times.", { times: rounded(2 ** value) }),
      },
      {
        name: "long_wait_gain_s",
        label: () => _("Extra weight of long waits, minutes"),
        isMinutes: true,
        isOfMode: true,
        sentence: (value) =>
          _("45 minutes of waiting count %(once)s more, 90 minutes %(twice)s more.", { once: minutes(value), twice: minutes(4 * value) }),
      },
      {
        name: "overtakes_allowed",
        label: () => _("Later numbers of a series that may go first"),
        isOfMode: true,
        sentence: (value) =>
          value === 0
            ? _("Numbers of one series are always called in order.")
            : n_("At most %(num)s later number may be called before a number of its series.", "At most %(num)s later numbers may be called before a number of its series.", value),
      },
    ],
  ],
  [
    () => _("Priority, appointments, transfers"),
    [
      {
        name: "least_priority_head_start_s",
        label: () => _("Least head start of priority, minutes"),
        isMinutes: true,
        isOfMode: true,
        sentence: (value) =>
          value === 0
            ? _("Each priority class has the head start of the centre file.")
            : _("Every priority class counts as having waited %(time)s at once.", { time: minutes(value) }),
      },
      {
        name: "appointment_head_start_s",
        label: () => _("Head start of appointments, minutes"),
        isMinutes: true,
        sentence: (value) => _("At its hour, an appointment counts as having waited %(time)s.", { time: minutes(value) }),
      },
      {
        name: "appointment_rate",
        label: () => _("Clock of appointments"),
        sentence: (value) => _("From its hour on, each minute counts %(times)s times.", { times: rounded(value) }),
      },
      {
        name: "transfer_credit_s",
        label: () => _("Credit after a transfer, minutes"),
        isMinutes: true,
        sentence: (value) => _("Whoever is sent on by a counter counts as having waited %(time)s more.", { time: minutes(value) }),
      },
    ],
  ],
  [
    () => _("Draw among equals"),
    [
      {
        name: "draw_window_s",
        label: () => _("Window of equals, minutes"),
        isMinutes: true,
        sentence: (value) =>
          value === 0
            ? _("Nothing is drawn: the largest claim is called.")
            : _("Whose claims differ by at most %(time)s min are equals, and one of them is drawn: nobody can arrange to meet a certain clerk.", { time: rounded(value / 60) }),
      },
    ],
  ],
];

/**
 * @param {Order} order
 * @param {Routing} draft
 * @param {Change} change
 */
export const numberFields = (order, draft, change) =>
  GROUPS.map(
    ([title, fields]) => html`<fieldset class="card stack numbers">
      <legend class="card-title">${title()}</legend>
      ${fields.map((field) => numberField(field, order, draft, change))}
    </fieldset>`,
  );

/**
 * @param {Field} field
 * @param {Order} order
 * @param {Routing} draft
 * @param {Change} change
 */
const numberField = (field, order, draft, change) => {
  const { name, label, sentence, isMinutes, isOfMode } = field;
  const unit = isMinutes ? 60 : 1;
  const own = draft[name];
  const ofMode = isOfMode ? order.modes[draft.mode][/** @type {ModeNumber} */ (name)] : null;
  const value = own ?? ofMode ?? 0;
  const [least, most] = order.ranges[name];
  const typed = (/** @type {any} */ { target }) => {
    if (target.value.trim() === "") return change(name, isOfMode ? null : order.routing[name]);
    const read = Number(target.value.replace(",", "."));
    if (!Number.isNaN(read)) change(name, Math.round(read * unit * 1000) / 1000);
  };
  const shown = own === null ? "" : written(own / unit);
  return html`<div class="number-field">
    <label class="label" for=${name}>${label()}</label>
    <input class="input" id=${name} name=${name} inputmode="decimal" pattern=${DECIMAL}
      ?required=${!isOfMode} placeholder=${ofMode === null ? "" : written(ofMode / unit)}
      aria-describedby="${name}-words" .value=${shown} @change=${typed} />
    <p class="small dim" id="${name}-words">${value < least || value > most
      ? _("Please choose %(least)s to %(most)s.", { least: number(least / unit), most: number(most / unit) })
      : sentence(value)}${own === null ? html` <span class="of-mode">${_("Set by the mode.")}</span>` : nothing}</p>
  </div>`;
};
