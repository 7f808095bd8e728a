/**
 * The kiosk. Boot: `centre`, `has_phone_page`. Address: `?inches=` (diagonal of the screen),
 * `?centre=`, `?language=`, `?at=home` (after the language was chosen).
 */

import { get, Refusal } from "../../web/js/api.js";
import { boot } from "../../web/js/boot.js";
import { showConnection } from "../../web/js/connection.js";
import { icon } from "../../web/js/icons.js";
import { _, clockTime, language, textOf } from "../../web/js/i18n.js";
import { connect } from "../../web/js/live.js";
import { html, nothing, render } from "../../web/js/templates.js";
import {
  fieldScreen,
  homeScreen,
  languageButtons,
  searchScreen,
  startScreen,
} from "./choosing_screens.js";
import { Idle } from "./idle.js";
import { priorityScreen, procedureScreen } from "./procedure_screen.js";
import { newVisit } from "./state.js";
import { forgetWish, takeNumber } from "./take_number.js";
import { slipState, ticketScreen } from "./ticket_screen.js";
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
/** Less than this below the edge is only a margin. */
const LEAST_MORE_PX = 32;
const MORE_GAP_PX = 10;

const address = new URLSearchParams(location.search);
const root = document.documentElement;
const place = /** @type {HTMLElement} */ (document.getElementById("kiosk"));
const path = `/api/v1/centres/${boot.centre}`;

/** @type {import("./state.js").View} */
const NOTHING_YET = {
  name: null,
  address: {},
  hotline: "",
  languages: [],
  is_day_open: false,
  openings: [],
  fields: [],
  priorities: [],
  reception: null,
  most_dossiers: 1,
  return_within_s: 0,
};

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
      showConnection(state);
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
      arrive(screen);
    }
    ask(this.secondsLeft !== null);
    showMore();
  }
}

/** @type {Record<import("./state.js").Screen, (kiosk: Kiosk) => unknown>} */
const SCREENS = {
  start: startScreen,
  home: homeScreen,
  search: searchScreen,
  field: fieldScreen,
  procedure: procedureScreen,
  priority: priorityScreen,
  ticket: ticketScreen,
};

/** @param {Kiosk} kiosk */
const page = (kiosk) => {
  const { view, visit } = kiosk;
  return html`
    <header class="masthead">
      <div class="masthead-name">
        <strong>${textOf(view.name)}</strong><span>${textOf(view.address)}</span>
      </div>
      <time class="masthead-clock">${clockTime(kiosk.now)}</time>
    </header>
    <main class="kiosk-main is-${visit.screen}" id="main" data-scrolls>
      ${SCREENS[visit.screen](kiosk)}
    </main>
    <button class="button button-main more" id="more" hidden @click=${scrollOn}>
      ${icon("arrow-down")}${_("More below")}
    </button>
    ${footer(kiosk)} ${question(kiosk)}
  `;
};

/** @param {Kiosk} kiosk */
const footer = (kiosk) => {
  const { screen, trail } = kiosk.visit;
  const canGoBack = trail.length > 0 && screen !== "ticket" && screen !== "home";
  return html`<footer class="tools">
    ${screen === "home" ? languageButtons(kiosk) : nothing}
    ${canGoBack
      ? html`<button class="button" @click=${kiosk.back}>${icon("arrow-left")}${_("Back")}</button>`
      : nothing}
    ${screen === "start" || screen === "home" || screen === "ticket"
      ? nothing
      : html`<button class="button" @click=${kiosk.reset}>
          ${icon("home")}${_("Begin anew")}
        </button>`}
    <span class="grow"></span>
    ${tool(kiosk, "large", "text-size", _("Large text"))}
    ${tool(kiosk, "contrast", "contrast", _("Contrast"))}
    ${tool(kiosk, "low", "lower", _("Lower the screen"))}
  </footer>`;
};

/**
 * @param {Kiosk} kiosk
 * @param {"large" | "low" | "contrast"} choice
 * @param {string} name
 * @param {string} words
 */
const tool = (kiosk, choice, name, words) => html`<button
  class="button tool tool-${choice}"
  aria-pressed=${Boolean(root.dataset[choice])}
  @click=${() => kiosk.toggle(choice)}
>
  ${icon(name)}<span>${words}</span>
</button>`;

/** Asks whether somebody is still there; one button stays. @param {Kiosk} kiosk */
const question = ({ secondsLeft, idle }) => html`<dialog
  class="dialog"
  id="still"
  aria-labelledby="still-title"
  @cancel=${idle.touch}
>
  <div class="stack">
    <h2 id="still-title">${_("Are you still there?")}</h2>
    <p>
      ${_("The screen goes back to the first page in %(num)s seconds.", { num: secondsLeft ?? 0 })}
    </p>
    <button class="button button-main button-large" @click=${idle.touch}>
      ${_("I am still here")}
    </button>
  </div>
</dialog>`;

/** @param {boolean} isAsked */
const ask = (isAsked) => {
  const dialog = /** @type {HTMLDialogElement | null} */ (document.getElementById("still"));
  if (!dialog || dialog.open === isAsked) return;
  if (isAsked) dialog.showModal();
  else dialog.close();
};

/** A new screen begins at its top, and a reader of the screen hears its heading. */
const arrive = (/** @type {string} */ screen) => {
  for (const region of place.querySelectorAll("[data-scrolls]")) region.scrollTop = 0;
  const target = screen === "search" ? "#query" : "h1";
  /** @type {HTMLElement | null} */ (place.querySelector(target))?.focus({ preventScroll: true });
};

/** @returns {HTMLElement | undefined} the innermost region that scrolls */
const scrolling = () => {
  /** @type {NodeListOf<HTMLElement>} */
  const regions = place.querySelectorAll("[data-scrolls]");
  return [...regions].findLast((region) => getComputedStyle(region).overflowY === "auto");
};

/** Not everybody knows that a screen can be pushed: a button says that there is more. */
const showMore = () => {
  const region = scrolling();
  const button = document.getElementById("more");
  if (!region || !button) return;
  button.hidden = region.scrollHeight - region.scrollTop - region.clientHeight < LEAST_MORE_PX;
  const { left, width, bottom } = region.getBoundingClientRect();
  const above = place.getBoundingClientRect();
  button.style.setProperty("left", `${left - above.left + width / 2}px`);
  button.style.setProperty("top", `${bottom - above.top - MORE_GAP_PX}px`);
};

const scrollOn = () => {
  const region = scrolling();
  const isCalm = matchMedia("(prefers-reduced-motion: reduce)").matches;
  region?.scrollBy({
    top: region.clientHeight * 0.8,
    behavior: isCalm ? "instant" : "smooth",
  });
};

place.addEventListener("scroll", showMore, { capture: true, passive: true });
addEventListener("resize", showMore);
new Kiosk();
