/**
 * Take a number on the phone. Boot: `centre`, `entry_pass`, `key`, `catalogue`.
 *
 * @typedef {Record<string, string>} Texts
 * @typedef {[code: string, name: Texts]} Named
 * @typedef {{ id: string, letter: string, name: Texts, icon: string, zone: Texts,
 *   is_full: boolean, procedures: Named[] }} Field
 * @typedef {{ id: string, name: Texts, proof: Texts }} Priority
 * @typedef {{ languages: string[], fields: Field[], priorities: Priority[],
 *   reception: string | null, are_tickets_open: boolean, opens_at: string | null }} Catalogue
 * @typedef {{ code: string, field: string, name: Texts, hint: Texts,
 *   papers: { name: Texts, is_required: boolean }[] }} Procedure
 * @typedef {{ field: string, waiting: number,
 *   forecast: import("../forecast.js").Forecast | null }} Wait
 */

import { get, post, Refusal } from "../../web/js/api.js";
import { boot } from "../../web/js/boot.js";
import { _, language } from "../../web/js/i18n.js";
import { render } from "../../web/js/lit.js";
import { joinPage } from "./join_page.js";

const TYPING_MS = 250;
const API = `/api/v1/centres/${boot.centre}`;

const place = /** @type {HTMLElement} */ (document.getElementById("join"));

export class Join {
  catalogue = /** @type {Catalogue} */ (boot.catalogue);
  /** Waits by field, once they are known. @type {Record<string, Wait>} */
  waits = {};
  query = "";
  /** @type {Procedure[] | null} */
  found = null;
  /** The field that is open. */
  open = "";
  /** @type {Procedure | null} */
  chosen = null;
  priority = "";
  isBusy = false;
  note = "";
  #asked = 0;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #typing;

  async begin() {
    this.draw();
    try {
      const waits = await get(`${API}/waits`);
      this.waits = Object.fromEntries(waits.fields.map((/** @type {Wait} */ each) => [each.field, each]));
    } catch {
      // the waits are told on the ticket's page
    }
    this.draw();
  }

  /** @param {string} query */
  search = (query) => {
    this.query = query;
    clearTimeout(this.#typing);
    this.#typing = setTimeout(() => this.#find(query.trim()), TYPING_MS);
    this.draw();
  };

  /** @param {string} query */
  async #find(query) {
    const mine = ++this.#asked;
    try {
      const found = query ? await get(`${API}/procedures?search=${encodeURIComponent(query)}`) : null;
      if (mine === this.#asked) this.found = found;
    } catch {
      if (mine === this.#asked) this.note = _("The search does not answer. Please choose a field below.");
    }
    this.draw();
  }

  /** @param {string} field */
  toggle = (field) => {
    this.open = this.open === field ? "" : field;
    this.draw();
  };

  /** @param {string} code */
  choose = async (code) => {
    this.note = "";
    try {
      this.chosen = await get(`${API}/procedures/${code}`);
      history.pushState({ chosen: code }, "");
      scrollTo(0, 0);
    } catch (error) {
      this.note = words(error);
    }
    this.draw();
    document.querySelector("h1")?.focus();
  };

  back = () => history.back();

  /** The phone's own button leads back too. */
  leave = () => {
    this.chosen = null;
    this.draw();
  };

  /** @param {string} priority */
  declare = (priority) => {
    this.priority = priority;
    this.draw();
  };

  take = async () => {
    if (this.isBusy || !this.chosen) return;
    Object.assign(this, { isBusy: true, note: "" });
    this.draw();
    try {
      const { ticket } = await post(
        `${API}/remote-tickets`,
        {
          entry_pass: boot.entry_pass,
          procedure: this.chosen.code,
          language: this.catalogue.languages.includes(language) ? language : this.catalogue.languages[0],
          ...(this.priority ? { priority_class: this.priority } : {}),
        },
        { key: boot.key },
      );
      location.replace(`/t/${ticket.id}`);
    } catch (error) {
      if (leadsToTicket(error)) return;
      this.note = words(error);
      this.isBusy = false;
      this.draw();
    }
  };

  draw() {
    if (!place.dataset.drawn) place.replaceChildren();
    place.dataset.drawn = "yes";
    render(joinPage(this), place);
  }
}

/** A number was taken before, and the answer lost: there it is. @param {unknown} error */
const leadsToTicket = (error) => {
  if (!(error instanceof Refusal)) return false;
  if (error.code === "pass_used") location.replace(`/t/${error.facts.ticket}`);
  else if (error.code === "command_reused") location.reload();
  else return false;
  return true;
};

/** @type {Record<string, () => string>} */
const REFUSALS = {
  stale_pass: () => _("The code was scanned more than ten minutes ago. Please scan it again at the door."),
  too_many_remote_tickets: () =>
    _("Many people take numbers at this moment. Please try again in a minute, or use the kiosk."),
  too_many_tickets: () =>
    _("As many numbers as one person may have today were taken with this phone. Reception can help you."),
  tickets_closed: () => _("No numbers are given at this hour."),
  day_refusal: () => _("No numbers are given at this hour."),
  field_full: () => _("All of today's numbers of this field are given out."),
  procedure_not_offered: () => _("This procedure is not offered today."),
  remote_tickets_off: () => _("No numbers on phones at present"),
};

/** @param {unknown} error */
const words = (error) => {
  if (!(error instanceof Refusal)) throw error;
  return (
    REFUSALS[error.code]?.() ??
    _("The system does not answer at the moment. Please try again in a minute.")
  );
};

const join = new Join();
addEventListener("popstate", join.leave);
join.begin();
