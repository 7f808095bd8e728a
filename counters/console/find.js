/** Call one number out of order: what the slip says, and a reason that is kept. */

import { boot } from "../../web/js/boot.js";
import { showDialog } from "../../web/js/dialog.js";
import { _, clockTime, textOf } from "../../web/js/i18n.js";
import { icon } from "../../web/js/icons.js";
import { html, nothing } from "../../web/js/templates.js";
import { askWhy } from "../explanation/why.js";
import { scanned } from "./card_scan.js";
import { findNumber } from "./commands.js";

/**
 * @typedef {object} Ways  what can be done with the number
 * @property {(ticket: string, reason: string) => Promise<boolean>} call
 * @property {(ticket: string) => Promise<boolean>} reinstate
 * @property {(ticket: string) => Promise<boolean>} resume
 */

/** The clerk's own; an administrator may do everything. @type {Set<string>} */
const ROLES = new Set(
  boot.staff?.roles.map((/** @type {string} */ role) => (role === "administrator" ? "manager" : role)),
);

/**
 * @param {any} view
 * @param {Ways} ways
 * @param {string} [asked]  what was scanned: the id on a slip
 */
export const askNumber = ({ counter, limits }, ways, asked = "") => {
  const isAllowed = limits.out_of_order_roles.some((/** @type {string} */ role) => ROLES.has(role));
  /** @type {any} */
  let found = null;
  let typed = asked;
  const search = async () => {
    const wanted = typed;
    const read = scanned(wanted);
    const sought = read.kind === "ticket" ? read.id : wanted.trim();
    const answer = sought ? await findNumber(sought) : null;
    if (wanted !== typed) return; // typed on while the server looked
    found = answer;
    shown.draw();
  };
  const mayDo = (/** @type {keyof Ways | null} */ way) => way !== null && (way !== "call" || isAllowed);
  const submit = async (/** @type {SubmitEvent} */ event) => {
    event.preventDefault();
    const data = new FormData(/** @type {HTMLFormElement} */ (event.target));
    if (!found) await search();
    if (found?.id && mayDo(wayOf(found, counter)) && (await doneWith(found, counter, String(data.get("reason")), ways))) shown.close();
  };
  const shown = showDialog(
    _("Call one number"),
    ({ close }) => html`
      <form class="stack" @submit=${submit} autocomplete="off">
        <p class="dim">${isAllowed
          ? _("Numbers are called in a fair order. Calling one out of order is recorded with its reason.")
          : _("Numbers are called in a fair order. Your account may not call one out of order in this centre.")}</p>
        <label class="field"><span class="label">${_("Number on the slip")}</span>
          <input class="input input-number" name="number" ?required=${!found} maxlength="300" autocapitalize="characters" data-first
            @input=${(/** @type {any} */ { target }) => {
              typed = target.value;
              found = null;
              search();
            }} /></label>
        <div role="status">${foundWords(found, counter)}</div>
        <label class="field"><span class="label">${_("Reason")}</span>
          <input class="input" name="reason" maxlength="300" ?required=${(found?.state ?? "waiting") === "waiting"} /></label>
        <div class="row dialog-foot">
          <button class="button button-main button-large" ?disabled=${found !== null && !mayDo(wayOf(found, counter))}>
            ${icon("speaker")}${BUTTONS[wayOf(found, counter) ?? "call"]()}<kbd class="keyboard-key" aria-hidden="true">Enter</kbd>
          </button>
          <button type="button" class="button button-quiet" @click=${close}>${_("Not yet")}</button>
        </div>
      </form>
    `,
  );
  if (asked) search();
};

/** @type {Record<keyof Ways, () => string>} */
const BUTTONS = {
  call: () => _("Call this one"),
  reinstate: () => _("Is back, let wait again"),
  resume: () => _("Call back"),
};

/**
 * @param {any} found
 * @param {any} counter
 * @returns {keyof Ways | null}
 */
const wayOf = (found, counter) => {
  if (found?.state === "waiting") return "call";
  if (found?.state === "no_show") return "reinstate";
  return found?.state === "parked" && found.counter === counter.id ? "resume" : null;
};

/**
 * @param {any} found
 * @param {any} counter
 * @param {string} reason
 * @param {Ways} ways
 */
const doneWith = async (found, counter, reason, ways) => {
  const way = wayOf(found, counter);
  return way !== null && ways[way](found.id, reason);
};

/** @type {Record<string, (found: any) => string>} */
const STATES = {
  booked: () => _("Booked, has not arrived yet"),
  waiting: ({ queued_at }) => _("Waiting since %(time)s", { time: clockTime(queued_at) }),
  called: ({ counter_number }) => _("Called to counter %(number)s", { number: counter_number }),
  serving: ({ counter_number }) => _("Served at counter %(number)s", { number: counter_number }),
  parked: ({ counter_number }) => _("Parked at counter %(number)s", { number: counter_number }),
  no_show: ({ return_until }) => _("Missed the call, may come back until %(time)s", { time: clockTime(return_until) }),
  completed: () => _("Finished"),
  cancelled: () => _("Cancelled"),
  expired: () => _("Expired"),
};

/**
 * @param {any} found
 * @param {any} counter
 */
const foundWords = (found, counter) => {
  if (!found) return nothing;
  if (found.problem) return html`<p class="error">${icon("warning")}${found.problem}</p>`;
  return html`<p class="notice notice-slim ${wayOf(found, counter) ? "is-serving" : "is-notice"}">
    ${icon("ticket")}
    <span class="found-number"><strong>${found.number}</strong> · ${textOf(found.procedure)}<br /><span class="dim">${STATES[found.state]?.(found)}</span></span>
    <button type="button" class="button button-quiet" aria-haspopup="dialog" @click=${() => askWhy(found.number)}>
      ${icon("help")}${_("Why was it passed?")}
    </button>
  </p>`;
};
