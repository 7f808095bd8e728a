/**
 * The reception's page. Boot: see counters/hall/routes.py.
 *
 * Left: giving a number. Right: finding one, and the lists of what needs putting right.
 */

import { boot } from "../../web/js/boot.js";
import { showStaffConnection } from "../../web/js/connection.js";
import { redrawDialog } from "../../web/js/dialog.js";
import { _, language } from "../../web/js/i18n.js";
import { icon } from "../../web/js/icons.js";
import { connect } from "../../web/js/live.js";
import { html, nothing, render } from "../../web/js/templates.js";
import { FindPanel } from "./find_panel.js";
import { hallLists } from "./hall_lists.js";
import { printerAlarms } from "./printer_alarms.js";
import { IssuePanel } from "./issue_panel.js";
import { openAppointmentDialog, takesAppointments } from "./appointment_dialog.js";
import { SilentScreens } from "./silent_screens.js";
import { openOutageDialog } from "./outage_dialog.js";

/** @typedef {import("./hall_types.js").Hall} Hall */

const REDRAW_MS = 5_000;

const root = /** @type {HTMLElement} */ (document.getElementById("hall"));

/** @type {Hall | null} */
let hall = null;

const isBeingUsed = () =>
  document.querySelector("dialog[open]") !== null ||
  document.activeElement instanceof HTMLInputElement;
const line = connect({ onState: showStaffConnection, mayReload: () => !isBeingUsed() });

const draw = () => {
  if (!hall) return;
  root.querySelector("#loading")?.remove();
  render(hall.is_configured ? page(hall, line.now()) : notConfigured(), root);
  redrawDialog();
};

const finding = new FindPanel(line, boot.centre, draw);
const silent = new SilentScreens(draw);
const issuing = new IssuePanel(draw, (number) => finding.find(number));

const notConfigured = () =>
  html`<p class="notice">
    ${icon("info")}<span
      >${_("This centre has no configuration yet. Please ask the administrator.")}</span
    >
  </p>`;

/**
 * @param {Hall} shown
 * @param {number} now
 */
const page = (shown, now) => html`${printerAlarms(shown.printers)}
<div class="hall-columns">
  <div class="stack">
    ${silent.draw()} ${issuing.draw(shown)}
    ${takesAppointments()
      ? html`<button
          class="button"
          id="open-appointments"
          aria-haspopup="dialog"
          @click=${() => openAppointmentDialog({ now: () => line.now() })}
        >
          ${icon("calendar")}${_("Appointments …")}
        </button>`
      : nothing}
    <button
      class="button"
      id="open-outage"
      aria-haspopup="dialog"
      @click=${() =>
        openOutageDialog({ hall: () => /** @type {Hall} */ (hall), now: () => line.now() })}
    >
      ${icon("keyboard")}${_("Enter numbers written by hand …")}
    </button>
    <a
      class="button"
      id="paper-numbers"
      target="_blank"
      href="/api/v1/centres/${encodeURIComponent(boot.centre)}/numbers.pdf?language=${language}"
    >
      ${icon("printer")}${_("Numbers for a day without the system (PDF)")}
    </a>
  </div>
  <div class="stack">${finding.draw(now)} ${hallLists(shown, now, (number) => finding.find(number))}</div>
</div>`;

line.watch("hall", boot.centre, "", (body) => {
  hall = body;
  draw();
});
setInterval(draw, REDRAW_MS);
