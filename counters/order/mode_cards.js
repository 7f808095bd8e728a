/** The four modes as cards: what each does, and what it costs, in words. */

import { _ } from "../../web/js/i18n.js";
import { icon } from "../../web/js/icons.js";
import { html } from "../../web/js/templates.js";

/** @typedef {import("./order_types.js").Mode} Mode */

/**
 * Effects as measured in the routing study: unseen days of three busy centres, against "standard".
 *
 * @type {[Mode, string, () => string, () => string, () => string][]}
 */
const MODES = [
  [
    "standard",
    "scales",
    () => _("Standard"),
    () => _("The best balance of short and even waits. Numbers of one series are always called in order."),
    () => _("Against strict priority and longest wait: mean about a tenth to a third shorter."),
  ],
  [
    "equal",
    "people",
    () => _("Even"),
    () => _("Long waits weigh more: nobody waits much longer than others."),
    () => _("The longest wait about a tenth shorter, the mean about 2 percent longer."),
  ],
  [
    "fast",
    "fast-forward",
    () => _("Fast"),
    () => _("The shortest waits on average: short procedures go earlier."),
    () => _("Mean about 5 percent shorter; up to 3 later numbers of a series may go first."),
  ],
  [
    "strict_priority",
    "heart",
    () => _("Strict priority"),
    () => _("Priority people go before almost everybody, however long others waited."),
    () => _("Nine of ten priority people wait at most 3 minutes; others about 1 minute longer."),
  ],
];

/**
 * @param {Mode} chosen
 * @param {(mode: Mode) => void} choose
 */
export const modeCards = (chosen, choose) => html`<fieldset class="modes">
  <legend class="card-title">${_("Mode")}</legend>
  <div class="mode-cards">
    ${MODES.map(
      ([mode, drawing, name, words, effect]) => html`<label class="card mode ${mode === chosen ? "is-chosen" : ""}">
        <span class="row mode-head">
          <input type="radio" name="mode" value=${mode} .checked=${mode === chosen} @change=${() => choose(mode)} />
          ${icon(drawing)}<strong>${name()}</strong>
        </span>
        <span>${words()}</span>
        <span class="small dim">${effect()}</span>
      </label>`,
    )}
  </div>
</fieldset>`;
