/** What staff can ask for here; an answer that is a refusal is said at once. */

import { get, post, Refusal } from "../../web/js/api.js";
import { boot } from "../../web/js/boot.js";
import { _ } from "../../web/js/i18n.js";
import { sentenceOf } from "../../web/js/refusals.js";
import { toast } from "../../web/js/toast.js";

/** @typedef {import("./register_types.js").Entry} Entry */

const CENTRE = `/api/v1/centres/${encodeURIComponent(boot.centre)}`;
const DOSSIERS = `${CENTRE}/dossiers`;
const FORMS = `${CENTRE}/forms`;

/** Commands under way, one of each kind for a dossier, so that no click counts twice. */
export class RegisterCommands {
  /** @type {Set<string>} */
  underWay = new Set();
  #onChange;

  /** @param {() => void} onChange  the page draws itself again */
  constructor(onChange) {
    this.#onChange = onChange;
  }

  /** @param {Entry} entry */
  async print({ code }) {
    if (await this.#done(`print ${code}`, `${DOSSIERS}/${code}/reprint`))
      toast(_("The receipt of %(code)s is printed again.", { code }), "done");
  }

  /** @param {import("./register_types.js").Written} written */
  async printForm({ form }) {
    if (await this.#done(`print ${form}`, `${FORMS}/${form}/reprint`))
      toast(_("%(code)s is printed again.", { code: form }), "done");
  }

  /** One after another, so that the first refusal says why. @param {Entry[]} entries */
  async send(entries) {
    for (const { code } of entries)
      if (!(await this.#done(`send ${code}`, `${DOSSIERS}/${code}/release`))) return;
    const [first] = entries;
    toast(
      entries.length > 1
        ? _("They are being sent again.")
        : _("%(code)s is being sent again.", { code: first?.code ?? "" }),
      "done",
    );
  }

  /**
   * @param {string} name
   * @param {string} path
   */
  async #done(name, path) {
    if (this.underWay.has(name)) return false;
    this.underWay.add(name);
    this.#onChange();
    try {
      await post(path);
      return true;
    } catch (refusal) {
      toast(sentenceOf(refusal), "warning");
      return false;
    } finally {
      this.underWay.delete(name);
      this.#onChange();
    }
  }
}

/**
 * The dossiers of a day, newest first; null when they cannot be read, which is said.
 *
 * @param {string} day  "2026-11-23"
 * @returns {Promise<Entry[] | null>}
 */
export const dossiersOf = async (day) => {
  try {
    return (await get(`${DOSSIERS}?day=${encodeURIComponent(day)}`)).dossiers;
  } catch (refusal) {
    if (!(refusal instanceof Refusal)) throw refusal;
    toast(sentenceOf(refusal), "warning");
    return null;
  }
};
