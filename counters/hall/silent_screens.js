/**
 * Boards that should speak and cannot, as one notice: a browser plays nothing before somebody has
 * touched its screen.
 *
 * @typedef {{ device: string, name: string, place: import("../../web/js/i18n.js").Texts }} SilentScreen
 */

import { get } from "../../web/js/api.js";
import { boot } from "../../web/js/boot.js";
import { _, textOf } from "../../web/js/i18n.js";
import { icon } from "../../web/js/icons.js";
import { html, nothing } from "../../web/js/templates.js";

const EVERY_MS = 5_000;

export class SilentScreens {
  /** @type {SilentScreen[]} */
  #screens = [];

  /** @param {() => void} onNews */
  constructor(onNews) {
    this.onNews = onNews;
    this.#ask();
    setInterval(() => this.#ask(), EVERY_MS);
  }

  draw() {
    if (!this.#screens.length) return nothing;
    return html`<div class="notice" role="status" data-silent>
      ${icon("speaker-off")}<span
        >${this.#screens.map(
          ({ name, place }) => html`<span class="silent-screen"
            >${_("Nobody hears the board %(name)s: touch its screen once.", {
              name: textOf(place) ? `${name} (${textOf(place)})` : name,
            })}</span
          > `,
        )}</span
      >
    </div>`;
  }

  async #ask() {
    try {
      const found = await get(`/api/v1/centres/${boot.centre}/silent-screens`, { attempts: 1 });
      const isNew = JSON.stringify(found) !== JSON.stringify(this.#screens);
      this.#screens = found;
      if (isNew) this.onNews();
    } catch {
      // the line's own banner says that the server is away
    }
  }
}
