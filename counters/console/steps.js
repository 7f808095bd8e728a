/** What a clerk can do now, and what the one key for "next" does. */

import { secondsLeft } from "./words.js";

/**
 * @typedef {import("./keys.js").Meaning} Meaning
 * @typedef {"call" | "serve" | "finish" | "open"} Step
 */

/**
 * What the next key does: it always goes on with the work in its usual order.
 *
 * @param {any} view
 * @returns {Step}
 */
export const nextStep = ({ ticket, counter }) => {
  if (ticket) return ticket.state === "serving" ? "finish" : "serve";
  return counter.availability === "open" ? "call" : "open";
};

/** @type {Record<string, Meaning[]>} */
const BY_STATE = {
  called: ["serve", "recall", "no_show", "requeue", "transfer"],
  serving: ["finish", "park", "transfer"],
};

/**
 * Everything that can be done now.
 *
 * @param {any} view
 * @param {number} now  ms since 1970 by the server's clock
 * @returns {Set<Meaning>}
 */
export const possible = (view, now) => {
  const { ticket, counter, undo, parked, automatic_call, papers } = view;
  const isFree = !ticket && counter.availability === "open";
  const hasDigits = ticket ? ticket.procedure.papers.length : isFree && parked.length;
  /** @type {[Meaning, unknown][]} */
  const others = [
    ["find", isFree],
    ["hold", automatic_call],
    ["digit", hasDigits],
    ["undo", secondsLeft(undo?.until, now)],
    ["pause", counter.availability !== "closed"],
    ["print", ticket || papers.length],
    ["read", unread(view, now).length],
  ];
  return new Set([
    .../** @type {Meaning[]} */ (["next", "counter", "keys", "more"]),
    ...(BY_STATE[ticket?.state] ?? []),
    ...others.filter(([, is]) => is).map(([meaning]) => meaning),
  ]);
};

/**
 * What the manager told the staff here that was not read yet, oldest first.
 *
 * @param {any} view
 * @param {number} now
 * @returns {any[]}
 */
export const unread = ({ messages }, now) => messages.filter((/** @type {any} */ told) => !told.is_read && isInForce(told, now));

/**
 * @param {any} told
 * @param {number} now
 */
export const isInForce = ({ until }, now) => !until || secondsLeft(until, now) > 0;

/** Whether the ticket was called as often as the centre wants before a no-show. @param {any} view */
export const isCalledEnough = ({ ticket, limits }) => ticket.history.calls >= limits.calls_before_no_show;
