/** The part "What if?": changes in words or by clicks, tried on the rest of the day, never made. */

import { _, textOf } from "../../web/js/i18n.js";
import { icon } from "../../web/js/icons.js";
import { guard, html, live, nothing } from "../../web/js/templates.js";
import { answerCard } from "./what_if_answer.js";
import { EXAMPLES, KIND_WORDS, sentenceOfChange, wordsOf } from "./what_if_words.js";

/** @typedef {import("./load_types.js").Load} Load */
/** @typedef {import("./what_if_words.js").Change} Change */
/** @typedef {import("./what_if_words.js").Kind} Kind */
/** @typedef {import("./what_if_ask.js").Asking} Asking */

/** What the manager puts together, until it is asked. */
class Draft {
  /** @type {Change[]} put together by clicks */
  changes = [];
  words = "";
  /** @type {Kind | null} the kind being put together */
  kind = null;

  get isEmpty() {
    return !this.changes.length && !this.words.trim();
  }
}

const draft = new Draft();

/**
 * @param {Load} load
 * @param {Asking} asking
 * @param {() => void} redraw
 */
export const whatIfPart = (load, asking, redraw) => html`<section
  class="stack what-if"
  aria-labelledby="what-if-title"
>
  <div>
    <h2 id="what-if-title">${_("What if?")}</h2>
    <p class="dim">
      ${_("Try a change on the rest of the day before you make it. Nothing happens in the hall.")}
    </p>
  </div>
  ${load.day?.is_open ? composer(load, asking, redraw) : closed()} ${progress(asking)}
  <div role="alert">
    ${asking.problem
      ? html`<p class="error">${icon("warning")}<span>${asking.problem}</span></p>`
      : nothing}
  </div>
  <div class="stack" role="status" aria-live="polite">
    ${asking.answers.map((answer) => guard([answer], () => answerCard(answer, load)))}
  </div>
</section>`;

const closed = () =>
  html`<p class="notice">
    ${icon("info")}<span>${_("This needs an open day: there is nothing to look ahead to now.")}</span>
  </p>`;

/** @param {Asking} asking */
const progress = ({ since }) =>
  since === null
    ? nothing
    : html`<div class="what-if-progress" role="status">
        <progress class="meter" aria-label=${_("Working it out")}></progress>
        <p class="small dim">${_("The rest of the day is being played through 40 times: a few seconds …")}</p>
      </div>`;

/**
 * @param {Load} load
 * @param {Asking} asking
 * @param {() => void} redraw
 */
const composer = (load, asking, redraw) => {
  /** @param {SubmitEvent} event */
  const ask = async (event) => {
    event.preventDefault();
    if (draft.isEmpty) return;
    const typed = draft.words.trim();
    const words = [...draft.changes.map(wordsOf), ...(typed ? [typed] : [])].join("; ");
    const asked = [...draft.changes.map((one) => sentenceOfChange(one, load)), ...(typed ? [typed] : [])];
    if (!(await asking.ask(words, asked.join("; ")))) return;
    [draft.changes, draft.words, draft.kind] = [[], "", null];
    redraw();
  };
  return html`<div class="card stack composer">
    <form class="stack" @submit=${ask}>
      ${draft.changes.length ? chosenChips(load, redraw) : nothing}
      <div class="row composer-line">
        <div class="field composer-words">
          <label for="what-if-words">${_("In words")}</label>
          <input
            class="input"
            id="what-if-words"
            autocomplete="off"
            maxlength="160"
            aria-describedby="what-if-hint"
            .value=${live(draft.words)}
            @input=${(/** @type {InputEvent} */ event) => {
              draft.words = /** @type {HTMLInputElement} */ (event.target).value;
              redraw();
            }}
          />
        </div>
        <button class="button button-main" ?disabled=${draft.isEmpty || asking.since !== null}>
          ${icon("play")}${_("Try it")}
        </button>
      </div>
      <p class="row small" id="what-if-hint">
        <span class="dim">${_("For example:")}</span>
        ${EXAMPLES().map(
          (example) =>
            html`<button
              type="button"
              class="button button-quiet small"
              @click=${() => {
                draft.words = example;
                redraw();
              }}
            >
              ${example}
            </button>`,
        )}
      </p>
    </form>
    ${byClicks(load, redraw)}
  </div>`;
};

/**
 * @param {Load} load
 * @param {() => void} redraw
 */
const chosenChips = (load, redraw) => html`<ul class="row" aria-label=${_("Changes to try together")}>
  ${draft.changes.map(
    (change, n) =>
      html`<li class="chip is-serving change-chip">
        ${sentenceOfChange(change, load)}
        <button
          type="button"
          class="button button-quiet button-icon"
          @click=${() => {
            draft.changes = draft.changes.filter((_one, place) => place !== n);
            redraw();
          }}
        >
          ${icon("close", _("Take out: %(change)s", { change: sentenceOfChange(change, load) }))}
        </button>
      </li>`,
  )}
</ul>`;

/**
 * @param {Load} load
 * @param {() => void} redraw
 */
const byClicks = (load, redraw) => html`<div class="stack by-clicks">
  <div class="row" role="group" aria-label=${_("Put a change together")}>
    <span class="label">${_("By clicks")}</span>
    ${/** @type {Kind[]} */ (Object.keys(KIND_WORDS)).map(
      (kind) =>
        html`<button
          type="button"
          class="button"
          aria-pressed=${String(draft.kind === kind)}
          @click=${() => {
            draft.kind = draft.kind === kind ? null : kind;
            redraw();
          }}
        >
          ${KIND_WORDS[kind]()}
        </button>`,
    )}
  </div>
  ${draft.kind ? pieces(draft.kind, load, redraw) : nothing}
</div>`;

/**
 * @param {Kind} kind
 * @param {Load} load
 * @param {() => void} redraw
 */
const pieces = (kind, load, redraw) => {
  const counters = load.counters.filter(({ availability }) => (kind === "open") === (availability === "closed"));
  /** @param {SubmitEvent} event */
  const add = (event) => {
    event.preventDefault();
    const data = new FormData(/** @type {HTMLFormElement} */ (event.target));
    const text = (/** @type {string} */ name) => String(data.get(name) ?? "");
    const change = { kind, counter: text("counter"), field: text("field"), clerks: Number(data.get("clerks") ?? 1) };
    draft.changes = [...draft.changes, { ...change, from: text("from"), until: text("until") }];
    draft.kind = null;
    redraw();
  };
  if (kind !== "ill" && !counters.length)
    return html`<p class="dim">${kind === "open" ? _("Every counter is open.") : _("No counter is open.")}</p>`;
  return html`<form class="row pieces" @submit=${add}>
    ${kind === "ill" ? clerksInput() : counterSelect(counters)}
    ${kind === "takes" || kind === "only" ? fieldSelect(load) : nothing}
    ${timeInput("from", _("From (empty: now)"))} ${timeInput("until", _("Until (empty: closing time)"))}
    <button class="button">${icon("plus")}${_("Add this change")}</button>
  </form>`;
};

const clerksInput = () => html`<div class="field">
  <label for="piece-clerks">${_("How many")}</label>
  <input class="input" id="piece-clerks" name="clerks" type="number" min="1" max="20" value="2" />
</div>`;

/** @param {Load["counters"]} counters */
const counterSelect = (counters) => html`<div class="field">
  <label for="piece-counter">${_("Counter")}</label>
  <select class="input" id="piece-counter" name="counter">
    ${counters.map(
      ({ number, staff_name }) =>
        html`<option value=${number}>${staff_name ? `${number} – ${staff_name}` : number}</option>`,
    )}
  </select>
</div>`;

/** @param {Load} load */
const fieldSelect = ({ fields }) => html`<div class="field">
  <label for="piece-field">${_("Field")}</label>
  <select class="input" id="piece-field" name="field">
    ${fields.map(({ id, name }) => html`<option value=${id}>${textOf(name)}</option>`)}
  </select>
</div>`;

/**
 * @param {string} name
 * @param {string} label
 */
const timeInput = (name, label) => html`<div class="field">
  <label for="piece-${name}">${label}</label>
  <input class="input input-time" id="piece-${name}" name=${name} type="time" />
</div>`;
