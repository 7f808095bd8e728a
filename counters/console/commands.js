/**
 * Sends one command at a time, so that a key held down or pressed twice does nothing twice.
 *
 * A command is under way until the view that shows what it did has arrived: the next key is meant
 * for what the clerk sees. Nothing is kept to be sent later: while the line is lost a command is
 * declined at once, and one that got no answer says that nobody knows.
 */

import { get, post, Refusal } from "../../web/js/api.js";
import { boot } from "../../web/js/boot.js";
import { _ } from "../../web/js/i18n.js";
import { sentenceOf } from "../../web/js/refusals.js";
import { toast } from "../../web/js/toast.js";
import { CLERK_SENTENCES } from "./refusals.js";

/** How long to wait for the socket to bring the view before it is asked for, ms. */
const VIEW_PATIENCE_MS = 1_500;
/** A clerk looks at the button: what takes longer than this is shown as under way, ms. */
const SLOW_MS = 700;
/** A server that is started again is back by then; longer, nobody knows what they pressed. */
const TRIES = { attempts: 3, patienceMs: 4_000 };

export const CENTRE = `/api/v1/centres/${encodeURIComponent(boot.centre)}`;

/** @typedef {{ epoch: string, offset: number }} Position */
/** @typedef {(view: any, position: Position) => void} OnView */

export class Commands {
  /** The command under way, empty when there is none. */
  underWay = "";
  #sentAt = 0;
  #onChange;
  #isCut;
  /** Ends with the command under way. */
  ended = Promise.resolve();
  /** @type {Position | null} newest shown */
  #shown = null;
  /** @type {Position | null} shown when the command under way was sent */
  #before = null;
  /** @type {(() => void) | null} */
  #arrived = null;
  /** @type {Position | null} */
  #awaited = null;

  /**
   * @param {() => void} onChange  the console draws itself again
   * @param {() => boolean} isCut  the line is lost
   */
  constructor(onChange, isCut) {
    this.#onChange = onChange;
    this.#isCut = isCut;
  }

  /**
   * Send a command; null when it was refused (which is said) or another one is under way.
   *
   * @param {string} path  after the centre, e.g. "/counters/3/call-next"
   * @param {unknown} [body]
   * @param {() => Promise<void>} [fetchView]  asks for the view when the socket does not bring it
   * @returns {Promise<any>}
   */
  async send(path, body = {}, fetchView) {
    if (this.underWay) return null;
    if (this.#isCut()) return sayCut();
    this.underWay = path;
    this.#sentAt = performance.now();
    this.#before = this.#shown;
    /** @type {() => void} */
    let end = () => {};
    this.ended = new Promise((done) => (end = done));
    this.#onChange();
    try {
      const answer = await post(CENTRE + path, body, TRIES);
      if (answer.events.length) await this.#shownUpTo(answer, fetchView);
      return answer;
    } catch (refusal) {
      if (!(refusal instanceof Refusal)) throw refusal;
      toast(sentenceOf(refusal, CLERK_SENTENCES), "warning");
      return null;
    } finally {
      this.underWay = "";
      this.#onChange();
      end();
    }
  }

  /** Whether the screen shows something newer than what the command under way was sent from. */
  get isSeen() {
    return this.underWay !== "" && this.#shown !== this.#before;
  }

  /** Whether the command under way has been for longer than a glance. */
  get isSlow() {
    return this.underWay !== "" && performance.now() - this.#sentAt > SLOW_MS;
  }

  /** A view is shown. @param {Position} position */
  shown(position) {
    this.#shown = position;
    if (this.#awaited && isReached(this.#shown, this.#awaited)) this.#arrived?.();
  }

  /**
   * @param {Position} position
   * @param {(() => Promise<void>) | undefined} fetchView
   */
  async #shownUpTo(position, fetchView) {
    if (!fetchView || isReached(this.#shown, position)) return;
    const arrival = new Promise((done) => {
      this.#arrived = () => done(true);
      this.#awaited = position;
    });
    const patience = new Promise((done) => setTimeout(() => done(false), VIEW_PATIENCE_MS));
    const isHere = await Promise.race([arrival, patience]);
    this.#arrived = this.#awaited = null;
    if (!isHere) await fetchView();
  }
}

/** @returns {null} */
export const sayCut = () => {
  toast(_("There is no connection: nothing was sent. Please press again when it is back."), "warning", "cut");
  return null;
};

/**
 * @param {Position | null} shown
 * @param {Position} wanted
 */
const isReached = (shown, wanted) =>
  shown !== null && shown.epoch === wanted.epoch && shown.offset >= wanted.offset;

/**
 * Ask for a view by HTTP.
 *
 * @param {string} view
 * @param {string} subject
 */
export const fetched = (view, subject) =>
  get(`${CENTRE}/views/${view}?subject=${encodeURIComponent(subject)}`);

/**
 * Ask where a number is; null when there is no such number, which is said.
 *
 * @param {string} number
 */
export const findNumber = async (number) => {
  try {
    return await get(`${CENTRE}/numbers/${encodeURIComponent(number)}`);
  } catch (refusal) {
    if (!(refusal instanceof Refusal)) throw refusal;
    const isUnknown = refusal.code === "unknown_name";
    return { problem: isUnknown ? _("No such number today.") : sentenceOf(refusal, CLERK_SENTENCES) };
  }
};
