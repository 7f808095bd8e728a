/** A field at a counter in a dialog: its level there, and at which other counter it helps. */

import {
  complain,
  dialogProblem,
  fromDialog,
  isDialogBusy,
  showDialog,
} from "../../web/js/dialog.js";
import { _, textOf } from "../../web/js/i18n.js";
import { icon } from "../../web/js/icons.js";
import { LEVEL_WORDS, LEVELS } from "../../web/js/levels.js";
import { html, nothing } from "../../web/js/templates.js";
import { changeProfile } from "./commands.js";
import { stateOf } from "./counter_cards.js";

/** @typedef {import("./load_types.js").Load} Load */
/** @typedef {import("./load_types.js").CounterLoad} CounterLoad */
/** @typedef {import("./load_types.js").FieldLoad} FieldLoad */
/** @typedef {import("./load_types.js").Level} Level */

/** The level at which a counter begins to help; a click on the chip changes it. @type {Level} */
export const HELPING = "secondary";

/**
 * Have a counter serve a field too.
 *
 * @param {CounterLoad} counter
 * @param {FieldLoad} field
 * @param {Level} level
 */
export const serveAlso = (counter, field, level) => {
  const fields = { ...counter.profile.fields, [field.id]: level };
  return changeProfile(
    counter,
    { ...counter.profile, fields },
    _("Counter %(counter)s now serves %(field)s (%(level)s).", {
      counter: counter.number,
      field: textOf(field.name),
      level: LEVEL_WORDS[level]().toLowerCase(),
    }),
  );
};

/**
 * @param {CounterLoad} counter
 * @param {FieldLoad} field
 */
const serveNoMore = (counter, field) => {
  const { [field.id]: _gone, ...fields } = counter.profile.fields ?? {};
  return changeProfile(
    counter,
    { ...counter.profile, fields },
    _("Counter %(counter)s no longer serves %(field)s.", {
      counter: counter.number,
      field: textOf(field.name),
    }),
  );
};

/**
 * @param {FieldLoad} field
 * @param {string | null} at  id of the counter whose chip it is; null for the field alone
 * @param {() => Load} load
 */
export const openFieldDialog = (field, at, load) =>
  showDialog(
    titleOf(field, counterAt(at, load())),
    () => {
      const counter = counterAt(at, load());
      return html`<div class="stack">
        ${counter ? levelForm(counter, field) : nothing} ${elsewhereForm(field, load())}
        ${dialogProblem()}
      </div>`;
    },
    { kind: "dialog-wide" },
  );

/**
 * @param {string | null} id
 * @param {Load} load
 */
const counterAt = (id, { counters }) => counters.find((counter) => counter.id === id);

/**
 * @param {FieldLoad} field
 * @param {CounterLoad | undefined} counter
 */
const titleOf = ({ name }, counter) =>
  counter
    ? _("%(field)s at counter %(number)s", { field: textOf(name), number: counter.number })
    : textOf(name);

/**
 * @param {CounterLoad} counter
 * @param {FieldLoad} field
 */
const levelForm = (counter, field) => {
  const now = counter.profile.fields?.[field.id] ?? "none";
  /** @param {Level | "none"} level */
  const choose = (level) => {
    const isOnly = Object.keys(counter.profile.fields ?? {}).length === 1;
    const hasProcedures = Object.keys(counter.profile.procedures ?? {}).length > 0;
    if (level !== "none") return fromDialog(() => serveAlso(counter, field, level));
    if (isOnly && !hasProcedures)
      return complain(_("The counter would serve nothing. Close it instead."));
    return fromDialog(() => serveNoMore(counter, field));
  };
  return html`<div class="field">
    <span class="label" id="level-label">${_("Level at this counter")}</span>
    <div class="segments" role="group" aria-labelledby="level-label">
      ${(/** @type {const} */ (["none", ...LEVELS])).map(
        (level) =>
          html`<button
            class="button"
            aria-pressed=${String(now === level)}
            ?disabled=${isDialogBusy()}
            @click=${() => choose(level)}
          >
            ${LEVEL_WORDS[level]()}
          </button>`,
      )}
    </div>
  </div>`;
};

/**
 * @param {FieldLoad} field
 * @param {Load} load
 */
const elsewhereForm = (field, load) => {
  const others = load.counters.filter(({ profile }) => !profile.fields?.[field.id]);
  if (!others.length) return nothing;
  /** @param {SubmitEvent} event */
  const submit = (event) => {
    event.preventDefault();
    const data = new FormData(/** @type {HTMLFormElement} */ (event.target));
    const counter = others.find(({ id }) => id === data.get("counter"));
    const level = /** @type {Level} */ (data.get("level"));
    if (counter) fromDialog(() => serveAlso(counter, field, level));
  };
  return html`<form class="stack" @submit=${submit}>
    <div class="row elsewhere">
      <div class="field">
        <label for="other-counter">${_("Serve also at counter")}</label>
        <select class="input" id="other-counter" name="counter">
          ${others.map(
            (counter) =>
              html`<option value=${counter.id}>
                ${counter.number} – ${counter.staff_name ?? stateOf(counter).word}
              </option>`,
          )}
        </select>
      </div>
      <div class="field">
        <label for="other-level">${_("Level")}</label>
        <select class="input" id="other-level" name="level">
          ${LEVELS.map(
            (level) =>
              html`<option value=${level} ?selected=${level === HELPING}>
                ${LEVEL_WORDS[level]()}
              </option>`,
          )}
        </select>
      </div>
      <button class="button button-main" ?disabled=${isDialogBusy()}>
        ${icon("plus")}${_("Add")}
      </button>
    </div>
  </form>`;
};
