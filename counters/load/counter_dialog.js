/** One counter in a dialog: open, pause, close; and its work profile as fields × levels. */

import {
  complain,
  dialogProblem,
  fromDialog,
  isDialogBusy,
  redrawDialog,
  showDialog,
} from "../../web/js/dialog.js";
import { _, byName, textOf } from "../../web/js/i18n.js";
import { icon } from "../../web/js/icons.js";
import { LEVEL_WORDS, LEVELS } from "../../web/js/levels.js";
import { html, live, nothing, repeat } from "../../web/js/templates.js";
import { changeProfile, closeCounter, freeCounter, openCounter, pauseCounter } from "./commands.js";
import { stateOf } from "./counter_cards.js";
import { shownNumber } from "./words.js";

/** @typedef {import("./load_types.js").Load} Load */
/** @typedef {import("./load_types.js").CounterLoad} CounterLoad */
/** @typedef {import("./load_types.js").Level} Level */
/** @typedef {Level | "none"} Choice */
/** @typedef {{ code: string, field: string, name: Record<string, string> }} ProcedureName */

/** @type {Choice[]} */
const CHOICES = ["none", ...LEVELS];

/** What is being edited, until it is saved. */
class Draft {
  /** @param {CounterLoad} counter */
  constructor(counter) {
    /** @type {Map<string, Choice>} */
    this.fields = new Map(Object.entries(counter.profile.fields ?? {}));
    /** @type {Map<string, Choice>} */
    this.procedures = new Map(Object.entries(counter.profile.procedures ?? {}));
  }

  profile() {
    return { fields: chosen(this.fields), procedures: chosen(this.procedures) };
  }

  get isEmpty() {
    const { fields, procedures } = this.profile();
    return !Object.keys(fields).length && !Object.keys(procedures).length;
  }
}

/** @param {Map<string, Choice>} choices @returns {Record<string, Level>} */
const chosen = (choices) =>
  Object.fromEntries(
    [...choices].filter(
      /** @returns {entry is [string, Level]} */ (entry) => entry[1] !== "none",
    ),
  );

/**
 * @param {string} id  of the counter
 * @param {() => Load} load  the newest
 * @param {ProcedureName[]} procedures  of the centre
 */
export const openCounterDialog = (id, load, procedures) => {
  const first = load().counters.find((counter) => counter.id === id);
  if (!first) return;
  const draft = new Draft(first);
  let last = first;
  showDialog(
    _("Counter %(number)s", { number: first.number }),
    () => {
      last = load().counters.find((counter) => counter.id === id) ?? last;
      return body(last, draft, load(), procedures);
    },
    { kind: "dialog-wide" },
  );
};

/**
 * @param {CounterLoad} counter
 * @param {Draft} draft
 * @param {Load} load
 * @param {ProcedureName[]} procedures
 */
const body = (counter, draft, load, procedures) => html`
  <div class="stack">
    ${now(counter)} ${availability(counter, load)}
    <h3>${_("What the counter serves")}</h3>
    ${levelGrid(draft, load, procedures)} ${addProcedure(draft, procedures)} ${dialogProblem()}
    <div class="row dialog-foot">
      <button
        class="button button-main"
        ?disabled=${isDialogBusy()}
        @click=${() => save(counter, draft)}
      >
        ${icon("check")}${_("Apply")}
      </button>
      ${counter.is_profile_changed
        ? html`<button
            class="button"
            ?disabled=${isDialogBusy()}
            @click=${() => fromDialog(() => changeProfile(counter, null, restored(counter)))}
          >
            ${icon("undo")}${_("Restore the configured profile")}
          </button>`
        : nothing}
    </div>
  </div>
`;

/** @param {CounterLoad} counter */
const restored = ({ number }) =>
  _("Counter %(number)s serves what is configured again.", { number });

/**
 * @param {CounterLoad} counter
 * @param {Draft} draft
 */
const save = (counter, draft) => {
  if (draft.isEmpty) return complain(_("Please choose at least one field or procedure."));
  return fromDialog(() => changeProfile(counter, draft.profile()));
};

/** @param {CounterLoad} counter */
const now = (counter) => {
  const state = stateOf(counter);
  return html`<p class="row">
    <span class="chip ${state.tone}">${icon(state.drawing)}${state.word}</span>
    ${counter.ticket
      ? html`<strong class="number">${shownNumber(counter.ticket)}</strong>`
      : nothing}
    <span class="dim">${counter.staff_name ?? _("Nobody is there")}</span>
  </p>`;
};

/**
 * @param {CounterLoad} counter
 * @param {Load} load
 */
const availability = (counter, load) => {
  if (counter.staff_name === null)
    return html`<p class="dim small">
      ${_("Whoever works here signs in at the counter and opens it.")}
    </p>`;
  return html`<div class="row counter-doing">
    ${counter.availability === "open"
      ? nothing
      : html`<button class="button" @click=${() => stay(() => openCounter(counter))}>
          ${icon("play")}${_("Open the counter")}
        </button>`}
    ${counter.availability === "open" ? pausing(counter, load) : nothing}
    ${counter.availability === "closed"
      ? html`<button class="button" @click=${() => stay(() => freeCounter(counter))}>
          ${icon("sign-out")}${_("Free the counter")}
        </button>`
      : html`<button class="button" @click=${() => stay(() => closeCounter(counter))}>
          ${icon("lock")}${_("Close the counter")}
        </button>`}
  </div>`;
};

/** @param {() => Promise<unknown>} action */
const stay = (action) => fromDialog(action, { stay: true });

/**
 * @param {CounterLoad} counter
 * @param {Load} load
 */
const pausing = (counter, load) => {
  const reasons = Object.entries(load.pause_reasons);
  /** @param {SubmitEvent} event */
  const pause = (event) => {
    event.preventDefault();
    const form = /** @type {HTMLFormElement} */ (event.target);
    const reason = String(new FormData(form).get("reason") || "pause");
    stay(() => pauseCounter(counter, reason));
  };
  return html`<form class="row pausing" @submit=${pause}>
    ${reasons.length
      ? html`<select class="input" name="reason" aria-label=${_("Reason for the pause")}>
          ${reasons.map(([key, texts]) => html`<option value=${key}>${textOf(texts)}</option>`)}
        </select>`
      : nothing}
    <button class="button">${icon("pause")}${_("Pause")}</button>
  </form>`;
};

/**
 * @param {Draft} draft
 * @param {Load} load
 * @param {ProcedureName[]} procedures
 */
const levelGrid = (draft, load, procedures) => {
  const single = [...draft.procedures.keys()];
  return html`<div class="table-frame" tabindex="0" role="region" aria-label=${_("Work profile")}>
    <table class="table level-grid">
      <thead>
        <tr>
          <th scope="col">${_("Field")}</th>
          ${CHOICES.map((level) => html`<th scope="col">${LEVEL_WORDS[level]()}</th>`)}
        </tr>
      </thead>
      <tbody>
        ${repeat(
          load.fields,
          (field) => field.id,
          (field) =>
            levelRow(draft.fields, field.id, textOf(field.name), field.letter, field.waiting),
        )}
        ${repeat(
          single,
          (code) => `procedure ${code}`,
          (code) => {
            const procedure = procedures.find((one) => one.code === code);
            return levelRow(draft.procedures, code, textOf(procedure?.name) || code, "", 0);
          },
        )}
      </tbody>
    </table>
  </div>`;
};

/**
 * @param {Map<string, Choice>} choices
 * @param {string} key
 * @param {string} name
 * @param {string} letter
 * @param {number} waiting
 */
const levelRow = (choices, key, name, letter, waiting) => {
  const now = choices.get(key) ?? "none";
  /** @param {Choice} level */
  const choose = (level) => {
    choices.set(key, level);
    redrawDialog();
  };
  return html`<tr>
    <th scope="row">
      ${letter ? html`<span class="letter">${letter}</span>` : nothing}${name}
      ${waiting
        ? html`<span class="small dim">${_("%(count)s waiting", { count: waiting })}</span>`
        : nothing}
    </th>
    ${CHOICES.map(
      (level) =>
        html`<td>
          <label class="level-choice">
            <input
              type="radio"
              name="level ${key}"
              value=${level}
              .checked=${live(now === level)}
              @change=${() => choose(level)}
            />
            <span class="visually-hidden">${name}: ${LEVEL_WORDS[level]()}</span>
          </label>
        </td>`,
    )}
  </tr>`;
};

/**
 * @param {Draft} draft
 * @param {ProcedureName[]} procedures
 */
const addProcedure = (draft, procedures) => {
  const others = procedures
    .filter(({ code }) => !draft.procedures.has(code))
    .sort((one, other) => byName(textOf(one.name), textOf(other.name)));
  /** @param {Event} event */
  const add = (event) => {
    const select = /** @type {HTMLSelectElement} */ (event.target);
    if (!select.value) return;
    draft.procedures.set(select.value, "primary");
    select.value = "";
    redrawDialog();
  };
  return html`<div class="field">
    <label for="single-procedure">${_("Add a single procedure")}</label>
    <select class="input" id="single-procedure" @change=${add}>
      <option value="">${_("Choose …")}</option>
      ${repeat(
        others,
        ({ code }) => code,
        ({ code, name }) => html`<option value=${code}>${textOf(name)}</option>`,
      )}
    </select>
    <span class="hint">${_("A procedure named by itself goes before the level of its field.")}</span>
  </div>`;
};
