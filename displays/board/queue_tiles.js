/** How many wait in each field, and how long about. The tiles take turns where not all have room. */

import { icon } from "../../web/js/icons.js";
import { classMap, html, nothing } from "../../web/js/templates.js";
import { isTrouble, people, speaker, textFor, wait } from "./words.js";

/** Letters that a tile has room for beside the number of people. */
const LONG = 16;

/** @param {import("./board_page.js").Shown} shown @param {import("./words.js").Pair} pair */
export const tiles = ({ board, plan, turn }, pair) => {
  const language = pair[1] && turn % 2 ? pair[1] : pair[0];
  const room = plan.tileColumns * plan.tileRows;
  const pages = Math.ceil(board.fields.length / room) || 1;
  const place = Math.floor(turn / 2) % pages;
  const { _ } = speaker(language).words;
  return html`<section class="queues" lang=${language} aria-label=${_("Waits")}>
    <ul class="tiles">
      ${board.fields
        .slice(place * room, (place + 1) * room)
        .map((/** @type {any} */ field) => tile(field, language))}
    </ul>
    ${pages > 1 ? dots(pages, place) : nothing}
  </section>`;
};

/** @param {any} field @param {string} language */
const tile = ({ letter, name, waiting, forecast }, language) => {
  const { words } = speaker(language);
  const trouble = isTrouble(forecast);
  const how = wait(forecast)(words);
  return html`<li class=${classMap({ tile: true, "is-trouble": trouble })}>
    <span class="tile-letter number-face">${letter}</span>
    <span class="tile-name">${textFor(name, language)}</span>
    <span class="tile-figures">
      ${waiting ? html`<b class="tile-people">${icon("people")}${trouble ? waiting : people(waiting)(words)}</b>` : nothing}
      <span class=${classMap({ "tile-wait": true, "is-long": how.length > LONG })}>
        ${trouble ? icon("warning") : nothing}<span>${how}</span>
      </span>
    </span>
  </li>`;
};

/** @param {number} pages @param {number} place */
const dots = (pages, place) => html`<div class="dots" aria-hidden="true">
  ${Array.from({ length: pages }, (_, n) => html`<i class=${classMap({ dot: true, "is-on": n === place })}></i>`)}
</div>`;
