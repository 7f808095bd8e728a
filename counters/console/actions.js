/** The row of buttons: one large for the next step, the others with their keys. */

import { icon } from "../../web/js/icons.js";
import { _ } from "../../web/js/i18n.js";
import { html, nothing, repeat } from "../../web/js/templates.js";
import { isCalledEnough, nextStep } from "./steps.js";
import { actionWord, secondsLeft } from "./words.js";

/**
 * @typedef {import("./keys.js").Meaning} Meaning
 * @typedef {object} Desk  what the templates draw
 * @property {any} view
 * @property {number} now  ms since 1970 by the server's clock
 * @property {Set<Meaning>} can
 * @property {boolean} isBusy  a command is under way
 * @property {boolean} isSlow  it has been for longer than a glance
 * @property {boolean} isCut  the line is lost: nothing can be sent
 * @property {boolean} isHeld  the step has just changed under the clerk's finger
 * @property {string} cardName  what the citizen's card said, for the receipt
 * @property {string} why  why the ticket here was called; empty while it is not known
 * @property {(meaning: Meaning, place?: number) => void} act
 * @property {(path: string, done: string, body?: object) => void} put  a command about another ticket, or paper
 * @property {(ticket: any) => void} transfer  send a parked ticket on
 * @property {(place: number, change: Partial<import("./marks.js").Mark>) => void} mark
 * @property {() => void} forgetName
 */

/** @type {Record<import("./steps.js").Step, { word: () => string, icon: string, look: string }>} */
const STEPS = {
  call: { word: () => _("Call the next number"), icon: "speaker", look: "button-call" },
  serve: { word: () => _("Start serving"), icon: "play", look: "button-main" },
  finish: { word: () => _("Finish"), icon: "check", look: "button-main" },
  open: { word: () => _("Open the counter"), icon: "play", look: "button-call" },
};

/** @type {[Meaning, string, string, () => string][]} */
const OTHERS = [
  ["recall", "R", "repeat", () => _("Call again")],
  ["no_show", "N", "person", () => _("No-show")],
  ["requeue", "Q", "arrow-left", () => _("Back to the queue")],
  ["park", "P", "clock", () => _("Park")],
  ["transfer", "T", "transfer", () => _("Transfer")],
  ["find", "C", "search", () => _("Call one number…")],
];

/**
 * A button that cannot act now says so and keeps the focus, which a disabled one would lose.
 *
 * @param {Pick<Desk, "isBusy" | "isCut">} desk
 * @param {boolean} [isResting]
 */
export const off = ({ isBusy, isCut }, isResting = false) => (isBusy || isCut || isResting ? "true" : "false");

/** @param {Desk} desk */
export const actionRow = (desk) => html`
  <div class="actions" role="group" aria-label=${_("Actions")}>
    ${mainButton(desk)}
    <div class="actions-others">
      ${repeat(
        OTHERS.filter(([meaning]) => desk.can.has(meaning)),
        ([meaning]) => meaning,
        (entry) => button(desk, ...entry),
      )}
    </div>
    ${undoButton(desk)}
  </div>
`;

/** @param {Desk} desk */
const mainButton = (desk) => {
  const step = STEPS[nextStep(desk.view)];
  return html`<button
    class="button button-large action-main ${step.look}"
    aria-disabled=${off(desk, desk.isHeld)}
    aria-keyshortcuts="Space Enter"
    @click=${() => desk.act("next")}
  >
    ${mark(desk, step)}<span>${desk.isCut ? _("Waiting for the connection") : desk.isSlow ? _("Sending…") : step.word()}</span>${cap(_("Space"))}
  </button>`;
};

/**
 * @param {Desk} desk
 * @param {{ icon: string }} step
 */
const mark = ({ isCut, isSlow }, step) => {
  if (isCut) return icon("offline");
  return isSlow ? html`<span class="spinner" aria-hidden="true"></span>` : icon(step.icon);
};

/**
 * @param {Desk} desk
 * @param {Meaning} meaning
 * @param {string} key
 * @param {string} drawing
 * @param {() => string} word
 */
const button = (desk, meaning, key, drawing, word) => html`<button
  class="button action action-${meaning}"
  aria-disabled=${off(desk)}
  aria-keyshortcuts=${key}
  @click=${() => desk.act(meaning)}
>
  ${icon(drawing)}<span>${word()}</span>${meaning === "no_show" ? callsSoFar(desk.view) : nothing}${cap(key)}
</button>`;

/** "1/2": calls before a no-show is taken without a question. @param {any} view */
const callsSoFar = (view) =>
  isCalledEnough(view)
    ? nothing
    : html`<span class="number small dim" title=${_("Calls so far")}>${view.ticket.history.calls}/${view.limits.calls_before_no_show}</span>`;

/** @param {Desk} desk */
const undoButton = (desk) => {
  if (!desk.can.has("undo")) return nothing;
  const { action, number, until } = desk.view.undo;
  return html`<button
    class="button action action-undo"
    aria-disabled=${off(desk)}
    aria-keyshortcuts="U"
    @click=${() => desk.act("undo")}
  >
    ${icon("undo")}
    <span>${_("Undo")}<br /><span class="small">${actionWord(action)} ${number}</span></span>
    <span class="seconds number" aria-hidden="true">${secondsLeft(until, desk.now)}</span>${cap("U")}
  </button>`;
};

/** The cap of a key. @param {string} key */
export const cap = (key) => html`<kbd class="keyboard-key" aria-hidden="true">${key}</kbd>`;
