/**
 * Zones whose calls nobody hears though somebody should, as one notice: a browser plays nothing
 * before its screen was touched, and a loudspeaker may be switched off.
 *
 * @typedef {{ zone: string, state: "spoken" | "blocked" | "away" | "missing" | "none", speaker: string, reason: string }} ZoneSound
 */

import { get } from "../../web/js/api.js";
import { boot } from "../../web/js/boot.js";
import { _, textOf } from "../../web/js/i18n.js";
import { icon } from "../../web/js/icons.js";
import { html, nothing } from "../../web/js/templates.js";

const EVERY_MS = 4_000;
/** What a page says that the browser keeps silent; anything else is the loudspeaker's. */
const WAITS_FOR_TOUCH = new Set(["suspended", "interrupted", "starting"]);

const SILENT = new Set(["blocked", "away", "missing"]);

export class SilentScreens {
  /** @type {ZoneSound[]} */
  #silent = [];

  /** @param {() => void} onNews */
  constructor(onNews) {
    this.onNews = onNews;
    this.#ask();
    setInterval(() => this.#ask(), EVERY_MS);
  }

  draw() {
    if (!this.#silent.length) return nothing;
    return html`<div class="notice" role="status" data-silent>
      ${icon("speaker-off")}<span>${bySpeaker(this.#silent).map((zones) => html`<span class="silent-screen">${words(zones)} </span>`)}</span>
    </div>`;
  }

  async #ask() {
    try {
      /** @type {ZoneSound[]} */
      const found = await get(`/api/v1/centres/${boot.centre}/sound`, { attempts: 1 });
      const silent = found.filter(({ state }) => SILENT.has(state));
      const isNew = JSON.stringify(silent) !== JSON.stringify(this.#silent);
      this.#silent = silent;
      if (isNew) this.onNews();
    } catch {
      // the line's own banner says that the server is away
    }
  }
}

/** One sentence for each loudspeaker, however many zones it speaks in. @param {ZoneSound[]} silent */
const bySpeaker = (silent) => {
  /** @type {Map<string, ZoneSound[]>} */
  const found = new Map();
  for (const each of silent) {
    const key = [each.state, each.speaker, each.reason].join("\n");
    found.set(key, [...(found.get(key) ?? []), each]);
  }
  return [...found.values()];
};

/** @param {ZoneSound[]} zones  of one loudspeaker */
const words = (zones) => {
  const [{ state, speaker, reason }] = /** @type {[ZoneSound]} */ (zones);
  const names = zones.map(({ zone }) => textOf(boot.zones?.[zone]) || zone);
  const facts = { zone: names.join(" · "), name: speaker };
  if (state === "blocked" && !WAITS_FOR_TOUCH.has(reason)) {
    return _("Nobody hears the calls in %(zone)s: %(name)s has no sound. Look at its loudspeaker, cable and volume.", facts);
  }
  if (state === "missing") return _("Nobody hears the calls in %(zone)s: the board there is switched off or not connected.", facts);
  return state === "blocked"
    ? _("Nobody hears the calls in %(zone)s: touch the screen of %(name)s once.", facts)
    : _("Nobody hears the calls in %(zone)s: %(name)s is switched off or not connected.", facts);
};
