/**
 * The administrator's pages. Boot: `me`, `centre`, `now`, `timezone`, `form`, `languages`, `icons`, `models`.
 *
 * One module for all sections: the draft stays in memory while one walks about.
 */

import { post, Refusal } from "../web/js/api.js";
import { boot } from "../web/js/boot.js";
import { _, clockTime, n_ } from "../web/js/i18n.js";
import { icon } from "../web/js/icons.js";
import { sentenceOf } from "../web/js/refusals.js";
import { html, nothing, render } from "../web/js/templates.js";
import { toast } from "../web/js/toast.js";
import { office } from "../accounts/pages/office.js";
import { devicePanel } from "../accounts/pages/device_panel.js";
import { staffPanel } from "../accounts/pages/staff_panel.js";
import { centreSection } from "./centre.js";
import { changesSection, countOfChanges } from "./changes.js";
import { countersSection } from "./counters.js";
import { draft, onRedraw, redraw, topPart } from "./desk.js";
import { openEntry } from "./entries.js";
import { historySection } from "./history.js";
import { lookOf } from "./looks.js";
import { overviewSection } from "./overview.js";
import { paperSection, rulesSection, screensSection } from "./plain_sections.js";
import { proceduresSection } from "./procedures.js";
import { addressOf, sectionHere, SECTIONS } from "./sections.js";

/** @type {Record<string, () => unknown>} */
const DRAWN = {
  overview: overviewSection,
  centre: centreSection,
  procedures: proceduresSection,
  counters: countersSection,
  screens: screensSection,
  paper: paperSection,
  rules: rulesSection,
  staff: () => (office.isLoaded ? staffPanel(office) : loading()),
  devices: () => (office.isLoaded ? devicePanel(office) : loading()),
  changes: changesSection,
  history: historySection,
};

const loading = () => html`<p class="row dim"><span class="spinner" aria-hidden="true"></span>${_("Loading …")}</p>`;

const root = /** @type {HTMLElement} */ (document.getElementById("admin"));
root.replaceChildren();

const draw = () => {
  const here = sectionHere();
  render(
    html`<div class="admin">
      ${navigation(here)}
      <div class="admin-main stack" id="section">
        ${(DRAWN[here] ?? overviewSection)()}
      </div>
    </div>
    ${here === "changes" ? nothing : draftBar()}`,
    root,
  );
};

/** @param {string} here */
const navigation = (here) => html`<nav class="admin-nav no-print" aria-label=${_("Administration")}>
  <ul class="admin-places">
    ${SECTIONS.map(({ id, drawing, name, parts = [] }) => {
      const errors = draft.errors.filter(({ key }) => parts.includes(key.split(/[.[]/)[0])).length;
      const count = id === "changes" ? countOfChanges() : 0;
      return html`<li>
        <a href=${addressOf(id)} aria-current=${id === here ? "page" : nothing}>
          ${icon(drawing)}<span>${name}</span>
          ${errors ? html`<span class="count is-danger">${errors}<span class="visually-hidden"> ${n_("problem", "problems", errors)}</span></span>` : nothing}
          ${count ? html`<span class="count">${count}<span class="visually-hidden"> ${n_("change", "changes", count)}</span></span>` : nothing}
        </a>
      </li>`;
    })}
  </ul>
</nav>`;

const draftBar = () => {
  const count = countOfChanges();
  if (!count && !draft.isAway) return nothing;
  const errors = draft.errors.length;
  return html`<div class="draft-bar no-print" role="region" aria-label=${_("Changes not applied yet")}>
    <div class="draft-bar-words">
      <strong>${n_("%(num)s change not applied yet", "%(num)s changes not applied yet", count)}</strong>
      <span class="small">${draft.isAway ? _("The server does not answer; what you entered waits here.") : draft.isKept ? _("Kept on the server") : _("Being kept …")}${othersHere()}</span>
    </div>
    ${errors ? html`<span class="state is-danger">${icon("warning")}${n_("%(num)s problem", "%(num)s problems", errors)}</span>` : nothing}
    <a class="button button-call" href=${addressOf("changes")}>${icon("check")}${_("Check and apply")}</a>
  </div>`;
};

/** Who else has changed the draft lately. */
const othersHere = () => {
  const others = draft.editors.filter(({ id }) => id !== boot.me.id);
  if (!others.length) return "";
  const said = others.map(({ name, at }) => _("%(name)s at %(time)s", { name, time: clockTime(at) })).join(", ");
  return ` · ${_("changed too by %(names)s", { names: said })}`;
};

/** Walk to another section without loading the page. @param {MouseEvent} event */
const follow = (event) => {
  const link = /** @type {HTMLElement} */ (event.target).closest("a");
  if (!(link instanceof HTMLAnchorElement) || link.target || event.metaKey || event.ctrlKey || event.shiftKey) return;
  if (link.origin !== location.origin || !/^\/admin(\/|$)/.test(link.pathname)) return;
  event.preventDefault();
  go(link.href);
};

/** @param {string} address */
const go = (address) => {
  history.pushState(null, "", address);
  arrive();
};

const arrive = () => {
  const here = SECTIONS.find(({ id }) => id === sectionHere());
  if (here) document.title = `${here.name} · ${_("Administration")}`;
  redraw();
  scrollTo(0, 0);
  showPlace();
  /** @type {HTMLElement | null} */ (root.querySelector("h1"))?.focus();
  openNamed();
};

/** On a phone the places are a row that scrolls. */
const showPlace = () => root.querySelector(".admin-nav [aria-current]")?.scrollIntoView({ block: "nearest", inline: "center" });

/** A link to a problem names the entry that it is in: ``?open=counters/counter-7``. */
const openNamed = () => {
  const [table, ...key] = (new URLSearchParams(location.search).get("open") ?? "").split("/");
  const name = key.join("/");
  if (location.hash) document.getElementById(location.hash.slice(1))?.focus();
  if (name && topPart(table)?.control.kind === "table" && draft.value([table, name])) openEntry(table, name, lookOf(table));
};

addEventListener("popstate", arrive);
root.addEventListener("click", follow);
root.addEventListener("admin-go", (event) => go(/** @type {CustomEvent} */ (event).detail));
onRedraw(draw);
office.onChange = draw;

const signOut = /** @type {HTMLElement} */ (document.getElementById("sign-out"));
signOut.onclick = () =>
  office.tell(async () => {
    await post("/api/v1/session", {}, { method: "DELETE" });
    location.assign("/sign-in?next=/admin");
  });

try {
  await draft.open();
  draw();
  showPlace();
  openNamed();
  await office.reload();
} catch (error) {
  if (error instanceof Refusal && error.status === 401) location.assign("/sign-in?next=/admin");
  else toast(sentenceOf(error), "warning");
}
