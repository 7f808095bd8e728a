/** The template library of all pages, re-exported, so that one file names where it lies. */

export { html, nothing, render, svg } from "./lit.js";
export { classMap } from "../vendor/lit-html/directives/class-map.js";
export { guard } from "../vendor/lit-html/directives/guard.js";
export { ifDefined } from "../vendor/lit-html/directives/if-defined.js";
export { keyed } from "../vendor/lit-html/directives/keyed.js";
export { live } from "../vendor/lit-html/directives/live.js";
export { createRef, ref } from "../vendor/lit-html/directives/ref.js";
export { repeat } from "../vendor/lit-html/directives/repeat.js";
