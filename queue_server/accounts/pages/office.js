/** Staff and devices as the administrator's pages know them. */

import { get } from "../../web/js/api.js";
import { boot } from "../../web/js/boot.js";
import { _, byName, textOf } from "../../web/js/i18n.js";
import { sentenceOf } from "../../web/js/refusals.js";
import { toast } from "../../web/js/toast.js";
import { ACCOUNT_SENTENCES } from "./words.js";

/** @typedef {{ id: string, name: import("../../web/js/i18n.js").Texts }} Centre */

/** What the panels show and how they ask for more. */
export class Office {
  /** @type {{ id: string, centre: string | null }} */
  me = boot.me;
  /** @type {Centre[]} */
  centres = [];
  /** @type {import("./staff_panel.js").Person[]} */
  people = [];
  /** @type {import("./device_panel.js").Device[]} */
  devices = [];
  /** @type {import("./device_panel.js").Places} names of what devices stand for */
  places = { zones: {}, counters: {}, printers: {} };
  isLoaded = false;
  /** Draws the page. */
  onChange = () => {};

  /** Ask for everything again and show it. */
  reload = async () => {
    const [people, devices, centres, places] = await Promise.all([
      get("/api/v1/staff"),
      get("/api/v1/devices"),
      get("/api/v1/centres"),
      get(`/api/v1/centres/${encodeURIComponent(boot.centre)}/configuration`),
    ]);
    this.people = people.sort(bySortedName);
    this.devices = devices.sort(bySortedName);
    this.places = places;
    this.centres = centres.filter(
      (/** @type {Centre} */ { id }) => this.me.centre === null || this.me.centre === id,
    );
    this.isLoaded = true;
    this.onChange();
  };

  /**
   * Do something; a refusal is said in a note.
   *
   * @template T
   * @param {() => Promise<T>} act
   * @returns {Promise<T | null>} null when it was refused
   */
  tell = async (act) => {
    try {
      return await act();
    } catch (error) {
      toast(sentenceOf(error, ACCOUNT_SENTENCES), "warning");
      return null;
    }
  };

  /** @param {string | null} id */
  centreName = (id) => {
    if (id === null) return _("Every centre");
    return textOf(this.centres.find((centre) => centre.id === id)?.name) || id;
  };
}

/** @type {(one: { name: string }, other: { name: string }) => number} */
const bySortedName = (one, other) => byName(one.name, other.name);

export const office = new Office();
