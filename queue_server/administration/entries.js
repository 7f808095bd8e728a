/** Entries of a table: a list, a dialog to change one, to add one, to remove one. */

import { closeDialog, showDialog } from "../web/js/dialog.js";
import { _, n_, textOf } from "../web/js/i18n.js";
import { icon } from "../web/js/icons.js";
import { html, nothing } from "../web/js/templates.js";
import { isError, problemNotes, setting } from "./controls.js";
import { draft, nameOf, newKeyFor, onRedraw, redraw, textLanguages, topPart } from "./desk.js";
import { blank } from "./lists.js";
import { lookOf } from "./looks.js";
import { isSame, ORDER } from "./paths.js";
import { mentionsOf, removal } from "./references.js";

/**
 * @typedef {import("./desk.js").Part} Part
 * @typedef {import("./paths.js").Path} Path
 */

/**
 * How a table is shown.
 *
 * @typedef {object} Look
 * @property {string} drawing
 * @property {(entry: any, key: string) => string} [name]  instead of what it is called elsewhere
 * @property {(entry: any) => string} [letter]  instead of the drawing
 * @property {() => string} addWords
 * @property {(key: string) => string} title  heading of the dialog
 * @property {(entry: any, key: string) => unknown} [summary]  what stands under the name
 * @property {string[]} [ask]  parts that a new entry cannot do without, in the order of asking
 * @property {(given: Record<string, any>) => Record<string, any>} [begin]  a new entry from them
 * @property {(key: string) => unknown} [more]  further settings in the dialog
 * @property {boolean} [isOrdered]
 * @property {boolean} [asksKey]  people choose the name themselves, as of a procedure's code
 */

/**
 * @param {string} table
 * @param {Look} look
 */
export const entryList = (table, look) => {
  const entries = draft.tree[table] ?? {};
  const gone = Object.keys(draft.live[table] ?? {}).filter((key) => !(key in entries));
  const isOrderable = look.isOrdered && Object.keys(entries).length > 1;
  return html`<ul class="entries ${isOrdering(table) ? "is-ordering" : ""}">
      ${Object.entries(entries).map(([key, entry], place, all) => entryCard(table, look, { key, entry, place, count: all.length }))}
      ${gone.map((key) => goneCard(table, look, key))}
    </ul>
    <div class="row">
      <button type="button" class="button" @click=${() => addEntry(table, look)}>${icon("plus")}${look.addWords()}</button>
      ${isOrderable ? html`<button type="button" class="button button-quiet" aria-pressed=${isOrdering(table)} @click=${() => switchOrdering(table)}>${icon("arrow-up")}${isOrdering(table) ? _("The order is right") : _("Change the order")}</button>` : nothing}
    </div>`;
};

/** The table whose order is being changed. */
let ordering = "";

/** @param {string} table */
const isOrdering = (table) => ordering === table;

/** @param {string} table */
const switchOrdering = (table) => {
  ordering = isOrdering(table) ? "" : table;
  redraw();
};

/**
 * @param {string} table
 * @param {Look} look
 * @param {{ key: string, entry: any, place: number, count: number }} one
 */
const entryCard = (table, look, { key, entry, place, count }) => {
  const problems = draft.problemsAt([table, key], true);
  const mark = markOf(table, key);
  return html`<li class="entry ${mark ? "is-changed" : ""}">
    <button type="button" class="entry-open" aria-haspopup="dialog" @click=${() => openEntry(table, key, look)}>
      <span class="badge">${look.letter?.(entry) || icon(look.drawing)}</span>
      <span class="entry-words">
        <strong>${look.name?.(entry, key) ?? nameOf(table, key)}</strong>
        ${look.summary ? html`<span class="dim small">${look.summary(entry, key)}</span>` : nothing}
        ${mark ? html`<span class="small state is-notice">${mark}</span>` : nothing}
        ${problems.some(isError) ? html`<span class="error small">${icon("warning")}${problems.find(isError)?.reason}</span>` : nothing}
      </span>
      ${icon("chevron-right")}
    </button>
    ${isOrdering(table)
      ? html`<span class="entry-steps">
          <button type="button" class="button button-quiet button-step" ?disabled=${place === 0} aria-label=${_("Move %(name)s up", { name: nameOf(table, key) })} @click=${() => move(table, place, -1)}>${icon("arrow-up")}</button>
          <button type="button" class="button button-quiet button-step" ?disabled=${place === count - 1} aria-label=${_("Move %(name)s down", { name: nameOf(table, key) })} @click=${() => move(table, place, 1)}>${icon("arrow-down")}</button>
        </span>`
      : nothing}
  </li>`;
};

/**
 * @param {string} table
 * @param {string} key
 */
const markOf = (table, key) => {
  if (!draft.isChanged([table, key])) return "";
  return draft.before([table, key]) === undefined ? _("New, not applied yet") : _("Changed, not applied yet");
};

/**
 * @param {string} table
 * @param {Look} look
 * @param {string} key
 */
const goneCard = (table, look, key) => html`<li class="entry is-gone">
  <span class="entry-open"><span class="badge">${icon(look.drawing)}</span>
    <span class="entry-words"><strong>${nameOf(table, key)}</strong><span class="small state is-danger">${icon("close")}${_("Will be removed")}</span></span></span>
  <button type="button" class="button button-quiet" @click=${() => draft.restore([table, key])}>${icon("undo")}${_("Keep it")}<span class="visually-hidden"> – ${nameOf(table, key)}</span></button>
</li>`;

/**
 * @param {string} table
 * @param {number} place
 * @param {number} by
 */
const move = (table, place, by) => {
  const keys = Object.keys(draft.tree[table]);
  const [key] = keys.splice(place, 1);
  keys.splice(place + by, 0, key);
  draft.set([table, ORDER], keys);
};

/**
 * A dialog that is drawn anew whenever the draft changes.
 *
 * @param {string} title
 * @param {(shown: import("../web/js/dialog.js").Shown) => unknown} body
 * @param {string} [kind]
 */
export const liveDialog = (title, body, kind = "dialog-wide") => {
  const shown = showDialog(title, body, { kind });
  const stop = onRedraw(() => shown.element.open && shown.draw());
  shown.element.addEventListener("close", stop);
  return shown;
};

/**
 * @param {string} table
 * @param {string} key
 * @param {Look} look
 */
export const openEntry = (table, key, look) => {
  const part = topPart(table);
  liveDialog(look.title(key), ({ close }) => {
    if (!draft.value([table, key])) return html`<p>${_("This does not exist any more. Please look again.")}</p>`;
    const of = part.control.of;
    const isStruct = of?.kind === "struct";
    return html`<div class="stack entry-form">
      ${problemNotes(draft.problemsAt([table, key]))}
      ${isStruct
        ? (of.parts ?? []).map((inner) => setting(inner, [table, key, inner.name]))
        : setting({ name: key, label: part.label, control: /** @type {any} */ (of) }, [table, key])}
      ${look.more?.(key) ?? nothing}
      <div class="row row-apart dialog-foot">
        <button type="button" class="button button-danger" @click=${() => removeEntry(table, key)}>${icon("close")}${_("Remove")}</button>
        <button type="button" class="button button-main" @click=${close}>${_("Done")}</button>
      </div>
    </div>`;
  });
};

/**
 * @param {string} table
 * @param {Look} look
 */
export const addEntry = (table, look) => {
  const part = topPart(table);
  const parts = part.control.of?.parts ?? [];
  const asked = (look.ask ?? ["name"]).map((name) => parts.find((each) => each.name === name)).filter((each) => each !== undefined);
  let problem = "";
  const shown = showDialog(look.addWords(), ({ close }) => {
    /** @param {SubmitEvent} event */
    const submit = (event) => {
      event.preventDefault();
      const fields = new FormData(/** @type {HTMLFormElement} */ (event.currentTarget));
      const given = Object.fromEntries(asked.map((each) => [each.name, readAsked(each, fields)]));
      const words = given.name?.vi ?? given.number ?? "";
      const key = look.asksKey ? String(fields.get("key")).trim() : newKeyFor(table, look.asksKey ? words : keyWords(table, words));
      if (draft.value([table, key])) {
        problem = _("%(name)s is there already.", { name: key });
        return shown.draw();
      }
      const entry = part.control.of?.kind === "texts" ? given.name : look.begin?.(given) ?? { .../** @type {any} */ (part.control.of && blank(part.control.of)), ...given };
      draft.set([table, key], entry);
      close();
      openEntry(table, key, look);
    };
    return html`<form class="stack" @submit=${submit} autocomplete="off">
      ${look.asksKey ? html`<div class="field"><label for="new-key">${_("Code")}</label><input class="input" id="new-key" name="key" required data-first /></div>` : nothing}
      ${part.control.of?.kind === "texts" ? askedTexts({ name: "name", label: part.label }) : asked.map(askedField)}
      <div role="alert">${problem ? html`<p class="error">${icon("warning")}<span>${problem}</span></p>` : nothing}</div>
      <div class="row row-end">
        <button type="button" class="button" @click=${close}>${_("Cancel")}</button>
        <button class="button button-main">${_("Add")}</button>
      </div>
    </form>`;
  });
};

/** Counters are named by their number. @param {string} table @param {string} words */
const keyWords = (table, words) => (table === "counters" ? `counter-${words}` : words);

/**
 * @param {Part} part
 * @param {FormData} fields
 */
const readAsked = ({ name, control }, fields) => {
  if (control.kind !== "texts") return String(fields.get(name) ?? "").trim();
  const texts = textLanguages().map((tag) => [tag, String(fields.get(`${name}-${tag}`) ?? "").trim()]);
  return Object.fromEntries(texts.filter(([, words]) => words));
};

/** @param {Part} part */
const askedField = (part) => {
  if (part.control.kind === "texts") return askedTexts(part);
  const id = `new-${part.name}`;
  if (part.control.kind === "reference") {
    const options = Object.keys(draft.tree[part.control.to ?? ""] ?? {});
    return html`<div class="field"><label for=${id}>${part.label}</label>
      <select class="input" id=${id} name=${part.name} required>${options.map((key) => html`<option value=${key}>${nameOf(part.control.to ?? "", key)}</option>`)}</select></div>`;
  }
  return html`<div class="field"><label for=${id}>${part.label}</label><input class="input" id=${id} name=${part.name} required />${part.help ? html`<p class="hint">${part.help}</p>` : nothing}</div>`;
};

/** @param {{ name: string, label: string }} part */
const askedTexts = ({ name, label }) =>
  textLanguages().map(
    (tag) => html`<div class="field">
      <label for="new-${name}-${tag}">${_("%(what)s in %(language)s", { what: label, language: languageWord(tag) })}</label>
      <input class="input" id="new-${name}-${tag}" name="${name}-${tag}" lang=${tag} ?required=${tag === "vi"} />
    </div>`,
  );

/** @param {string} tag */
const languageWord = (tag) => new Intl.DisplayNames([document.documentElement.lang || "vi"], { type: "language" }).of(tag) ?? tag;

/**
 * Ask what becomes of what names the entry, then remove it.
 *
 * @param {string} table
 * @param {string} key
 */
export const removeEntry = (table, key) => {
  const name = nameOf(table, key);
  const needing = mentionsOf(table, key).filter(({ needs }) => needs);
  const others = Object.keys(draft.tree[table] ?? {}).filter((each) => each !== key);
  let instead = others.length && needing.length ? others[0] : "";
  liveDialog(
    _("Remove %(name)s?", { name }),
    ({ close, draw }) => {
      const edits = removal(table, key, instead || undefined);
      const gone = edits.filter(({ path, value }) => value === undefined && path.length === 2 && !isSame(path, [table, key]));
      const changed = new Set(edits.filter(({ path, value }) => path.length > 2 || value !== undefined).map(({ path: [top, entry] }) => (topPart(top)?.control.kind === "table" ? lookOf(top).title(entry) : topPart(top)?.label)));
      const remove = () => {
        draft.change(edits);
        closeDialog();
      };
      return html`<div class="stack">
        ${needing.length && others.length
          ? html`<div class="field">
              <label for="instead">${n_("%(num)s entry belongs to it. What becomes of it?", "%(num)s entries belong to it. What becomes of them?", needing.length)}</label>
              <select class="input" id="instead" @change=${(/** @type {any} */ { target }) => {
                instead = target.value;
                draw();
              }}>
                ${others.map((each) => html`<option value=${each} ?selected=${each === instead}>${_("Move to %(name)s", { name: nameOf(table, each) })}</option>`)}
                <option value="" ?selected=${!instead}>${_("Remove too")}</option>
              </select>
            </div>`
          : nothing}
        ${gone.length ? listed(_("Removed too:"), gone.map(({ path: [top, entry] }) => nameOf(top, entry))) : nothing}
        ${changed.size ? listed(_("Changed too:"), [...changed]) : nothing}
        <p class="dim">${_("Nothing happens before you apply the changes. Whoever waits keeps number and place.")}</p>
        <div class="row row-end">
          <button type="button" class="button" @click=${close}>${_("Cancel")}</button>
          <button type="button" class="button button-danger" @click=${remove}>${_("Remove")}</button>
        </div>
      </div>`;
    },
    "",
  );
};

/**
 * @param {string} heading
 * @param {string[]} names
 */
const listed = (heading, names) => html`<div>
  <strong>${heading}</strong>
  <ul class="consequences">${names.slice(0, 12).map((name) => html`<li>${name}</li>`)}${names.length > 12 ? html`<li>${n_("and %(num)s more", "and %(num)s more", names.length - 12)}</li>` : nothing}</ul>
</div>`;

/** What people call an entry, in words of a sentence. @param {any} entry */
export const said = (entry) => textOf(entry?.name);
