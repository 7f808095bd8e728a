/** Hand-overs that were given up, with the reason: each can be sent once more. */

import { _, clockTime, day, n_ } from "../../web/js/i18n.js";
import { icon } from "../../web/js/icons.js";
import { html, nothing, repeat } from "../../web/js/templates.js";
import { procedureName } from "./register_words.js";

/** @typedef {import("./register_types.js").DayRegister} DayRegister */
/** @typedef {import("./register_types.js").Entry} Entry */
/** @typedef {(entries: Entry[]) => void} Send */

/**
 * @param {DayRegister} register
 * @param {Send} onSend
 * @param {ReadonlySet<string>} underWay
 */
export const failureList = ({ failed, failures }, onSend, underWay) => {
  if (!failures.length) return nothing;
  return html`<section class="card failures stack is-danger" aria-labelledby="failures">
    <div class="row row-apart">
      <h2 id="failures" class="state">
        ${icon("warning")}${n_(
          "%(num)s dossier was not sent",
          "%(num)s dossiers were not sent",
          failed,
        )}
      </h2>
      ${failures.length > 1
        ? html`<button
            class="button no-print"
            ?disabled=${underWay.size > 0}
            @click=${() => onSend(failures)}
          >
            ${icon("repeat")}${_("Send all again")}
          </button>`
        : nothing}
    </div>
    <p class="dim">
      ${_("They are safe in this register. Send them again when the reason is put right.")}
    </p>
    <ul class="plain-list failure-list" data-list="failures" tabindex="0" aria-labelledby="failures">
      ${repeat(
        failures,
        ({ code }) => code,
        (entry) => failure(entry, onSend, underWay),
      )}
    </ul>
    ${failed > failures.length
      ? html`<p class="dim">
          ${_("The oldest %(number)s are shown.", { number: failures.length })}
        </p>`
      : nothing}
  </section>`;
};

/**
 * @param {Entry} entry
 * @param {Send} onSend
 * @param {ReadonlySet<string>} underWay
 */
const failure = (entry, onSend, underWay) => html`<li class="failure" data-failed=${entry.code}>
  <div class="failure-words">
    <p class="row">
      <strong class="code">${entry.code}</strong>
      ${entry.number ? html`<span class="number">${entry.number}</span>` : nothing}
      <span>${procedureName(entry)}</span>
      <span class="dim">${clockTime(entry.received_at)} · ${day(entry.received_at)}</span>
    </p>
    <p class="reason">
      ${entry.system ? html`<span class="dim">${entry.system}:</span> ` : nothing}${entry.detail ||
      _("no reason was given")}
    </p>
  </div>
  <button
    class="button no-print"
    aria-label=${`${_("Send again")}: ${entry.code}`}
    ?disabled=${underWay.has(`send ${entry.code}`)}
    @click=${() => onSend([entry])}
  >
    ${icon("repeat")}${_("Send again")}
  </button>
</li>`;
