/**
 * What a board says, in each of its languages: the centre's first language leads, another stands
 * beside it. Everybody reads the same screen, so nothing is in the reader's language alone.
 */

import { boot } from "../../web/js/boot.js";
import { Translator } from "../../web/js/i18n.js";
import { isReadable } from "../../web/js/languages.js";
import { html, nothing } from "../../web/js/templates.js";

/** @typedef {import("../../web/js/i18n.js").Texts} Texts */
/** @typedef {import("../forecast.js").Forecast} Forecast */
/** @typedef {(words: Translator) => string} Say */

const MINUTE_S = 60;
const HOUR_MIN = 60;
const COARSE_MIN = 5;
const SOON_S = 2 * MINUTE_S;

const timeZone = boot.timezone ?? "Asia/Ho_Chi_Minh";

/** One language: its words and its dates, made once. */
class Speaker {
  /** @param {string} language */
  constructor(language) {
    const locale = language === "en" ? "en-GB" : language;
    const format = (/** @type {Intl.DateTimeFormatOptions} */ options) =>
      new Intl.DateTimeFormat(locale, { timeZone, ...options });
    this.language = language;
    // what there is no catalogue of is said in English, and called so
    this.words = new Translator(isReadable(language) ? language : "en", boot.words?.[language] ?? {});
    this.weekday = format({ weekday: "long" });
    this.day = format({ day: "2-digit", month: "2-digit", year: "numeric" });
    this.clock = format({ hour: "2-digit", minute: "2-digit", hourCycle: "h23" });
  }
}

/** @type {Map<string, Speaker>} */
const speakers = new Map();

/** @param {string} language */
export const speaker = (language) => {
  const known = speakers.get(language) ?? new Speaker(language);
  speakers.set(language, known);
  return known;
};

/** Languages for one glance: the leading one and one beside it. @typedef {[string, string | null]} Pair */

/**
 * The leading language and, taking turns, another.
 *
 * @param {string[]} languages
 * @param {number} turn
 * @returns {Pair}
 */
export const pairOf = ([first = "vi", ...others], turn) => [
  first,
  others.length ? /** @type {string} */ (others[turn % others.length]) : null,
];

/**
 * For one citizen: their own language leads where the board speaks it.
 *
 * @param {Pair} pair
 * @param {string} own
 * @param {string[]} languages
 * @returns {Pair}
 */
export const pairFor = ([first, second], own, languages) =>
  own !== first && languages.includes(own) ? [own, first] : [first, second];

/**
 * A sentence in both languages of a pair.
 *
 * @param {Pair} pair
 * @param {Say} say
 */
export const both = ([first, second], say) => two(
  said(first, say),
  second && said(second, say),
);

/** @param {string} language @param {Say} say @returns {[string, string]} */
const said = (language, say) => {
  const { words } = speaker(language);
  return [words.language, say(words)];
};

/**
 * A text of the centre's data in both; one that stands in one language stands alone.
 *
 * @param {Pair} pair
 * @param {Texts | null | undefined} texts
 */
export const bothOf = ([first, second], texts) => {
  const leading = texts?.[first] ?? texts?.vi ?? "";
  const beside = second ? (texts?.[second] ?? "") : "";
  return two([first, leading], beside && beside !== leading ? [second ?? "", beside] : null);
};

/** @param {[string, string]} leading @param {[string, string] | "" | null} beside */
const two = ([language, text], beside) => html`<span class="lead" lang=${language}>${text}</span>${beside
    ? html`<span class="beside" lang=${beside[0]}>${beside[1]}</span>`
    : nothing}`;

/** A text of the centre's data in one language. @param {Texts | null | undefined} texts @param {string} language */
export const textFor = (texts, language) => texts?.[language] ?? texts?.vi ?? "";

/** A012 as "A 012", which is read faster from afar. @param {string} number */
export const spaced = (number) => number.replace(/^(\D+)/, "$1\u2009");

/** @type {(num: number) => Say} */
export const people = (num) => ({ n_ }) => n_("%(num)s person", "%(num)s people", num);

/** A wait to the nearest five minutes, as on the slip. @param {Forecast | null} forecast @returns {Say} */
export const wait = (forecast) => ({ _ }) => {
  if (!forecast || forecast.kind === "no_counter_open") return _("no counter open");
  if (forecast.kind === "may_not_be_served_today") return _("perhaps not today");
  const seconds = forecast.about_s ?? 0;
  if (seconds < SOON_S) return _("almost no wait");
  const minutes = Math.max(Math.round(seconds / MINUTE_S / COARSE_MIN), 1) * COARSE_MIN;
  if (minutes < HOUR_MIN) return _("~%(num)s min", { num: minutes });
  const hours = Math.floor(minutes / HOUR_MIN);
  const rest = minutes % HOUR_MIN;
  return rest ? _("~%(hours)s h %(rest)s min", { hours, rest }) : _("~%(hours)s h", { hours });
};

/** Whether no range can be told. @param {Forecast | null} forecast */
export const isTrouble = (forecast) => forecast?.kind !== "range";

/** How long ago, for what may be old. @param {number} ms @returns {Say} */
export const ago = (ms) => ({ _, n_ }) => {
  const minutes = Math.floor(ms / 60_000);
  if (minutes < 1) return _("less than a minute ago");
  if (minutes < HOUR_MIN) return n_("%(num)s minute ago", "%(num)s minutes ago", minutes);
  return n_("%(num)s hour ago", "%(num)s hours ago", Math.floor(minutes / HOUR_MIN));
};
