/** What a page shows about its line: a banner in words, and its live numbers greyed. */

import { _ } from "./i18n.js";

/**
 * Give this to `connect({ onState: showConnection })`. base.html holds the banner.
 *
 * A socket that closed and is back within seconds is not worth a word; silence is.
 *
 * @param {import("./live.js").State} state
 */
export const showConnection = (state) => show(state, WORDS);

/** The same for those who work with the page. @param {import("./live.js").State} state */
export const showStaffConnection = (state) => show(state, STAFF_WORDS);

/** The same for a kiosk, where somebody stands who has no number yet. @param {import("./live.js").State} state */
export const showKioskConnection = (state) => show(state, KIOSK_WORDS);

/** @typedef {Record<"live" | "lost" | "away", () => string>} Words */

/**
 * @param {import("./live.js").State} state
 * @param {Words} said
 */
const show = (state, said) => {
  document.documentElement.dataset.connection = state;
  const banner = document.getElementById("connection");
  if (!banner || state === "reconnecting" || state === "connecting") return;
  banner.hidden = state === "live";
  const words = banner.querySelector("[data-words]");
  if (words) words.textContent = said[state]();
};

/** @type {Words} */
const WORDS = {
  live: () => "",
  lost: () => _("Connection lost. Please look at the counter signs."),
  away: () => _("This screen is no longer connected. Please ask the staff."),
};

/** @type {Words} */
const STAFF_WORDS = {
  live: () => "",
  lost: () => _("Connection lost. What you see may be old; it comes back by itself."),
  away: () => _("This page is no longer connected. Please load it again."),
};

/** @type {Words} */
const KIOSK_WORDS = {
  ...WORDS,
  lost: () => _("Connection lost. Please ask at reception for a number."),
};
