/**
 * The one socket client of all pages.
 *
 * The server pushes whole views; a page says which it watches and draws what comes. This module
 * keeps the line: it reconnects, notices silence, keeps the server's time, and reloads the page
 * when the server has a new version. Close codes 4500 to 4999 mean "stay away", all others "come
 * back" (docs/reference, close codes).
 *
 * @typedef {"connecting" | "live" | "reconnecting" | "lost" | "away"} State
 *   reconnecting: the socket closed, a new one is tried; lost: nothing heard for `silence` ms, the
 *   page must say so; away: the server told us not to come back.
 * @typedef {{ epoch: string, offset: number, at: number, isKept: boolean }} Origin
 *   at: ms since 1970 by the server's clock; isKept: from this device's memory, not from the server
 * @typedef {(body: any, origin: Origin) => void} OnBody
 * @typedef {{ code: string, detail: string }} Refused
 * @typedef {object} Watch
 * @property {string} view
 * @property {string} centre
 * @property {string} subject
 * @property {OnBody} onBody
 * @property {(refused: Refused) => void} [onRefused]
 * @property {boolean} keep
 * @property {{ epoch: string, offset: number, mark: string } | null} last
 */

import { boot } from "./boot.js";
import { Keeper } from "./live_keeper.js";
import { ServerClock } from "./live_clock.js";
import { seek } from "./live_seek.js";
import { reloadOnce } from "./live_version.js";
import { isMeant, isOlder, keyOf } from "./live_watch.js";

const FIRST_DELAY_MS = 250;
const SILENCE_MS = 12_000;
const CHECK_MS = 1_000;
/** What browsers report for a socket that ended without a close frame. */
const NO_GOODBYE = 1006;
/** So many checks without an answer, and the line is taken for broken. */
const UNANSWERED = 3;

/** Longest pause before a reconnection, ms: screens on the wall and desks, or citizens' phones. */
export const SCREEN_DELAY_MS = 2_000;
export const PHONE_DELAY_MS = 10_000;

/**
 * Open the line.
 *
 * @param {object} [options]
 * @param {string} [options.token]  device token; staff are known by their cookie
 * @param {number} [options.maxDelay]  ms, see SCREEN_DELAY_MS
 * @param {number} [options.silence]  ms without a word after which the line is lost
 * @param {(state: State, detail: { code?: number, reason?: string }) => void} [options.onState]
 * @param {() => boolean} [options.mayReload]  false while a reload would take something away
 * @param {boolean} [options.isDesk]  answers each heartbeat: somebody's counter depends on it
 * @param {number} [options.checkEvery]  ms; a screen that nobody looks after asks so often whether
 *   it shows the newest, and is back within two seconds of its server; 0 never asks
 * @param {string} [options.address]
 */
export const connect = (options = {}) => new Line(options);

export class Line {
  /** @type {State} */
  state = "connecting";
  clock = new ServerClock();

  /** @type {Map<string, Watch>} */
  #watches = new Map();
  /** @type {Map<string, (message: Record<string, any>) => void>} who hears a type of message */
  #hearers = new Map();
  /** @type {Map<string, string>} newest report of each kind, told again on every connection */
  #reports = new Map();
  #keeper = new Keeper();
  /** @type {WebSocket | null} */
  #socket = null;
  #attempts = 0;
  /** When the server last said something, by performance.now(). */
  #heardAt = performance.now();
  /** The same, but begun anew for each socket, so that a new one gets its time to speak. */
  #quietSince = performance.now();
  #isOver = false;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #retry;
  #watchdog = setInterval(() => this.#checkSilence(), CHECK_MS);
  /** @type {ReturnType<typeof setInterval> | undefined} */
  #checks;
  /** @type {(() => void) | null} Ends the search for the server. */
  #search = null;
  #options;

  /** @param {Parameters<typeof connect>[0]} options */
  constructor(options = {}) {
    this.#options = {
      token: "",
      maxDelay: SCREEN_DELAY_MS,
      silence: SILENCE_MS,
      onState: () => {},
      mayReload: () => true,
      isDesk: false,
      checkEvery: 0,
      address: "/live",
      ...options,
    };
    document.addEventListener("visibilitychange", this.#wake);
    document.addEventListener("resume", this.#wake);
    addEventListener("online", this.#wake);
    const { checkEvery } = this.#options;
    if (checkEvery) this.#checks = setInterval(() => this.#check(), checkEvery);
    this.#open();
  }

  /**
   * Watch a view; `onBody` gets each new body whole.
   *
   * @param {string} view  e.g. "board"
   * @param {string} centre
   * @param {string} subject  e.g. the zone, the counter, the ticket id
   * @param {OnBody} onBody
   * @param {object} [options]
   * @param {boolean} [options.keep]  remember the last body on this device and begin with it:
   *   for boards, which must show something after a power cut, never for what is one person's
   * @param {(refused: Refused) => void} [options.onRefused]
   * @returns {() => void} stops watching
   */
  watch(view, centre, subject, onBody, { keep = false, onRefused } = {}) {
    const key = keyOf({ view, centre, subject });
    this.#watches.set(key, { view, centre, subject, onBody, onRefused, keep, last: null });
    const kept = keep ? this.#keeper.find(key, this.now()) : null;
    if (kept) onBody(kept.body, { ...kept.origin, isKept: true });
    this.#send({ type: "watch", view, centre, subject });
    return () => {
      if (this.#watches.delete(key)) this.#send({ type: "unwatch", view, centre, subject });
    };
  }

  /**
   * Tell the server something about this device, e.g. that its sound is suspended.
   *
   * @param {string} report
   * @param {string} value
   */
  report(report, value) {
    this.#reports.set(report, value);
    this.#send({ type: "report", report, value });
  }

  /**
   * Say something once; it is lost when there is no line.
   *
   * @param {Record<string, unknown>} message
   * @returns {boolean} Whether there is a line.
   */
  tell(message) {
    this.#send(message);
    return this.#socket?.readyState === WebSocket.OPEN;
  }

  /**
   * Hear the messages of a type of which the line itself knows nothing.
   *
   * @param {string} type
   * @param {(message: Record<string, any>) => void} onMessage
   */
  hear(type, onMessage) {
    this.#hearers.set(type, onMessage);
  }

  /** Server's time; a device's own clock may be wrong. */
  now() {
    return this.clock.now();
  }

  /** How long ago that was, ms by this device, however fast the server's clock runs. @param {number} instant */
  age(instant) {
    return this.clock.age(instant);
  }

  /** ms without a word from the server. */
  get quiet() {
    return performance.now() - this.#heardAt;
  }

  /** Close for good. */
  close() {
    this.#isOver = true;
    clearInterval(this.#watchdog);
    clearInterval(this.#checks);
    clearTimeout(this.#retry);
    this.#search?.();
    document.removeEventListener("visibilitychange", this.#wake);
    document.removeEventListener("resume", this.#wake);
    removeEventListener("online", this.#wake);
    this.#drop();
  }

  #open() {
    clearTimeout(this.#retry);
    const address = new URL(this.#options.address, location.href);
    address.protocol = address.protocol.replace("http", "ws");
    const socket = new WebSocket(address);
    this.#socket = socket;
    this.#quietSince = performance.now();
    socket.onopen = () => this.#introduce();
    socket.onmessage = ({ data }) => this.#hear(JSON.parse(data));
    socket.onclose = ({ code, reason }) => this.#closed(code, reason);
  }

  /** Ask for what differs from what is shown; where no answer comes, look for the server. */
  #check() {
    for (const { view, centre, subject, last } of this.#watches.values()) {
      if (last) this.#send({ type: "watch", view, centre, subject, mark: last.mark });
    }
    const patience = UNANSWERED * this.#options.checkEvery * 2 ** Math.min(this.#attempts, 2);
    if (performance.now() - this.#quietSince >= patience) this.#seek();
  }

  /** Open a new socket once the server answers. */
  #seek() {
    this.#search ??= seek(() => {
      this.#search = null;
      this.#attempts += 1; // a server that is slow to open gets more time
      this.#drop();
      this.#open();
    });
  }

  #introduce() {
    const { token } = this.#options;
    if (token) this.#send({ type: "hello", token });
    for (const { view, centre, subject } of this.#watches.values()) {
      this.#send({ type: "watch", view, centre, subject });
    }
    for (const [report, value] of this.#reports) this.#send({ type: "report", report, value });
  }

  /** @param {Record<string, any>} message */
  #hear(message) {
    this.#heardAt = this.#quietSince = performance.now();
    this.#attempts = 0;
    this.#search?.();
    this.#search = null;
    this.#become("live");
    switch (message.type) {
      case "view":
        return this.#show(message);
      case "heartbeat":
        this.clock.hear(message.at, message.clock_speed);
        if (this.#options.isDesk) this.#send({ type: "report", report: "alive", value: "" });
        if (this.#options.mayReload()) reloadOnce(boot.version, message.version);
        return;
      case "refused":
        return this.#refuse(message);
      default: // a newer server may say more than this page knows
        this.#hearers.get(message.type)?.(message);
    }
  }

  /** @param {Record<string, any>} message */
  #show(message) {
    const key = keyOf(message);
    const watch = this.#watches.get(key);
    if (!watch || isOlder(message, watch.last)) return;
    const { epoch, offset, mark = "", body } = message;
    watch.last = { epoch, offset, mark };
    const origin = { epoch, offset, at: this.now() };
    if (watch.keep) this.#keeper.keep(key, { body, origin });
    watch.onBody(body, { ...origin, isKept: false });
  }

  /** @param {Record<string, any>} message */
  #refuse(message) {
    const { code, detail } = message;
    for (const watch of this.#watches.values()) {
      if (isMeant(message, watch)) watch.onRefused?.({ code, detail });
    }
  }

  /**
   * @param {number} code
   * @param {string} reason
   */
  #closed(code, reason) {
    this.#socket = null;
    if (code >= 4500 && code <= 4999) {
      this.close();
      return this.#become("away", { code, reason });
    }
    if (this.state !== "lost") this.#become("reconnecting", { code, reason });
    if (this.#options.checkEvery) return this.#seek();
    const ceiling = Math.min(this.#options.maxDelay, FIRST_DELAY_MS * 2 ** this.#attempts++);
    this.#retry = setTimeout(() => this.#open(), Math.random() * ceiling);
  }

  #checkSilence() {
    const now = performance.now();
    if (now - this.#heardAt >= this.#options.silence) this.#become("lost");
    if (this.#socket && now - this.#quietSince >= this.#options.silence) {
      this.#drop(); // without waiting for its goodbye
      this.#closed(NO_GOODBYE, "silence");
    }
  }

  /** A page that is looked at again, or a network that is back, does not wait for a timer. */
  #wake = () => {
    if (this.#isOver || document.visibilityState === "hidden") return;
    if (this.#options.checkEvery) return this.#check();
    if (this.#socket) this.#checkSilence();
    else this.#open();
  };

  #drop() {
    const socket = this.#socket;
    this.#socket = null;
    if (!socket) return;
    socket.onopen = socket.onmessage = socket.onclose = null;
    socket.close();
  }

  /** @param {Record<string, unknown>} message */
  #send(message) {
    if (this.#socket?.readyState === WebSocket.OPEN) this.#socket.send(JSON.stringify(message));
  }

  /**
   * @param {State} state
   * @param {{ code?: number, reason?: string }} [detail]
   */
  #become(state, detail = {}) {
    if (this.state === state) return;
    this.state = state;
    this.#options.onState(state, detail);
  }
}
