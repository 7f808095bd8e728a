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
import { Commands } from "./commands.js";
import { Desk } from "./desk.js";
import { digitOf, meaningOf } from "./keys.js";
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
  if (desk) return render(desk.template(now), place);
  if (seats) render(seatChoice(seats, commands.underWay !== "", take), place);
};

/** Nothing that a clerk is typing is taken away by a new version. */
const line = connect({
  onState: showStaffConnection,
  mayReload: () => !isDialogOpen() && !desk?.isServing,
  isDesk: true,
});
const commands = new Commands(draw);

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
  desk = counter === null ? null : new Desk(counter, line, commands, draw);
};

/** @param {string} counter */
const take = (counter) => commands.send(`/counters/${encodeURIComponent(counter)}/take`);

const focusFirstSeat = () => {
  if (desk || document.activeElement !== document.body) return;
  /** @type {HTMLElement | null} */ (place.querySelector(".seat"))?.focus();
};

document.addEventListener("keydown", (event) => {
  if (isDialogOpen() || isMeantForFocus(event)) return;
  if (!desk && digitOf(event) >= 0 && !event.repeat) return seatTyped(`${digitOf(event)}`);
  const meaning = desk && meaningOf(event);
  if (!desk || !meaning) return;
  event.preventDefault();
  if (!event.repeat) desk.act(meaning, digitOf(event));
});

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
  if (isByPointer && !isDialogOpen() && document.activeElement instanceof HTMLElement) {
    document.activeElement.blur();
  }
});

setInterval(draw, TICK_MS);
