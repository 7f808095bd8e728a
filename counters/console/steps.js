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
  const { ticket, counter, undo, parked, automatic_call } = view;
  /** @type {Meaning[]} */
  const always = ["next", "counter", "keys"];
  const isFree = !ticket && counter.availability === "open";
  return new Set([
    ...always,
    ...(BY_STATE[ticket?.state] ?? []),
    .../** @type {Meaning[]} */ (isFree ? ["find"] : []),
    .../** @type {Meaning[]} */ (automatic_call ? ["hold"] : []),
    .../** @type {Meaning[]} */ (isFree && parked.length ? ["resume"] : []),
    .../** @type {Meaning[]} */ (secondsLeft(undo?.until, now) ? ["undo"] : []),
    .../** @type {Meaning[]} */ (counter.availability === "closed" ? [] : ["pause"]),
  ]);
};
