/** The row of buttons: one large for the next step, the others with their keys. */

import { icon } from "../../web/js/icons.js";
import { _ } from "../../web/js/i18n.js";
import { html, nothing } from "../../web/js/templates.js";
import { nextStep } from "./steps.js";
import { actionWord, secondsLeft } from "./words.js";

/**
 * @typedef {import("./keys.js").Meaning} Meaning
 * @typedef {object} Desk  what the templates draw
 * @property {any} view
 * @property {number} now  ms since 1970 by the server's clock
 * @property {Set<Meaning>} can
 * @property {boolean} isBusy  a command is under way
 * @property {boolean} isHeld  the step has just changed under the clerk's finger
 * @property {Set<number>} papers  places of the papers that were ticked
 * @property {string} why  why the ticket here was called; empty while it is not known
 * @property {(meaning: Meaning, place?: number) => void} act
 * @property {(path: string, done: string) => void} put  a command about another ticket
 * @property {(place: number) => void} tick
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

/** @param {Desk} desk */
export const actionRow = (desk) => html`
  <div class="actions" role="group" aria-label=${_("Actions")}>
    ${mainButton(desk)}
    <div class="actions-others">
      ${OTHERS.filter(([meaning]) => desk.can.has(meaning)).map((entry) => button(desk, ...entry))}
    </div>
    ${undoButton(desk)}
  </div>
`;

/** @param {Desk} desk */
const mainButton = ({ view, isBusy, isHeld, act }) => {
  const step = STEPS[nextStep(view)];
  return html`<button
    class="button button-large action-main ${step.look}"
    ?disabled=${isBusy || isHeld}
    aria-keyshortcuts="Space Enter"
    @click=${() => act("next")}
  >
    ${icon(step.icon)}<span>${step.word()}</span>${cap(_("Space"))}
  </button>`;
};

/**
 * @param {Desk} desk
 * @param {Meaning} meaning
 * @param {string} key
 * @param {string} drawing
 * @param {() => string} word
 */
const button = ({ isBusy, act }, meaning, key, drawing, word) => html`<button
  class="button action"
  ?disabled=${isBusy}
  aria-keyshortcuts=${key}
  @click=${() => act(meaning)}
>
  ${icon(drawing)}<span>${word()}</span>${cap(key)}
</button>`;

/** @param {Desk} desk */
const undoButton = ({ view, now, can, isBusy, act }) => {
  if (!can.has("undo")) return nothing;
  const { action, number, until } = view.undo;
  return html`<button
    class="button action action-undo"
    ?disabled=${isBusy}
    aria-keyshortcuts="U"
    @click=${() => act("undo")}
  >
    ${icon("undo")}
    <span>${_("Undo")}<br /><span class="small">${actionWord(action)} ${number}</span></span>
    <span class="seconds number" aria-hidden="true">${secondsLeft(until, now)}</span>${cap("U")}
  </button>`;
};

/** The cap of a key. @param {string} key */
export const cap = (key) => html`<kbd class="keyboard-key" aria-hidden="true">${key}</kbd>`;
