/** The sign-in form. Boot: `sign_in_path` (where it is sent), `next` (where it leads). */

import { post, Refusal } from "./api.js";
import { boot } from "./boot.js";
import { _ } from "./i18n.js";
import { offerDemo } from "./sign_in_demo.js";

const form = /** @type {HTMLFormElement} */ (document.getElementById("sign-in"));
const error = /** @type {HTMLElement} */ (document.getElementById("error"));
const button = /** @type {HTMLButtonElement} */ (form.querySelector("button"));

form.addEventListener("submit", async (event) => {
  event.preventDefault();
  error.hidden = true;
  button.disabled = true;
  try {
    const { name, password } = Object.fromEntries(new FormData(form));
    enter(await post(boot.sign_in_path ?? "/api/v1/session", { login: name, password }));
  } catch (refusal) {
    say(refusal);
  } finally {
    button.disabled = false;
  }
});

/** Where the reader wanted to go, else where they work. @param {{ page?: string | null }} me */
const enter = (me) => location.assign(localPath(boot.next ?? me.page));

/** @param {unknown} refusal */
const say = (refusal) => {
  if (!(refusal instanceof Refusal)) throw refusal;
  const words = error.querySelector("[data-words]");
  if (words) words.textContent = sentence(refusal);
  error.hidden = false;
  const password = /** @type {HTMLInputElement} */ (form.elements.namedItem("password"));
  password.select();
};

/** @param {Refusal} refusal */
const sentence = ({ code, status, detail }) => {
  if (code === "unreachable") return _("The server does not answer. Please try again.");
  if (status === 401 || status === 403) return _("The user name or the password is not right.");
  if (status === 429) return _("Too many tries. Please wait a few minutes.");
  return detail;
};

/**
 * Only a path of this server: an address in `next` must not lead away.
 *
 * @param {unknown} next
 */
const localPath = (next) => {
  const address = new URL(String(next ?? "/"), location.origin);
  return address.origin === location.origin ? address.href : "/";
};

await offerDemo(/** @type {HTMLElement} */ (document.getElementById("demo")), enter);
