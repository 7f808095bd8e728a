/**
 * What the server gave this page to start from: the JSON island `#boot` of base.html.
 *
 * @typedef {object} Boot
 * @property {string} version  version of the server that made the page
 * @property {string} language  BCP 47 tag the page is written in
 * @property {Record<string, string>} [language_names]  languages that pages can be read in, by tag
 * @property {Record<string, any>} [messages]  translations of what the page's modules say
 * @property {string} [timezone]  IANA name of the centre's time zone
 */

const island = document.getElementById("boot");

/** @type {Boot & Record<string, any>} */
export const boot = island?.textContent
  ? JSON.parse(island.textContent)
  : { version: "", language: document.documentElement.lang || "en" };
