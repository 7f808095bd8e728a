/**
 * The administrator's page about printers. Boot: see printers/pages/routes.py.
 *
 * @typedef {import("./printer_types.js").PrintersView} PrintersView
 */

import { boot } from "../../web/js/boot.js";
import { showStaffConnection } from "../../web/js/connection.js";
import { _ } from "../../web/js/i18n.js";
import { icon } from "../../web/js/icons.js";
import { connect } from "../../web/js/live.js";
import { html, render } from "../../web/js/templates.js";
import { printerCard } from "./printer_card.js";
import { SearchPanel } from "./search_panel.js";

const root = /** @type {HTMLElement} */ (document.getElementById("printers"));

/** @type {PrintersView | null} */
let shown = null;

const draw = () => {
  if (!shown) return;
  root.querySelector("#loading")?.remove();
  root.ariaBusy = "false";
  render(page(shown), root);
};

const searching = new SearchPanel(draw, () => shown?.printers ?? []);
const line = connect({ onState: showStaffConnection, mayReload: () => !searching.isBusy });

/** @param {PrintersView} view */
const page = ({ printers }) => html`
  <h1 class="visually-hidden">${_("Printers")}</h1>
  ${printers.length
    ? html`<div class="printer-cards">${printers.map(printerCard)}</div>`
    : html`<p class="notice">
        ${icon("info")}<span>${_("The centre has no printer: slips are shown as pictures.")}</span>
      </p>`}
  ${searching.draw()}
`;

line.watch("printers", boot.centre, "", (view) => {
  shown = view;
  draw();
});
