/** What is said of a thing on the page that has the focus: its words, its state, its place. */

import { _, language } from "../../web/js/i18n.js";

/** @typedef {{ text: string, language: string, isPrivate: boolean }} Saying */

const BLOCKS = /^(?:block|grid|flex|list-item|table)/;

/**
 * @param {HTMLElement} stop
 * @param {EventTarget | null} [before]  where the focus was
 * @returns {Saying}
 */
export const sayingOf = (stop, before = null) => {
  const dialog = stop.closest("dialog");
  const isNew = dialog && !dialog.contains(/** @type {Node | null} */ (before));
  const own = stop.closest("[lang]")?.getAttribute("lang") ?? language;
  // what the page adds is in its own language
  const added = own === language ? [state(stop), placeOf(stop)] : [];
  return {
    text: sentences([isNew ? introduction(dialog) : "", named(stop), ...added]),
    language: own,
    isPrivate: stop instanceof HTMLInputElement || stop.hasAttribute("data-private"),
  };
};

/** Each part a sentence. @param {string[]} parts */
export const sentences = (parts) =>
  parts
    .filter(Boolean)
    .map((part) => (/[.!?:…]$/.test(part) ? part : `${part}.`))
    .join(" ");

/** What a dialog says before its buttons. @param {HTMLDialogElement} dialog */
const introduction = (dialog) =>
  sentences([...dialog.querySelectorAll("h2, p")].map((part) => wordsIn(part)));

/** @param {HTMLElement} stop */
const named = (stop) => {
  if (stop.dataset.says) return stop.dataset.says;
  const label = stop.getAttribute("aria-label");
  if (stop instanceof HTMLInputElement) {
    return stop.value ? `${label}: ${stop.value}` : `${label}. ${_("Empty. Type a few letters.")}`;
  }
  return label ?? wordsIn(stop);
};

/** @param {HTMLElement} stop */
const state = (stop) => {
  if (stop.getAttribute("aria-disabled") === "true") return _("not possible now");
  switch (stop.getAttribute("aria-checked")) {
    case "true":
      return _("ticked");
    case "false":
      return _("not ticked");
  }
  switch (stop.getAttribute("aria-pressed")) {
    case "true":
      return _("chosen");
    case "false":
      return _("not chosen");
  }
  return "";
};

/** "2 of 7", in a list to choose from. @param {HTMLElement} stop */
const placeOf = (stop) => {
  const item = stop.matches("button") ? stop.closest("li") : null;
  const all = item?.parentElement ? [...item.parentElement.children] : [];
  if (!item || all.length < 2) return "";
  return _("%(place)s of %(all)s", { place: all.indexOf(item) + 1, all: all.length });
};

/**
 * The words in an element as they are seen, its parts parted by stops; numbers letter by letter.
 *
 * @param {Node} node
 * @returns {string}
 */
export const wordsIn = (node) =>
  pieces(node)
    .join("")
    .replace(/\s+/g, " ")
    .replace(/(?:\s*\|\s*)+/g, ". ")
    .replace(/([.:!?…])\. /g, "$1 ")
    .replace(/^[.\s]+|\s+$/g, "");

/**
 * @param {Node} node
 * @returns {string[]}
 */
const pieces = (node) => {
  if (node instanceof Text) return [node.data];
  if (!(node instanceof Element) || node.getAttribute("aria-hidden") === "true") return [];
  if (node instanceof SVGElement) return [node.getAttribute("aria-label") ?? ""];
  if (node instanceof HTMLImageElement) return [node.alt];
  if (node instanceof HTMLElement && node.dataset.number !== undefined) {
    return [" | ", spelled(node.textContent ?? ""), " | "];
  }
  const inner = [...node.childNodes].flatMap(pieces);
  return BLOCKS.test(getComputedStyle(node).display) ? [" | ", ...inner, " | "] : inner;
};

/** "A 0 0 5": nobody shall have to guess how "A005" is read. @param {string} number */
export const spelled = (number) => [...number.trim()].join(" ");
