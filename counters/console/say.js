/** What a screen reader is told without being asked: each change at the counter, in one sentence. */

import { _, textOf } from "../../web/js/i18n.js";
import { unread } from "./steps.js";
import { languageWord } from "./words.js";

/**
 * Tell what has changed at the counter.
 *
 * @param {any} before  null at first
 * @param {any} view
 * @param {number} now
 */
export const sayChange = (before, view, now) => {
  const sentences = [stateWords(view)];
  if (before && stateKey(before) === stateKey(view)) sentences.pop();
  const known = new Set(before ? unread(before, now).map(({ id }) => id) : []);
  for (const told of unread(view, now)) {
    if (!known.has(told.id)) sentences.push(_("Message from the manager: %(text)s", { text: textOf(told.texts) }));
  }
  if (sentences.length) say(sentences.join(" "));
};

/** @param {string} words */
export const say = (words) => {
  const said = document.getElementById("said");
  if (said) said.textContent = words;
};

/** @param {any} view */
const stateKey = ({ ticket, counter }) =>
  ticket ? `${ticket.id} ${ticket.state} ${ticket.history.calls}` : counter.availability;

/** @param {any} view */
const stateWords = ({ ticket, counter }) => {
  if (!ticket) return AVAILABILITY[counter.availability]();
  const { number, history, procedure, language, priority } = ticket;
  const head =
    ticket.state === "serving"
      ? _("%(number)s is being served", { number })
      : history.calls > 1
        ? _("%(number)s is called again, call %(calls)s", { number, calls: history.calls })
        : _("%(number)s is called", { number });
  const more = [
    textOf(procedure.name),
    language === "vi" ? "" : languageWord(language),
    priority ? _("Priority: %(name)s", { name: textOf(priority.name) }) : "",
  ];
  return `${[head, ...more].filter(Boolean).join(", ")}.`;
};

/** @type {Record<string, () => string>} */
const AVAILABILITY = {
  open: () => _("The counter is open and free"),
  paused: () => _("The counter is on a break"),
  closed: () => _("The counter is closed"),
};
