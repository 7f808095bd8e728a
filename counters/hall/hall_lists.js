/** Who may come back, who has an appointment, who was set aside, and which paper is missing. */

import { _, clockTime, textOf } from "../../web/js/i18n.js";
import { icon } from "../../web/js/icons.js";
import { reasonWords } from "../../web/js/printer_words.js";
import { html, nothing, repeat } from "../../web/js/templates.js";
import { orSay } from "../load/commands.js";
import { passed, shownNumber } from "../load/words.js";
import { checkIn, giveBack, reinstate, reprint } from "./hall_commands.js";
import { procedureName } from "./issue_panel.js";
import { PAPER_KINDS, PRINT_RESULTS, STATES } from "./ticket_words.js";

/** @typedef {import("./hall_types.js").Hall} Hall */

/**
 * @param {Hall} hall
 * @param {number} now
 * @param {(number: string) => void} onNumber  shows a number in the panel that finds
 */
export const hallLists = (hall, now, onNumber) => html`
  ${list(
    "absent",
    _("Missed their call"),
    hall.absent.filter(({ until }) => Date.parse(until) > now),
    (ticket) => ({
      key: ticket.id,
      number: ticket.number,
      words: procedureName(ticket.procedure),
      line: _("missed %(since)s ago, may come back until %(until)s", {
        since: passed(ticket.no_show_at, now),
        until: clockTime(ticket.until),
      }),
      button: { drawing: "undo", word: _("Let it wait again"), act: () => reinstate(ticket) },
    }),
    onNumber,
    _("Nobody who may still come back."),
  )}
  ${list(
    "paper",
    _("Paper that did not come out"),
    hall.paper.filter(({ since }) => Date.parse(since) <= now),
    (trouble) => ({
      key: trouble.job,
      number: trouble.number,
      words: `${textOf(trouble.printer) || _("A printer")}: ${PRINT_RESULTS[trouble.result]?.() ?? trouble.result}`,
      line: [clockTime(trouble.at), PAPER_KINDS[trouble.kind](), reasonWords(trouble.detail)]
        .filter(Boolean)
        .join(" · "),
      button:
        trouble.kind === "slip"
          ? {
              drawing: "printer",
              word: _("Print again"),
              act: () => reprint({ id: trouble.ticket, number: trouble.number }),
            }
          : null,
    }),
    onNumber,
    _("All slips came out."),
  )}
  ${hall.booked.length
    ? list(
        "booked",
        _("Appointments of today"),
        hall.booked,
        (ticket) => ({
          key: ticket.id,
          number: ticket.number,
          words: procedureName(ticket.procedure),
          line: clockTime(ticket.appointment_at),
          button: { drawing: "check", word: _("Has arrived"), act: () => checkIn(ticket) },
        }),
        onNumber,
      )
    : nothing}
  ${hall.parked.length
    ? list(
        "parked",
        _("Set aside"),
        hall.parked,
        (ticket) => ({
          key: ticket.id,
          number: ticket.number,
          words: _("Counter %(number)s", { number: ticket.counter_number }),
          line: ticket.until ? _("until %(time)s", { time: clockTime(ticket.until) }) : "",
          button: { drawing: "undo", word: _("Let it wait again"), act: () => giveBack(ticket) },
        }),
        onNumber,
      )
    : nothing}
  ${list(
    "recent",
    _("Given last"),
    hall.recent,
    (ticket) => ({
      key: ticket.id,
      number: ticket.number,
      words: procedureName(ticket.procedure),
      line: `${clockTime(ticket.issued_at)} · ${STATES[ticket.state]().word}`,
      button: null,
    }),
    onNumber,
    _("No number was given today."),
  )}
`;

/**
 * @typedef {object} Entry
 * @property {string} key
 * @property {string} number
 * @property {string} words
 * @property {string} line
 * @property {{ drawing: string, word: string, act: () => Promise<unknown> } | null} button
 */

/**
 * @template T
 * @param {string} name
 * @param {string} title
 * @param {T[]} entries
 * @param {(entry: T) => Entry} entryOf
 * @param {(number: string) => void} onNumber
 * @param {string} [empty]
 */
const list = (name, title, entries, entryOf, onNumber, empty = "") =>
  html`<section class="card stack hall-list" aria-labelledby="list-${name}" data-list=${name}>
    <h2 id="list-${name}" class="card-title">
      ${title}${entries.length
        ? html` <span class="count" aria-hidden="true">${entries.length}</span>`
        : nothing}
    </h2>
    ${entries.length
      ? html`<ul class="hall-entries live">
          ${repeat(
            entries.map(entryOf),
            ({ key }) => key,
            (entry) => line(entry, onNumber),
          )}
        </ul>`
      : html`<p class="dim small">${empty}</p>`}
  </section>`;

/**
 * @param {Entry} entry
 * @param {(number: string) => void} onNumber
 */
const line = ({ number, words, line: under, button }, onNumber) =>
  html`<li class="hall-entry">
    <button class="number-link" @click=${() => onNumber(number)}>${shownNumber(number)}</button>
    <span class="waiting-what"
      ><span title=${words}>${words}</span><span class="small dim">${under}</span></span
    >
    ${button
      ? html`<button
          class="button"
          aria-label="${button.word}: ${shownNumber(number)}"
          @click=${() => orSay(button.act)}
        >
          ${icon(button.drawing)}${button.word}
        </button>`
      : nothing}
  </li>`;
