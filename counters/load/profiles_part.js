/** The part "Work profiles": who serves what, changed by dragging, by keys and by menus. */

import { showDialog } from "../../web/js/dialog.js";
import { _, textOf } from "../../web/js/i18n.js";
import { icon } from "../../web/js/icons.js";
import { LEVEL_WORDS, LEVELS } from "../../web/js/levels.js";
import { html, nothing } from "../../web/js/templates.js";
import { orSay } from "./commands.js";
import { isEmpty, withLevel } from "./profile_changes.js";
import { profileGrid } from "./profile_grid.js";

/** @typedef {import("./load_types.js").Load} Load */
/** @typedef {import("./load_types.js").CounterLoad} CounterLoad */
/** @typedef {import("./load_types.js").FieldLoad} FieldLoad */
/** @typedef {import("./load_types.js").Level} Level */
/** @typedef {import("./profile_changes.js").ProfileChanges} ProfileChanges */

/**
 * @typedef {object} PartActions
 * @property {() => Load} newest
 * @property {(field: FieldLoad, counter: string | null) => void} onField
 * @property {(counter: CounterLoad) => void} onManage
 * @property {(words: string) => void} say  to the screen reader
 * @property {Record<string, Record<string, Level>>} trained  by counter and field
 */

/**
 * @param {Load} load
 * @param {ProfileChanges} changes
 * @param {PartActions} actions
 */
export const profilesPart = (load, changes, actions) => {
  const changed = load.counters.filter(({ is_profile_changed }) => is_profile_changed);
  return html`<section class="stack profiles" aria-labelledby="profiles-title">
    <div class="row row-apart">
      <div>
        <h2 id="profiles-title">${_("Work profiles")}</h2>
        <p class="dim">${_("What each counter serves. A change holds from the counter's next call on.")}</p>
      </div>
      <div class="row">
        <button
          class="button"
          ?disabled=${!changes.steps.length}
          title=${changes.last}
          @click=${() => changes.undo(actions.newest())}
        >
          ${icon("undo")}${_("Undo")}
        </button>
        <button
          class="button"
          ?disabled=${!changed.length}
          @click=${() => restoreAll(changed, changes)}
        >
          ${icon("repeat")}${_("All back to what is configured")}
        </button>
      </div>
    </div>
    ${legend()}
    ${profileGrid(load, {
      onLevel: (counter, field, level) => setLevel(counter, field, level, changes, actions),
      onOpen: (counter, field) => chooseLevel(counter, field, changes, actions),
      onField: (field) => actions.onField(field, null),
      onRestore: (counter) => changes.restore(counter),
      onManage: actions.onManage,
      isTrained: (counter, field) => isTrained(actions, counter, field),
    })}
  </section>`;
};

const legend = () => html`<div class="legend small">
  ${LEVELS.map(
    (level, n) =>
      html`<span class="legend-entry"
        ><span class="field-chip level-${level}" aria-hidden="true">${n + 1}</span>${LEVEL_WORDS[
          level
        ]()}</span
      >`,
  )}
  <span class="legend-entry"
    ><span class="field-chip is-offered" aria-hidden="true">+</span>${_("trained for it")}</span
  >
  <span class="dim" id="chip-help"
    >${_("Drag a letter or a number to another counter, or press the space bar and the arrow keys. In the table the arrow keys move, 1, 2 and 3 set the level, 0 takes away, Enter shows the choice.")}</span
  >
</div>`;

/**
 * @param {PartActions} actions
 * @param {string} counter
 * @param {string} field
 */
const isTrained = ({ trained }, counter, field) => Boolean(trained[counter]?.[field]);

/**
 * @param {CounterLoad[]} changed
 * @param {ProfileChanges} changes
 */
const restoreAll = (changed, changes) =>
  orSay(async () => {
    for (const counter of changed) await changes.restore(counter);
  });

/**
 * Set a level at once; what nobody is trained for is asked about first.
 *
 * @param {CounterLoad} counter
 * @param {FieldLoad} field
 * @param {Level | "none"} level
 * @param {ProfileChanges} changes
 * @param {PartActions} actions
 */
export const setLevel = (counter, field, level, changes, actions) => {
  const now = counter.profile.fields?.[field.id] ?? "none";
  if (level === now) return;
  if (level === "none" && isEmpty(withLevel(counter.profile, field.id, "none")))
    return actions.say(_("The counter would serve nothing. Close it instead."));
  const isNew = now === "none" && !isTrained(actions, counter.id, field.id);
  if (isNew) return chooseLevel(counter, field, changes, actions);
  return changes.set(counter, field, level);
};

/**
 * The levels of one field at one counter, in a dialog.
 *
 * @param {CounterLoad} first
 * @param {FieldLoad} field
 * @param {ProfileChanges} changes
 * @param {PartActions} actions
 */
const chooseLevel = (first, field, changes, actions) => {
  const names = { field: textOf(field.name), number: first.number };
  const isKnown = isTrained(actions, first.id, field.id) || first.profile.fields?.[field.id];
  showDialog(_("%(field)s at counter %(number)s", names), (shown) => {
    const counter = actions.newest().counters.find(({ id }) => id === first.id) ?? first;
    const now = counter.profile.fields?.[field.id] ?? "none";
    /** @param {Level | "none"} level */
    const choose = (level) => {
      shown.close();
      if (level !== now) changes.set(counter, field, level);
    };
    const wouldBeEmpty = isEmpty(withLevel(counter.profile, field.id, "none"));
    return html`<div class="stack">
      ${isKnown
        ? nothing
        : html`<p class="notice">
            ${icon("warning")}<span
              >${_("Nobody entered that counter %(number)s is trained for this. Serve it there all the same?", names)}</span
            >
          </p>`}
      <div class="segments" role="group" aria-label=${_("Level at this counter")}>
        ${(/** @type {const} */ ([...LEVELS, "none"])).map(
          (level) =>
            html`<button
              class="button"
              ?data-first=${level === now}
              aria-pressed=${String(level === now)}
              ?disabled=${level === "none" && wouldBeEmpty}
              @click=${() => choose(level)}
            >
              ${LEVEL_WORDS[level]()}
            </button>`,
        )}
      </div>
    </div>`;
  });
};
