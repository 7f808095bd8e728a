/** What in the configuration names an entry, and what becomes of it when the entry is removed. */

import { draft, form } from "./desk.js";

/**
 * @typedef {import("./desk.js").Control} Control
 * @typedef {import("./paths.js").Path} Path
 * @typedef {import("./paths.js").Edit} Edit
 */

/**
 * One place that names the entry.
 *
 * @typedef {object} Mention
 * @property {Path} path
 * @property {any} without  the value there without the name; undefined removes it
 * @property {[table: string, key: string] | null} needs  an entry that cannot be without it
 */

/**
 * Every mention of an entry.
 *
 * @param {string} table
 * @param {string} key
 * @returns {Mention[]}
 */
export const mentionsOf = (table, key) => {
  /** @type {Mention[]} */
  const found = [];
  walk(form, draft.tree, [], { table, key, found });
  return found;
};

/**
 * The edits that remove an entry: what must name it is given another name, or removed too.
 *
 * @param {string} table
 * @param {string} key
 * @param {string} [instead]  another entry of the table
 * @returns {Edit[]}
 */
export const removal = (table, key, instead) => {
  /** @type {Map<string, Edit>} */
  const edits = new Map();
  /** @type {[string, string][]} */
  const doomed = [[table, key]];
  for (const [fromTable, entry] of doomed) {
    const path = [fromTable, entry];
    edits.set(path.join("\0"), { path });
    for (const mention of mentionsOf(fromTable, entry)) {
      const isOwn = mention.needs && doomed.some(([t, k]) => t === mention.needs?.[0] && k === mention.needs[1]);
      if (isOwn) continue;
      if (mention.needs && instead && fromTable === table) {
        edits.set(mention.path.join("\0"), { path: mention.path, value: instead });
      } else if (mention.needs) doomed.push(mention.needs);
      else edits.set(mention.path.join("\0"), { path: mention.path, value: mention.without });
    }
  }
  const isGone = (/** @type {Path} */ path) => path.length > 2 && edits.has(path.slice(0, 2).join("\0"));
  return [...edits.values()].filter(({ path }) => !isGone(path));
};

/**
 * @param {Control} control
 * @param {any} value
 * @param {Path} path
 * @param {{ table: string, key: string, found: Mention[] }} search
 */
const walk = (control, value, path, search) => {
  if (value === undefined || value === null) return;
  const { table, key, found } = search;
  if (control.kind === "struct") {
    for (const part of control.parts ?? []) {
      const inner = [...path, part.name];
      const isNamed = part.control.kind === "reference" && part.control.to === table && value[part.name] === key;
      if (isNamed) found.push({ path: inner, without: undefined, needs: part.is_required ? entryOf(path) : null });
      else walk(part.control, value[part.name], inner, search);
    }
  } else if (control.kind === "table") {
    const isOfNames = control.key?.kind === "reference" && control.key.to === table;
    for (const [name, entry] of Object.entries(value)) {
      if (isOfNames && name === key) found.push({ path: [...path, name], without: undefined, needs: null });
      else if (control.of) walk(control.of, entry, [...path, name], search);
    }
  } else if (control.kind === "list" && control.of?.kind === "reference" && control.of.to === table) {
    if (value.includes(key)) found.push({ path, without: value.filter((/** @type {string} */ each) => each !== key), needs: null });
  }
};

/** The entry of a table at the top that a path is within. @param {Path} path @returns {[string, string] | null} */
const entryOf = (path) => (path.length >= 2 ? [path[0], path[1]] : null);
