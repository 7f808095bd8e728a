/** The first page: how the server is doing, what needs doing, who changed what. */

import { get } from "../web/js/api.js";
import { boot } from "../web/js/boot.js";
import { _, clockTime, day, n_, number, weekday } from "../web/js/i18n.js";
import { icon } from "../web/js/icons.js";
import { sentenceOf } from "../web/js/refusals.js";
import { html, nothing } from "../web/js/templates.js";
import { toast } from "../web/js/toast.js";
import { nameOf, redraw } from "./desk.js";
import { heading } from "./plain_sections.js";
import { addressOf } from "./sections.js";

/**
 * @typedef {Record<string, any>} Facts
 * @typedef {{ code: string, tone: "bad" | "to_do", section: string, facts: Facts }} Finding
 * @typedef {object} Overview
 * @property {string} version
 * @property {string} database
 * @property {{ total: number, free: number } | null} disk
 * @property {{ at: string, size: number } | null} backup
 * @property {number} devices
 * @property {number} devices_online
 * @property {number} staff
 * @property {number} waiting
 * @property {Finding[]} findings
 */

const AGAIN_MS = 15_000;

/** @type {Overview | null} */
let shown = null;
let askedAt = -Infinity;

const ask = async () => {
  if (performance.now() - askedAt < AGAIN_MS) return;
  askedAt = performance.now();
  try {
    shown = await get(`/api/v1/centres/${encodeURIComponent(boot.centre)}/overview?language=${boot.language}`);
    redraw();
  } catch (error) {
    toast(sentenceOf(error), "warning");
  }
};
setInterval(() => !document.hidden && location.pathname === "/admin" && ask(), AGAIN_MS + 1_000);

export const overviewSection = () => {
  queueMicrotask(ask);
  return html`${heading(_("Overview"), _("How the centre's system is doing, and what needs doing."))}
    ${shown ? [findings(shown.findings), tiles(shown), ways()] : html`<p class="row dim"><span class="spinner" aria-hidden="true"></span>${_("Loading …")}</p>`}`;
};

/** @param {Finding[]} found */
const findings = (found) => {
  const bad = found.filter(({ tone }) => tone === "bad");
  const toDo = found.filter(({ tone }) => tone !== "bad");
  return html`${bad.length
    ? html`<section class="card stack group is-danger finding-group" aria-labelledby="bad-title">
        <h2 class="card-title" id="bad-title">${n_("%(num)s thing does not work", "%(num)s things do not work", bad.length)}</h2>
        <ul class="findings">${bad.map(finding)}</ul>
      </section>`
    : toDo.length
      ? nothing
      : html`<div class="card row nothing-to-do"><span class="badge is-done">${icon("check")}</span><p><strong>${_("Everything works.")}</strong></p></div>`}
  ${toDo.length
    ? html`<section class="card stack group" aria-labelledby="todo-title">
        <h2 class="card-title" id="todo-title">${_("Left to do")}</h2>
        <ul class="findings">${toDo.map(finding)}</ul>
      </section>`
    : nothing}`;
};

/** @param {Finding} one */
const finding = ({ code, tone, section, facts }) => {
  const words = WORDS[code]?.(facts) ?? [code, ""];
  return html`<li class=${tone === "bad" ? "is-danger" : "is-notice"}>
    <span class="state">${icon(tone === "bad" ? "warning" : "flag")}</span>
    <span><strong>${words[0]}</strong>${words[1] ? html`<br /><span class="dim small">${words[1]}</span>` : nothing}</span>
    ${section === "overview" ? nothing : html`<a class="button button-small" href=${addressOf(section)}>${_("Go there")}<span class="visually-hidden"> – ${words[0]}</span></a>`}
  </li>`;
};

/** Title and explanation of each finding. @type {Record<string, (facts: Facts) => [string, string]>} */
const WORDS = {
  schedule_missed: () => [_("The changes of today could not be applied"), _("They have a problem. Put it right and apply them.")],
  disk_full: () => [_("The disk is nearly full"), _("When it is full, no new numbers are given. Please make room.")],
  no_backup: () => [_("No backup was made yet"), _("On the server: queue-server backup FILE; best every evening by itself.")],
  old_backup: ({ days }) => [n_("The newest backup is %(num)s day old", "The newest backup is %(num)s days old", days), _("On the server: queue-server backup FILE; best every evening by itself.")],
  sound_blocked: ({ name }) => [_("The sound of “%(name)s” is blocked", { name }), _("Calls are not heard. Touch its screen once, or start it with the options in the guide.")],
  device_away: ({ name }) => [_("“%(name)s” is not connected", { name }), _("Is it switched on, and in the network?")],
  no_kiosk: () => [_("No kiosk is connected"), _("Citizens get numbers from reception only.")],
  no_board: () => [_("No lobby board is connected"), _("Nobody sees or hears the calls.")],
  no_printer: () => [_("No printer has an address"), _("Slips are shown on the screen and kept as pictures, but not printed.")],
  printer_fails: ({ printer }) => [_("The printer “%(name)s” does not print", { name: nameOf("printers", printer) }), _("The last slip did not come out. Paper, power, address?")],
  no_clerk: () => [_("Nobody may serve at a counter"), _("Add staff with the role clerk.")],
  no_manager: () => [_("Nobody runs the centre"), _("Add somebody with the role manager.")],
  one_administrator: () => [_("There is only one administrator"), _("If this account is lost, nobody can let others in. Add a second one.")],
  sample_agency: () => [_("Dossier codes begin with the sample agency H00.000"), _("Enter the identifier of your own agency before the first dossier is received.")],
  no_hotline: () => [_("No telephone number"), _("Slips and receipts name the number to call.")],
  unchecked_terms: ({ count }) => [n_("%(num)s procedure has a term nobody has checked", "%(num)s procedures have terms nobody has checked", count), _("Screens say “usually” until they are compared with the official text.")],
  open_on_holiday: ({ day: on, name }) => [_("The centre would be open on %(day)s", { day: weekday(`${on}T05:00:00Z`) }), _("It is a public holiday: %(name)s.", { name })],
  warnings: ({ count }) => [n_("%(num)s hint about the configuration", "%(num)s hints about the configuration", count), _("Nothing is wrong, but it could be better.")],
};

/** @param {Overview} of */
const tiles = ({ version, database, disk, backup, devices, devices_online, staff, waiting }) => html`<ul class="tiles" aria-label=${_("State of the system")}>
  ${tile("screen", _("Devices connected"), _("%(some)s of %(all)s", { some: number(devices_online), all: number(devices) }))}
  ${tile("people", _("Staff who may sign in"), number(staff))}
  ${tile("ticket", _("Waiting now"), number(waiting))}
  ${tile("documents", _("Newest backup"), backup ? `${day(backup.at)}, ${clockTime(backup.at)}` : _("none"), backup ? size(backup.size) : "")}
  ${tile("gear", _("Free on the disk"), disk ? size(disk.free) : _("not known"), disk ? _("of %(all)s", { all: size(disk.total) }) : "")}
  ${tile("info", _("Version"), version.split("+")[0], database === "postgresql" ? "PostgreSQL" : "SQLite")}
</ul>`;

/**
 * @param {string} drawing
 * @param {string} name
 * @param {string} value
 * @param {string} [more]
 */
const tile = (drawing, name, value, more = "") => html`<li class="card tile">
  <span class="small dim row">${icon(drawing)}${name}</span>
  <strong class="tile-value">${value}</strong>
  ${more ? html`<span class="small dim">${more}</span>` : nothing}
</li>`;

/** @type {[number, string][]} */
const UNITS = [
  [2 ** 40, "terabyte"],
  [2 ** 30, "gigabyte"],
  [2 ** 20, "megabyte"],
  [2 ** 10, "kilobyte"],
];

/** "12,5 GB". @param {number} bytes */
const size = (bytes) => {
  const [unit, name] = UNITS.find(([least]) => bytes >= least) ?? [1, "byte"];
  return new Intl.NumberFormat(boot.language, { style: "unit", unit: name, unitDisplay: "short", maximumFractionDigits: 1 }).format(bytes / unit);
};

const ways = () => html`<section class="stack" aria-labelledby="ways-title">
  <h2 class="card-title" id="ways-title">${_("What is often done here")}</h2>
  <ul class="grid ways">
    ${way("procedures", "documents", _("Bring procedures up to date"), _("Edit one, or import a table from Excel"))}
    ${way("counters", "counter", _("Change what counters serve"), _("One grid, a press for each cell"))}
    ${way("centre", "calendar", _("Enter days off"), _("Public holidays with one button"))}
    ${way("devices", "kiosk", _("Connect a screen"), _("Add it, open its link there"))}
    ${way("staff", "person", _("Add a colleague"), _("They choose their own password"))}
    ${way("history", "undo", _("Go back to how it was"), _("Every configuration is kept"))}
  </ul>
</section>`;

/**
 * @param {string} section
 * @param {string} drawing
 * @param {string} name
 * @param {string} words
 */
const way = (section, drawing, name, words) => html`<li><a class="card card-link" href=${addressOf(section)}>
  <span class="badge">${icon(drawing)}</span><span><strong>${name}</strong><span class="dim">${words}</span></span>
</a></li>`;
