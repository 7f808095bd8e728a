/**
 * The counter console. Boot: `centre`, `staff` {id, name}, `catalogue` {procedures, counters}.
 *
 * Two views drive it: `seats` tells where the clerk sits, `console` what is at that counter.
 */

import { boot } from "../../web/js/boot.js";
import { showStaffConnection } from "../../web/js/connection.js";
import { closeDialog, isDialogOpen } from "../../web/js/dialog.js";
import { clockTime } from "../../web/js/i18n.js";
import { connect } from "../../web/js/live.js";
import { render } from "../../web/js/templates.js";
import { dismissToast } from "../../web/js/toast.js";
import { Commands } from "./commands.js";
import { Desk } from "./desk.js";
import { keepingFocus } from "./focus.js";
import { digitOf, isTyping, meaningOf } from "./keys.js";
import { Scanner } from "./scanner.js";
import { seatChoice, seatTyped } from "./seats.js";

const TICK_MS = 500;
const place = /** @type {HTMLElement} */ (document.getElementById("console"));
const wallClock = /** @type {HTMLElement} */ (document.getElementById("bar-clock"));

/** @type {any} */
let seats = null;
/** @type {Desk | null} */
let desk = null;

const draw = () => {
  const now = line.now();
  wallClock.textContent = clockTime(now);
  keepingFocus(place, () => {
    if (desk) render(desk.template(now), place);
    else if (seats) render(seatChoice(seats, commands.underWay !== "", take), place);
  });
};

/** Nothing that a clerk is typing is taken away by a new version. */
const line = connect({
  onState: (state) => {
    showStaffConnection(state);
    if (state === "live") dismissToast("cut");
    if (seats) draw();
  },
  mayReload: () => !isDialogOpen() && !desk?.isServing,
  isDesk: true,
});
const isCut = () => line.state === "lost" || line.state === "away";
const commands = new Commands(draw, isCut);

line.watch(
  "seats",
  boot.centre,
  "",
  (body) => {
    seats = body;
    sit(body.counters.find((/** @type {any} */ { staff }) => staff === boot.staff.id)?.id ?? null);
    draw();
    focusFirstSeat();
  },
  { onRefused: ({ detail }) => (place.textContent = detail) },
);

/** Sit where the centre says the clerk sits. @param {string | null} counter */
const sit = (counter) => {
  if ((desk?.counter ?? null) === counter) return;
  desk?.leave();
  closeDialog();
  desk = counter === null ? null : new Desk(counter, { line, commands, draw, isCut, seats: () => seats });
};

/** @param {string} counter */
const take = (counter) => commands.send(`/counters/${encodeURIComponent(counter)}/take`);

const focusFirstSeat = () => {
  if (desk || document.activeElement !== document.body) return;
  /** @type {HTMLElement | null} */ (place.querySelector(".seat"))?.focus();
};

/** @param {KeyboardEvent} event */
const pressed = (event) => {
  if (isDialogOpen()) return passOn(event);
  if (!desk && digitOf(event) >= 0) return seatTyped(`${digitOf(event)}`);
  const meaning = desk && meaningOf(event);
  if (!desk || !meaning) return;
  event.preventDefault();
  if (!event.repeat) desk.act(meaning, digitOf(event));
};

/** The key before it opened a dialog a moment ago: this one is the dialog's. @param {KeyboardEvent} event */
const passOn = ({ key, code }) =>
  document.activeElement?.dispatchEvent(new KeyboardEvent("keydown", { key, code, bubbles: true }));

const scanner = new Scanner({
  place: () => document.body,
  onKey: pressed,
  onText: (text) => desk?.scan(text),
});

document.addEventListener("keydown", (event) => {
  if (isDialogOpen() || isWriting(event.target)) return leaveField(event);
  if (scanner.take(event) || isMeantForFocus(event)) return;
  pressed(event);
});

/** What a dialog had is nobody's once it has closed. @param {EventTarget | null} target */
const isWriting = (target) =>
  target instanceof Element && isTyping(target) && !target.closest("dialog:not([open])");

/** Enter and Escape end what is written on the page itself. @param {KeyboardEvent} event */
const leaveField = ({ key, target }) => {
  if (!isDialogOpen() && (key === "Enter" || key === "Escape")) /** @type {HTMLElement} */ (target).blur();
};

/**
 * Whether Space or Enter is for what the keyboard reached by Tab. What was clicked keeps no focus,
 * so that these keys go on to mean "next".
 *
 * @param {KeyboardEvent} event
 */
const isMeantForFocus = ({ key, target }) =>
  (key === " " || key === "Enter") &&
  target instanceof Element &&
  target.matches("a, button, input, summary") &&
  target.matches(":focus-visible");

document.addEventListener("click", (event) => {
  const isByPointer = event.detail > 0;
  const { activeElement } = document;
  if (isByPointer && !isDialogOpen() && activeElement instanceof HTMLElement && !isTyping(activeElement)) {
    activeElement.blur();
  }
});

setInterval(draw, TICK_MS);
