/** The template library without its directives: all that icons and light pages need. */

export { html, nothing, render, svg } from "../vendor/lit-html/lit-html.js";
