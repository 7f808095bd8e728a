/** The search: what is typed, the keyboard, and what was found; where names are near, which is meant. */

import { icon } from "../../web/js/icons.js";
import { _, textOf } from "../../web/js/i18n.js";
import { html, live, nothing } from "../../web/js/templates.js";
import { keyboard } from "./keyboard.js";
import { examples, hasRoom, isTelex } from "./layouts.js";
import { helpRow, procedureRow } from "./parts.js";
import { withKey } from "./telex.js";
import { keyboardRoom, touchMm } from "./unit.js";

/** @typedef {import("./kiosk.js").Kiosk} Kiosk */

/** @param {Kiosk} kiosk */
export const searchScreen = (kiosk) => {
  const { query, keys, panel } = kiosk.visit;
  const shown = { typed: { text: query, keys }, panel, isWide: hasRoom(keyboardRoom(), touchMm()) };
  return html`<div class="search ${shown.isWide ? "is-wide" : ""}">
    <div class="search-head">
      <h1 tabindex="-1" data-stop>${_("Find a procedure")}</h1>
      ${input(kiosk)}
    </div>
    <div class="search-found" data-scrolls tabindex="0" role="region" aria-label=${_("Results")}>
      ${found(kiosk)}
    </div>
    ${keyboard(shown, kiosk.type, kiosk.showPanel)}
  </div>`;
};

/** @param {Kiosk} kiosk */
const input = (kiosk) => {
  const { query, keys } = kiosk.visit;
  /** Keys of a real keyboard compose as well. @param {InputEvent} event */
  const compose = (event) => {
    const field = /** @type {HTMLInputElement} */ (event.target);
    const isAtEnd = field.selectionStart === query.length && field.selectionEnd === query.length;
    if (event.inputType !== "insertText" || event.data?.length !== 1 || !isAtEnd) return;
    event.preventDefault();
    kiosk.type(withKey({ text: query, keys }, event.data, isTelex));
  };
  return html`<div class="input-search">
    ${icon("search")}
    <input
      class="input"
      id="query"
      type="text"
      inputmode="none"
      autocomplete="off"
      spellcheck="false"
      maxlength="80"
      aria-label=${_("Find a procedure")}
      placeholder=${_("e.g. “birth”, “land title”")}
      .value=${live(query)}
      @beforeinput=${compose}
      @input=${(/** @type {Event} */ event) =>
        kiosk.type({ text: /** @type {HTMLInputElement} */ (event.target).value, keys: "" })}
    />
  </div>`;
};

/** @param {Kiosk} kiosk */
const found = (kiosk) => {
  const { hits } = kiosk.visit;
  if (hits === null) return begin(kiosk);
  if (!hits.length) {
    return html`<div class="stack">
      <p class="lead" role="status" data-stop>${_("Nothing was found. Try other words.")}</p>
      ${helpRow(kiosk, _("Somebody at the help desk will find it with you"))}
    </div>`;
  }
  const asked = hits.filter((hit) => hit.is_alike);
  const others = hits.filter((hit) => !hit.is_alike);
  if (!asked.length) return rows(kiosk, others);
  return html`<div class="stack">
    <div role="status">
      <h2 class="which" data-stop>${icon("help")}${_("Which of these?")}</h2>
      <p class="dim">${_("The names are nearly the same: the line below says what differs.")}</p>
    </div>
    ${rows(kiosk, asked, "is-asked")}
    ${others.length
      ? html`<h2 data-stop>${_("Something else")}</h2>${rows(kiosk, others)}
          ${helpRow(kiosk, _("What I need is not here"))}`
      : nothing}
  </div>`;
};

/** Before anything is typed: words that others came with. @param {Kiosk} kiosk */
const begin = (kiosk) => html`<div class="stack search-begin">
  <p class="lead dim">${_("Everyday words do, and accents are not needed. For example:")}</p>
  <ul class="examples">
    ${examples().map(
      (text) => html`<li>
        <button class="button" @click=${() => kiosk.type({ text, keys: "" })}>${text}</button>
      </li>`,
    )}
  </ul>
</div>`;

/**
 * @param {Kiosk} kiosk
 * @param {import("./state.js").Hit[]} hits
 * @param {string} [tone]
 */
const rows = (kiosk, hits, tone = "") => html`<ul class="stack rows ${tone}">
  ${hits.map((hit) =>
    procedureRow(
      hit,
      kiosk.fieldOf(hit),
      () => kiosk.chooseProcedure(hit.code),
      hit.is_alike ? textOf(hit.hint) : "",
    ),
  )}
</ul>`;
