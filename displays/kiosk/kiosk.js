/**
 * The kiosk. Boot: `centre`, `has_phone_page`. Address: `?inches=` (diagonal of the screen),
 * `?centre=`, `?language=`, `?at=home` (after the language was chosen).
 */

import { get, Refusal } from "../../web/js/api.js";
import { boot } from "../../web/js/boot.js";
import { showKioskConnection } from "../../web/js/connection.js";
import { language } from "../../web/js/i18n.js";
import { connect } from "../../web/js/live.js";
import { render } from "../../web/js/templates.js";
import { Idle } from "./idle.js";
import { page, showQuestion } from "./page.js";
import { arrive, showMore } from "./scrolling.js";
import { newVisit, NOTHING_YET } from "./state.js";
import { forgetWish, takeNumber } from "./take_number.js";
import { slipState } from "./ticket_screen.js";
import { setUnit } from "./unit.js";

const IDLE_MS = 60_000;
/** Who reads large letters reads longer. */
const IDLE_LARGE_MS = 120_000;
const TICKET_MS = 20_000;
/** Without paper the screen is all there is: time to take a photograph. */
const TICKET_WITHOUT_PAPER_MS = 45_000;
const LOOK_AFTER_MS = 120;
const TICK_MS = 1_000;
const LEAST_LETTERS = 2;

const address = new URLSearchParams(location.search);
const root = document.documentElement;
const place = /** @type {HTMLElement} */ (document.getElementById("kiosk"));
const path = `/api/v1/centres/${boot.centre}`;

export class Kiosk {
  view = NOTHING_YET;
  visit = newVisit();
  /** @type {Map<string, import("./state.js").Procedure>} */
  procedures = new Map();
  /** @type {number | null} */
  secondsLeft = null;
  shownAt = 0;
  touchedAt = 0;
  #looks = 0;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #lookTimer;
  /** @type {() => void} */
  #unwatch = () => {};
  #drawn = "";

  line = connect({
    onState: (state) => {
      showKioskConnection(state);
      this.draw();
    },
    mayReload: () => this.visit.screen === "start",
  });
  idle = new Idle({
    isOn: () => this.visit.screen !== "start" && this.visit.screen !== "ticket",
    onWarning: (secondsLeft) => this.#warn(secondsLeft),
    onAway: () => this.reset(),
  });

  constructor() {
    setUnit(address.get("inches"));
    if (address.get("at") === "home") this.visit.screen = "home";
    this.idle.patience = IDLE_MS;
    this.line.watch("kiosk", boot.centre, "", (view) => {
      this.view = view;
      this.draw();
    });
    setInterval(() => this.#tick(), TICK_MS);
    addEventListener("pointerdown", () => (this.touchedAt = performance.now()), { capture: true });
    addEventListener("keydown", (event) => this.#onKey(event));
    this.loadProcedures();
  }

  get now() {
    return this.line.now();
  }

  get procedure() {
    return this.procedures.get(this.visit.code);
  }

  get field() {
    return this.view.fields.find(({ id }) => id === this.visit.field);
  }

  /** ms since the number is on the screen */
  get shownFor() {
    return performance.now() - this.shownAt;
  }

  get untouchedFor() {
    return performance.now() - Math.max(this.shownAt, this.touchedAt);
  }

  /** ms for which an untouched number stays on the screen */
  get shownInAll() {
    const slip = slipState(this.visit.held, this.shownFor);
    return slip === "failed" || slip === "kept" ? TICKET_WITHOUT_PAPER_MS : TICKET_MS;
  }

  /** @param {import("./state.js").Procedure} procedure */
  fieldOf = (procedure) => this.view.fields.find(({ id }) => id === procedure.field);

  /** @param {string} field */
  proceduresOf = (field) => [...this.procedures.values()].filter((entry) => entry.field === field);

  async loadProcedures() {
    try {
      const list = await get(`${path}/procedures`);
      this.procedures = new Map(
        list.map((/** @type {import("./state.js").Procedure} */ entry) => [entry.code, entry]),
      );
      this.draw();
    } catch (refusal) {
      if (!(refusal instanceof Refusal)) throw refusal;
    }
  }

  /** @param {import("./state.js").Screen} screen */
  go = (screen) => {
    this.visit.trail.push(this.visit.screen);
    this.visit.screen = screen;
    this.visit.refusal = null;
    this.draw();
  };

  back = () => {
    this.visit.screen = this.visit.trail.pop() ?? "start";
    this.visit.refusal = null;
    this.draw();
  };

  /** Forget this citizen: the next begins at the first screen, in the centre's language. */
  reset = () => {
    this.#unwatch();
    clearTimeout(this.#lookTimer);
    forgetWish();
    this.visit = newVisit();
    for (const choice of ["contrast", "large", "low"]) delete root.dataset[choice];
    this.idle.patience = IDLE_MS;
    this.#warn(null);
    this.loadProcedures();
    const own = this.view.languages[0];
    if (own && own !== language && this.line.state === "live") this.#open(own, "start");
    this.draw();
  };

  /** @param {string} tag */
  chooseLanguage = (tag) => {
    const isFirst = this.visit.screen === "start";
    if (tag !== language) this.#open(tag, "home");
    else if (isFirst) this.go("home");
  };

  /**
   * @param {string} tag
   * @param {"start" | "home"} at
   */
  #open(tag, at) {
    const next = new URLSearchParams(address);
    next.delete("at");
    next.set("language", tag);
    if (at === "home") next.set("at", at);
    location.replace(`${location.pathname}?${next}`);
  }

  /** @param {string} field */
  chooseField = (field) => {
    this.visit.field = field;
    this.go("field");
  };

  /** @param {string} code */
  chooseProcedure = (code) => {
    Object.assign(this.visit, { code, dossiers: 1, priority: "" });
    this.go("procedure");
  };

  /** @param {number} count */
  setDossiers = (count) => {
    this.visit.dossiers = count;
    this.draw();
  };

  /** @param {string} priority */
  setPriority = (priority) => {
    this.visit.priority = priority;
    this.back();
  };

  /** @param {string} query */
  look = (query) => {
    this.visit.query = query.trimStart();
    clearTimeout(this.#lookTimer);
    this.#lookTimer = setTimeout(() => this.#search(), LOOK_AFTER_MS);
    this.draw();
  };

  toggleMarks = () => {
    this.visit.hasMarks = !this.visit.hasMarks;
    this.draw();
  };

  async #search() {
    const { visit } = this;
    const look = ++this.#looks;
    if (visit.query.trim().length < LEAST_LETTERS) {
      visit.hits = null;
      return this.draw();
    }
    try {
      const hits = await get(`${path}/procedures?search=${encodeURIComponent(visit.query)}`);
      if (look !== this.#looks) return;
      visit.hits = hits;
    } catch (refusal) {
      if (!(refusal instanceof Refusal)) throw refusal;
      visit.hits = [];
    }
    this.draw();
  }

  take = async () => {
    const { visit, procedure } = this;
    if (!procedure || visit.isTaking) return;
    Object.assign(visit, { isTaking: true, refusal: null });
    this.draw();
    try {
      const own = this.view.languages;
      const ticket = await takeNumber(boot.centre, {
        procedure: procedure.code,
        language: own.includes(language) ? language : (own[0] ?? "vi"),
        dossiers: visit.dossiers,
        priority_class: visit.priority || null,
      });
      forgetWish();
      if (visit === this.visit) this.#show(ticket);
    } catch (refusal) {
      if (!(refusal instanceof Refusal)) throw refusal;
      visit.refusal = { code: refusal.code, facts: refusal.facts };
    } finally {
      visit.isTaking = false;
      this.draw();
    }
  };

  /** @param {import("./state.js").Ticket} ticket */
  #show(ticket) {
    const { visit } = this;
    visit.ticket = ticket;
    this.shownAt = performance.now();
    this.#unwatch = this.line.watch("ticket", boot.centre, ticket.id, (held) => {
      visit.held = held;
      this.draw();
    });
    this.go("ticket");
  }

  /** @param {"large" | "low" | "contrast"} choice */
  toggle = (choice) => {
    if (root.dataset[choice]) delete root.dataset[choice];
    else root.dataset[choice] = "more";
    this.idle.patience = root.dataset.large ? IDLE_LARGE_MS : IDLE_MS;
    this.draw();
  };

  /** @param {KeyboardEvent} event */
  #onKey(event) {
    if (event.key === "Escape" && this.visit.trail.length) this.back();
  }

  #tick() {
    const { screen } = this.visit;
    if (screen === "ticket" && this.untouchedFor >= this.shownInAll) this.reset();
    else this.draw();
  }

  /** @param {number | null} secondsLeft */
  #warn(secondsLeft) {
    if (secondsLeft === this.secondsLeft) return;
    this.secondsLeft = secondsLeft;
    this.draw();
  }

  draw() {
    if (!this.view.name) return;
    if (!this.#drawn) place.replaceChildren();
    render(page(this), place);
    const { screen } = this.visit;
    if (screen !== this.#drawn) {
      this.#drawn = screen;
      arrive(place, screen);
    }
    showQuestion(this.secondsLeft !== null);
    showMore(place);
  }
}

place.addEventListener("scroll", () => showMore(place), { capture: true, passive: true });
addEventListener("resize", () => showMore(place));
new Kiosk();
