/**
 * The screen at the door. Boot: `centre`, `name`, `languages`, `words`.
 *
 * It asks for the next code just before the present one is replaced; a code that is too old is
 * taken off the screen, since it would only disappoint.
 *
 * @typedef {{ address: string, svg: string, until: string, at: string, clock_speed: number,
 *   is_on: boolean, are_tickets_open: boolean, opens_at: string | null }} Code
 */

import { get, Refusal } from "../../web/js/api.js";
import { boot } from "../../web/js/boot.js";
import { _, clockTime } from "../../web/js/i18n.js";
import { icon } from "../../web/js/icons.js";
import { readable } from "../../web/js/languages.js";
import { html, nothing, render } from "../../web/js/lit.js";
import { ServerClock } from "../../web/js/live_clock.js";
import { both, bothOf, pairOf, speaker } from "../board/words.js";

/** @typedef {import("../board/words.js").Say} Say */

const TICK_MS = 1_000;
const TURN_MS = 10_000;
const TRY_AGAIN_MS = 3_000;
/** An old code is good until its successor is replaced. */
const GRACE_MS = 5_000;
const LOOPBACK = /^https?:\/\/(localhost|127\.|\[::1\])/;

const place = /** @type {HTMLElement} */ (document.getElementById("door"));
const clock = new ServerClock();
const languages = readable(boot.languages);

/** @type {Code | null} */
let code = null;
let isRefused = false;
let beganAt = 0;

const ask = async () => {
  try {
    const next = /** @type {Code} */ (
      await get(`/api/v1/centres/${boot.centre}/door-code`, { attempts: 2 })
    );
    clock.hear(next.at, next.clock_speed);
    if (next.address !== code?.address) beganAt = clock.now();
    code = next;
    isRefused = false;
  } catch (error) {
    isRefused = error instanceof Refusal && error.status > 0 && error.status < 500;
  }
  draw();
  const left = code ? (Date.parse(code.until) - clock.now()) / code.clock_speed : 0;
  setTimeout(ask, Math.max(left, TRY_AGAIN_MS));
};

const isStale = () =>
  !code || Date.parse(code.until) + GRACE_MS * code.clock_speed < clock.now();

/** Share of the code's time that is left, 0 to 1. */
const left = () => {
  if (!code) return 0;
  const end = Date.parse(code.until);
  return Math.min(Math.max((end - clock.now()) / Math.max(end - beganAt, 1), 0), 1);
};

/** The leading language and, taking turns, another, as on the boards. */
const pair = () => pairOf(languages, Math.floor(performance.now() / TURN_MS));

/** Two languages at once: who stands before the door has chosen none. @param {Say} say */
const inBoth = (say) => both(pair(), say);

const page = () => html`
  <header class="door-head"><p class="door-name">${bothOf(pair(), boot.name)}</p></header>
  <main class="door-main" id="main">
    <section class="door-words">
      <h1>${inBoth(({ _ }) => _("Take a number with your phone"))}</h1>
      <ol class="door-steps">
        ${STEPS.map(
          ([name, say]) => html`<li><span class="badge">${icon(name)}</span><p>${inBoth(say)}</p></li>`,
        )}
      </ol>
    </section>
    <section class="door-code" aria-live="off">${offer()}</section>
  </main>
`;

/** @type {[string, Say][]} */
const STEPS = [
  ["qr", ({ _ }) => _("Open the camera, scan the code")],
  ["documents", ({ _ }) => _("Choose what you need")],
  ["bell", ({ _ }) => _("Follow your number on the phone")],
];

const offer = () => {
  if (code && !code.is_on) return word("info", ({ _ }) => _("No numbers on phones at present"));
  if (code && !code.are_tickets_open) return closed(code);
  if (isStale() || isRefused || !code)
    return word("offline", ({ _ }) => _("Connection lost. Please use the kiosk"));
  return html`
    <img class="door-qr" src="data:image/svg+xml,${encodeURIComponent(code.svg)}" alt="QR" />
    <progress class="meter" max="1" .value=${left()} aria-label="QR"></progress>
    <p class="door-changes">${inBoth(({ _ }) => _("The code changes all the time: scan it here"))}</p>
    ${LOOPBACK.test(code.address)
      ? html`<p class="door-warning">${icon("warning")}${_("This address works on this computer alone: set QUEUE_PUBLIC_URL.")}</p>`
      : nothing}
  `;
};

/** @param {Code} shown */
const closed = ({ opens_at }) => html`${word("clock", ({ _ }) => _("No numbers are given now"))}
${opens_at
    ? html`<p class="door-opens">${clockTime(opens_at)} · ${both(pair(), ({ language }) => dayOf(language, opens_at))}</p>`
    : nothing}`;

/** @param {string} language @param {string} instant */
const dayOf = (language, instant) => {
  const { weekday, day } = speaker(language);
  return `${weekday.format(new Date(instant))}, ${day.format(new Date(instant))}`;
};

/** @param {string} name @param {Say} say */
const word = (name, say) => html`<div class="door-word">
  ${icon(name)}
  <p>${inBoth(say)}</p>
</div>`;

const draw = () => render(page(), place);

setInterval(draw, TICK_MS);
navigator.wakeLock?.request("screen").catch(() => {});
await ask();
