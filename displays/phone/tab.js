/** What is seen of the page while another one is looked at: its title, its icon, the bright screen. */

import { _ } from "../../web/js/i18n.js";

/** A bell on gold, so that the tab stands out. */
const CALLED_ICON = `data:image/svg+xml,${encodeURIComponent(
  '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 24 24"><rect width="24" height="24" rx="6" fill="#ffd43b"/><path d="M6 16h12l-1.5-2v-3.5a4.5 4.5 0 0 0-9 0V14zM10.5 18.5a1.7 1.7 0 0 0 3 0" fill="none" stroke="#0b1b33" stroke-width="1.8" stroke-linejoin="round"/></svg>',
)}`;

const link = /** @type {HTMLLinkElement | null} */ (document.querySelector('link[rel="icon"]'));
const usualIcon = link?.href ?? "";

/**
 * @param {import("./ticket_page.js").Held} held
 * @param {boolean} isNear
 */
export const nameTab = (held, isNear) => {
  document.title = titleOf(held, isNear);
  const icon = held.state === "called" ? CALLED_ICON : usualIcon;
  if (link && link.href !== icon) link.href = icon;
};

/**
 * @param {import("./ticket_page.js").Held} held
 * @param {boolean} isNear
 */
const titleOf = ({ number, state, called, ahead }, isNear) => {
  if (state === "called")
    return _("%(number)s: counter %(counter)s", { number, counter: called?.counter ?? "" });
  if (state !== "waiting") return number;
  if (isNear) return _("%(number)s: soon", { number });
  return _("%(number)s: %(ahead)s before you", { number, ahead: ahead ?? 0 });
};

/** @type {WakeLockSentinel | null} */
let bright = null;

/** Whether the screen is kept bright; browsers do it for secure pages alone. */
export const isKeptBright = () => bright !== null && !bright.released;

/** @param {boolean} isWanted */
export const keepBright = async (isWanted) => {
  if (!isWanted) {
    await bright?.release();
    bright = null;
    return;
  }
  if (isKeptBright() || document.hidden || !navigator.wakeLock) return;
  try {
    bright = await navigator.wakeLock.request("screen");
  } catch {
    bright = null; // the battery is low, or the browser would rather not
  }
};
