/** One counter on the screen: its view, what its keys do, how it is drawn. */

import { boot } from "../../web/js/boot.js";
import { closeDialog, isDialogOpen } from "../../web/js/dialog.js";
import { _ } from "../../web/js/i18n.js";
import { html } from "../../web/js/templates.js";
import { toast } from "../../web/js/toast.js";
import { whyCalled } from "../explanation/why.js";
import { actionRow } from "./actions.js";
import { askBreak, askNoShow, askParking } from "./asides.js";
import { choose, showKeys } from "./choose.js";
import { fetched, sayCut } from "./commands.js";
import { counterBar, managersWord } from "./counter_bar.js";
import { askNumber } from "./find.js";
import { askOutcome } from "./finish.js";
import { freePanel } from "./free_panel.js";
import { HOLD_MS } from "./keys.js";
import { mark, markOnward } from "./marks.js";
import { askPaper, printerNotice } from "./paper_words.js";
import { say, sayChange } from "./say.js";
import { scanned } from "./card_scan.js";
import { side } from "./side.js";
import { askToLeave } from "./sign_out.js";
import { isCalledEnough, nextStep, possible, unread } from "./steps.js";
import { ticketPanel } from "./ticket_panel.js";
import { askPlace } from "./transfer.js";

/** @typedef {import("./keys.js").Meaning} Meaning */
/** @typedef {import("../../web/js/live.js").Line} Line */
/** @typedef {import("./commands.js").Commands} Commands */

/** What can be looked at and closed again while nothing can be sent. @type {Set<Meaning>} */
const HARMLESS = new Set(["keys", "digit"]);

export class Desk {
  /** @type {any} */
  #view = null;
  #page;
  #isHeld = false;
  /** A key is kept until the command under way has ended. */
  #isKept = false;
  /** @type {{ ticket: string, sentence: string }} why the ticket here was called */
  #why = { ticket: "", sentence: "" };
  /** @type {{ ticket: string, name: string }} read from the citizen's card, in memory alone */
  #card = { ticket: "", name: "" };
  #unwatch;

  /**
   * @param {string} counter
   * @param {object} page
   * @param {Line} page.line
   * @param {Commands} page.commands
   * @param {() => void} page.draw
   * @param {() => boolean} page.isCut  the line is lost
   * @param {() => any} page.seats  the view of all counters
   */
  constructor(counter, page) {
    this.counter = counter;
    this.#page = page;
    this.#unwatch = page.line.watch("console", boot.centre, counter, (view, origin) => {
      this.#show(view);
      page.commands.shown(origin);
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
    const { commands, isCut } = this.#page;
    const id = this.#view.ticket?.id;
    /** @type {import("./actions.js").Desk} */
    const desk = {
      view: this.#view,
      now,
      can: possible(this.#view, now),
      isBusy: commands.underWay !== "",
      isSlow: commands.isSlow,
      isCut: isCut(),
      isHeld: this.#isHeld,
      cardName: this.#cardName,
      why: id === this.#why.ticket ? this.#why.sentence : "",
      act: (meaning, place) => this.act(meaning, place),
      put: (path, done, body) => this.#put(path, done, body),
      transfer: (ticket) => this.#askPlace(ticket),
      mark: (place, change) => this.#mark(() => mark(this.#view.ticket, place, change)),
      forgetName: () => this.#keepName(""),
    };
    return html`
      <div class="desk live">
        <div class="desk-main">
          ${counterBar(desk)} ${managersWord(desk)} ${printerNotice(desk)} ${this.#view.ticket ? ticketPanel(desk) : freePanel(desk)}
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
   * @param {number} [place]  which paper or parked number, from 1
   */
  act(meaning, place = 0) {
    const { commands, line, isCut } = this.#page;
    if (!this.#view) return;
    if (commands.underWay) return this.#actLater(meaning, place);
    if (!possible(this.#view, line.now()).has(meaning)) return;
    if (isCut() && !HARMLESS.has(meaning)) return sayCut();
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
    const { commands } = this.#page;
    if (this.#isKept || !commands.isSeen) return;
    this.#isKept = true;
    commands.ended.then(() => {
      this.#isKept = false;
      this.act(meaning, place);
    });
  }

  /** @type {Record<Meaning, (place: number) => unknown>} */
  #actions = {
    next: () => this.#next(),
    recall: () => this.#send("recall"),
    serve: () => this.#send("start-serving"),
    no_show: () => this.#noShow(),
    requeue: () => this.#send("requeue"),
    park: () => askParking(this.#view, (body) => this.#send("park", body)),
    finish: () => this.#finish(),
    transfer: () => this.#askPlace(null),
    undo: () => this.#send("undo"),
    pause: () => (this.#view.counter.availability === "paused" ? this.#send("open") : this.#actions.more(0)),
    more: () => askBreak(this.#view, this.#can, (body) => this.#send("pause", body), (meaning) => this.act(meaning)),
    find: () => askNumber(this.#view, this.#ways),
    digit: (place) => (this.#view.ticket ? this.#onward(place - 1) : this.#resume(place)),
    print: () => askPaper(this.#view, (path, done, body) => this.#put(path, done, body)),
    read: () => this.#read(),
    hold: () => this.#send("hold", { is_held: this.#view.automatic_call.at !== null }),
    counter: () => askToLeave(this.#view, (action) => this.#send(action)),
    keys: () => showKeys(),
  };

  #ways = {
    call: (/** @type {string} */ ticket, /** @type {string} */ reason) =>
      this.#isDone("call-ticket", { ticket, reason }),
    resume: (/** @type {string} */ ticket) => this.#isDone("resume", { ticket }),
    reinstate: (/** @type {string} */ ticket) => this.#isPut(`/tickets/${ticket}/reinstate`),
  };

  get #can() {
    return possible(this.#view, this.#page.line.now());
  }

  #next() {
    const step = nextStep(this.#view);
    if (step === "call") return this.#callNext();
    if (step === "open") return this.#send("open");
    return this.#actions[step](0);
  }

  async #callNext() {
    const wasSomebodyThere = this.#view.waiting.total > 0;
    const answer = await this.#send("call-next");
    if (answer && !answer.ticket) toast(wasSomebodyThere ? _("Another counter was faster.") : _("Nobody is waiting for this counter"));
  }

  #noShow() {
    const noShow = () => this.#send("no-show");
    if (isCalledEnough(this.#view)) return noShow();
    askNoShow(this.#view, { recall: () => this.#send("recall"), noShow });
  }

  #finish() {
    askOutcome(this.#view, this.#cardName, (body) => this.#isDone("complete", body));
  }

  /** @param {any} parked  null: who is at the counter */
  #askPlace(parked) {
    const { ticket } = this.#view;
    const whom = parked ?? { number: ticket.number, code: ticket.procedure.code };
    askPlace(whom, this.counter, this.#page.seats(), (body) =>
      this.#isDone("transfer", parked ? { ...body, ticket: parked.id } : body),
    );
  }

  /** @param {number} place */
  #resume(place) {
    const ticket = this.#view.parked[place - 1]?.id;
    if (ticket) this.#send("resume", { ticket });
  }

  /** @param {number} place */
  #onward(place) {
    if (place < this.#view.ticket.procedure.papers.length) this.#mark(() => markOnward(this.#view.ticket, place));
  }

  /** @param {() => void} change */
  #mark(change) {
    change();
    this.#page.draw();
  }

  #read() {
    const [first] = unread(this.#view, this.#page.line.now());
    if (first) this.#send(`messages/${encodeURIComponent(first.id)}/read`);
  }

  /** Something was scanned while no form was open. @param {string} text */
  scan(text) {
    const found = scanned(text);
    if (found.kind === "ticket" && this.#can.has("find")) return askNumber(this.#view, this.#ways, found.id);
    if (found.kind !== "card") return toast(_("What was scanned is of no use here."));
    if (!this.#view?.ticket) return toast(_("A citizen card was scanned while nobody was here: nothing of it was kept."));
    this.#keepName(found.name);
    say(_("From the card: %(name)s", { name: found.name }));
  }

  get #cardName() {
    return this.#view?.ticket?.id === this.#card.ticket ? this.#card.name : "";
  }

  /** @param {string} name */
  #keepName(name) {
    this.#card = { ticket: this.#view.ticket?.id ?? "", name };
    this.#page.draw();
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
    return this.#page.commands.send(path, body, async () => this.#show(await fetched("console", this.counter)));
  }

  /**
   * @param {string} action
   * @param {unknown} body
   */
  async #isDone(action, body) {
    return (await this.#send(action, body)) !== null;
  }

  /**
   * @param {string} path
   * @param {unknown} [body]
   */
  async #isPut(path, body) {
    return (await this.#ask(path, body)) !== null;
  }

  /**
   * @param {string} path
   * @param {string} done
   * @param {unknown} [body]
   */
  async #put(path, done, body) {
    if (await this.#isPut(path, body)) toast(done, "done");
  }

  /** @param {any} view */
  #show(view) {
    const before = this.#view;
    this.#view = view;
    if (before?.ticket?.id !== view.ticket?.id) this.#card = { ticket: "", name: "" };
    if (before && nextStep(before) !== nextStep(view)) this.#hold();
    if (before?.ticket && isOther(before.ticket, view.ticket) && isDialogOpen()) closeDialog();
    sayChange(before, view, this.#page.line.now());
    this.#askWhyCalled(view.ticket?.id);
    this.#page.draw();
  }

  /** Ask once for each ticket. @param {string | undefined} ticket */
  async #askWhyCalled(ticket) {
    if (!ticket || this.#why.ticket === ticket) return;
    this.#why = { ticket, sentence: "" };
    const sentence = await whyCalled(ticket);
    if (this.#why.ticket !== ticket) return; // somebody else is here by now
    this.#why = { ticket, sentence };
    this.#page.draw();
  }

  /** A second press of the key was meant for what was there before. */
  #hold() {
    this.#isHeld = true;
    setTimeout(() => {
      this.#isHeld = false;
      this.#page.draw();
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
