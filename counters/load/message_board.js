/** Messages on the boards: which are there, a new one, taking one off. */

import { boot } from "../../web/js/boot.js";
import { instantToday } from "../../web/js/centre_time.js";
import {
  complain,
  dialogProblem,
  fromDialog,
  isDialogBusy,
  showDialog,
} from "../../web/js/dialog.js";
import { _, clockTime, textOf } from "../../web/js/i18n.js";
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
      <h2 id="messages-title" class="card-title">${_("On the boards")}</h2>
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
  const zones = message.zones
    .map((zone) => textOf(load.zones.find(({ id }) => id === zone)?.name) || zone)
    .join(", ");
  const text = textOf(message.texts);
  return html`<li class="message-entry">
    <div>
      <p><strong>${text}</strong></p>
      <p class="small dim">
        ${zones || _("All boards")} ·
        ${message.until
          ? _("until %(time)s", { time: clockTime(message.until) })
          : _("until it is taken off")}
      </p>
    </div>
    <button
      class="button button-quiet button-icon"
      @click=${() => orSay(() => withdrawMessage(message.id))}
    >
      ${icon("close", _("Take “%(text)s” off the boards", { text }))}
    </button>
  </li>`;
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
    return fromDialog(() => announceMessage({ texts, until, zones: data.getAll("zone").map(String) }));
  };
  showDialog(
    _("A message on the boards"),
    () =>
      html`<form class="stack" @submit=${submit}>
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
        ${zoneChoice(page.load())}
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
            ${icon("screen")}${_("Show on the boards")}
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

/** @param {Load} load */
const zoneChoice = ({ zones }) =>
  zones.length < 2
    ? nothing
    : html`<fieldset class="plain field">
        <legend>${_("Boards of these zones; none chosen means all")}</legend>
        ${zones.map(
          ({ id, name }) =>
            html`<label class="choice"
              ><input type="checkbox" name="zone" value=${id} />${textOf(name)}</label
            >`,
        )}
      </fieldset>`;
