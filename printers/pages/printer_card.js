/** One printer: how it is, what to do about it, its last papers, a test print. */

import { post } from "../../web/js/api.js";
import { boot } from "../../web/js/boot.js";
import { _, clockTime, n_, textOf } from "../../web/js/i18n.js";
import { icon } from "../../web/js/icons.js";
import { CONDITIONS, reasonWords, RESULTS } from "../../web/js/printer_words.js";
import { sentenceOf } from "../../web/js/refusals.js";
import { html, nothing, repeat } from "../../web/js/templates.js";
import { toast } from "../../web/js/toast.js";

/**
 * @typedef {import("./printer_types.js").PrinterLine} PrinterLine
 * @typedef {import("./printer_types.js").JobLine} JobLine
 */

/** @type {Record<PrinterLine["connection"], () => string>} */
const CONNECTIONS = {
  network: () => _("Network"),
  usb: () => _("USB"),
  serial: () => _("Serial line"),
  cups: () => _("Print service (CUPS)"),
  folder: () => _("Folder"),
};

/** @type {Record<import("./printer_types.js").PaperKind, () => string>} */
const KINDS = {
  slip: () => _("slip"),
  receipt: () => _("receipt"),
  supplement: () => _("request for supplement"),
  refusal: () => _("notice of refusal"),
  trial: () => _("test print"),
};

/** @param {PrinterLine} printer */
export const printerCard = (printer) => html`<section
  class="card stack printer-card"
  aria-labelledby="printer-${printer.id}"
  data-printer=${printer.id}
>
  <div class="printer-head">
    <div>
      <h2 id="printer-${printer.id}">${textOf(printer.name) || printer.id}</h2>
      <p class="dim small printer-where">${where(printer)}</p>
    </div>
    ${condition(printer)}
  </div>
  ${advice(printer)}
  <p class="small">${figures(printer)}</p>
  ${printer.jobs.length
    ? html`<ul class="printer-jobs">
        ${repeat(printer.jobs, ({ id }) => id, jobLine)}
      </ul>`
    : html`<p class="dim small">${_("No paper today.")}</p>`}
  <div class="row">
    <button class="button" @click=${() => testPrint(printer)}>
      ${icon("printer")}${_("Test print")}<span class="visually-hidden">: ${textOf(printer.name)}</span>
    </button>
  </div>
</section>`;

/** @param {PrinterLine} printer */
const where = (printer) =>
  [
    boot.models[printer.model] ?? printer.model,
    printer.address
      ? `${CONNECTIONS[printer.connection]()} ${printer.address}`
      : _("no address: papers are kept as pictures"),
    printer.has_agent ? _("by a print agent") : "",
    textOf(printer.zone),
    printer.is_kiosk_printer ? _("slips of the kiosks") : "",
  ]
    .filter(Boolean)
    .join(" · ");

/** @param {PrinterLine} printer */
const condition = (printer) => {
  if (!printer.is_device) return html`<span class="state is-idle">${icon("document")}${_("Pictures")}</span>`;
  if (!printer.condition) return html`<span class="state is-idle">${icon("clock")}${_("Not looked at yet")}</span>`;
  const { tone, drawing, word } = CONDITIONS[printer.condition]();
  return html`<span class="state ${tone}" data-condition=${printer.condition}
    >${icon(drawing)}${word}</span
  >`;
};

/** @param {PrinterLine} printer */
const advice = (printer) => {
  const said = printer.condition ? CONDITIONS[printer.condition]() : null;
  if (!said?.advice || !printer.since) return nothing;
  const other = textOf(printer.stand_in);
  return html`<p class="notice ${said.tone}">
    ${icon(said.drawing)}
    <span>
      ${_("since %(time)s", { time: clockTime(printer.since) })}: ${said.advice}
      ${other ? _("Slips come out at %(printer)s meanwhile.", { printer: other }) : nothing}
    </span>
  </p>`;
};

/** @param {PrinterLine} printer */
const figures = ({ printed, open, doubtful }) =>
  [
    n_("%(num)s paper today", "%(num)s papers today", printed),
    open ? n_("%(num)s waits", "%(num)s wait", open) : "",
    doubtful ? n_("%(num)s perhaps not printed", "%(num)s perhaps not printed", doubtful) : "",
  ]
    .filter(Boolean)
    .join(" · ");

/** @param {JobLine} job */
const jobLine = (job) => {
  const { tone, drawing, word } = (RESULTS[job.result] ?? RESULTS.unknown)();
  const why = job.result === "not_sent" || job.result === "unknown" ? reasonWords(job.detail) : "";
  const from = textOf(job.moved_from);
  const more = [why, from ? _("taken over from %(printer)s", { printer: from }) : ""].filter(Boolean);
  return html`<li class="printer-job" data-job=${job.id}>
    <span class="dim small">${clockTime(job.at)}</span>
    <span>
      <strong>${job.number}</strong> ${KINDS[job.kind]()}
      ${job.copy > 1 ? _("copy %(number)s", { number: job.copy }) : nothing}
    </span>
    <span class="state small ${tone}">${icon(drawing)}${word}</span>
    ${more.length ? html`<span class="small dim job-why">${more.join(" · ")}</span>` : nothing}
  </li>`;
};

/** @param {PrinterLine} printer */
const testPrint = async (printer) => {
  try {
    await post(`/api/v1/centres/${boot.centre}/printers/${printer.id}/test`);
    toast(_("The test print is on its way. Look at letters, code, width and cut."), "done");
  } catch (refusal) {
    toast(sentenceOf(refusal), "warning");
  }
};
