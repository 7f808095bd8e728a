/**
 * What stands on the centre's paper: a draft, seen as it would come out, then saved.
 *
 * Boot: see queue_server/paper/routes.py.
 *
 * @typedef {import("./paper_types.js").Draft} Draft
 * @typedef {import("./paper_types.js").Paper} Paper
 * @typedef {import("./paper_types.js").Template} Template
 */

import { boot } from "../web/js/boot.js";
import { _, language } from "../web/js/i18n.js";
import { icon } from "../web/js/icons.js";
import { languageName } from "../web/js/languages.js";
import { sentenceOf } from "../web/js/refusals.js";
import { html, live, nothing, render } from "../web/js/templates.js";
import { toast } from "../web/js/toast.js";
import { previewOf, save, savedTemplates, templateOf } from "./draft.js";
import { logoOf } from "./logo_file.js";
import { partList } from "./part_list.js";
import { PAPERS, PREVIEWS, SIZES } from "./words.js";

const SETTLED_MS = 250;
const root = /** @type {HTMLElement} */ (document.getElementById("paper"));

/** @type {Draft | null} */
let saved = null;
/** @type {Draft | null} */
let draft = null;
/** @type {Paper} */
let paper = "ticket";
let shownIn = boot.paper_languages.includes(language) ? language : "vi";
/** Pictures by size. @type {Record<string, string>} */
let pictures = {};
let problem = "";
let isSaving = false;
let turn = 0;
let timer = 0;

const isChanged = () => JSON.stringify(saved) !== JSON.stringify(draft);
const sizes = () => (paper === "ticket" ? ["80", "58"] : ["A5", "A4", "80", "58"]);

const draw = () => {
  if (draft) render(page(draft), root);
};

/** Draw the previews again once the hand rests. */
const look = () => {
  clearTimeout(timer);
  timer = window.setTimeout(show, SETTLED_MS);
};

const show = async () => {
  const mine = ++turn;
  const wanted = { paper, language: shownIn };
  for (const size of sizes()) {
    if (!draft) return;
    const found = await previewOf(draft, { ...wanted, size });
    if (mine !== turn) return; // changed again meanwhile
    if (!found) continue;
    if ("problem" in found) {
      problem = found.problem;
      break;
    }
    problem = "";
    if (pictures[size]) URL.revokeObjectURL(pictures[size]);
    pictures = { ...pictures, [size]: found.url };
    draw();
  }
  root.dataset.shown = `${mine}`;
  draw();
};

/** @param {Partial<Template>} change */
const edit = (change) => {
  if (!draft) return;
  Object.assign(templateOf(draft, paper), change);
  draw();
  look();
};

/** @param {Paper} chosen */
const choose = (chosen) => {
  paper = chosen;
  pictures = {};
  draw();
  show();
};

/** @param {Draft} shown */
const page = (shown) => html`<form class="stack" @submit=${submit} autocomplete="off">
  <div class="row row-apart">
    <div>
      <h1 class="page-title">${_("What is on paper")}</h1>
      <p class="dim">${_("What you change is shown at once and printed once it is saved. Paper that was asked for before stays as it was.")}</p>
    </div>
    ${languageChoice()}
  </div>
  <div class="segments papers" role="group" aria-label=${_("Paper")}>
    ${Object.entries(PAPERS).map(
      ([name, words]) => html`<button
        type="button"
        class="button"
        aria-pressed=${name === paper ? "true" : "false"}
        @click=${() => choose(/** @type {Paper} */ (name))}
      >${words()}</button>`,
    )}
  </div>
  <div class="paper-columns">
    <div class="stack">${fields(shown)}</div>
    <div class="previews" aria-label=${_("Preview")} role="group">${sizes().map(preview)}</div>
  </div>
  ${foot()}
</form>`;

const languageChoice = () => html`<div class="segments" role="group" aria-label=${_("Language of the citizen")}>
  ${boot.paper_languages.map(
    (/** @type {string} */ tag) => html`<button
      type="button"
      class="button"
      lang=${tag}
      aria-pressed=${tag === shownIn ? "true" : "false"}
      @click=${() => {
        shownIn = tag;
        draw();
        show();
      }}
    >${languageName(tag)}</button>`,
  )}
</div>`;

/** @param {Draft} shown */
const fields = (shown) => {
  const template = templateOf(shown, paper);
  return html`<section class="card stack" aria-label=${_("Words and logo")}>
      ${logoField(shown, template)}
      ${texts("header", paper === "ticket" ? _("First line, in place of the centre's name") : _("Agency above the centre's name"), template)}
      ${texts("footer", _("Last lines"), template)}
    </section>
    <section class="card stack" aria-label=${_("Parts and size")}>
      ${partList(paper, template, (parts) => edit({ parts }))}
      <fieldset class="field plain-field">
        <legend>${_("Letters")}</legend>
        <div class="row">${Object.entries(SIZES).map(([name, words]) => sizeChoice(name, words(), template))}</div>
      </fieldset>
      ${paper === "ticket" ? papersNamed(template) : formFields(template)}
    </section>`;
};

/**
 * @param {Draft} shown
 * @param {Template} template
 */
const logoField = (shown, template) => html`<div class="field">
  <label for="logo">${_("Logo of the centre")}</label>
  <div class="row">
    ${shown.logo ? html`<img class="logo" src="data:image/png;base64,${shown.logo}" alt=${_("Logo of the centre")} />` : nothing}
    <input class="input" id="logo" type="file" accept="image/png,image/jpeg,image/webp,image/svg+xml" @change=${takeLogo} />
    ${shown.logo
      ? html`<button type="button" class="button button-quiet" @click=${() => setLogo("")}>${icon("close")}${_("Remove")}</button>`
      : nothing}
  </div>
  <p class="hint">${_("Dark on white; it is printed in black, for all papers the same.")}</p>
  <label class="choice">
    <input type="checkbox" .checked=${live(template.has_logo)} @change=${(/** @type {any} */ { target }) => edit({ has_logo: target.checked })} />
    <span>${_("On this paper")}</span>
  </label>
</div>`;

/** @param {any} event */
const takeLogo = async ({ target }) => {
  const [file] = target.files;
  if (!file) return;
  const logo = await logoOf(file);
  target.value = "";
  if (logo === null) toast(_("This file is no picture, or too large a one for paper."), "warning");
  else setLogo(logo);
};

/** @param {string} logo */
const setLogo = (logo) => {
  if (!draft) return;
  draft = { ...draft, logo };
  edit(logo ? { has_logo: true } : {});
};

/**
 * @param {"header" | "footer"} key
 * @param {string} words
 * @param {Template} template
 */
const texts = (key, words, template) => html`<fieldset class="field plain-field">
  <legend>${words}</legend>
  ${boot.languages.map(
    (/** @type {string} */ tag) => html`<label class="text-line">
      <span class="dim">${tag}</span>
      <input
        class="input"
        name="${key}-${tag}"
        lang=${tag}
        maxlength="300"
        .value=${live(template[key][tag] ?? "")}
        @input=${(/** @type {any} */ { target }) => edit({ [key]: without({ ...template[key], [tag]: target.value }) })}
      />
    </label>`,
  )}
</fieldset>`;

/** Texts without the empty ones. @param {Record<string, string>} all */
const without = (all) => Object.fromEntries(Object.entries(all).filter(([, text]) => text.trim()));

/**
 * @param {string} name
 * @param {string} words
 * @param {Template} template
 */
const sizeChoice = (name, words, template) => html`<label class="choice">
  <input type="radio" name="text-size" value=${name} .checked=${live(template.text_size === name)} @change=${() => edit({ text_size: /** @type {any} */ (name) })} />
  <span>${words}</span>
</label>`;

/** @param {Template} template */
const papersNamed = (template) => html`<label class="field">
  <span class="label">${_("Papers to have ready that are named")}</span>
  <input class="input input-count" type="number" min="0" max="8" .value=${live(`${template.papers_named}`)} @change=${(/** @type {any} */ { target }) => edit({ papers_named: Number(target.value) })} />
</label>`;

/** @param {Template} template */
const formFields = (template) => html`<div class="row">
  <label class="field">
    <span class="label">${_("Version")}</span>
    <input class="input input-version" maxlength="20" .value=${live(template.version ?? "")} @change=${(/** @type {any} */ { target }) => edit({ version: target.value })} />
  </label>
  <fieldset class="field plain-field">
    <legend>${_("Sheet of office printers")}</legend>
    <div class="row">
      ${["A5", "A4"].map(
        (name) => html`<label class="choice">
          <input type="radio" name="sheet" .checked=${live(template.sheet === name)} @change=${() => edit({ sheet: /** @type {any} */ (name) })} />
          <span>${name}</span>
        </label>`,
      )}
    </div>
  </fieldset>
</div>`;

/** @param {string} size */
const preview = (size) => html`<figure class="preview preview-${size}">
  <figcaption class="dim">${PREVIEWS[size]?.()}</figcaption>
  ${pictures[size]
    ? html`<img src=${pictures[size]} alt=${`${PAPERS[paper]?.()}, ${PREVIEWS[size]?.()}`} />`
    : html`<span class="spinner" aria-hidden="true"></span>`}
</figure>`;

const foot = () => html`<div class="card row row-apart paper-foot">
  <div role="status">
    ${problem
      ? html`<p class="state is-danger">${icon("warning")}<span>${problem}</span></p>`
      : html`<p class="dim">${isChanged() ? _("Changed, not saved yet.") : _("As it is printed now.")}</p>`}
  </div>
  <div class="row">
    <button type="button" class="button" ?disabled=${!isChanged() || isSaving} @click=${discard}>${icon("undo")}${_("Discard")}</button>
    <button class="button button-main" ?disabled=${!isChanged() || isSaving || problem !== ""}>${icon("check")}${_("Save")}</button>
  </div>
</div>`;

const discard = () => {
  draft = structuredClone(saved);
  problem = "";
  draw();
  show();
};

/** @param {Event} event */
const submit = async (event) => {
  event.preventDefault();
  if (!draft || isSaving || !isChanged()) return;
  isSaving = true;
  draw();
  try {
    await save(draft);
    saved = structuredClone(draft);
    toast(_("Saved. New paper looks like this from now on."), "done");
  } catch (refusal) {
    toast(sentenceOf(refusal), "warning");
  }
  isSaving = false;
  draw();
};

const start = async () => {
  if (!boot.is_configured) {
    render(html`<p class="notice">${icon("info")}<span>${_("This centre has no configuration yet. Please ask the administrator.")}</span></p>`, root);
    return;
  }
  try {
    saved = await savedTemplates();
  } catch (refusal) {
    render(html`<p class="notice is-danger">${icon("warning")}<span>${sentenceOf(refusal)}</span></p>`, root);
    return;
  }
  draft = structuredClone(saved);
  root.querySelector("#loading")?.remove();
  draw();
  show();
};

addEventListener("beforeunload", (event) => {
  if (isChanged()) event.preventDefault();
});
start();
