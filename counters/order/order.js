/**
 * The page of the order of calls. Boot: `centre`, `timezone`.
 *
 * What is in force comes over the socket; what is being edited is a draft, tried on the example
 * by the server before it is saved.
 */

import { post } from "../../web/js/api.js";
import { boot } from "../../web/js/boot.js";
import { showStaffConnection } from "../../web/js/connection.js";
import { _, textOf, number } from "../../web/js/i18n.js";
import { icon } from "../../web/js/icons.js";
import { connect } from "../../web/js/live.js";
import { sentenceOf } from "../../web/js/refusals.js";
import { html, nothing, render } from "../../web/js/templates.js";
import { toast } from "../../web/js/toast.js";
import { askWhy } from "../explanation/why.js";
import { exampleTable } from "./example_table.js";
import { modeCards } from "./mode_cards.js";
import { numberFields } from "./number_fields.js";

/**
 * @typedef {import("./order_types.js").Order} Order
 * @typedef {import("./order_types.js").Routing} Routing
 * @typedef {import("./order_types.js").Example} Example
 */

const CENTRE = `/api/v1/centres/${encodeURIComponent(boot.centre)}`;
const root = /** @type {HTMLElement} */ (document.getElementById("order"));

/** @type {Order | null} */
let order = null;
/** @type {Routing | null} what is being edited; null when nothing was changed */
let draft = null;
/** @type {Example | null} the example under the draft */
let tried = null;
let problem = "";
let isBusy = false;

const line = connect({ onState: showStaffConnection, mayReload: () => draft === null });
let unwatch = () => {};

/** @param {string} counter */
const watch = (counter) => {
  unwatch();
  unwatch = line.watch("order", boot.centre, counter, (body) => {
    order = body;
    if (draft && isSame(draft, body.routing)) forget();
    draw();
  });
};

const draw = () => {
  if (!order) return;
  root.querySelector("#loading")?.remove();
  render(order.is_configured ? page(order) : notConfigured(), root);
};

const notConfigured = () =>
  html`<p class="notice">${icon("info")}<span>${_("This centre has no configuration yet. Please ask the administrator.")}</span></p>`;

/** @param {Order} shown */
const page = (shown) => {
  const routing = draft ?? shown.routing;
  return html`<form class="stack order" @submit=${save} autocomplete="off">
    <div class="row row-apart">
      <div>
        <h1 class="page-title">${_("Order of calls")}</h1>
        <p class="dim">${_("Each counter calls whoever has waited longest in the services it is best at.")}</p>
      </div>
      <button type="button" class="button" aria-haspopup="dialog" @click=${() => askWhy()}>${icon("help")}${_("Why was a number passed?")}</button>
    </div>
    ${modeCards(routing.mode, (mode) => edit({ mode }))}
    ${exampleTable(shown, draft ? tried : shown.example, { routing, isTrial: draft !== null, choose: chooseCounter })}
    <div class="number-groups">${numberFields(shown, routing, (name, value) => edit({ [name]: value }))} ${priorityClocks(shown)}</div>
    ${drawOfDay(shown, routing)} ${otherOrder(shown, routing)} ${foot(shown)}
  </form>`;
};

/** @param {Order} shown */
const priorityClocks = ({ priority_classes }) =>
  priority_classes.length
    ? html`<section class="card stack numbers" aria-labelledby="classes">
        <h2 id="classes" class="card-title">${_("Priority classes")}</h2>
        <ul class="stack classes">
          ${priority_classes.map(
            ({ name, rate, head_start_s }) => html`<li>
              <strong>${textOf(name)}</strong><br /><span class="small dim">${clockWords(rate, Math.round(head_start_s / 60))}</span>
            </li>`,
          )}
        </ul>
        <p class="small dim">${_("Classes are written in the centre file.")}</p>
      </section>`
    : nothing;

/**
 * @param {number} rate
 * @param {number} minutes  head start
 */
const clockWords = (rate, minutes) =>
  rate === 1
    ? _("counts as having waited %(minutes)s minutes more", { minutes: number(minutes) })
    : _("counts as having waited %(minutes)s minutes at once; each further minute counts %(times)s times", { minutes: number(minutes), times: number(rate) });

/**
 * @param {Order} shown
 * @param {Routing} routing
 */
const drawOfDay = ({ draw: ofDay }, routing) => {
  if (!ofDay || !routing.draw_window_s) return nothing;
  return html`<section class="card stack" aria-labelledby="draw-title">
    <h2 id="draw-title" class="card-title">${_("Draws of the day")}</h2>
    ${ofDay.draw_key_hash
      ? html`<p>${_("The key of today's draws was fixed at opening; nobody can change it since. Its fingerprint:")}</p>
          <p><code class="fingerprint">${ofDay.draw_key_hash}</code></p>
          <p class="dim">${ofDay.draw_key ? _("The day is closed and the key is public, so everybody can repeat the draws:") : _("When the day is closed the key is made public, so that everybody can repeat the draws.")}</p>
          ${ofDay.draw_key ? html`<p><code class="fingerprint">${ofDay.draw_key}</code></p>` : nothing}`
      : html`<p>${_("Draws begin with the next opening of the day, when a key is fixed.")}</p>`}
  </section>`;
};

/** @type {Record<string, () => string>} */
const STRATEGIES = {
  graded_levels: () => _("Longest wait in what the counter is best at (recommended)"),
  graded_lines: () => _("The same, but the first of a series also claims for those behind it"),
  longest_waiting: () => _("Longest wait, whatever the level and class"),
  strict_priority: () => _("Priority, then appointments, then longest wait"),
  accumulating_priority: () => _("Faster clocks for priority, whatever the level"),
};

/**
 * @param {Order} shown
 * @param {Routing} routing
 */
const otherOrder = ({ strategies, routing: saved }, routing) => html`<details class="card" .open=${saved.strategy !== "graded_levels"}>
  <summary><strong>${_("Another order")}</strong> <span class="dim">${_("for centres that must; the mode and its numbers then count only in part")}</span></summary>
  <div class="stack strategies">
    ${strategies.map(
      (name) => html`<label class="choice">
        <input type="radio" name="strategy" value=${name} .checked=${routing.strategy === name} @change=${() => edit({ strategy: name })} />
        <span>${STRATEGIES[name]?.() ?? name}</span>
      </label>`,
    )}
  </div>
</details>`;

/** @param {Order} shown */
const foot = (shown) => html`<div class="order-foot card row row-apart ${draft ? "is-changed" : ""}">
  <div role="alert">${problem ? html`<p class="error">${icon("warning")}<span>${problem}</span></p>` : nothing}</div>
  <div class="row">
    <button type="button" class="button button-quiet" ?disabled=${isBusy} @click=${restore}>${icon("undo")}${_("Restore defaults")}</button>
    ${draft ? html`<button type="button" class="button" ?disabled=${isBusy} @click=${discard}>${_("Discard changes")}</button>` : nothing}
    <button class="button button-main" ?disabled=${isBusy || !draft || isSame(draft, shown.routing)}>${icon("check")}${_("Save, from the next call on")}</button>
  </div>
</div>`;

/** @param {Partial<Routing>} change */
const edit = (change) => {
  if (!order) return;
  draft = { ...(draft ?? order.routing), ...change };
  problem = "";
  if (isSame(draft, order.routing)) forget();
  draw();
  attempt(order.example?.counter ?? "");
};

const forget = () => {
  draft = tried = null;
};

const discard = () => {
  forget();
  problem = "";
  draw();
};

/** Show the example under the draft. @param {string} counter */
const attempt = async (counter) => {
  const wanted = draft;
  if (!wanted || !counter) return;
  try {
    const found = await post(`${CENTRE}/routing/trial`, { routing: wanted, counter });
    if (draft !== wanted) return; // edited on while the server computed
    tried = found;
  } catch (error) {
    if (draft === wanted) problem = sentenceOf(error);
  }
  draw();
};

/** @param {string} counter */
const chooseCounter = (counter) => {
  watch(counter);
  attempt(counter);
};

/** @param {Event} event */
const save = (event) => {
  event.preventDefault();
  if (draft) change(draft, _("The new order is in force from the next call on."));
};

const restore = () => change({}, _("The defaults are in force from the next call on."));

/**
 * @param {Partial<Routing>} routing
 * @param {string} done
 */
const change = async (routing, done) => {
  isBusy = true;
  draw();
  try {
    await post(`${CENTRE}/routing`, { routing });
    problem = "";
    forget();
    toast(done, "done");
  } catch (error) {
    problem = sentenceOf(error);
  } finally {
    isBusy = false;
    draw();
  }
};

/**
 * @param {Routing} one
 * @param {Routing} other
 */
const isSame = (one, other) => {
  const names = /** @type {(keyof Routing)[]} */ ([...new Set([...Object.keys(one), ...Object.keys(other)])]);
  return names.every((name) => (one[name] ?? null) === (other[name] ?? null));
};

watch("");
