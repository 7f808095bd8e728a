// @ts-check
/**
 * How loud it is at an hour. Pure; the same specification as `displays/speech/loudness.py`.
 *
 * @typedef {object} Loudness
 * @property {number} volume Percent, where no step says otherwise.
 * @property {[number, number][]} [steps] From a minute of the day on this many percent, in order.
 * @property {[number, number][]} [quiet] From one minute to another nothing sounds; may pass midnight.
 * @property {number} [times] How often an announcement is said while nobody waits.
 */

const MINUTE = 60_000;

/**
 * @param {Loudness} loudness
 * @param {number} now Milliseconds since 1970.
 * @param {string} [timeZone]
 * @returns {number} Percent.
 */
export const volumeAt = (loudness, now, timeZone) => volumeOf(loudness, minuteOfDay(now, timeZone));

/**
 * @param {Loudness} loudness
 * @param {number} minute Of the day, from 0.
 */
export function volumeOf({ volume, steps = [], quiet = [] }, minute) {
  const isQuiet = quiet.some(([begins, ends]) =>
    begins <= ends ? begins <= minute && minute < ends : minute >= begins || minute < ends,
  );
  if (isQuiet) return 0;
  return steps.findLast(([from]) => from <= minute)?.[1] ?? volume;
}

/**
 * @param {number} now
 * @param {string} [timeZone]
 */
function minuteOfDay(now, timeZone) {
  const parts = new Intl.DateTimeFormat("en-GB", {
    hour: "2-digit",
    minute: "2-digit",
    hourCycle: "h23",
    timeZone,
  }).formatToParts(now - (now % MINUTE));
  const part = (/** @type {string} */ type) =>
    Number(parts.find((each) => each.type === type)?.value ?? 0);
  return part("hour") * 60 + part("minute");
}
