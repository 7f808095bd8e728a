/** The page's address: which kiosk it is, and what one citizen takes into another language. */

import { isMode } from "./modes.js";

/** @typedef {import("./state.js").Mode} Mode */

const address = new URLSearchParams(location.search);

/** Diagonal to try, inches; 0 for that of the configuration. */
export const triedInches = Number(address.get("inches")) || 0;

/**
 * What was chosen on the page before, in another language. It leaves the address, so that whoever
 * loads the page again begins anew.
 *
 * @returns {{ isHome: boolean, modes: Mode[] }}
 */
export const takenOver = () => {
  const isHome = address.get("at") === "home";
  const modes = (address.get("modes") ?? "").split(",").filter(isMode);
  address.delete("at");
  address.delete("modes");
  history.replaceState(null, "", `${location.pathname}?${address}`);
  return { isHome, modes };
};

/**
 * The same page in another language, in place of this one.
 *
 * @param {string} language
 * @param {Mode[] | null} modes  of the citizen who goes on there; null begins anew
 */
export const goOnIn = (language, modes) => {
  const next = new URLSearchParams(address);
  next.set("language", language);
  if (modes) next.set("at", "home");
  if (modes?.length) next.set("modes", modes.join());
  location.replace(`${location.pathname}?${next}`);
};
