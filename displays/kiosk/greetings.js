/**
 * What is said before anybody chose a language, in each: the page has these few words in every
 * language that there is a catalogue of, as boot's `greetings`.
 */

import { boot } from "../../web/js/boot.js";
import { Translator } from "../../web/js/i18n.js";

/** @param {string} tag */
export const greetingIn = (tag) => {
  const { _ } = new Translator(tag, boot.greetings?.[tag] ?? {});
  return {
    welcome: _("Welcome"),
    begin: _("Touch to begin"),
    listen: _("Cannot see the screen? Press arrow down to listen."),
    listening: _("The page is read aloud. Arrow down: next item. Enter: choose."),
  };
};
