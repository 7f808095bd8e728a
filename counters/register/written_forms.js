/** Requests for a supplement and refusals of the day: opened as PDF, or printed again. */

import { boot } from "../../web/js/boot.js";
import { _, clockTime, n_ } from "../../web/js/i18n.js";
import { icon } from "../../web/js/icons.js";
import { html, nothing, repeat } from "../../web/js/templates.js";
import { procedureName } from "./register_words.js";

/** @typedef {import("./register_types.js").DayRegister} DayRegister */
/** @typedef {import("./register_types.js").Written} Written */

/** @type {Record<string, () => string>} */
const KINDS = {
  supplement: () => _("Request for a supplement"),
  refusal: () => _("Refusal"),
};

/**
 * @param {DayRegister} register
 * @param {(form: Written) => void} onPrint
 * @param {ReadonlySet<string>} underWay
 */
export const writtenForms = ({ forms }, onPrint, underWay) => {
  if (!forms?.length) return nothing;
  return html`<details class="card written" open>
    <summary>
      <strong>${n_("%(num)s request or refusal today", "%(num)s requests and refusals today", forms.length)}</strong>
    </summary>
    <ul class="plain-list failure-list">
      ${repeat(
        forms,
        ({ form }) => form,
        (form) => line(form, onPrint, underWay),
      )}
    </ul>
  </details>`;
};

/**
 * @param {Written} form
 * @param {(form: Written) => void} onPrint
 * @param {ReadonlySet<string>} underWay
 */
const line = (form, onPrint, underWay) => html`<li class="failure" data-form=${form.form}>
  <div class="failure-words">
    <p class="row">
      <strong class="code">${form.form}</strong>
      <span class="number">${form.number}</span>
      <span>${KINDS[form.kind]?.()}</span>
      <span class="dim">${procedureName({ ...form, code: form.form, hand_over: "held", received_at: form.written_at })} · ${clockTime(form.written_at)}</span>
    </p>
  </div>
  ${form.is_void
    ? html`<span class="chip is-idle">${icon("close")}${_("Opened by mistake")}</span>`
    : html`<span class="row no-print">
        ${pdfLink(`forms/${form.form}.pdf`, form.form)}
        <button
          class="button button-quiet button-icon"
          title=${_("Print again")}
          ?disabled=${underWay.has(`print ${form.form}`)}
          @click=${() => onPrint(form)}
        >
          ${icon("printer", `${_("Print again")}: ${form.form}`)}
        </button>
      </span>`}
</li>`;

/**
 * A sheet for an office printer, in a new window.
 *
 * @param {string} path
 * @param {string} code
 */
export const pdfLink = (path, code) => html`<a
  class="button button-quiet button-icon no-print"
  href="/api/v1/centres/${encodeURIComponent(boot.centre)}/${path}"
  target="_blank"
  title=${_("Open as PDF")}
>
  ${icon("document", `${_("Open as PDF")}: ${code}`)}
</a>`;
