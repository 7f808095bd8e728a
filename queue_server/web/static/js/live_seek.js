/**
 * Finds out when the server can be reached again. Browsers slow a page's sockets down by seconds
 * after some have failed, and try one at a time; plain questions they do not.
 */

const ADDRESS = "/health/live";
/** The next question is asked after so long, ms; at random, for a centre has many screens. */
const PAUSE_MS = [400, 800];
/** An answer that takes longer is not worth waiting for: another question is on its way. */
const PATIENCE_MS = 2_500;
/** Nobody answers questions, but perhaps sockets are let through. */
const GIVE_UP_MS = 60_000;

/**
 * @param {() => void} onFound  called once
 * @returns {() => void} stops asking
 */
export const seek = (onFound) => {
  const asked = new AbortController();
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let next;

  const stop = () => {
    clearTimeout(next);
    clearTimeout(end);
    asked.abort();
  };
  const found = () => {
    if (asked.signal.aborted) return;
    stop();
    onFound();
  };
  const ask = async () => {
    const [least, most] = /** @type {[number, number]} */ (PAUSE_MS);
    next = setTimeout(ask, least + Math.random() * (most - least));
    if (await answers(asked.signal)) found();
  };
  const end = setTimeout(found, GIVE_UP_MS);
  ask();
  return stop;
};

/** @param {AbortSignal} over */
const answers = async (over) => {
  const late = new AbortController();
  const timer = setTimeout(() => late.abort(), PATIENCE_MS);
  try {
    await fetch(ADDRESS, { cache: "no-store", signal: AbortSignal.any([over, late.signal]) });
    return true;
  } catch {
    return false;
  } finally {
    clearTimeout(timer);
  }
};
