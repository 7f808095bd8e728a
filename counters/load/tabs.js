/** The parts of the manager's page, one at a time, each with an address of its own. */

import { _ } from "../../web/js/i18n.js";
import { icon } from "../../web/js/icons.js";
import { html } from "../../web/js/templates.js";

/** @typedef {"now" | "profiles" | "what-if" | "day"} Tab */

/** @type {{ id: Tab, drawing: string, name: () => string }[]} */
const TABS = [
  { id: "now", drawing: "people", name: () => _("The hall now") },
  { id: "profiles", drawing: "counter", name: () => _("Work profiles") },
  { id: "what-if", drawing: "help", name: () => _("What if?") },
  { id: "day", drawing: "chart", name: () => _("The day so far") },
];

/** The part the address names; the hall as it is now for any other. @returns {Tab} */
export const currentTab = () => TABS.find(({ id }) => `#${id}` === location.hash)?.id ?? "now";

/** @param {Tab} current */
export const tabBar = (current) =>
  html`<nav class="tabs" aria-label=${_("Parts of this page")}>
    ${TABS.map(
      ({ id, drawing, name }) =>
        html`<a href="#${id}" aria-current=${id === current ? "page" : "false"}
          >${icon(drawing)}<span>${name()}</span></a
        >`,
    )}
  </nav>`;
