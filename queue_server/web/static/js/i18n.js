/**
 * Words and formats in the reader's language.
 *
 * Message ids are English, `%(name)s` stands for a value, as in Python and the templates. The
 * page brings its own words (queue_server/web/page_messages.py); without them it reads English.
 *
 * @typedef {Record<string, string | Record<string, string>>} Messages
 * @typedef {Record<string, string | number>} Values
 * @typedef {Record<string, string>} Texts  a text of the centre's data by language
 */

import { boot } from "./boot.js";

const DEFAULT_TIMEZONE = "Asia/Ho_Chi_Minh";

/** How one language says things. */
export class Translator {
  #messages;
  #plurals;

  /**
   * @param {string} language
   * @param {Messages} messages
   */
  constructor(language, messages) {
    this.language = language;
    this.#messages = messages;
    this.#plurals = new Intl.PluralRules(language);
  }

  /**
   * @param {string} id
   * @param {Values} [values]
   */
  _ = (id, values = {}) => filled(this.#find(id) ?? id, values);

  /**
   * Singular or plural; `%(num)s` is the number.
   *
   * @param {string} one
   * @param {string} many
   * @param {number} num
   * @param {Values} [values]
   */
  n_ = (one, many, num, values = {}) => {
    const forms = this.#messages[one];
    const form = typeof forms === "object" ? forms[this.#plurals.select(num)] : undefined;
    return filled(form ?? (num === 1 ? one : many), { num, ...values });
  };

  /**
   * With a context, where one English word has two meanings.
   *
   * @param {string} context
   * @param {string} id
   * @param {Values} [values]
   */
  p_ = (context, id, values = {}) => filled(this.#find(`${context}\u0004${id}`) ?? id, values);

  /** @param {string} key */
  #find(key) {
    const text = this.#messages[key];
    return typeof text === "string" ? text : undefined;
  }
}

/**
 * @param {string} text
 * @param {Values} values
 */
const filled = (text, values) =>
  text.replace(/%\((\w+)\)s/g, (whole, name) => String(values[name] ?? whole));

/**
 * Another language than the page's, e.g. for a board that speaks two.
 *
 * @param {string} language
 */
export const translator = async (language) => new Translator(language, await fetched(language));

/**
 * @param {string} language
 * @returns {Promise<Messages>}
 */
const fetched = async (language) => {
  try {
    const response = await fetch(new URL(`../locale/${language}.json`, import.meta.url));
    return response.ok ? (await response.json()).messages : {};
  } catch {
    return {};
  }
};

export const language = boot.language;
export const { _, n_, p_ } = boot.messages
  ? new Translator(language, boot.messages)
  : await translator(language);

const timeZone = boot.timezone ?? DEFAULT_TIMEZONE;
/** Plain "en" would write the month first, as hardly anybody reads it outside America. */
const DATE_LOCALE = language === "en" ? "en-GB" : language;

/** @param {Intl.DateTimeFormatOptions} options */
const dates = (options) => new Intl.DateTimeFormat(DATE_LOCALE, { timeZone, ...options });

const CLOCK = dates({ hour: "2-digit", minute: "2-digit", hourCycle: "h23" });
const CLOCK_WITH_SECONDS = dates({ timeStyle: "medium", hourCycle: "h23" });
const DAY = dates({ day: "2-digit", month: "2-digit", year: "numeric" });
const WEEKDAY = dates({ weekday: "long" });
const NUMBER = new Intl.NumberFormat(language);
const PERCENT = new Intl.NumberFormat(language, { style: "percent", maximumFractionDigits: 1 });

/** @typedef {string | number | Date} Instant  ISO 8601, ms since 1970, or a Date */

/** @param {Instant} instant */
const asDate = (instant) => new Date(instant);

/** "14:05" by the centre's clock. @param {Instant} instant */
export const clockTime = (instant) => CLOCK.format(asDate(instant));

/** "14:05:09". @param {Instant} instant */
export const clockTimeWithSeconds = (instant) => CLOCK_WITH_SECONDS.format(asDate(instant));

/** "22/11/2026". @param {Instant} instant */
export const day = (instant) => DAY.format(asDate(instant));

/** "Chủ Nhật, 22/11/2026". @param {Instant} instant */
export const weekday = (instant) => `${WEEKDAY.format(asDate(instant))}, ${day(instant)}`;

/** "1.234,5". @param {number} value */
export const number = (value) => NUMBER.format(value);

/** "3,7%". @param {number} share  0 to 1 */
export const percent = (share) => PERCENT.format(share);

/**
 * "1 giờ 35 phút", whole minutes, rounded up: a wait is never promised shorter than it is.
 *
 * @param {number} seconds
 */
export const duration = (seconds) => {
  const minutes = Math.max(0, Math.ceil(seconds / 60));
  const hours = Math.floor(minutes / 60);
  const rest = n_("%(num)s minute", "%(num)s minutes", minutes % 60);
  if (!hours) return rest;
  const whole = n_("%(num)s hour", "%(num)s hours", hours);
  return minutes % 60 ? `${whole} ${rest}` : whole;
};

/** Compares names as a reader of the page's language sorts them. */
export const byName = new Intl.Collator(language).compare;

/**
 * Without marks and in small letters, so that "khai sinh" finds "Khai sinh" and "so do" "sổ đỏ".
 *
 * @param {string} text
 */
export const plain = (text) =>
  text
    .toLowerCase()
    .normalize("NFD")
    .replace(/[\u0300-\u036f]/g, "")
    .replaceAll("đ", "d");

/**
 * A text of the centre's data in the reader's language, else in the centre's own.
 *
 * @param {Texts | null | undefined} texts
 */
export const textOf = (texts) => texts?.[language] ?? texts?.vi ?? Object.values(texts ?? {})[0] ?? "";
