/**
 * What every part of the administrator's pages works with: the draft, the form, names, drawing.
 *
 * @typedef {import("./paths.js").Path} Path
 * @typedef {{ value: string, label: string, help?: string }} Choice
 * @typedef {object} Control
 * @property {string} kind
 * @property {boolean} [is_optional]
 * @property {string} [to]
 * @property {number} [least]
 * @property {number} [most]
 * @property {Choice[]} [choices]
 * @property {Control} [key]
 * @property {Control} [of]
 * @property {Part[]} [parts]
 * @typedef {object} Part
 * @property {string} name
 * @property {string} label
 * @property {string} [help]
 * @property {Control} control
 * @property {boolean} [is_required]
 * @property {any} [default]
 */

import { boot } from "../web/js/boot.js";
import { _, language, textOf } from "../web/js/i18n.js";
import { toast } from "../web/js/toast.js";
import { Draft } from "./draft.js";

/** @type {Set<() => void>} */
const drawers = new Set();

/** Draw everything anew. */
export const redraw = () => drawers.forEach((draw) => draw());

/** @param {() => void} draw  called whenever something changed */
export const onRedraw = (draw) => {
  drawers.add(draw);
  return () => drawers.delete(draw);
};

/** @type {Control} */
export const form = boot.form;
export const draft = new Draft(boot.centre, redraw, (names, paths) => {
  const what = paths.map((path) => whereOf(path)).join(", ");
  toast(
    _("%(names)s changed the same at the same time (%(what)s). What you entered now counts; please look at it again.", { names, what }),
    "warning",
  );
});

const loadedAt = performance.now();

/** The centre's time, ms since 1970; this machine's clock may be wrong. */
export const now = () => Date.parse(boot.now) + performance.now() - loadedAt;

/** The part of the form at a path of names; undefined within tables of free names. @param {Path} path */
export const partAt = (path) => {
  let control = form;
  /** @type {Part | undefined} */
  let part;
  for (const step of path) {
    if (control.kind === "struct") {
      part = control.parts?.find(({ name }) => name === step);
      if (!part) return undefined;
      control = part.control;
    } else if (control.of) control = control.of;
  }
  return part;
};

/** A part at the top of the form. @param {string} name */
export const topPart = (name) => /** @type {Part} */ (form.parts?.find((part) => part.name === name));

/** Where something is, in words: "Counters, 7, Zone". @param {Path} path */
export const whereOf = (path) => {
  const [table, key] = path;
  const part = topPart(table);
  const isTable = part?.control.kind === "table";
  const last = path.length > (isTable ? 2 : 1) ? partAt(path)?.label : undefined;
  const name = key !== undefined && isTable ? nameOf(table, key) : "";
  return [part?.label ?? table, name, last].filter(Boolean).join(", ");
};

/** The languages in which the centre's texts are written; Vietnamese always, and first. */
export const textLanguages = () => [...new Set(["vi", ...(draft.tree.languages ?? [])])];

/** What a language is called. @param {string} tag */
export const languageName = (tag) => {
  if (boot.languages[tag]) return boot.languages[tag];
  try {
    return new Intl.DisplayNames([language], { type: "language" }).of(tag) ?? tag;
  } catch {
    return tag;
  }
};

/**
 * What people call an entry of a table.
 *
 * @param {string} table
 * @param {string} key
 */
export const nameOf = (table, key) => {
  const entry = draft.tree[table]?.[key] ?? draft.live[table]?.[key];
  if (!entry) return key;
  if (table === "counters") return entry.number ?? key;
  if (table === "procedures") return `${key} ${textOf(entry.name)}`;
  return textOf(entry.name ?? (entry.vi ? entry : undefined)) || key;
};

/**
 * The entries of a table as choices.
 *
 * @param {string} table
 * @returns {[string, string][]}
 */
export const choicesOf = (table) =>
  Object.keys(draft.tree[table] ?? {}).map((key) => [key, nameOf(table, key)]);

/**
 * A name for a new entry made of what people call it, not used yet.
 *
 * @param {string} table
 * @param {string} words
 */
export const newKeyFor = (table, words) => {
  const known = draft.tree[table] ?? {};
  const stem =
    words
      .toLowerCase()
      .normalize("NFD")
      .replace(/[\u0300-\u036f]/g, "")
      .replaceAll("đ", "d")
      .replace(/[^a-z0-9]+/g, "-")
      .replace(/^-|-$/g, "")
      .slice(0, 36) || table.replace(/s$/, "");
  let key = stem;
  for (let n = 2; key in known; n++) key = `${stem}-${n}`;
  return key;
};
