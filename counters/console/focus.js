/** The keyboard's place on the page outlives what the server changes on it. */

/**
 * Draw, and if what had the focus went away, give it to the next step: whoever works without a
 * mouse is never thrown back to the top of the page.
 *
 * @param {HTMLElement} place
 * @param {() => void} draw
 */
export const keepingFocus = (place, draw) => {
  const before = document.activeElement;
  const wasHere = before instanceof HTMLElement && place.contains(before);
  draw();
  if (!wasHere || before.isConnected) return;
  /** @type {HTMLElement | null} */ (place.querySelector(".action-main, .seat"))?.focus();
};
