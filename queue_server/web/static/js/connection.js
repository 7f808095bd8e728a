/** What a page shows about its line: a banner in words, and its live numbers greyed. */

import { _ } from "./i18n.js";

/**
 * Give this to `connect({ onState: showConnection })`. base.html holds the banner.
 *
 * A socket that closed and is back within seconds is not worth a word; silence is.
 *
 * @param {import("./live.js").State} state
 */
export const showConnection = (state) => {
  document.documentElement.dataset.connection = state;
  const banner = document.getElementById("connection");
  if (!banner || state === "reconnecting" || state === "connecting") return;
  banner.hidden = state === "live";
  const words = banner.querySelector("[data-words]");
  if (words) words.textContent = WORDS[state]();
};

/** @type {Record<"live" | "lost" | "away", () => string>} */
const WORDS = {
  live: () => "",
  lost: () => _("Connection lost. Please look at the counter signs."),
  away: () => _("This screen is no longer connected. Please ask the staff."),
};
