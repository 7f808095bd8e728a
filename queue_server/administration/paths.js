/**
 * Places in a configuration, and edits laid over it: the same rules as `tree.py` and `edits.py`.
 *
 * @typedef {Record<string, any>} Tree
 * @typedef {string[]} Path
 * @typedef {{ path: Path, value?: any, was?: any }} Edit  without `value` the place is removed
 */

/** Last step of a path that stands for the order of a table's keys. */
export const ORDER = "#order";

const BARE = /^[A-Za-z0-9_-]+$/;

/**
 * Where something is written, as problems name it: names joined by dots, lists counted from 1.
 *
 * @param {(string | number)[]} path
 */
export const keyOf = (path) =>
  path.reduce((/** @type {string} */ key, part) => {
    if (typeof part === "number") return `${key}[${part}]`;
    const name = BARE.test(part) ? part : JSON.stringify(part);
    return key ? `${key}.${name}` : name;
  }, "");

/**
 * The names at the beginning of a problem's key, lists left out.
 *
 * @param {string} key
 * @returns {Path}
 */
export const pathOf = (key) =>
  [...key.matchAll(/"((?:[^"\\]|\\.)*)"|([A-Za-z0-9_-]+)|\[\d+\]/g)]
    .map(([whole, quoted, bare]) => (quoted === undefined ? bare : JSON.parse(`"${quoted}"`)) ?? whole)
    .filter((part) => !part.startsWith("["));

/**
 * What is written at the path; undefined for nothing.
 *
 * @param {Tree} tree
 * @param {Path} path
 */
export const valueAt = (tree, path) => {
  /** @type {any} */
  let found = tree;
  for (const step of path) {
    if (step === ORDER) return found ? Object.keys(found) : undefined;
    if (found === null || typeof found !== "object") return undefined;
    found = found[step];
  }
  return found;
};

/**
 * A tree with the value there; undefined removes it. The tree itself is not changed.
 *
 * @param {Tree} tree
 * @param {Path} path
 * @param {any} value
 * @returns {Tree}
 */
export const withValue = (tree, [step, ...rest], value) => {
  if (step === ORDER) return ordered(tree, value ?? []);
  const changed = { ...tree };
  if (rest.length) {
    const inner = changed[step];
    const isTable = inner !== null && typeof inner === "object" && !Array.isArray(inner);
    changed[step] = withValue(isTable ? inner : {}, rest, value);
  } else if (value === undefined) delete changed[step];
  else changed[step] = value;
  return changed;
};

/**
 * @param {Tree} table
 * @param {string[]} wanted
 */
const ordered = (table, wanted) =>
  Object.fromEntries(
    [...new Set([...wanted, ...Object.keys(table)])]
      .filter((key) => key in table)
      .map((key) => [key, table[key]]),
  );

/**
 * @param {Tree} live
 * @param {Edit[]} edits
 */
export const laidOver = (live, edits) =>
  [...edits.filter((edit) => !isOrder(edit)), ...edits.filter(isOrder)].reduce(
    (tree, { path, value }) => withValue(tree, path, value),
    live,
  );

/**
 * The edits with one more: it replaces those within it, and becomes part of one around it.
 *
 * @param {Tree} live
 * @param {Edit[]} edits
 * @param {Edit} edit
 * @returns {Edit[]}
 */
export const withEdit = (live, edits, edit) => {
  const outer = edits.find(({ path }) => path.length < edit.path.length && isWithin(edit.path, path));
  if (outer) {
    const inner = edit.path.slice(outer.path.length);
    const changed = { ...outer, value: withValue(outer.value ?? {}, inner, edit.value) };
    return edits.map((each) => (each === outer ? changed : each));
  }
  const rest = without(edits, edit.path);
  const was = valueAt(live, edit.path);
  return isSame(was, edit.value) ? rest : [...rest, { ...edit, was }];
};

/**
 * The edits but for those at or below the path.
 *
 * @param {Edit[]} edits
 * @param {Path} path
 */
export const without = (edits, path) => edits.filter((edit) => !isWithin(edit.path, path));

/**
 * @param {Path} inner
 * @param {Path} outer
 */
export const isWithin = (inner, outer) => outer.every((step, place) => inner[place] === step);

/** @param {Edit} edit */
const isOrder = ({ path }) => path.at(-1) === ORDER;

/**
 * Whether two plain values say the same, whatever the order of their keys.
 *
 * @param {any} one
 * @param {any} other
 * @returns {boolean}
 */
export const isSame = (one, other) => {
  if (one === other) return true;
  if (typeof one !== "object" || typeof other !== "object" || !one || !other) return false;
  if (Array.isArray(one) !== Array.isArray(other)) return false;
  const keys = Object.keys(one);
  return (
    keys.length === Object.keys(other).length &&
    keys.every((key) => key in other && isSame(one[key], other[key]))
  );
};
