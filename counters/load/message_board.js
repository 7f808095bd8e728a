/** Messages on the boards and to the counters: which are there, who has read them, a new one. */

import { boot } from "../../web/js/boot.js";
import { instantToday } from "../../web/js/centre_time.js";
import {
  complain,
  dialogProblem,
  fromDialog,
  isDialogBusy,
  redrawDialog,
  showDialog,
} from "../../web/js/dialog.js";
import { _, clockTime, n_, textOf } from "../../web/js/i18n.js";
import { icon } from "../../web/js/icons.js";
import { html, nothing, repeat } from "../../web/js/templates.js";
import { announceMessage, orSay, withdrawMessage } from "./commands.js";

/** @typedef {import("./load_types.js").Load} Load */
/** @typedef {import("./load_types.js").MessageInForce} MessageInForce */

const LONGEST = 200;

/**
 * @param {Load} load
 * @param {number} now
 * @param {{ load: () => Load, now: () => number }} page
 */
export const messageBoard = (load, now, page) => {
  const inForce = load.messages.filter(({ until }) => until === null || Date.parse(until) > now);
  return html`<section class="card stack messages" aria-labelledby="messages-title">
    <div class="row row-apart">
      <h2 id="messages-title" class="card-title">${_("Messages")}</h2>
      <button class="button" aria-haspopup="dialog" @click=${() => openMessageDialog(page)}>
        ${icon("plus")}${_("New message")}
      </button>
    </div>
    ${inForce.length
      ? html`<ul class="stack message-list">
          ${repeat(
            inForce,
            ({ id }) => id,
            (message) => entry(message, load),
          )}
        </ul>`
      : html`<p class="dim">${_("No message is shown now.")}</p>`}
  </section>`;
};

/**
 * @param {MessageInForce} message
 * @param {Load} load
 */
const entry = (message, load) => {
  const text = textOf(message.texts);
  return html`<li class="message-entry">
    <div>
      <p><strong>${text}</strong></p>
      <p class="small dim">
        ${whereWords(message, load)} ·
        ${message.until
          ? _("until %(time)s", { time: clockTime(message.until) })
          : _("until it is taken off")}
      </p>
      ${message.audience === "counters" ? readers(message, load) : nothing}
    </div>
    <button
      class="button button-quiet button-icon"
      @click=${() => orSay(() => withdrawMessage(message.id))}
    >
      ${icon("close", _("Take “%(text)s” off", { text }))}
    </button>
  </li>`;
};

/**
 * "Boards of zone A", "All counters".
 *
 * @param {MessageInForce} message
 * @param {Load} load
 */
const whereWords = ({ audience, zones, counters }, load) => {
  const zone = zones
    .map((id) => textOf(load.zones.find((one) => one.id === id)?.name) || id)
    .join(", ");
  if (audience === "boards") return zone || _("All boards");
  const numbers = load.counters.filter(({ id }) => counters.includes(id)).map(({ number }) => number);
  if (numbers.length) return n_("Counter %(numbers)s", "Counters %(numbers)s", numbers.length, { numbers: numbers.join(", ") });
  return zone ? _("Counters: %(zone)s", { zone }) : _("All counters");
};

/**
 * Where it was read, and at which counters that somebody sits at it was not.
 *
 * @param {MessageInForce} message
 * @param {Load} load
 */
const readers = ({ zones, counters, read_at: readAt }, load) => {
  const told = load.counters.filter(
    ({ id, zone, staff_name: staff }) =>
      staff !== null && (counters.length ? counters.includes(id) : !zones.length || zones.includes(zone)),
  );
  const numbers = (/** @type {boolean} */ isRead) =>
    told.filter(({ id }) => readAt.includes(id) === isRead).map(({ number }) => number).join(", ");
  const [read, unread] = [numbers(true), numbers(false)];
  return html`<p class="small row message-readers">
    ${read ? html`<span class="state is-done">${icon("check")}${_("Read at: %(numbers)s", { numbers: read })}</span>` : nothing}
    ${unread ? html`<span class="state is-idle">${icon("clock")}${_("Not yet at: %(numbers)s", { numbers: unread })}</span>` : nothing}
  </p>`;
};

/** @param {{ load: () => Load, now: () => number }} page */
const openMessageDialog = (page) => {
  /** @param {SubmitEvent} event */
  const submit = (event) => {
    event.preventDefault();
    const data = new FormData(/** @type {HTMLFormElement} */ (event.target));
    const texts = textsOf(data);
    if (!Object.keys(texts).length) return complain(_("Please write the message."));
    const written = String(data.get("until") ?? "");
    const until = written ? instantToday(written, page.now()) : null;
    if (until && Date.parse(until) <= page.now())
      return complain(_("Please choose a time that is still to come today."));
    const zones = data.getAll("zone").map(String);
    const isForStaff = audience === "counters";
    const counters = isForStaff ? data.getAll("counter").map(String) : [];
    return fromDialog(() => announceMessage({ texts, until, zones, audience, counters }));
  };
  /** @type {"boards" | "counters"} */
  let audience = "boards";
  const choose = (/** @type {any} */ { target }) => {
    if (target.name !== "audience") return;
    audience = target.value;
    redrawDialog();
  };
  showDialog(
    _("New message"),
    () =>
      html`<form class="stack" @submit=${submit} @change=${choose}>
        <fieldset class="plain field">
          <legend>${_("For whom")}</legend>
          ${audienceChoice("boards", _("Citizens, on the boards"), audience)}
          ${audienceChoice("counters", _("Staff at the counters, on their consoles"), audience)}
        </fieldset>
        ${languages().map(
          (language) =>
            html`<div class="field">
              <label for="text-${language}"
                >${_("Text in %(language)s", { language: languageName(language) })}</label
              >
              <textarea
                class="input"
                id="text-${language}"
                name="text ${language}"
                lang=${language}
                rows="2"
                maxlength=${LONGEST}
              ></textarea>
            </div>`,
        )}
        ${zoneChoice(page.load(), audience)}
        ${audience === "counters" ? counterChoice(page.load()) : nothing}
        <div class="field">
          <label for="until">${_("Until (today)")}</label>
          <input
            class="input input-time"
            id="until"
            name="until"
            inputmode="numeric"
            autocomplete="off"
            pattern="([01]?[0-9]|2[0-3]):[0-5][0-9]"
            title=${_("Hours and minutes, e.g. 08:30")}
            placeholder="16:30"
          />
          <span class="hint">${_("Left empty, it stays until somebody takes it off.")}</span>
        </div>
        ${dialogProblem()}
        <div class="row">
          <button class="button button-main" ?disabled=${isDialogBusy()}>
            ${audience === "boards" ? html`${icon("screen")}${_("Show on the boards")}` : html`${icon("bell")}${_("Send to the counters")}`}
          </button>
        </div>
      </form>`,
    { kind: "dialog-wide" },
  );
};

/** @param {FormData} data @returns {Record<string, string>} */
const textsOf = (data) =>
  Object.fromEntries(
    languages()
      .map((language) => [language, String(data.get(`text ${language}`) ?? "").trim()])
      .filter(([, text]) => text),
  );

/** @returns {string[]} */
const languages = () => boot.languages ?? ["vi"];

/** @param {string} language */
const languageName = (language) =>
  new Intl.DisplayNames([boot.language], { type: "language" }).of(language) ?? language;

/**
 * @param {string} value
 * @param {string} word
 * @param {string} chosen
 */
const audienceChoice = (value, word, chosen) =>
  html`<label class="choice"
    ><input type="radio" name="audience" value=${value} .checked=${value === chosen} />${word}</label
  >`;

/** @param {Load} load */
const counterChoice = ({ counters }) =>
  html`<fieldset class="plain field">
    <legend>${_("Only these counters; none chosen means all")}</legend>
    <div class="row">
      ${counters.map(
        ({ id, number }) =>
          html`<label class="choice"
            ><input type="checkbox" name="counter" value=${id} />${_("Counter %(number)s", { number })}</label
          >`,
      )}
    </div>
  </fieldset>`;

/**
 * @param {Load} load
 * @param {string} audience
 */
const zoneChoice = ({ zones }, audience) =>
  zones.length < 2
    ? nothing
    : html`<fieldset class="plain field">
        <legend>${audience === "boards" ? _("Boards of these zones; none chosen means all") : _("Counters of these zones; none chosen means all")}</legend>
        ${zones.map(
          ({ id, name }) =>
            html`<label class="choice"
              ><input type="checkbox" name="zone" value=${id} />${textOf(name)}</label
            >`,
        )}
      </fieldset>`;
