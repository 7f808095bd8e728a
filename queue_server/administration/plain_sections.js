/** Sections that are lists of settings and entries without more ado. */

import { _, language } from "../web/js/i18n.js";
import { icon } from "../web/js/icons.js";
import { html, nothing } from "../web/js/templates.js";
import { setting, settings } from "./controls.js";
import { draft, topPart } from "./desk.js";
import { entryList } from "./entries.js";
import { lookOf } from "./looks.js";
import { UNPLACED } from "./sections.js";

/**
 * A card with a heading.
 *
 * @param {string} id
 * @param {string} heading
 * @param {unknown} body
 * @param {string} [words]
 */
export const group = (id, heading, body, words = "") => html`<section class="card stack group" aria-labelledby="group-${id}">
  <div>
    <h2 class="card-title" id="group-${id}">${heading}</h2>
    ${words ? html`<p class="dim">${words}</p>` : nothing}
  </div>
  ${body}
</section>`;

/** @param {string} name @param {string} [words] */
export const heading = (name, words = "") => html`<div>
  <h1 class="page-title" tabindex="-1">${name}</h1>
  ${words ? html`<p class="dim">${words}</p>` : nothing}
</div>`;

/** The heading of a section that edits the draft: whoever comes new may try everything. @param {string} name @param {string} words */
export const editingHeading = (name, words) => html`${heading(name, words)}
  ${draft.edits.length
    ? nothing
    : html`<p class="draft-note">${icon("info")}<span>${_("Change what you like: nothing happens before you check and apply it, and it can always be put back.")}</span></p>`}`;

/** @param {string} table */
export const tableGroup = (table, words = topPart(table)?.help ?? "") =>
  topPart(table) ? group(table, topPart(table).label, entryList(table, lookOf(table)), words) : nothing;

/** A setting at the top of the form as a card of its own. @param {string} name @param {string} [words] */
export const partGroup = (name, words) => {
  const part = topPart(name);
  if (!part) return nothing;
  if (isEntries(part)) return tableGroup(name, words);
  if (part.control.kind !== "struct") return group(name, part.label, html`<div class="group-single">${setting(part, [name], { help: words ? "" : part.help })}</div>`, words);
  return group(name, part.label, html`<div class="settings">${settings(part.control.parts ?? [], [name])}</div>`, words ?? part.help);
};

/** @param {import("./desk.js").Part} part */
const isEntries = ({ control }) => control.kind === "table" && ["struct", "texts"].includes(control.of?.kind ?? "");

export const screensSection = () => html`${editingHeading(_("Screens"), _("What boards, kiosks and counter signs show. The devices themselves are connected under “Devices”."))}
  ${["boards", "kiosks", "signs", "counter_signs"].map((name) => partGroup(name))}
  ${partGroup("notices", _("Sentences that take turns at the foot of the boards."))}
  ${links([
    [`/board?language=${language}`, _("See the board")],
    [`/kiosk?language=${language}`, _("See the kiosk")],
  ])}`;

export const paperSection = () => html`${editingHeading(_("Paper and voice"), _("Where slips and receipts come out, and how calls are spoken."))}
  ${tableGroup("printers", _("Without an address the paper is shown on the screen and kept as a picture."))}
  ${links([[`/printers?language=${language}`, _("Find printers, print a trial page")]])}
  ${partGroup("kiosk_printer")}
  ${group("templates", _("What is on paper"), links([[`/paper?language=${language}`, _("Change slips and forms")]]), _("Logo, order and texts of slips and forms are changed on a page that shows the paper."))}
  ${["paper", "speech", "voices"].map((name) => partGroup(name))}
  ${links([[`/voice?language=${language}`, _("Record a voice")]])}`;

export const rulesSection = () => html`${editingHeading(_("Rules"), _("Who goes before whom, how long things last, how dossiers are coded."))}
  ${tableGroup("priority_classes", _("Nobody simply goes first: a priority number counts as having waited longer, and everybody is called in the end."))}
  ${["dossiers", "limits", "rating", "remote_tickets", "appointments_per_half_hour", "rebalancing"].map((name) => partGroup(name))}
  ${group("order", _("Order of calls"), html`<p>${_("The order of calls has a page of its own, where it is tried on the people who wait now.")}</p>${links([[`/order?language=${language}`, _("Open the order of calls")]])}`)}
  ${UNPLACED.map((name) => partGroup(name))}`;

/** @param {[string, string][]} targets */
const links = (targets) => html`<p class="row">${targets.map(([href, words]) => html`<a class="button" href=${href} target="_blank" rel="noopener">${icon("arrow-right")}${words}</a>`)}</p>`;
