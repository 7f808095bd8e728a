/** How the phone will tell that it is the turn: what is on, what is off, said as it is. */

import { icon } from "../../web/js/icons.js";
import { _, p_ } from "../../web/js/i18n.js";
import { html, nothing } from "../../web/js/lit.js";
import { canRing, canShake } from "./alarm.js";
import { isKeptBright } from "./tab.js";

/** @typedef {import("./phone.js").Phone} Phone */

/** @param {Phone} phone */
export const telling = (phone) => html`<section class="card telling" aria-labelledby="telling">
  <h2 id="telling">${_("Tell me when it is my turn")}</h2>
  ${sound(phone)} ${push(phone)}
  <p class="small dim">${keepOpen(phone)}</p>
</section>`;

/** @param {Phone} phone */
const sound = (phone) => {
  const isOn = canRing();
  return html`<div class="switch">
    <span class="switch-words ${isOn ? "is-done" : "is-idle"}">
      ${icon(isOn ? "speaker" : "speaker-off")}
      <span><strong>${canShake() ? _("Bell and vibration") : _("Bell")}</strong>
        <span class="state">${isOn ? p_("switch", "on") : p_("switch", "off")}</span></span>
    </span>
    <button class="button ${isOn ? "" : "button-main"}" @click=${phone.listen}>
      ${isOn ? _("Try it") : _("Switch on")}
    </button>
  </div>`;
};

/** @param {Phone} phone */
const push = (phone) => {
  const { push: state } = phone;
  if (state === "unknown" || state === "impossible") return nothing;
  const isOn = state === "on";
  return html`<div class="switch">
    <span class="switch-words ${isOn ? "is-done" : "is-idle"}">
      ${icon("phone")}
      <span><strong>${_("Message, also with the screen off")}</strong>
        <span class="state">${PUSH_WORDS[state]()}</span></span>
    </span>
    ${state === "denied"
      ? nothing
      : html`<button
          class="button"
          ?disabled=${state === "changing"}
          @click=${isOn ? phone.stopPush : phone.startPush}
        >
          ${isOn ? _("Switch off") : _("Switch on")}
        </button>`}
  </div>`;
};

const PUSH_WORDS = {
  on: () => p_("switch", "on"),
  off: () => p_("switch", "off"),
  changing: () => "…",
  denied: () => _("blocked in this browser's settings"),
  failed: () => _("could not be switched on"),
};

/** @param {Phone} phone */
const keepOpen = (phone) => {
  if (phone.push === "on") return _("You may put the phone away; look at the screens now and then.");
  const bright = isKeptBright() ? ` ${_("The screen stays bright.")}` : "";
  if (!canRing()) return _("The bell is off: this page makes no sound until you switch it on.") + bright;
  return _("Keep this page open and the phone not muted; with the screen off it cannot ring.") + bright;
};
