/** Where to send the citizen: a search over procedures and counters, driven from the keyboard. */

import { boot } from "../../web/js/boot.js";
import { showDialog } from "../../web/js/dialog.js";
import { _, n_, plain, textOf } from "../../web/js/i18n.js";
import { icon } from "../../web/js/icons.js";
import { html, nothing } from "../../web/js/templates.js";

const SHOWN = 30;

/**
 * @typedef {object} Place  where a citizen can be sent
 * @property {Record<string, string>} body  of the command
 * @property {string} label
 * @property {string} detail
 * @property {string} searched
 * @property {string} number  of a counter
 * @property {string} icon
 * @property {{ word: string, colour: string }} now  whether somebody works there
 */

/** @param {any} seats  the view of that name @returns {Place[]} */
const places = (seats) => [
  ...boot.catalogue.counters.map((/** @type {any} */ { id, number, name }) => {
    const seat = seats?.counters.find((/** @type {any} */ { id: at }) => at === id);
    const detail = [name, ...(seat?.fields ?? [])].map(textOf).filter(Boolean).join(" · ");
    return {
      body: { to_counter: id },
      label: _("Counter %(number)s", { number }),
      detail,
      searched: plain(`${_("Counter %(number)s", { number })} ${detail}`),
      number,
      icon: "counter",
      now: counterNow(seat),
    };
  }),
  ...boot.catalogue.procedures.map((/** @type {any} */ { code, name, field, field_id: fieldId, synonyms }) => ({
    body: { procedure: code },
    label: textOf(name),
    detail: `${textOf(field)} · ${code}`,
    searched: plain(
      [...Object.values(name), ...Object.values(field), code, ...synonyms].join(" "),
    ),
    number: "",
    icon: "document",
    now: procedureNow(seats, fieldId, code),
  })),
];

/** @type {Record<string, () => { word: string, colour: string }>} */
const AVAILABILITY = {
  open: () => ({ word: _("Open"), colour: "is-done" }),
  paused: () => ({ word: _("On a break"), colour: "is-paused" }),
  closed: () => ({ word: _("Closed"), colour: "is-idle" }),
};

/** @param {any} seat */
const counterNow = (seat) => {
  const now = AVAILABILITY[seat?.availability ?? "closed"]();
  return seat?.staff_name && seat.availability === "open" ? { ...now, word: `${now.word} · ${seat.staff_name}` } : now;
};

/**
 * @param {any} seats
 * @param {string} field
 * @param {string} code
 */
const procedureNow = (seats, field, code) => {
  const open = (seats?.counters ?? []).filter(
    (/** @type {any} */ seat) => seat.availability === "open" && (seat.serves_fields.includes(field) || seat.serves_procedures.includes(code)),
  );
  if (!open.length) return { word: _("No counter open"), colour: "is-notice" };
  const numbers = open.map((/** @type {any} */ { number }) => number).join(", ");
  return { word: n_("Counter %(numbers)s", "Counters %(numbers)s", open.length, { numbers }), colour: "is-done" };
};

/**
 * Places whose words all contain what was typed; a counter's own number comes first.
 *
 * @param {Place[]} all
 * @param {string} typed
 */
export const matching = (all, typed) => {
  const words = plain(typed).split(/\s+/).filter(Boolean);
  const found = all.filter(({ searched }) => words.every((word) => searched.includes(word)));
  const rank = (/** @type {Place} */ { number, searched }) =>
    number && number === typed.trim() ? 0 : searched.startsWith(words.join(" ")) ? 1 : 2;
  return found.sort((one, other) => rank(one) - rank(other)).slice(0, SHOWN);
};

/**
 * @param {{ number: string, code: string }} ticket
 * @param {string} counter  where the citizen is now
 * @param {any} seats
 * @param {(body: any) => Promise<boolean>} transfer
 */
export const askPlace = (ticket, counter, seats, transfer) => {
  const all = places(seats).filter(
    ({ body }) => body.to_counter !== counter && body.procedure !== ticket.code,
  );
  let found = matching(all, "");
  let chosen = 0;
  const submit = async (/** @type {SubmitEvent} */ event) => {
    event.preventDefault();
    const data = new FormData(/** @type {HTMLFormElement} */ (event.target));
    const place = found[chosen];
    if (!place) return;
    const body = { ...place.body, keep_waiting_time: data.get("keep") === "kept", reason: data.get("reason") };
    if (await transfer(body)) shown.close();
  };
  const search = (/** @type {any} */ { target }) => {
    found = matching(all, target.value);
    chosen = 0;
    shown.draw();
  };
  const move = (/** @type {number} */ place) => {
    chosen = Math.max(0, Math.min(found.length - 1, place));
    shown.draw();
    shown.element.querySelector(`#place-${chosen}`)?.scrollIntoView({ block: "nearest" });
  };
  const pressed = (/** @type {KeyboardEvent} */ event) => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (!step) return;
    event.preventDefault();
    move(chosen + step);
  };
  const shown = showDialog(
    _("Transfer %(number)s", { number: ticket.number }),
    ({ close }) => html`
      <form class="stack transfer" @submit=${submit} autocomplete="off">
        <div class="input-search">
          ${icon("search")}
          <input class="input" name="search" role="combobox" data-first
            aria-expanded="true" aria-controls="places" aria-autocomplete="list"
            aria-activedescendant=${found.length ? `place-${chosen}` : nothing}
            aria-label=${_("Procedure or counter")} placeholder=${_("Procedure, or the number of a counter")}
            @input=${search} @keydown=${pressed} />
        </div>
        <ul class="places" id="places" role="listbox" aria-label=${_("Procedures and counters")}>
          ${found.map((place, at) => option(place, at, at === chosen, move))}
        </ul>
        ${found.length ? nothing : html`<p class="dim" role="status">${_("Nothing found. Please type another word.")}</p>`}
        <div class="fields-two">
          <fieldset class="plain field">
            <legend>${_("Waiting time")}</legend>
            <label class="choice"><input type="radio" name="keep" value="kept" checked /><span>${_("Kept: has waited long already")}</span></label>
            <label class="choice"><input type="radio" name="keep" value="new" /><span>${_("Begins anew")}</span></label>
          </fieldset>
          <label class="field"><span class="label">${_("Reason")} <span class="dim small">${_("may stay empty")}</span></span>
            <input class="input" name="reason" maxlength="300" placeholder=${_("The next clerk reads it")} /></label>
        </div>
        <div class="row dialog-foot">
          <button class="button button-main button-large" ?disabled=${!found.length}>
            ${icon("transfer")}${_("Transfer")}<kbd class="keyboard-key" aria-hidden="true">Enter</kbd>
          </button>
          <button type="button" class="button button-quiet" @click=${close}>${_("Not yet")}</button>
        </div>
      </form>
    `,
    { kind: "dialog-wide" },
  );
};

/**
 * @param {Place} place
 * @param {number} at
 * @param {boolean} isChosen
 * @param {(at: number) => void} choose
 */
const option = ({ label, detail, icon: drawing, now }, at, isChosen, choose) => html`<li
  class="place" role="option" id="place-${at}" aria-selected=${isChosen}
  @click=${() => choose(at)}
>
  ${icon(drawing)}<span class="place-words"><strong>${label}</strong><span class="dim small">${detail}</span></span>
  <span class="chip place-now ${now.colour}">${now.word}</span>
</li>`;
