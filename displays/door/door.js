/**
 * The screen at the door. Boot: `centre`, `name`, `languages`.
 *
 * It asks for the next code just before the present one is replaced; a code that is too old is
 * taken off the screen, since it would only disappoint.
 *
 * @typedef {{ address: string, svg: string, until: string, at: string, clock_speed: number,
 *   is_on: boolean, are_tickets_open: boolean, opens_at: string | null }} Code
 */

import { get, Refusal } from "../../web/js/api.js";
import { boot } from "../../web/js/boot.js";
import { _, clockTime, weekday } from "../../web/js/i18n.js";
import { icon } from "../../web/js/icons.js";
import { html, nothing, render } from "../../web/js/lit.js";
import { ServerClock } from "../../web/js/live_clock.js";

const TICK_MS = 1_000;
const TRY_AGAIN_MS = 3_000;
/** An old code is good until its successor is replaced. */
const GRACE_MS = 5_000;
const LOOPBACK = /^https?:\/\/(localhost|127\.|\[::1\])/;

const place = /** @type {HTMLElement} */ (document.getElementById("door"));
const clock = new ServerClock();

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

/** Both languages at once: who stands before the door has chosen none. */
const page = () => html`
  <header class="door-head">
    <p class="door-name">${boot.name.vi}</p>
    ${boot.name.en ? html`<p class="door-second" lang="en">${boot.name.en}</p>` : nothing}
  </header>
  <main class="door-main" id="main">
    <section class="door-words">
      <h1 lang="vi">Lấy số bằng điện thoại</h1>
      <p class="door-second" lang="en">Take a number with your phone</p>
      ${steps()}
    </section>
    <section class="door-code" aria-live="off">${offer()}</section>
  </main>
`;

const steps = () => html`<ol class="door-steps">
  ${STEPS.map(
    ([name, vietnamese, english]) => html`<li>
      <span class="badge">${icon(name)}</span>
      <span><strong lang="vi">${vietnamese}</strong><span class="door-second" lang="en">${english}</span></span>
    </li>`,
  )}
</ol>`;

/** Vietnamese and English together on one screen, as on the boards. */
const STEPS = [
  ["qr", "Mở máy ảnh, quét mã", "Open the camera, scan the code"],
  ["documents", "Chọn việc cần làm", "Choose what you need"],
  ["bell", "Theo dõi số trên điện thoại", "Follow your number on the phone"],
];

const offer = () => {
  if (code && !code.is_on) return word("info", "Hiện không phát số qua điện thoại", "No numbers on phones at present");
  if (code && !code.are_tickets_open) return closed(code);
  if (isStale() || isRefused || !code)
    return word("offline", "Mất kết nối. Xin lấy số tại ki-ốt", "Connection lost. Please use the kiosk");
  return html`
    <img class="door-qr" src="data:image/svg+xml,${encodeURIComponent(code.svg)}" alt="QR" />
    <progress class="meter" max="1" .value=${left()} aria-label="QR"></progress>
    <p lang="vi">Mã thay đổi liên tục, xin quét trực tiếp tại đây</p>
    <p class="door-second" lang="en">The code changes all the time: scan it here</p>
    ${LOOPBACK.test(code.address)
      ? html`<p class="door-warning">${icon("warning")}${_("This address works on this computer alone: set QUEUE_PUBLIC_URL.")}</p>`
      : nothing}
  `;
};

/** @param {Code} shown */
const closed = ({ opens_at }) => html`${word("clock", "Hiện chưa phát số", "No numbers are given now")}
${opens_at ? html`<p class="door-opens">${clockTime(opens_at)} · ${weekday(opens_at)}</p>` : nothing}`;

/**
 * @param {string} name
 * @param {string} vietnamese
 * @param {string} english
 */
const word = (name, vietnamese, english) => html`<div class="door-word">
  ${icon(name)}
  <p lang="vi"><strong>${vietnamese}</strong></p>
  <p class="door-second" lang="en">${english}</p>
</div>`;

const draw = () => render(page(), place);

setInterval(draw, TICK_MS);
navigator.wakeLock?.request("screen").catch(() => {});
await ask();
