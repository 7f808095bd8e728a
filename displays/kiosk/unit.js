/** Real millimetres on this screen, so that a button is as large as a finger needs it. */

const MM_PER_INCH = 25.4;
const USUAL_INCHES = 21.5;
const TABLET_INCHES = 10;
/** Shorter edge, CSS pixels, from which a screen nobody described is taken for a kiosk. */
const KIOSK_EDGE = 1_000;
/** Below this diagonal a screen is held or stands on a desk: touched from near, with care. */
const HELD_INCHES = 14;
const TOUCH_MM = 20;
const HELD_TOUCH_MM = 10;
/** Size of usual letters (1rem): read standing, or held. */
const LETTER_MM = 6.8;
const HELD_LETTER_MM = 3;
/** A screen that is no higher is within reach of who sits before it, as in bar.css. */
const LOW_MM = 300;
/** Of the width of a lying screen, for the keyboard beside what it finds. */
const KEYBOARD_SHARE = 0.75;
/** At both sides of the screen, as in kiosk.css. */
const MARGIN_SHARE = 0.08;

let inches = 0;

/** Pixels of one millimetre. */
const millimetre = () => {
  const { width, height } = screen;
  return Math.hypot(width, height) / (inches * MM_PER_INCH);
};

/** How large whatever is touched must be. */
export const touchMm = () => (inches < HELD_INCHES ? HELD_TOUCH_MM : TOUCH_MM);

/** Whether there is room to move down what is touched. */
export const canLower = () => innerHeight / millimetre() > LOW_MM;

/** How wide the keyboard may be, millimetres. */
export const keyboardRoom = () => {
  const isLying = innerWidth > innerHeight;
  const share = isLying ? KEYBOARD_SHARE : 1;
  return (innerWidth * (1 - MARGIN_SHARE) * share) / millimetre();
};

/**
 * Set `--mm`, `--touch` and `--letter` for a screen of this diagonal.
 *
 * @param {number} configured  inches; 0 is not known
 */
export const setUnit = (configured) => {
  const { width, height } = screen;
  const usual = Math.min(width, height) >= KIOSK_EDGE ? USUAL_INCHES : TABLET_INCHES;
  const next = configured || usual;
  if (next === inches) return;
  inches = next;
  const letter = inches < HELD_INCHES ? HELD_LETTER_MM : LETTER_MM;
  const { style } = document.documentElement;
  style.setProperty("--mm", `${millimetre().toFixed(3)}px`);
  style.setProperty("--touch", `calc(var(--mm) * ${touchMm()})`);
  style.setProperty("--letter", `calc(var(--mm) * ${letter})`);
};
