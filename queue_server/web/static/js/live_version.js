/** Reload a page that is older than the server; never in a loop. */

const KEY = "reloaded-for";
/** While servers of two versions answer side by side, a page must not go back and forth. */
const PATIENCE_MS = 600_000;

/**
 * Reload unless that was done for this version within the last ten minutes.
 *
 * @param {string} mine
 * @param {string | undefined} servers
 */
export const reloadOnce = (mine, servers) => {
  if (!mine || !servers || mine === servers) return;
  const done = remembered();
  if (Date.now() - (done[servers] ?? 0) < PATIENCE_MS) return;
  try {
    sessionStorage.setItem(KEY, JSON.stringify({ ...done, [servers]: Date.now() }));
  } catch {
    return; // without a memory it could become a loop
  }
  location.reload();
};

/** @returns {Record<string, number>} */
const remembered = () => {
  try {
    return JSON.parse(sessionStorage.getItem(KEY) ?? "{}");
  } catch {
    return {};
  }
};
