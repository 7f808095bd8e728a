/**
 * The kiosk. Boot: `centre`, `kiosk` (which row of the configuration), `has_phone_page`,
 * `can_speak`. Address: `?kiosk=`, `?centre=`, `?language=`, `?inches=` (to try a diagonal);
 * `?at=home` and `?modes=` carry one citizen into another language.
 */

import { get, Refusal } from "../../web/js/api.js";
import { boot } from "../../web/js/boot.js";
import { showKioskConnection } from "../../web/js/connection.js";
import { language } from "../../web/js/i18n.js";
import { readable } from "../../web/js/languages.js";
import { connect } from "../../web/js/live.js";
import { render } from "../../web/js/templates.js";
import { goOnIn, takenOver, triedInches } from "./address.js";
import { showDialog } from "./dialogs.js";
import { Finder } from "./finder.js";
import { Idle } from "./idle.js";
import { Listening } from "./listening.js";
import { isUseful, Modes } from "./modes.js";
import { page } from "./page.js";
import { arrive, showMore } from "./scrolling.js";
import { slipState, slipWords } from "./slip_part.js";
import { newVisit, NOTHING_YET, USUAL_KIOSK } from "./state.js";
import { forgetWish, takeNumber } from "./take_number.js";
import { TicketTime } from "./ticket_time.js";
import { setUnit } from "./unit.js";
import { refusalWords } from "./words.js";

const IDLE_MS = 60_000;
/** Who listens or reads large letters takes longer. */
const IDLE_SLOW_MS = 120_000;
const TICK_MS = 1_000;
const LONGEST_QUERY = 80;

const before = takenOver();
const place = /** @type {HTMLElement} */ (document.getElementById("kiosk"));
const path = `/api/v1/centres/${boot.centre}`;

/** @typedef {import("./state.js").Procedure} Procedure */

export class Kiosk {
  view = NOTHING_YET;
  visit = newVisit(before.isHome ? "home" : "start");
  /** @type {Map<string, Procedure>} */
  procedures = new Map();
  /** @type {number | null} */
  secondsLeft = null;
  time = new TicketTime();
  /** @type {() => void} */
  #unwatch = () => {};
  #drawn = "";
  #focusOn = "";

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
  finder = new Finder(`${path}/procedures`, (hits) => {
    this.visit.hits = hits;
    this.draw();
    this.listening.found(hits);
  });
  modes = new Modes((mode, isOn) => {
    if (mode === "spoken") this.listening.switchTo(isOn, this.visit.screen === "start", this.view.languages);
    this.idle.patience = this.modes.isSlow ? IDLE_SLOW_MS : IDLE_MS;
    this.draw();
  });
  listening = new Listening(place, `${path}/spoken`, {
    onBack: () => this.visit.trail.length && this.back(),
    onArrow: () => {
      const isFirst = this.visit.screen === "start" && !this.modes.has("spoken");
      const begins = isFirst && this.offers("spoken");
      if (begins) this.modes.toggle("spoken");
      return begins;
    },
  });

  constructor() {
    this.idle.patience = IDLE_MS;
    this.#measure();
    this.line.watch("kiosk", boot.centre, "", (view) => {
      this.view = { ...view, languages: readable(view.languages) };
      this.#measure();
      this.draw();
    });
    setInterval(() => this.#tick(), TICK_MS);
    this.loadProcedures();
    for (const mode of before.modes) this.modes.toggle(mode);
  }

  get now() {
    return this.line.now();
  }

  /** What the configuration says about this kiosk. */
  get row() {
    return this.view.kiosks[boot.kiosk] ?? USUAL_KIOSK;
  }

  get speaker() {
    return this.listening.speaker;
  }

  get procedure() {
    return this.procedures.get(this.visit.code);
  }

  get field() {
    return this.view.fields.find(({ id }) => id === this.visit.field);
  }

  /** A code that leads to a phone's page makes sense only where phones reach one. */
  get canTakeHome() {
    return Boolean(boot.has_phone_page);
  }

  /** @param {import("./state.js").Mode} mode */
  offers = (mode) => this.row.modes.includes(mode) && isUseful(mode);

  /** @param {Procedure} procedure */
  fieldOf = (procedure) => this.view.fields.find(({ id }) => id === procedure.field);

  /** @param {string} field */
  proceduresOf = (field) => [...this.procedures.values()].filter((entry) => entry.field === field);

  async loadProcedures() {
    try {
      const list = /** @type {Procedure[]} */ (await get(`${path}/procedures`));
      this.procedures = new Map(list.map((entry) => [entry.code, entry]));
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
    this.finder.stop();
    forgetWish();
    this.visit = newVisit();
    this.modes.clear();
    this.speaker.forget();
    this.idle.touch();
    performance.clearResourceTimings();
    this.loadProcedures();
    const own = this.view.languages[0];
    if (own && own !== language && this.line.state === "live") goOnIn(own, null);
    this.draw();
  };

  /** To a screen where a code is typed; its line is ready for a scanner. @param {"appointment" | "dossier"} screen */
  goTo = (screen) => {
    Object.assign(this.visit, { entry: "", dossier: null });
    this.#focusOn = "#code";
    this.go(screen);
  };

  /** @param {string} text */
  enter = (text) => {
    this.listening.typed(this.visit.entry, text);
    Object.assign(this.visit, { entry: text, refusal: null, dossier: null });
    this.draw();
  };

  /** @param {string} tag */
  chooseLanguage = (tag) => {
    const isFirst = this.visit.screen === "start";
    if (tag !== language) goOnIn(tag, this.modes.all);
    else if (isFirst) this.go("home");
  };

  /** @param {string} field */
  chooseField = (field) => {
    this.visit.field = field;
    this.go("field");
  };

  /** @param {string} code */
  chooseProcedure = (code) => {
    Object.assign(this.visit, { code, dossiers: 1, priority: "", ticked: new Set() });
    this.go("procedure");
  };

  /** @param {number} paper  its place in the list */
  tick = (paper) => {
    const ticked = new Set(this.visit.ticked);
    if (!ticked.delete(paper)) ticked.add(paper);
    this.visit.ticked = ticked;
    this.draw();
  };

  /** @param {number} count */
  setDossiers = (count) => {
    this.visit.dossiers = Math.min(Math.max(count, 1), this.view.most_dossiers);
    this.draw();
    this.listening.announce(String(this.visit.dossiers));
  };

  /** @param {string} priority */
  setPriority = (priority) => {
    this.visit.priority = priority;
    this.#focusOn = ".priority-chosen [data-stop], .priority-button";
    this.draw();
  };

  /** @param {string} priority */
  choosePriority = (priority) => {
    this.back();
    this.setPriority(priority);
  };

  takeHome = () => this.#showCode(true);
  closeTakeHome = () => this.#showCode(false);

  /** @param {boolean} isShown */
  #showCode(isShown) {
    this.visit.isTakingHome = isShown;
    this.draw();
  }

  /** @param {import("./telex.js").Typed} typed */
  type = ({ text, keys }) => {
    const query = text.trimStart().slice(0, LONGEST_QUERY);
    this.listening.typed(this.visit.query, query);
    Object.assign(this.visit, { query, keys });
    this.finder.look(query);
    this.draw();
  };

  /** @param {import("./keyboard.js").Panel} panel */
  showPanel = (panel) => {
    this.visit.panel = panel;
    this.draw();
  };

  take = async () => {
    const { visit, procedure, row } = this;
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
        ...(row.printer ? { printer: row.printer } : {}),
      });
      forgetWish();
      if (visit === this.visit) this.showTicket(ticket);
    } catch (refusal) {
      if (!(refusal instanceof Refusal)) throw refusal;
      visit.refusal = { code: refusal.code, facts: refusal.facts };
      const { title, advice } = refusalWords(visit.refusal, this.now);
      this.listening.announce(`${title} ${advice}`);
    } finally {
      visit.isTaking = false;
      this.draw();
    }
  };

  /** @param {import("./state.js").Ticket} ticket */
  showTicket(ticket) {
    const { visit } = this;
    visit.ticket = ticket;
    this.time.begin();
    this.#unwatch = this.line.watch("ticket", boot.centre, ticket.id, (held) => {
      visit.held = held;
      this.draw();
    });
    this.go("ticket");
  }

  /** The number stays for another while. */
  stay = () => {
    this.time.touch();
    this.draw();
  };

  #measure() {
    setUnit(triedInches || this.row.diagonal_inch);
  }

  #tick() {
    if (this.speaker.isTalking) {
      this.idle.sign();
      this.time.touch();
    }
    if (this.visit.screen === "ticket") this.#tickTicket();
    else this.draw();
  }

  #tickTicket() {
    const { held } = this.visit;
    this.listening.paper(slipWords(slipState(held, this.time.shownFor)));
    if (this.time.left(held, this.modes.isSlow).left) this.draw();
    else this.reset();
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
    if (this.#focusOn) /** @type {HTMLElement | null} */ (place.querySelector(this.#focusOn))?.focus();
    this.#focusOn = "";
    showDialog("still", this.secondsLeft !== null);
    showDialog("home", this.visit.isTakingHome);
    showMore(place);
  }
}

place.addEventListener("scroll", () => showMore(place), { capture: true, passive: true });
addEventListener("resize", () => showMore(place));
new Kiosk();
