/** Ways from one section to another. */

import { addressOf, sectionOf } from "./sections.js";
import { pathOf } from "./paths.js";

/** @param {string} section */
export const goTo = (section) => {
  document.getElementById("admin")?.dispatchEvent(new CustomEvent("admin-go", { detail: addressOf(section) }));
};

/** The address at which a problem is put right. @param {string} key  as problems name it */
export const addressOfKey = (key) => {
  const [table, entry] = pathOf(key);
  const address = addressOf(sectionOf(table));
  if (entry === undefined) return address;
  return `${address}${address.includes("?") ? "&" : "?"}${new URLSearchParams({ open: `${table}/${entry}` })}`;
};
