/** The parts of the administrator's pages, and which settings stand where. */

import { _, language } from "../web/js/i18n.js";
import { form } from "./desk.js";

/**
 * @typedef {object} Section
 * @property {string} id  last step of the address
 * @property {string} drawing
 * @property {string} name
 * @property {string[]} [parts]  settings at the top of the configuration
 */

/** @type {Section[]} */
export const SECTIONS = [
  { id: "overview", drawing: "home", name: _("Overview") },
  {
    id: "centre",
    drawing: "building",
    name: _("Centre and hours"),
    parts: ["name", "address", "hotline", "portal", "timezone", "languages", "hours", "holidays"],
  },
  { id: "procedures", drawing: "documents", name: _("Fields and procedures"), parts: ["fields", "procedures", "reception_procedure"] },
  { id: "counters", drawing: "counter", name: _("Counters"), parts: ["counters", "zones", "pause_reasons", "park_reasons"] },
  { id: "screens", drawing: "screen", name: _("Screens"), parts: ["boards", "kiosks", "signs", "counter_signs", "notices"] },
  { id: "paper", drawing: "printer", name: _("Paper and voice"), parts: ["printers", "kiosk_printer", "logo", "slips", "documents", "paper", "speech", "voices"] },
  { id: "rules", drawing: "scales", name: _("Rules"), parts: ["priority_classes", "limits", "dossiers", "rating", "remote_tickets", "appointments_per_half_hour", "rebalancing"] },
  { id: "staff", drawing: "people", name: _("Staff") },
  { id: "devices", drawing: "kiosk", name: _("Devices") },
  { id: "changes", drawing: "check", name: _("Check and apply") },
  { id: "history", drawing: "clock", name: _("History and files") },
];

/** Not edited here: the name in addresses, and the order of calls, which has a page of its own. */
const ELSEWHERE = new Set(["id", "routing"]);
const PLACED = new Set(SECTIONS.flatMap(({ parts = [] }) => parts));

/** Settings that a newer server has and nobody has placed yet. */
export const UNPLACED = (form.parts ?? []).map(({ name }) => name).filter((name) => !PLACED.has(name) && !ELSEWHERE.has(name));

/** The section in which a setting stands. @param {string} part */
export const sectionOf = (part) => SECTIONS.find(({ parts }) => parts?.includes(part))?.id ?? "rules";

/** Address of a section, in the reader's language and of the same centre. @param {string} id */
export const addressOf = (id) => {
  const query = new URLSearchParams(location.search);
  query.delete("open");
  if (language !== "vi") query.set("language", language);
  const path = id === "overview" ? "/admin" : `/admin/${id}`;
  return query.size ? `${path}?${query}` : path;
};

/** The section that the address names. */
export const sectionHere = () => location.pathname.split("/")[2] || "overview";
