/** A small picture, kept as base64 in the configuration: the centre's logo on paper. */

import { _ } from "../web/js/i18n.js";
import { icon } from "../web/js/icons.js";
import { html, nothing } from "../web/js/templates.js";
import { toast } from "../web/js/toast.js";

/** Bytes: a logo is printed in black and white, a few centimetres wide. */
const LARGEST = 100_000;

/**
 * @param {import("./controls.js").Spot} spot
 * @param {string} id
 * @param {string} described
 */
export const pictureControl = ({ value, set, label }, id, described) => {
  /** @param {Event} event */
  const choose = async ({ target }) => {
    const field = /** @type {HTMLInputElement} */ (target);
    const file = field.files?.[0];
    field.value = "";
    if (!file) return;
    if (file.size > LARGEST) return toast(_("The picture is too large: at most 100 kB."), "warning");
    const bytes = new Uint8Array(await file.arrayBuffer());
    set(btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join("")));
  };
  return html`<div class="row">
    ${value ? html`<img class="picture" src="data:image/png;base64,${value}" alt=${label} />` : nothing}
    <label class="button button-small file-button">${icon("arrow-up")}${_("Choose a PNG picture …")}
      <input type="file" class="visually-hidden" id=${id} accept="image/png" aria-describedby=${described || nothing} @change=${choose} /></label>
    ${value ? html`<button type="button" class="button button-quiet button-small" @click=${() => set("")}>${icon("close")}${_("No picture")}</button>` : nothing}
  </div>`;
};
