/** Configurations that were in force, and the centre as a file. */

import { get } from "../web/js/api.js";
import { _, clockTime, weekday } from "../web/js/i18n.js";
import { icon } from "../web/js/icons.js";
import { Refusal } from "../web/js/api.js";
import { sentenceOf } from "../web/js/refusals.js";
import { html, nothing } from "../web/js/templates.js";
import { toast } from "../web/js/toast.js";
import { draft, redraw } from "./desk.js";
import { group, heading } from "./plain_sections.js";
import { goTo } from "./walk.js";

/**
 * @typedef {object} Applied
 * @property {string} epoch
 * @property {number} offset
 * @property {string} at
 * @property {string} actor_kind
 * @property {string} name
 * @property {boolean} is_in_force
 */

/** @type {Applied[] | null} */
let applied = null;
let isAsking = false;
/** @type {{ key: string, reason: string, severity: string }[]} */
let faults = [];
let refusal = "";

const ask = async () => {
  if (isAsking) return;
  isAsking = true;
  try {
    applied = await get(draft.address("history"));
  } catch (error) {
    toast(sentenceOf(error), "warning");
    applied = [];
  } finally {
    isAsking = false;
    redraw();
  }
};

/** Something was applied: the list is not complete any more. */
export const forgetHistory = () => {
  applied = null;
};

export const historySection = () => {
  if (!applied) queueMicrotask(ask);
  return html`${heading(_("History and files"), _("Go back to how the centre was, keep a copy, or bring in a file."))}
    ${group("history", _("What was in force"), applied ? list(applied) : html`<p class="row dim"><span class="spinner" aria-hidden="true"></span>${_("Loading …")}</p>`, _("Going back makes a draft of it: you see what would change, and apply it or not."))}
    ${group("file", _("The centre as a file"), files(), _("One text file that says all that the centre is; for safe keeping, for another server, or to be changed by hand."))}`;
};

/** @param {Applied[]} found */
const list = (found) =>
  found.length
    ? html`<ul class="history">
        ${found.map(
          (each) => html`<li>
            <span><strong>${weekday(each.at)}, ${clockTime(each.at)}</strong><br /><span class="dim small">${who(each)}</span></span>
            ${each.is_in_force ? html`<span class="chip is-done">${icon("check")}${_("In force")}</span>` : html`<button type="button" class="button" @click=${() => restore(each)}>${icon("undo")}${_("Go back to this")}<span class="visually-hidden"> – ${weekday(each.at)}, ${clockTime(each.at)}</span></button>`}
            <a class="button button-quiet" href=${draft.address("file", { epoch: each.epoch, offset: String(each.offset) })} download>${icon("arrow-down")}${_("File")}<span class="visually-hidden"> – ${weekday(each.at)}, ${clockTime(each.at)}</span></a>
          </li>`,
        )}
      </ul>`
    : html`<p class="dim">${_("Nothing is on record yet.")}</p>`;

/** @param {Applied} each */
const who = ({ actor_kind, name }) => (actor_kind === "staff" ? name : _("by the centre file, on the server"));

/** @param {Applied} each */
const restore = async ({ epoch, offset }) => {
  try {
    await draft.command("draft/restore", { epoch, offset });
    goTo("changes");
  } catch (error) {
    toast(sentenceOf(error), "warning");
  }
};

const files = () => html`<div class="stack">
  <div class="row">
    <a class="button" href=${draft.address("file")} download>${icon("arrow-down")}${_("Download what is in force")}</a>
    ${draft.edits.length ? html`<a class="button" href=${draft.address("file", { of: "draft" })} download>${icon("arrow-down")}${_("Download the draft")}</a>` : nothing}
    <label class="button file-button">${icon("arrow-up")}${_("Upload a centre file …")}<input type="file" class="visually-hidden" accept=".toml,text/plain" @change=${upload} /></label>
  </div>
  <p class="hint">${_("An upload becomes the draft, in place of what it was; it counts when you apply it.")}</p>
  <div role="alert">
    ${refusal ? html`<p class="error">${icon("warning")}<span>${refusal}</span></p>` : nothing}
    ${faults.length ? html`<ul class="faults">${faults.map(({ key, reason }) => html`<li><code>${key}</code> ${reason}</li>`)}</ul>` : nothing}
  </div>
</div>`;

/** @param {Event} event */
const upload = async ({ target }) => {
  const field = /** @type {HTMLInputElement} */ (target);
  const file = field.files?.[0];
  if (!file) return;
  [faults, refusal] = [[], ""];
  try {
    await draft.upload("draft/file", file);
    goTo("changes");
  } catch (error) {
    refusal = sentenceOf(error, UPLOADS);
    faults = error instanceof Refusal ? (error.facts.problems ?? []) : [];
  } finally {
    field.value = "";
    redraw();
  }
};

/** @type {import("../web/js/refusals.js").Sentences} */
const UPLOADS = {
  broken_centre_file: () => _("The file has errors; nothing was changed."),
  other_centre: ({ facts }) => _("This file is of another centre: %(centre)s.", { centre: facts.centre }),
  too_large: () => _("The file is too large."),
};
