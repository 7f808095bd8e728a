/** Real millimetres on this screen, so that a button is as large as a finger needs it. */

const MM_PER_INCH = 25.4;
const USUAL_INCHES = 21.5;
/** Shorter edge, CSS pixels, from which a screen without `?inches=` is taken for a kiosk. */
const KIOSK_EDGE = 1_000;
/** Below this diagonal a screen is held or stands on a desk: touched from near, with care. */
const HELD_INCHES = 14;
const TOUCH_MM = 20;
const HELD_TOUCH_MM = 10;
/** Size of usual letters (1rem): read standing, or held. */
const LETTER_MM = 6.8;
const HELD_LETTER_MM = 3;

/**
 * Set `--mm`, `--touch` and `--letter` from `?inches=`, the screen's diagonal.
 *
 * @param {string | null} configured
 */
export const setUnit = (configured) => {
  const { width, height } = screen;
  const isKiosk = Math.min(width, height) >= KIOSK_EDGE;
  const inches = Number(configured) || (isKiosk ? USUAL_INCHES : 10);
  const mm = Math.hypot(width, height) / (inches * MM_PER_INCH);
  const isHeld = inches < HELD_INCHES;
  const { style } = document.documentElement;
  style.setProperty("--mm", `${mm.toFixed(3)}px`);
  style.setProperty("--touch", `calc(var(--mm) * ${isHeld ? HELD_TOUCH_MM : TOUCH_MM})`);
  style.setProperty("--letter", `calc(var(--mm) * ${isHeld ? HELD_LETTER_MM : LETTER_MM})`);
};
