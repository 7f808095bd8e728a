/** The bar above: which counter this is, whether it calls, and what the manager said. */

import { _, clockTime, textOf } from "../../web/js/i18n.js";
import { icon } from "../../web/js/icons.js";
import { html, nothing } from "../../web/js/templates.js";
import { cap, off } from "./actions.js";
import { unread } from "./steps.js";

/** @typedef {import("./actions.js").Desk} Desk */

/** @type {Record<string, [string, string, () => string]>} */
const CHIPS = {
  open: ["is-done", "check", () => _("Open")],
  paused: ["is-paused", "pause", () => _("On a break")],
  closed: ["is-idle", "lock", () => _("Closed")],
};

/** @param {Desk} desk */
export const counterBar = (desk) => {
  const { view, can, act } = desk;
  const { counter } = view;
  const [colour, drawing, word] = CHIPS[counter.availability];
  return html`<div class="counter-bar">
    <span class="badge number" aria-hidden="true">${counter.number}</span>
    <div class="counter-name">
      <h2>${_("Counter %(number)s", counter)}${textOf(counter.name) ? ` · ${textOf(counter.name)}` : ""}</h2>
      <p class="dim small">${textOf(counter.zone)}</p>
    </div>
    <span class="chip ${colour}">${icon(drawing)}${word()}</span>
    <div class="row counter-tools">
      ${can.has("pause") ? breakButton(desk) : nothing}
      <button class="button button-quiet" aria-disabled=${off(desk)} aria-keyshortcuts="X" aria-haspopup="dialog" @click=${() => act("counter")}>
        ${icon("sign-out")}<span>${_("Leave")}</span>${cap("X")}
      </button>
      <button class="button button-quiet" aria-keyshortcuts="?" aria-haspopup="dialog" @click=${() => act("keys")}>
        ${icon("keyboard")}<span>${_("Keys")}</span>${cap("?")}
      </button>
    </div>
  </div>`;
};

/** @param {Desk} desk */
const breakButton = (desk) => html`<button class="button button-quiet" aria-disabled=${off(desk)} aria-keyshortcuts="B" @click=${() => desk.act("pause")}>
  ${desk.view.counter.availability === "paused"
    ? html`${icon("play")}<span>${_("End the break")}</span>`
    : html`${icon("pause")}<span>${_("Break")}</span>`}${cap("B")}
</button>`;

/** Word of the manager that was not read yet, one at a time; it covers nothing. @param {Desk} desk */
export const managersWord = (desk) => {
  const [first, ...others] = unread(desk.view, desk.now);
  if (!first) return nothing;
  return html`<section class="notice notice-slim is-serving managers-word" aria-label=${_("Message from the manager")}>
    ${icon("bell")}
    <p><span class="dim small">${_("Manager, %(time)s", { time: clockTime(first.at) })}</span><br />${textOf(first.texts)}</p>
    ${others.length ? html`<span class="dim small number">${_("and %(num)s more", { num: others.length })}</span>` : nothing}
    <button class="button" aria-disabled=${off(desk)} aria-keyshortcuts="G" @click=${() => desk.act("read")}>
      ${icon("check")}<span>${_("I have read it")}</span>${cap("G")}
    </button>
  </section>`;
};
