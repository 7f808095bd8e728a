/** Everything the draft would do, in words; then: apply, from a day on, or throw away. */

import { get } from "../web/js/api.js";
import { boot } from "../web/js/boot.js";
import { fromDialog, dialogProblem, isDialogBusy, showDialog } from "../web/js/dialog.js";
import { _, n_, weekday } from "../web/js/i18n.js";
import { icon } from "../web/js/icons.js";
import { sentenceOf } from "../web/js/refusals.js";
import { html, nothing } from "../web/js/templates.js";
import { toast } from "../web/js/toast.js";
import { isError } from "./controls.js";
import { draft, now, redraw, whereOf } from "./desk.js";
import { forgetHistory } from "./history.js";
import { keyOf, pathOf } from "./paths.js";
import { group, heading } from "./plain_sections.js";
import { SECTIONS, sectionOf } from "./sections.js";
import { addressOfKey, goTo } from "./walk.js";

/**
 * @typedef {{ path: string[], sentence: string, is_warning: boolean }} Effect
 * @typedef {object} Change
 * @property {string[]} path
 * @property {"added" | "removed" | "changed"} kind
 * @property {string} subject
 * @property {string} sentence
 * @property {string} before
 * @property {string} after
 * @property {Effect[]} effects
 * @property {boolean} is_overlap
 * @typedef {{ version: number, changes: Change[], effects: Effect[], is_applicable: boolean }} Preview
 */

/** @type {Preview | null} */
let preview = null;
/** Version and state that were asked for last. */
let asked = "";

/** As many as there are edits; an import is one edit each, too. */
export const countOfChanges = () => draft.edits.length;

/** The look of the draft that a preview is of. */
const present = () => `${draft.version} ${JSON.stringify(draft.edits).length} ${draft.isKept}`;

const look = async () => {
  const wanted = present();
  if (!draft.isKept || asked === wanted) return;
  asked = wanted;
  try {
    const found = await get(draft.address("draft/preview"), { patienceMs: 30_000 });
    if (asked === wanted) preview = found;
  } catch (error) {
    toast(sentenceOf(error), "warning");
  }
  redraw();
};

export const changesSection = () => {
  if (!draft.edits.length) return nothingToDo();
  queueMicrotask(look);
  const isFresh = preview && asked === present();
  return html`${heading(_("Check and apply"), _("This is what would change. Nothing has happened yet."))}
    ${draft.applyAt ? scheduled(draft.applyAt) : nothing} ${problems()}
    ${isFresh && preview ? [rest(preview), listed(preview.changes)] : html`<p class="row dim"><span class="spinner" aria-hidden="true"></span>${_("Working out what would change …")}</p>`}
    ${foot(Boolean(isFresh && preview?.is_applicable))}`;
};

const nothingToDo = () => html`${heading(_("Check and apply"))}
  <div class="card row nothing-to-do"><span class="badge is-done">${icon("check")}</span><p>${_("Everything is applied. What you change on the other pages is collected here.")}</p></div>`;

/** @param {string} at */
const scheduled = (at) => html`<div class="notice is-notice">
  ${icon("calendar")}<p>${_("These changes are applied by themselves on %(day)s, before the day begins.", { day: weekday(at) })}</p>
  <button type="button" class="button" @click=${() => act(() => draft.command("draft/schedule", { day: null }))}>${_("Not by itself")}</button>
</div>`;

const problems = () => {
  const errors = draft.problems.filter(isError);
  const warnings = draft.problems.filter((each) => !isError(each));
  return html`${errors.length
    ? html`<section class="notice is-danger problem-list" aria-labelledby="problems-title">
        ${icon("warning")}
        <div class="stack">
          <h2 class="card-title" id="problems-title">${n_("%(num)s problem to put right first", "%(num)s problems to put right first", errors.length)}</h2>
          <ul class="faults">${errors.map(fault)}</ul>
        </div>
      </section>`
    : nothing}
  ${warnings.length
    ? html`<details class="card"><summary>${icon("info")}<strong>${n_("%(num)s hint", "%(num)s hints", warnings.length)}</strong></summary><ul class="faults">${warnings.map(fault)}</ul></details>`
    : nothing}`;
};

/** @param {import("./draft.js").Problem} problem */
const fault = ({ key, reason }) => html`<li><a href=${addressOfKey(key)}>${whereOf(pathOf(key))}</a>: ${reason}</li>`;

/** What people will notice that belongs to no single change. @param {Preview} shown */
const rest = ({ effects }) => (effects.length ? html`<ul class="effects card">${effects.map(effect)}</ul>` : nothing);

/** @param {Effect} shown */
const effect = ({ sentence, is_warning }) => html`<li class="state small ${is_warning ? "is-danger" : "is-serving"}">${icon(is_warning ? "warning" : "people")}<span>${sentence}</span></li>`;

/** @param {Change[]} changes */
const listed = (changes) =>
  SECTIONS.map(({ id, name }) => {
    const here = changes.filter(({ path }) => sectionOf(path[0]) === id);
    return here.length ? group(`changes-${id}`, name, html`<ul class="changes">${here.map(row)}</ul>`) : nothing;
  });

const MARKS = { added: "plus", removed: "minus", changed: "repeat" };

/** @param {Change} change */
const row = ({ path, kind, subject, sentence, before, after, effects, is_overlap }) => html`<li class="change change-${kind}" data-key=${keyOf(path)}>
  <span class="change-mark">${icon(MARKS[kind])}</span>
  <div>
    <p><strong>${subject}</strong>: ${sentence}</p>
    ${before || after ? html`<p class="from-to">${before ? html`<del>${before}</del>` : nothing} ${before && after ? icon("arrow-right", _("becomes")) : nothing} ${after ? html`<ins>${after}</ins>` : nothing}</p>` : nothing}
    ${is_overlap ? html`<p class="state is-notice small">${icon("warning")}<span>${_("Somebody changed the same meanwhile; yours would replace it.")}</span></p>` : nothing}
    ${effects.length ? html`<ul class="effects">${effects.map(effect)}</ul>` : nothing}
  </div>
  <button type="button" class="button button-quiet button-small" @click=${() => act(() => draft.command("draft/take-back", { path: undoPath(path) }))}>${icon("undo")}${_("Take back")}<span class="visually-hidden"> – ${subject}: ${sentence}</span></button>
</li>`;

/** The edit that a change came from: it may stand higher up, as of a table that was put in whole. @param {string[]} path */
const undoPath = (path) => draft.edits.map((edit) => edit.path).find((outer) => outer.length <= path.length && outer.every((step, place) => step === path[place])) ?? path;

/** @param {boolean} mayApply */
const foot = (mayApply) => html`<div class="apply-foot card row row-apart">
  <button type="button" class="button button-danger" @click=${askDiscard}>${icon("close")}${_("Throw the draft away")}</button>
  <div class="row">
    <button type="button" class="button" ?disabled=${!mayApply} @click=${askDay}>${icon("calendar")}${_("From a day on …")}</button>
    <button type="button" class="button button-main button-large" ?disabled=${!mayApply} @click=${askApply}>${icon("check")}${_("Apply now")}</button>
  </div>
</div>`;

/** @param {() => Promise<unknown>} action */
const act = async (action) => {
  try {
    await action();
  } catch (error) {
    toast(sentenceOf(error, DRAFTS), "warning");
    await draft.reload();
  }
};

const askApply = () => {
  const warnings = (preview?.changes ?? []).flatMap(({ effects }) => effects).concat(preview?.effects ?? []).filter(({ is_warning }) => is_warning);
  showDialog(_("Apply the changes now?"), ({ close }) => {
    /** @param {SubmitEvent} event */
    const submit = (event) => {
      event.preventDefault();
      return fromDialog(apply, { sentences: DRAFTS });
    };
    return html`<form class="stack" @submit=${submit}>
      <p>${_("They count at once, on every screen. Whoever waits keeps number and place, and under “History” you can go back.")}</p>
      ${warnings.length ? html`<ul class="effects">${warnings.map(effect)}</ul>` : nothing} ${dialogProblem()}
      <div class="row row-end">
        <button type="button" class="button" @click=${close}>${_("Cancel")}</button>
        <button class="button button-main" ?disabled=${isDialogBusy()} data-first>${icon("check")}${_("Apply now")}</button>
      </div>
    </form>`;
  });
};

const apply = async () => {
  await draft.command("draft/apply");
  preview = null;
  forgetHistory();
  toast(_("The changes are in force."), "done");
  goTo("changes");
};

const askDay = () =>
  showDialog(_("From which day on?"), ({ close }) => {
    /** @param {SubmitEvent} event */
    const submit = (event) => {
      event.preventDefault();
      const day = new FormData(/** @type {HTMLFormElement} */ (event.currentTarget)).get("day");
      return fromDialog(() => draft.command("draft/schedule", { day }), { sentences: DRAFTS });
    };
    const tomorrow = new Intl.DateTimeFormat("en-CA", { timeZone: boot.timezone }).format(now() + 24 * 3600_000);
    return html`<form class="stack" @submit=${submit}>
      <div class="field"><label for="from-day">${_("Day")}</label><input class="input" type="date" id="from-day" name="day" value=${tomorrow} min=${tomorrow} required data-first />
      <p class="hint">${_("The changes are applied by themselves at midnight before that day. Until then you may go on changing them.")}</p></div>
      ${dialogProblem()}
      <div class="row row-end">
        <button type="button" class="button" @click=${close}>${_("Cancel")}</button>
        <button class="button button-main" ?disabled=${isDialogBusy()}>${_("From this day on")}</button>
      </div>
    </form>`;
  });

const askDiscard = () =>
  showDialog(_("Throw the draft away?"), ({ close }) => html`<div class="stack">
    <p>${_("Everything that is not applied yet is forgotten, also what others have changed.")}</p>
    ${dialogProblem()}
    <div class="row row-end">
      <button type="button" class="button" @click=${close}>${_("Cancel")}</button>
      <button type="button" class="button button-danger" ?disabled=${isDialogBusy()} @click=${() => fromDialog(() => draft.command("draft/take-back", { path: [] }), { sentences: DRAFTS })}>${_("Throw away")}</button>
    </div>
  </div>`);

/** @type {import("../web/js/refusals.js").Sentences} */
const DRAFTS = {
  draft_changed: () => _("Somebody else has just changed the draft. Please look at it again."),
  day: () => _("Please choose a day after today."),
};
