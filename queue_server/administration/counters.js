/** Counters: who stands where, and what each one serves, as one grid. */

import { _, n_ } from "../web/js/i18n.js";
import { html } from "../web/js/templates.js";
import { draft } from "./desk.js";
import { entryList } from "./entries.js";
import { lookOf } from "./looks.js";
import { editingHeading, group, tableGroup } from "./plain_sections.js";
import { profileGrid } from "./profile_grid.js";

export const countersSection = () => html`${editingHeading(_("Counters"), _("Where staff serve, and what each counter serves."))}
  ${group("profiles", _("Who serves what"), profileGrid(), _("Press a cell until it is right: first what the counter is best at, then what it helps with."))}
  ${group("counters", _("Counters"), entryList("counters", lookOf("counters")), n_("%(num)s counter", "%(num)s counters", Object.keys(draft.tree.counters ?? {}).length))}
  ${tableGroup("zones", _("Parts of the lobby, each with its own boards and counters."))}
  ${tableGroup("pause_reasons", _("What a clerk may choose when pausing a counter."))}
  ${tableGroup("park_reasons", _("What a clerk may choose when a citizen is set aside for a while."))}`;
