/**
 * The dossier register. Boot: see counters/register/routes.py.
 *
 * Today comes over the socket; an earlier day, or the whole of a long one, is asked for.
 *
 * @typedef {import("./register_types.js").DayRegister} DayRegister
 * @typedef {import("./register_types.js").Entry} Entry
 */

import { boot } from "../../web/js/boot.js";
import { showStaffConnection } from "../../web/js/connection.js";
import { _, n_, number, plain, weekday } from "../../web/js/i18n.js";
import { icon } from "../../web/js/icons.js";
import { connect } from "../../web/js/live.js";
import { html, live, nothing, render } from "../../web/js/templates.js";
import { failureList } from "./failures.js";
import { dossiersOf, RegisterCommands } from "./register_commands.js";
import { registerTable } from "./register_table.js";
import { procedureName } from "./register_words.js";
import { writtenForms } from "./written_forms.js";

const root = /** @type {HTMLElement} */ (document.getElementById("register"));

/** @type {DayRegister | null} */
let today = null;
/** Another day than today, "" for today. */
let chosen = "";
/** Lines that were asked for: of `chosen`, or the whole of today. @type {Entry[] | null} */
let asked = null;
let wanted = "";

const line = connect({ onState: showStaffConnection, mayReload: () => !wanted });
const commands = new RegisterCommands(() => draw());

const draw = () => {
  if (!today) return;
  root.querySelector("#loading")?.remove();
  root.ariaBusy = "false";
  render(today.is_configured ? page(today) : notConfigured(), root);
};

const notConfigured = () =>
  html`<p class="notice">
    ${icon("info")}<span
      >${_("This centre has no configuration yet. Please ask the administrator.")}</span
    >
  </p>`;

const presentDay = () => today?.day ?? boot.today ?? "";

/** @param {string} day */
const choose = async (day) => {
  chosen = day === presentDay() ? "" : day;
  asked = null;
  const address = new URL(location.href);
  if (chosen) address.searchParams.set("day", chosen);
  else address.searchParams.delete("day");
  history.replaceState(null, "", address);
  draw();
  if (chosen) await askFor(chosen);
};

/** @param {string} day */
const askFor = async (day) => {
  const found = await dossiersOf(day);
  if (day !== (chosen || presentDay())) return; // another day was chosen meanwhile
  asked = found ?? [];
  draw();
};

/** @param {DayRegister} register */
const page = (register) => html`<div class="stack">
  <div class="row row-apart">
    <div>
      <h1>${_("Dossier register")}</h1>
      <p class="dim" id="which-day">${dayWords()}</p>
    </div>
    ${tools()}
  </div>
  ${failureList(register, (entries) => commands.send(entries), commands.underWay)}
  ${chosen ? nothing : figures(register)}
  ${chosen ? nothing : writtenForms(register, (form) => commands.printForm(form), commands.underWay)}
  ${lines(register)}
</div>`;

const dayWords = () => {
  const day = chosen || presentDay();
  return day ? weekday(`${day}T12:00:00Z`) : _("The day is not open yet.");
};

const tools = () => html`<div class="row no-print">
  <label class="input-search register-search">
    <span class="visually-hidden">${_("Find in the register")}</span>
    ${icon("search")}
    <input
      class="input"
      id="find"
      type="search"
      placeholder=${_("Code, number, procedure")}
      .value=${live(wanted)}
      @input=${(/** @type {any} */ event) => {
        wanted = event.target.value;
        draw();
      }}
    />
  </label>
  <label class="row register-day">
    <span>${_("Day")}</span>
    <input
      class="input"
      id="day"
      type="date"
      max=${presentDay()}
      .value=${live(chosen || presentDay())}
      @change=${(/** @type {any} */ event) => choose(event.target.value || presentDay())}
    />
  </label>
  ${chosen
    ? html`<button class="button" @click=${() => choose(presentDay())}>
        ${icon("calendar")}${_("Today")}
      </button>`
    : nothing}
</div>`;

/** @param {DayRegister} register */
const figures = ({ received, waiting, delivered, failed }) => html`<dl class="register-figures">
  ${figure(_("Received"), received, "")} ${figure(_("Being sent"), waiting, "is-serving")}
  ${figure(_("Sent"), delivered, "is-done")}
  ${figure(_("Not sent"), failed, failed ? "is-danger" : "is-idle")}
</dl>`;

/**
 * @param {string} words
 * @param {number} value
 * @param {string} colour
 */
const figure = (words, value, colour) => html`<div class="card figure ${colour}">
  <dt class="dim">${words}</dt>
  <dd class="figure-value">${number(value)}</dd>
</div>`;

/** @param {DayRegister} register */
const lines = (register) => {
  if (chosen && !asked) return html`<p class="row dim"><span class="spinner"></span></p>`;
  const entries = chosen ? (asked ?? []) : present(register);
  const shown = entries.filter(isWanted);
  if (!shown.length) return nothingFound(entries.length > 0);
  return html`${registerTable(shown, {
    caption: dayWords(),
    onPrint: (entry) => commands.print(entry),
    underWay: commands.underWay,
  })}${chosen ? nothing : rest(register, entries.length)}`;
};

/** Today's newest as they are now, and the older ones that were asked for. @param {DayRegister} register */
const present = ({ entries }) => {
  const newest = new Set(entries.map(({ code }) => code));
  return [...entries, ...(asked ?? []).filter(({ code }) => !newest.has(code))];
};

/**
 * @param {DayRegister} register
 * @param {number} shown
 */
const rest = ({ received }, shown) =>
  received > shown
    ? html`<button class="button no-print" @click=${() => askFor(presentDay())}>
        ${icon("arrow-down")}${n_(
          "Show %(num)s more",
          "Show %(num)s more",
          received - shown,
        )}
      </button>`
    : nothing;

/** @param {Entry} entry */
const isWanted = (entry) => {
  const text = plain(`${entry.code} ${entry.number} ${procedureName(entry)} ${entry.procedure}`);
  return plain(wanted)
    .split(/\s+/)
    .every((word) => text.includes(word));
};

/** @param {boolean} isFiltered */
const nothingFound = (isFiltered) => html`<p class="notice is-idle">
  ${icon("info")}<span
    >${isFiltered
      ? _("No dossier fits what you are looking for.")
      : _("No dossier was received on this day.")}</span
  >
</p>`;

line.watch("register", boot.centre, "", (body) => {
  today = body;
  draw();
});
const first = new URLSearchParams(location.search).get("day");
if (first && first !== boot.today) choose(first);
