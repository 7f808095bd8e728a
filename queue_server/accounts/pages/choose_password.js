/** Choose a password with a one-time link. Boot: `token` of the link. */

import { post } from "../../web/js/api.js";
import { boot } from "../../web/js/boot.js";
import { _ } from "../../web/js/i18n.js";
import { sentenceOf } from "../../web/js/refusals.js";
import { ACCOUNT_SENTENCES } from "./words.js";

/**
 * @template {HTMLElement} T
 * @param {string} id
 */
const part = (id) => /** @type {T} */ (document.getElementById(id));

const form = /** @type {HTMLFormElement} */ (part("choose-password"));
const password = /** @type {HTMLInputElement} */ (part("password"));
const again = /** @type {HTMLInputElement} */ (part("again"));
const button = /** @type {HTMLButtonElement} */ (form.querySelector("button"));

part("show").addEventListener("change", ({ target }) => {
  const isShown = /** @type {HTMLInputElement} */ (target).checked;
  password.type = again.type = isShown ? "text" : "password";
});

form.addEventListener("submit", async (event) => {
  event.preventDefault();
  if (password.value !== again.value) return say(_("The two passwords are not the same."), again);
  button.disabled = true;
  try {
    const body = { token: boot.token, password: password.value };
    const me = await post("/api/v1/session/password", body, { attempts: 1 });
    location.replace(me.page ?? "/");
  } catch (error) {
    say(sentenceOf(error, ACCOUNT_SENTENCES), password);
  } finally {
    button.disabled = false;
  }
});

/**
 * @param {string} words
 * @param {HTMLInputElement} field  the one to put right
 */
const say = (words, field) => {
  const error = part("error");
  const place = error.querySelector("[data-words]");
  if (place) place.textContent = words;
  error.hidden = false;
  for (const each of [password, again]) each.ariaInvalid = String(each === field);
  field.select();
};
