/** Short notes at the edge of the page: what was done, what was refused. */

import { icon } from "./icons.js";
import { _ } from "./i18n.js";
import { html, render } from "./templates.js";

const SHOWN_MS = 8_000;

/**
 * Show a note; it goes by itself, a warning stays until it is closed.
 *
 * @param {string} words
 * @param {"done" | "note" | "warning"} [tone]
 * @param {string} [key]  takes the place of a note that has the same one
 */
export const toast = (words, tone = "note", key = "") => {
  const place = document.getElementById("toasts");
  if (!place) return;
  if (key) dismissToast(key);
  const note = document.createElement("div");
  note.className = `toast toast-${tone}`;
  note.dataset.key = key;
  const remove = () => note.remove();
  render(
    html`${icon(ICONS[tone])}
      <p>${words}</p>
      <button class="button button-quiet button-icon" @click=${remove}>
        ${icon("close", _("Close"))}
      </button>`,
    note,
  );
  place.append(note);
  if (tone !== "warning") setTimeout(remove, SHOWN_MS);
};

/** Take a note away that does not hold any more. @param {string} key */
export const dismissToast = (key) => document.querySelector(`.toast[data-key="${key}"]`)?.remove();

const ICONS = { done: "check", note: "info", warning: "warning" };
