/**
 * The manager's live page. Boot: `centre`, `timezone`, `languages`, `procedures`, `zones`.
 *
 * Every view is drawn whole; ages are drawn anew every few seconds from the server's time.
 */

import { boot } from "../../web/js/boot.js";
import { showStaffConnection } from "../../web/js/connection.js";
import { redrawDialog } from "../../web/js/dialog.js";
import { _, textOf } from "../../web/js/i18n.js";
import { icon } from "../../web/js/icons.js";
import { connect } from "../../web/js/live.js";
import { html, keyed, render } from "../../web/js/templates.js";
import { SilentScreens } from "../hall/silent_screens.js";
import { alarmList } from "./alarm_list.js";
import { ChipMover } from "./chip_mover.js";
import { orSay } from "./commands.js";
import { counterCards } from "./counter_cards.js";
import { openCounterDialog } from "./counter_dialog.js";
import { dayControl } from "./day_control.js";
import { dayPart } from "./day_part.js";
import { HELPING, openFieldDialog, serveAlso } from "./field_dialog.js";
import { figures } from "./figures.js";
import { messageBoard } from "./message_board.js";
import { ProfileChanges } from "./profile_changes.js";
import { profilesPart, setLevel } from "./profiles_part.js";
import { proposalPanel } from "./proposal_panel.js";
import { currentTab, tabBar } from "./tabs.js";
import { TodayFeed } from "./today.js";
import { Trend, trendTable } from "./trend.js";
import { waitingTable } from "./waiting_table.js";
import { waitingTables } from "./waiting_tables.js";
import { Asking } from "./what_if_ask.js";
import { whatIfPart } from "./what_if_part.js";

/** @typedef {import("./load_types.js").Load} Load */
/** @typedef {import("./load_types.js").CounterLoad} CounterLoad */
/** @typedef {import("./load_types.js").FieldLoad} FieldLoad */
/** @typedef {import("./counter_dialog.js").ProcedureName} ProcedureName */

const REDRAW_MS = 5_000;
const DRAWN_EVERY_MS = 400;

const root = /** @type {HTMLElement} */ (document.getElementById("load"));
const said = /** @type {HTMLElement} */ (document.getElementById("said"));

/** @type {ProcedureName[]} */
const procedures = boot.procedures ?? [];
const procedureNames = new Map(procedures.map(({ code, name }) => [code, textOf(name)]));
const trend = new Trend();
const redraw = () => draw();
const changes = new ProfileChanges(redraw);
const asking = new Asking(redraw);
const feed = new TodayFeed(redraw);
const silent = new SilentScreens(redraw);

/** @type {Load | null} */
let load = null;

const line = connect({ onState: showStaffConnection, mayReload: () => !document.querySelector("dialog[open]") });

/** The newest load; only called once there is one. */
const newest = () => /** @type {Load} */ (load);

const draw = () => {
  if (!load) return;
  const now = line.now();
  root.querySelector("#loading")?.remove();
  render(load.is_configured ? page(load, now) : notConfigured(), root);
  redrawDialog();
};

let drawnAt = -Infinity;
let timer = 0;

/** Draw what came, but not more often than eyes can follow. */
const drawSoon = () => {
  if (timer) return;
  const pause = drawnAt + DRAWN_EVERY_MS - performance.now();
  timer = setTimeout(() => {
    timer = 0;
    drawnAt = performance.now();
    draw();
  }, Math.max(0, pause));
};

const notConfigured = () =>
  html`<p class="notice">
    ${icon("info")}<span
      >${_("This centre has no configuration yet. Please ask the administrator.")}</span
    >
  </p>`;

/**
 * @param {Load} shown
 * @param {number} now
 */
const page = (shown, now) => {
  const tab = currentTab();
  return html`<div class="stack load">
    ${dayControl(shown, now, newest)} ${tabBar(tab)} ${keyed(tab, PARTS[tab](shown, now))}
  </div>`;
};

/** @param {FieldLoad} field @param {string | null} counter */
const openField = (field, counter) => openFieldDialog(field, counter, newest);
/** @param {CounterLoad} counter */
const manage = (counter) => openCounterDialog(counter.id, newest, procedures);

/** @type {Record<import("./tabs.js").Tab, (shown: Load, now: number) => unknown>} */
const PARTS = {
  now: (shown, now) => hallNow(shown, now),
  profiles: (shown) => profilesPart(shown, changes, profileActions),
  "what-if": (shown) => whatIfPart(shown, asking, draw),
  day: (shown) => dayPart(shown, feed, draw),
};

/**
 * @param {Load} shown
 * @param {number} now
 */
const hallNow = (shown, now) => html`
  ${figures(shown, now)} ${silent.draw()} ${alarmList(shown, now)} ${proposalPanel(shown, now)}
  ${counterCards(shown, now, {
    onManage: manage,
    onChip: (counter, field) => openField(field, counter.id),
  })}
  <div class="load-columns">
    <div class="stack">
      ${waitingTables(shown, now, {
        trend,
        procedures,
        onHelp: (field) => openField(field, null),
        redraw: draw,
      })}
      ${trendTable(trend, shown)}
    </div>
    <div class="stack">
      ${waitingTable(shown, now, (code) => procedureNames.get(code) ?? code, draw)}
      ${messageBoard(shown, now, { load: newest, now: () => line.now() })}
    </div>
  </div>
`;

/** @param {string} id */
const counterOf = (id) => load?.counters.find((counter) => counter.id === id);
/** @param {string} id */
const fieldOf = (id) => load?.fields.find((field) => field.id === id);

/** @param {string} words */
const say = (words) => {
  said.textContent = words;
};

/** @type {import("./profiles_part.js").PartActions} */
const profileActions = {
  newest,
  say,
  onField: openField,
  onManage: manage,
  trained: boot.trained ?? {},
};

new ChipMover(root, {
  say,
  nameOfCounter: (id) => _("Counter %(number)s", { number: counterOf(id)?.number ?? id }),
  nameOfField: (id) => textOf(fieldOf(id)?.name),
  onDrop: ({ field: fieldId, to }) => {
    const [field, counter] = [fieldOf(fieldId), counterOf(to)];
    if (!field || !counter) return;
    if (counter.profile.fields?.[field.id]) {
      const names = { counter: counter.number, field: textOf(field.name) };
      return say(_("Counter %(counter)s serves %(field)s already.", names));
    }
    if (currentTab() === "profiles") return setLevel(counter, field, HELPING, changes, profileActions);
    return orSay(() => serveAlso(counter, field, HELPING));
  },
});

line.watch("load", boot.centre, "", (body) => {
  load = body;
  trend.note(body, line.now());
  drawSoon();
});
addEventListener("hashchange", draw);
setInterval(draw, REDRAW_MS);
