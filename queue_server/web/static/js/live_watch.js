/** Which watch of a line a message is about, and whether it is older than what is shown. */

/** @param {Record<string, any>} named */
export const keyOf = ({ view, centre, subject }) => `${view}|${centre}|${subject}`;

/**
 * Whether a view is older than what is shown: a reconnection may reach a server that is behind.
 *
 * @param {Record<string, any>} message
 * @param {import("./live.js").Watch["last"]} last
 */
export const isOlder = ({ epoch, offset }, last) =>
  last !== null && last.epoch === epoch && offset < last.offset;

/**
 * Whether a refusal is about this watch; what it does not name, it means all of.
 *
 * @param {Record<string, any>} refused
 * @param {import("./live.js").Watch} watch
 */
export const isMeant = (refused, watch) =>
  /** @type {const} */ (["view", "centre", "subject"]).every(
    (name) => (refused[name] ?? watch[name]) === watch[name],
  );
