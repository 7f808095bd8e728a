/** Times of day as people write them, by the centre's clock, as instants. */

import { boot } from "./boot.js";

const MINUTE_MS = 60_000;

const CLOCK = new Intl.DateTimeFormat("en-GB", {
  timeZone: boot.timezone ?? "Asia/Ho_Chi_Minh",
  hour: "2-digit",
  minute: "2-digit",
  hourCycle: "h23",
});

/** Minutes since midnight by the centre's clock. @param {number} at  ms since 1970 */
const minutesOf = (at) => minutesIn(CLOCK.format(at)) ?? 0;

/** @param {string} text  "14:05" */
const minutesIn = (text) => {
  const found = /^(\d{1,2}):(\d{2})$/.exec(text.trim());
  return found ? Number(found[1]) * 60 + Number(found[2]) : null;
};

/**
 * The instant of today at that time by the centre's clock, or null when it is no time.
 *
 * @param {string} text  "14:05"
 * @param {number} now  ms since 1970, by the server's clock
 * @returns {string | null} ISO 8601
 */
export const instantToday = (text, now) => {
  const wanted = minutesIn(text);
  if (wanted === null) return null;
  const minute = Math.floor(now / MINUTE_MS) * MINUTE_MS;
  const at = minute + (wanted - minutesOf(minute)) * MINUTE_MS;
  const slip = (wanted - minutesOf(at)) * MINUTE_MS; // clocks are put forward or back on some days
  return new Date(at + slip).toISOString();
};

const DAY = new Intl.DateTimeFormat("en-CA", {
  timeZone: boot.timezone ?? "Asia/Ho_Chi_Minh",
  year: "numeric",
  month: "2-digit",
  day: "2-digit",
});

/** "2026-11-23" by the centre's clock, as an input of type date wants it. @param {number} at */
export const dayInput = (at) => DAY.format(at);

/** "14:05" by the centre's clock, as an input of type time wants it. @param {number} at */
export const timeInput = (at) => CLOCK.format(at);
