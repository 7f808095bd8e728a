/** Who a dossier is of: a name that may be scanned from the card, a phone number with consent. */

import { _ } from "../../web/js/i18n.js";
import { icon } from "../../web/js/icons.js";
import { html, nothing } from "../../web/js/templates.js";
import { cardBegins, onCard } from "./card_scan.js";
import { WITH_PERSON } from "./finish_answer.js";

/** A scanner writes without a pause as long as this, ms. */
const SCAN_PAUSE_MS = 200;
/** It ends with Enter, which then is none of the form's, ms. */
const AFTER_SCAN_MS = 300;

/** The part of the form about the person; one for each form that is opened. */
export class PersonPart {
  /** @type {"" | "read" | "doubtful"} */
  #scan = "";
  #scannedAt = -Infinity;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #timer;
  #name;
  #draw;

  /**
   * @param {string} name  read from the card before
   * @param {() => void} draw
   */
  constructor(name, draw) {
    this.#name = name;
    this.#scan = name ? "read" : "";
    this.#draw = draw;
  }

  /**
   * A scanner wrote it, while the focus was in no field.
   *
   * @param {string} text
   * @param {HTMLFormElement} form
   */
  take(text, form) {
    const [card, name] = [onCard(text), named(form, "name")];
    if (card && name) this.#keep(card, name);
  }

  /** Something was typed into a field of the form; a scanner may be at it. @param {any} target */
  typed(target) {
    for (const key of ["name", "consent"]) named(target.form, key)?.setCustomValidity("");
    clearTimeout(this.#timer);
    if (cardBegins(target.value) >= 0) {
      this.#timer = setTimeout(() => this.#take(target), SCAN_PAUSE_MS);
    } else if (target.name === "name" && this.#scan) {
      this.#scan = "";
      this.#draw();
    }
  }

  /** Whether an Enter was the scanner's. @param {HTMLFormElement} form */
  isScanning(form) {
    const fields = [...form.elements].filter((field) => field instanceof HTMLInputElement);
    const written = fields.find(({ value }) => cardBegins(value) >= 0);
    if (written) this.#take(written);
    return written !== undefined || performance.now() - this.#scannedAt < AFTER_SCAN_MS;
  }

  /**
   * A phone number alone says not whose it is; and it is kept only when the citizen agrees.
   *
   * @param {HTMLFormElement} form
   */
  isComplete(form) {
    const [name, phone, consent] = ["name", "phone", "consent"].map((key) => named(form, key));
    const outcome = String(new FormData(form).get("outcome"));
    if (!name || !phone || !consent || !WITH_PERSON.has(outcome)) return true;
    const isNameMissing = phone.value !== "" && !name.value.trim();
    name.setCustomValidity(isNameMissing ? _("Please enter the name that belongs to the phone number.") : "");
    const isConsentMissing = phone.value !== "" && !consent.checked;
    consent.setCustomValidity(isConsentMissing ? _("Please ask, and tick that the citizen agrees; or leave the phone number empty.") : "");
    return form.reportValidity();
  }

  /** @param {boolean} isShown */
  template(isShown) {
    return html`<div class="person" ?hidden=${!isShown}>
      <div class="fields-two">
        <label class="field"><span class="label">${_("Name of the citizen")}</span>
          <input class="input" name="name" maxlength="300" value=${this.#name} placeholder=${_("scan the card, or leave empty")} autocomplete="off" /></label>
        <label class="field"><span class="label">${_("Phone number")}</span>
          <input class="input" name="phone" inputmode="tel" pattern="\\+?[0-9 ]{8,16}" placeholder=${_("may stay empty")} autocomplete="off" /></label>
      </div>
      <p class="small scan-line" role="status">
        ${this.#scan
          ? html`${icon(this.#scan === "read" ? "id-card" : "warning")}<span>${this.#scan === "read"
              ? _("Read from the citizen card. Only the name is kept.")
              : _("Read from the citizen card; please check the letters. Only the name is kept.")}</span>`
          : nothing}
      </p>
      <label class="choice consent"><input type="checkbox" name="consent" />
        <span>${_("The citizen agrees that the number is kept for messages about this dossier")}</span></label>
    </div>`;
  }

  /** Take a card out of the field it was written into. @param {HTMLInputElement} field */
  #take(field) {
    clearTimeout(this.#timer);
    const at = cardBegins(field.value);
    const [card, name] = [onCard(field.value.slice(Math.max(at, 0))), named(/** @type {HTMLFormElement} */ (field.form), "name")];
    if (at < 0 || !name) return;
    field.value = field.value.slice(0, at);
    if (card) this.#keep(card, name);
  }

  /**
   * @param {{ name: string, isDoubtful: boolean }} card
   * @param {HTMLInputElement} input
   */
  #keep(card, input) {
    input.value = card.name;
    input.setCustomValidity("");
    this.#scan = card.isDoubtful ? "doubtful" : "read";
    this.#scannedAt = performance.now();
    this.#draw();
  }
}

/**
 * @param {HTMLFormElement} form
 * @param {string} name
 */
const named = (form, name) => {
  const found = form.elements.namedItem(name);
  return found instanceof HTMLInputElement ? found : null;
};
