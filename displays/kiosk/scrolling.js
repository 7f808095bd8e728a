/** Where a screen is longer than the kiosk: its top, and the button that pushes it on. */

/** Less than this below the edge is only a margin. */
const LEAST_MORE_PX = 32;
const MORE_GAP_PX = 10;

/**
 * A new screen begins at its top, and a reader of the screen hears its heading.
 *
 * @param {HTMLElement} place
 * @param {string} screen
 */
export const arrive = (place, screen) => {
  for (const region of place.querySelectorAll("[data-scrolls]")) region.scrollTop = 0;
  const target = screen === "search" ? "#query" : "h1";
  /** @type {HTMLElement | null} */ (place.querySelector(target))?.focus({ preventScroll: true });
};

/**
 * The innermost region that scrolls.
 *
 * @param {ParentNode} place
 */
const scrolling = (place) => {
  /** @type {NodeListOf<HTMLElement>} */
  const regions = place.querySelectorAll("[data-scrolls]");
  return [...regions].findLast((region) => getComputedStyle(region).overflowY === "auto");
};

/**
 * Not everybody knows that a screen can be pushed: a button says that there is more.
 *
 * @param {HTMLElement} place
 */
export const showMore = (place) => {
  const region = scrolling(place);
  const button = document.getElementById("more");
  if (!region || !button) return;
  button.hidden = region.scrollHeight - region.scrollTop - region.clientHeight < LEAST_MORE_PX;
  for (const other of place.querySelectorAll("[data-scrolls]")) {
    other.toggleAttribute("data-more", other === region && !button.hidden);
  }
  const { left, width, bottom } = region.getBoundingClientRect();
  const above = place.getBoundingClientRect();
  button.style.setProperty("left", `${left - above.left + width / 2}px`);
  button.style.setProperty("top", `${bottom - above.top - MORE_GAP_PX}px`);
};

/** Push the screen by most of its height. */
export const scrollOn = () => {
  const region = scrolling(document);
  const isCalm = matchMedia("(prefers-reduced-motion: reduce)").matches;
  region?.scrollBy({
    top: region.clientHeight * 0.8,
    behavior: isCalm ? "instant" : "smooth",
  });
};
