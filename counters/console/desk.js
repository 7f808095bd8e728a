/** One counter on the screen: its view, what its keys do, how it is drawn. */

import { boot } from "../../web/js/boot.js";
import { closeDialog } from "../../web/js/dialog.js";
import { _, textOf } from "../../web/js/i18n.js";
import { icon } from "../../web/js/icons.js";
import { html, nothing } from "../../web/js/templates.js";
import { toast } from "../../web/js/toast.js";
import { whyCalled } from "../explanation/why.js";
import { actionRow, cap } from "./actions.js";
import { choose, showKeys } from "./choose.js";
import { fetched } from "./commands.js";
import { askNumber } from "./find.js";
import { askOutcome } from "./finish.js";
import { HOLD_MS } from "./keys.js";
import { notices, side } from "./side.js";
import { signOut, signOutDetail } from "./sign_out.js";
import { nextStep, possible } from "./steps.js";
import { middle } from "./ticket_panel.js";
import { askPlace } from "./transfer.js";

/** @typedef {import("./keys.js").Meaning} Meaning */
/** @typedef {import("../../web/js/live.js").Line} Line */
/** @typedef {import("./commands.js").Commands} Commands */

export class Desk {
  /** @type {any} */
  #view = null;
  #line;
  #commands;
  #draw;
  #isHeld = false;
  /** A key is kept until the command under way has ended. */
  #isKept = false;
  /** @type {Set<number>} */
  #papers = new Set();
  /** @type {{ ticket: string, sentence: string }} why the ticket here was called */
  #why = { ticket: "", sentence: "" };
  #unwatch;

  /**
   * @param {string} counter
   * @param {Line} line
   * @param {Commands} commands
   * @param {() => void} draw
   */
  constructor(counter, line, commands, draw) {
    this.counter = counter;
    this.#line = line;
    this.#commands = commands;
    this.#draw = draw;
    this.#unwatch = line.watch("console", boot.centre, counter, (view, origin) => {
      this.#show(view);
      commands.shown(origin);
    });
  }

  /** Somebody else sits here now, or nobody. */
  leave() {
    this.#unwatch();
  }

  get isServing() {
    return this.#view?.ticket?.state === "serving";
  }

  /**
   * @param {number} now
   */
  template(now) {
    if (!this.#view) return html`<p class="row"><span class="spinner"></span>${_("Loading…")}</p>`;
    /** @type {import("./actions.js").Desk} */
    const desk = {
      view: this.#view,
      now,
      can: possible(this.#view, now),
      isBusy: this.#commands.underWay !== "",
      isHeld: this.#isHeld,
      papers: this.#papers,
      why: this.#view.ticket?.id === this.#why.ticket ? this.#why.sentence : "",
      act: (meaning, place) => this.act(meaning, place),
      put: (path, done) => this.#put(path, done),
      tick: (place) => this.#tick(place),
    };
    return html`
      <div class="desk live">
        <div class="desk-main">
          ${counterBar(desk)} ${notices(desk)} ${middle(desk)}
        </div>
        <aside class="desk-side" aria-label=${_("Queue and recent dossiers")}>${side(desk)}</aside>
        ${actionRow(desk)}
      </div>
    `;
  }

  /**
   * Do what a key or a button means, if it can be done now.
   *
   * @param {Meaning} meaning
   * @param {number} [place]  which parked number, from 1
   */
  act(meaning, place = 0) {
    if (!this.#view) return;
    if (this.#commands.underWay) return this.#actLater(meaning, place);
    if (!possible(this.#view, this.#line.now()).has(meaning)) return;
    if (meaning === "next" && this.#isHeld) return;
    this.#actions[meaning](place);
  }

  /**
   * The view may arrive before the answer of the command that led to it: a key pressed then is
   * meant for what the clerk sees, and waits those milliseconds. One is kept, the first.
   *
   * @param {Meaning} meaning
   * @param {number} place
   */
  #actLater(meaning, place) {
    if (this.#isKept || !this.#commands.isSeen) return;
    this.#isKept = true;
    this.#commands.ended.then(() => {
      this.#isKept = false;
      this.act(meaning, place);
    });
  }

  /** @type {Record<Meaning, (place: number) => unknown>} */
  #actions = {
    next: () => this.#next(),
    recall: () => this.#send("recall"),
    serve: () => this.#send("start-serving"),
    no_show: () => this.#send("no-show"),
    requeue: () => this.#send("requeue"),
    park: () => this.#send("park"),
    finish: () => askOutcome(this.#view, this.#papers, (body) => this.#isDone("complete", body)),
    transfer: () => askPlace(this.#view, (body) => this.#isDone("transfer", body)),
    undo: () => this.#send("undo"),
    pause: () => (this.#view.counter.availability === "paused" ? this.#send("open") : this.#askBreak()),
    find: () => askNumber(this.#view, this.#ways),
    resume: (place) => this.#resume(place),
    hold: () => this.#send("hold", { is_held: this.#view.automatic_call.at !== null }),
    counter: () => this.#askCounter(),
    keys: () => showKeys(),
  };

  #ways = {
    call: (/** @type {string} */ ticket, /** @type {string} */ reason) =>
      this.#isDone("call-ticket", { ticket, reason }),
    resume: (/** @type {string} */ ticket) => this.#isDone("resume", { ticket }),
    reinstate: (/** @type {string} */ ticket) => this.#isPut(`/tickets/${ticket}/reinstate`),
  };

  #next() {
    const step = nextStep(this.#view);
    if (step === "call") return this.#callNext();
    if (step === "open") return this.#send("open");
    return this.#actions[step](0);
  }

  async #callNext() {
    const wasSomebodyThere = this.#view.waiting.total > 0;
    const answer = await this.#send("call-next");
    if (answer && !answer.ticket && wasSomebodyThere) toast(_("Another counter was faster."));
  }

  /** @param {number} place */
  #resume(place) {
    const ticket = this.#view.parked[place - 1]?.id;
    if (ticket) this.#send("resume", { ticket });
  }

  #askBreak() {
    const reasons = Object.entries(this.#view.pause_reasons);
    const known = reasons.length ? reasons : [["break", { vi: "Nghỉ", en: "Break" }]];
    choose(
      _("Take a break"),
      known.map(([reason, words]) => ({
        word: textOf(/** @type {any} */ (words)),
        icon: "pause",
        do: () => this.#send("pause", { reason }),
      })),
    );
  }

  #askCounter() {
    const { ticket, counter } = this.#view;
    const detail = ticket ? _("%(number)s goes back to its place in the queue", ticket) : "";
    const close = { word: _("Close the counter, stay here"), detail, icon: "lock", do: () => this.#send("close") };
    const leave = { word: _("Leave the counter"), detail, icon: "sign-out", do: () => this.#send("leave") };
    const out = { word: _("Sign out"), detail: signOutDetail(ticket), icon: "person", do: signOut };
    choose(
      _("Counter %(number)s", counter),
      counter.availability === "closed" ? [leave, out] : [leave, close, out],
    );
  }

  /** @param {number} place */
  #tick(place) {
    if (!this.#papers.delete(place)) this.#papers.add(place);
    this.#draw();
  }

  /**
   * @param {string} action
   * @param {unknown} [body]
   */
  #send(action, body) {
    return this.#ask(`/counters/${encodeURIComponent(this.counter)}/${action}`, body);
  }

  /**
   * @param {string} path
   * @param {unknown} [body]
   */
  #ask(path, body) {
    return this.#commands.send(path, body, async () => this.#show(await fetched("console", this.counter)));
  }

  /**
   * @param {string} action
   * @param {unknown} body
   */
  async #isDone(action, body) {
    return (await this.#send(action, body)) !== null;
  }

  /** @param {string} path */
  async #isPut(path) {
    return (await this.#ask(path)) !== null;
  }

  /**
   * @param {string} path
   * @param {string} done
   */
  async #put(path, done) {
    if (await this.#isPut(path)) toast(done, "done");
  }

  /** @param {any} view */
  #show(view) {
    const before = this.#view;
    this.#view = view;
    if (before?.ticket?.id !== view.ticket?.id) this.#papers = new Set();
    if (before && nextStep(before) !== nextStep(view)) this.#hold();
    if (before?.ticket && isOther(before.ticket, view.ticket)) closeDialog();
    say(before, view);
    this.#askWhyCalled(view.ticket?.id);
    this.#draw();
  }

  /** Ask once for each ticket. @param {string | undefined} ticket */
  async #askWhyCalled(ticket) {
    if (!ticket || this.#why.ticket === ticket) return;
    this.#why = { ticket, sentence: "" };
    const sentence = await whyCalled(ticket);
    if (this.#why.ticket !== ticket) return; // somebody else is here by now
    this.#why = { ticket, sentence };
    this.#draw();
  }

  /** A second press of the key was meant for what was there before. */
  #hold() {
    this.#isHeld = true;
    setTimeout(() => {
      this.#isHeld = false;
      this.#draw();
    }, HOLD_MS);
  }
}

/**
 * Whether what a dialog was about is gone.
 *
 * @param {any} before
 * @param {any} after
 */
const isOther = (before, after) => before.id !== after?.id || before.state !== after.state;

/**
 * Tell screen readers what has changed at the counter.
 *
 * @param {any} before
 * @param {any} view
 */
const say = (before, view) => {
  const now = stateWords(view);
  const said = document.getElementById("said");
  if (said && now !== (before && stateWords(before))) said.textContent = now;
};

/** @param {any} view */
const stateWords = ({ ticket, counter }) => {
  if (ticket) {
    return ticket.state === "serving"
      ? _("%(number)s is being served", ticket)
      : _("%(number)s is called", ticket);
  }
  return AVAILABILITY[counter.availability]();
};

/** @type {Record<string, () => string>} */
const AVAILABILITY = {
  open: () => _("The counter is open and free"),
  paused: () => _("The counter is on a break"),
  closed: () => _("The counter is closed"),
};

/** @type {Record<string, [string, string, () => string]>} */
const CHIPS = {
  open: ["is-done", "check", () => _("Open")],
  paused: ["is-paused", "pause", () => _("On a break")],
  closed: ["is-idle", "lock", () => _("Closed")],
};

/** @param {import("./actions.js").Desk} desk */
const counterBar = ({ view: { counter }, can, isBusy, act }) => {
  const [colour, drawing, word] = CHIPS[counter.availability];
  return html`<div class="counter-bar">
    <span class="badge number" aria-hidden="true">${counter.number}</span>
    <div class="counter-name">
      <h2>${_("Counter %(number)s", counter)}${textOf(counter.name) ? ` · ${textOf(counter.name)}` : ""}</h2>
      <p class="dim small">${textOf(counter.zone)}</p>
    </div>
    <span class="chip ${colour}">${icon(drawing)}${word()}</span>
    <div class="row counter-tools">
      ${can.has("pause")
        ? html`<button class="button button-quiet" ?disabled=${isBusy} aria-keyshortcuts="B" @click=${() => act("pause")}>
            ${counter.availability === "paused"
              ? html`${icon("play")}<span>${_("End the break")}</span>`
              : html`${icon("pause")}<span>${_("Break")}</span>`}${cap("B")}
          </button>`
        : nothing}
      <button class="button button-quiet" ?disabled=${isBusy} aria-keyshortcuts="X" @click=${() => act("counter")}>
        ${icon("sign-out")}<span>${_("Leave")}</span>${cap("X")}
      </button>
      <button class="button button-quiet" aria-keyshortcuts="?" @click=${() => act("keys")}>
        ${icon("keyboard")}<span>${_("Keys")}</span>${cap("?")}
      </button>
    </div>
  </div>`;
};
