/**
 * Arrow keys and Enter move through everything: a keypad is enough for who does not see the screen.
 *
 * What can be reached is each button and input, and each text marked `data-stop`, in the order of
 * the page. Inside `data-grid` (the letters on the screen) the arrows move as the keys lie.
 */

const STOPS = "button, input, a[href], [data-stop]";

/** @type {Record<string, 1 | -1>} */
const STEPS = { ArrowDown: 1, ArrowRight: 1, ArrowUp: -1, ArrowLeft: -1 };

/** Whether the key moves. @param {KeyboardEvent} event */
export const isArrow = ({ key }) => key in STEPS;

/**
 * Everything that can be reached now: in the dialog if one is open.
 *
 * @param {HTMLElement} place
 */
export const stopsIn = (place) => {
  const root = place.querySelector("dialog[open]") ?? document.querySelector("dialog[open]") ?? place;
  /** @type {NodeListOf<HTMLElement>} */
  const all = root.querySelectorAll(STOPS);
  return [...all].filter((stop) => isReachable(stop));
};

/** @param {HTMLElement} stop */
const isReachable = (stop) =>
  stop.getClientRects().length > 0 && !(/** @type {HTMLButtonElement} */ (stop).disabled);

/**
 * Move the focus, if the key is an arrow.
 *
 * @param {KeyboardEvent} event
 * @param {HTMLElement} place
 */
export const move = (event, place) => {
  const step = STEPS[event.key];
  const from = /** @type {HTMLElement | null} */ (document.activeElement);
  if (!step || isWriting(event, from)) return;
  event.preventDefault();
  const next = inGrid(event.key, from) ?? beside(from, step, place);
  if (!next) return;
  if (next.tabIndex < 0 && !next.hasAttribute("tabindex")) next.tabIndex = -1;
  next.focus({ preventScroll: true });
  next.scrollIntoView({ block: "nearest" });
};

/** Left and right are the cursor's while there is something to move through. */
const isWriting = (
  /** @type {KeyboardEvent} */ { key },
  /** @type {HTMLElement | null} */ from,
) => from instanceof HTMLInputElement && from.value !== "" && /Left|Right/.test(key);

/**
 * @param {HTMLElement | null} from
 * @param {1 | -1} step
 * @param {HTMLElement} place
 */
const beside = (from, step, place) => {
  const stops = stopsIn(place);
  if (!from || !stops.includes(from)) return stops[step > 0 ? 0 : stops.length - 1];
  const grid = from.closest("[data-grid]");
  const line = stops.filter((stop) => stop === from || !grid?.contains(stop));
  return line[(line.indexOf(from) + step + line.length) % line.length];
};

/**
 * The key beside this one, as they lie; null leaves the grid.
 *
 * @param {string} key
 * @param {HTMLElement | null} from
 */
const inGrid = (key, from) => {
  const grid = from?.closest("[data-grid]");
  if (!from || !grid) return null;
  const here = from.getBoundingClientRect();
  /** @type {NodeListOf<HTMLElement>} */
  const keys = grid.querySelectorAll("button");
  const [along, across] = AXES[key] ?? AXES.ArrowDown ?? [0, 0];
  const near = [...keys].flatMap((one) => {
    const there = one.getBoundingClientRect();
    const right = middle(there.left, there.right) - middle(here.left, here.right);
    const below = middle(there.top, there.bottom) - middle(here.top, here.bottom);
    const ahead = right * along + below * across;
    const aside = Math.abs(along ? below : right);
    const isAhead = ahead > 1 && (!along || aside < here.height / 2);
    return isAhead && isReachable(one) ? [{ one, far: ahead * (along ? 1 : 4) + aside }] : [];
  });
  near.sort((one, other) => one.far - other.far);
  if (!near.length && along) return from;
  return near[0]?.one ?? null;
};

/** @type {Record<string, [number, number]>} to the right, downwards */
const AXES = { ArrowRight: [1, 0], ArrowLeft: [-1, 0], ArrowDown: [0, 1], ArrowUp: [0, -1] };

/**
 * @param {number} one
 * @param {number} other
 */
const middle = (one, other) => (one + other) / 2;
