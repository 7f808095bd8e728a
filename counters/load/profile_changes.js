/** Changes of work profiles made on this page, and the way back. */

import { _, textOf } from "../../web/js/i18n.js";
import { LEVEL_WORDS } from "../../web/js/levels.js";
import { changeProfile, orSay } from "./commands.js";

/** @typedef {import("./load_types.js").Load} Load */
/** @typedef {import("./load_types.js").CounterLoad} CounterLoad */
/** @typedef {import("./load_types.js").FieldLoad} FieldLoad */
/** @typedef {import("./load_types.js").WorkProfile} WorkProfile */
/** @typedef {import("./load_types.js").Level} Level */

/** @typedef {{ counter: string, before: WorkProfile | null, words: string }} Step */

const KEPT = 20;

/**
 * The profile with a field at a level, or without it.
 *
 * @param {WorkProfile} profile
 * @param {string} field
 * @param {Level | "none"} level
 * @returns {WorkProfile}
 */
export const withLevel = (profile, field, level) => {
  const { [field]: _gone, ...others } = profile.fields ?? {};
  return { ...profile, fields: level === "none" ? others : { ...others, [field]: level } };
};

/** @param {WorkProfile} profile */
export const isEmpty = ({ fields, procedures }) =>
  !Object.keys(fields ?? {}).length && !Object.keys(procedures ?? {}).length;

export class ProfileChanges {
  /** @type {Step[]} newest last */
  steps = [];

  /** @param {() => void} onChange */
  constructor(onChange) {
    this.onChange = onChange;
  }

  /** What undo would take back, in words. */
  get last() {
    return this.steps.at(-1)?.words ?? "";
  }

  /**
   * Give a counter a field at a level, or take it away.
   *
   * @param {CounterLoad} counter
   * @param {FieldLoad} field
   * @param {Level | "none"} level
   */
  set(counter, field, level) {
    const profile = withLevel(counter.profile, field.id, level);
    const names = {
      counter: counter.number,
      field: textOf(field.name),
      level: level === "none" ? "" : LEVEL_WORDS[level]().toLowerCase(),
    };
    const words =
      level === "none"
        ? _("Counter %(counter)s no longer serves %(field)s.", names)
        : _("Counter %(counter)s now serves %(field)s (%(level)s).", names);
    return this.#change(counter, profile, words);
  }

  /** What the configuration says, again. @param {CounterLoad} counter */
  restore(counter) {
    const words = _("Counter %(number)s serves what is configured again.", { number: counter.number });
    return this.#change(counter, null, words);
  }

  /** Take the last change of this page back. @param {Load} load */
  async undo(load) {
    const step = this.steps.at(-1);
    const counter = load.counters.find(({ id }) => id === step?.counter);
    if (!step || !counter) return;
    const words = _("Counter %(number)s serves what it served before.", { number: counter.number });
    await orSay(async () => {
      await changeProfile(counter, step.before, words);
      this.steps = this.steps.slice(0, -1);
      this.onChange();
    });
  }

  /**
   * @param {CounterLoad} counter
   * @param {WorkProfile | null} profile
   * @param {string} words
   */
  #change(counter, profile, words) {
    const before = counter.is_profile_changed ? counter.profile : null;
    return orSay(async () => {
      await changeProfile(counter, profile, words);
      this.steps = [...this.steps, { counter: counter.id, before, words }].slice(-KEPT);
      this.onChange();
    });
  }
}
