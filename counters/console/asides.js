/** Dialogs of a few keys: park with a reason, take a break, everything else, a no-show too early. */

import { redrawDialog, showDialog } from "../../web/js/dialog.js";
import { _, textOf } from "../../web/js/i18n.js";
import { icon } from "../../web/js/icons.js";
import { html, nothing } from "../../web/js/templates.js";
import { cap } from "./actions.js";
import { choose } from "./choose.js";
import { digitOf, isTyping } from "./keys.js";
import { Lengths } from "./lengths.js";

/** @typedef {import("./choose.js").Option} Option */
/** @typedef {import("./keys.js").Meaning} Meaning */

const MINUTE_S = 60;
const USUAL_MINUTES = [5, 10, 15, 30, 60];

/**
 * Park: a digit takes a reason, Enter parks without one.
 *
 * @param {any} view
 * @param {(body: { reason: string, for_s: number | null }) => void} park
 */
export const askParking = ({ ticket, limits, park_reasons }, park) => {
  const usual = limits.parked_for_s;
  const lengths = [...new Set([...USUAL_MINUTES.map((length) => length * MINUTE_S), usual])].sort((one, other) => one - other);
  const times = new Lengths(_("How long"), lengths, usual);
  const reasons = Object.entries(park_reasons);
  const take = (/** @type {string} */ reason) => {
    shown.close();
    park({ reason, for_s: times.chosen });
  };
  const submit = (/** @type {SubmitEvent} */ event) => {
    event.preventDefault();
    take(String(new FormData(/** @type {HTMLFormElement} */ (event.target)).get("reason")).trim());
  };
  const pressed = (/** @type {KeyboardEvent} */ event) => {
    if (isTyping(event.target) || event.repeat) return;
    const reason = reasons[digitOf(event) - 1]?.[0];
    if (reason) take(reason);
    else times.pressed(event, shown.draw);
  };
  const shown = showDialog(
    _("Park %(number)s", ticket),
    ({ draw, close }) => html`<form class="stack options" @submit=${submit} autocomplete="off">
      ${times.row(draw)}
      ${reasons.map(
        ([reason, words], place) => html`<button type="button" class="button option" @click=${() => take(reason)}>
          ${place < 9 ? cap(`${place + 1}`) : nothing}<span>${textOf(/** @type {any} */ (words))}</span>
        </button>`,
      )}
      <label class="field"><span class="label">${_("Another reason")} <span class="dim small">${_("may stay empty")}</span></span>
        <input class="input" name="reason" maxlength="300" /></label>
      <div class="row dialog-foot">
        <button class="button button-main button-large" data-first>${icon("clock")}${_("Park")}${cap("Enter")}</button>
        <button type="button" class="button button-quiet" @click=${close}>${_("Not yet")}</button>
      </div>
    </form>`,
    { kind: "dialog-choice", onKey: pressed },
  );
};

/**
 * Take a break, with a reason and how long; and what has no key of its own on a keypad.
 *
 * @param {any} view
 * @param {Set<Meaning>} can
 * @param {(body: { reason: string, for_s?: number }) => void} pause
 * @param {(meaning: Meaning) => void} act
 */
export const askBreak = (view, can, pause, act) => {
  const times = new Lengths(_("How long"), [null, ...USUAL_MINUTES.map((length) => length * MINUTE_S)], null);
  const known = Object.entries(view.pause_reasons);
  const reasons = known.length ? known : [["break", { vi: _("Break"), en: _("Break") }]];
  const body = (/** @type {string} */ reason) => ({ reason, ...(times.chosen === null ? {} : { for_s: times.chosen }) });
  /** @type {Option[]} */
  const breaks = can.has("pause")
    ? reasons.map(([reason, words]) => ({
        word: textOf(/** @type {any} */ (words)),
        icon: "pause",
        do: () => pause(body(/** @type {string} */ (reason))),
      }))
    : [];
  const others = OTHERS.filter(({ meaning }) => can.has(meaning)).map(({ meaning, word, icon: drawing, pad }) => ({
    word: word(),
    icon: drawing,
    pad,
    do: () => act(meaning),
  }));
  choose(_("Break and everything else"), [...breaks, ...others], {
    above: () => (breaks.length ? times.row(redrawDialog) : nothing),
    onKey: (event, draw) => times.pressed(event, draw),
  });
};

/** @type {{ meaning: Meaning, word: () => string, icon: string, pad: [string, string, string] }[]} */
const OTHERS = [
  { meaning: "find", word: () => _("Call one number…"), icon: "search", pad: ["+", "NumpadAdd", "c"] },
  { meaning: "requeue", word: () => _("Back to the queue"), icon: "arrow-left", pad: ["−", "NumpadSubtract", "q"] },
  { meaning: "counter", word: () => _("Leave"), icon: "sign-out", pad: ["*", "NumpadMultiply", "x"] },
  { meaning: "keys", word: () => _("Keys"), icon: "keyboard", pad: ["/", "NumpadDivide", "?"] },
  { meaning: "print", word: () => _("Print again"), icon: "printer", pad: [".", "NumpadDecimal", "l"] },
  { meaning: "read", word: () => _("I have read it"), icon: "check", pad: ["Enter", "NumpadEnter", "g"] },
];

/**
 * A no-show before the number was called as often as the centre wants.
 *
 * @param {any} view
 * @param {{ recall: () => void, noShow: () => void }} ways
 */
export const askNoShow = ({ ticket, limits }, { recall, noShow }) =>
  choose(
    _("%(number)s was called %(calls)s of %(wanted)s times", {
      number: ticket.number,
      calls: ticket.history.calls,
      wanted: limits.calls_before_no_show,
    }),
    [
      { word: _("Call again"), icon: "repeat", do: recall },
      { word: _("No-show all the same"), detail: _("The citizen can still come back in time and keeps the place"), icon: "person", do: noShow },
    ],
  );
