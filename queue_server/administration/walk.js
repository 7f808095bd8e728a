/** Ways from one section to another. */

import { idOf } from "./controls.js";
import { topPart } from "./desk.js";
import { pathOf } from "./paths.js";
import { addressOf, sectionOf } from "./sections.js";

/** @param {string} section */
export const goTo = (section) => {
  document.getElementById("admin")?.dispatchEvent(new CustomEvent("admin-go", { detail: addressOf(section) }));
};

/** The address at which a problem is put right. @param {string} key  as problems name it */
export const addressOfKey = (key) => {
  const path = pathOf(key);
  const [table, entry] = path;
  const address = addressOf(sectionOf(table));
  if (entry === undefined) return address;
  if (topPart(table)?.control.kind !== "table") return `${address}#${idOf(path)}`;
  return `${address}${address.includes("?") ? "&" : "?"}${new URLSearchParams({ open: `${table}/${entry}` })}`;
};
