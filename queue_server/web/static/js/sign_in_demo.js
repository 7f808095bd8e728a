/** In the demo anybody may be anybody: one button for each of its people. */

import { get, post, Refusal } from "./api.js";
import { icon } from "./icons.js";
import { _ } from "./i18n.js";
import { ROLE_NAMES } from "./roles.js";
import { html, render } from "./templates.js";

/** @typedef {{ id: string, name: string, roles: import("./roles.js").Role[] }} Person */

/**
 * Offer the people of the demo in `place`; nothing where this is no demo.
 *
 * @param {HTMLElement} place
 * @param {(me: { page?: string | null }) => void} enter  what follows signing in
 */
export const offerDemo = async (place, enter) => {
  const people = await demoPeople();
  if (!people.length) return;

  /** @param {string} staff */
  const be = async (staff) => {
    enter(await post("/api/v1/session/demo", { staff }));
  };
  render(
    html`<h2>${_("This is a demo: choose who you are")}</h2>
      ${people.map(
        ({ id, name, roles }) => html`<button class="card card-link" @click=${() => be(id)}>
          <span class="badge">${icon("person")}</span>
          <span>
            <strong>${name}</strong>
            <span class="dim">${roles.map((role) => ROLE_NAMES[role]).join(", ")}</span>
          </span>
        </button>`,
      )}`,
    place,
  );
};

/** @returns {Promise<Person[]>} */
const demoPeople = async () => {
  try {
    return await get("/api/v1/session/demo", { attempts: 1 });
  } catch (error) {
    if (error instanceof Refusal) return [];
    throw error;
  }
};
