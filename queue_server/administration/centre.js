/** The centre itself: what it is called, how it is reached, when it is open. */

import { _ } from "../web/js/i18n.js";
import { html } from "../web/js/templates.js";
import { setting } from "./controls.js";
import { topPart } from "./desk.js";
import { exceptionDays } from "./exceptions.js";
import { weekGrid } from "./hours.js";
import { editingHeading, group, partGroup } from "./plain_sections.js";

export const centreSection = () => html`${editingHeading(_("Centre and hours"), _("What the centre is called, how it is reached, and when it is open."))}
  ${group(
    "names",
    _("Name and contact"),
    html`<div class="settings">
      ${setting(topPart("name"), ["name"], { label: _("Name of the centre"), help: _("On screens, slips and receipts.") })}
      ${setting(topPart("address"), ["address"])} ${setting(topPart("hotline"), ["hotline"])} ${setting(topPart("portal"), ["portal"])}
    </div>`,
  )}
  ${group("hours", _("Opening hours"), weekGrid(), _("The kiosk stops giving numbers a little before closing, so that whoever holds one is still served."))}
  ${group("exceptions", _("Single days that differ"), exceptionDays(), _("Days off, days worked in exchange, shorter days."))}
  ${group(
    "languages",
    _("Languages and time"),
    html`<div class="settings">${setting(topPart("languages"), ["languages"])} ${setting(topPart("timezone"), ["timezone"], { help: _("Zone of every time of day, e.g. Asia/Ho_Chi_Minh.") })}</div>`,
  )}
  ${partGroup("holidays", _("For due dates. The calendar of the country is built in; only what differs from it is written here."))}`;
