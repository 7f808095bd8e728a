/**
 * The draft of a centre's configuration, kept on the server as one edits.
 *
 * What is entered is shown at once and sent a moment later; nothing is lost with the tab. Everybody
 * edits the same draft: what others do is asked for every few seconds, and where two change the
 * same at the same time, the second is told.
 */

import { get, post, Refusal, send } from "../web/js/api.js";
import { language } from "../web/js/i18n.js";
import { isSame, keyOf, laidOver, valueAt, withEdit } from "./paths.js";

/**
 * @typedef {import("./paths.js").Tree} Tree
 * @typedef {import("./paths.js").Path} Path
 * @typedef {import("./paths.js").Edit} Edit
 * @typedef {{ key: string, reason: string, severity: "error" | "warning" }} Problem
 * @typedef {{ id: string, name: string, at: string }} Editor
 * @typedef {object} State  as the server answers
 * @property {number} version
 * @property {Edit[]} edits
 * @property {Problem[]} problems
 * @property {Editor[]} editors
 * @property {string | null} apply_at
 * @property {string} live_id
 * @property {Tree | null} live
 */

const SEND_AFTER_MS = 250;
const LOOK_EVERY_MS = 6_000;
const TRY_AGAIN_MS = 4_000;

export class Draft {
  /** @type {Tree} the configuration in force */
  live = {};
  /** @type {Tree} with the draft */
  tree = {};
  /** @type {Edit[]} */
  edits = [];
  /** @type {Problem[]} */
  problems = [];
  /** @type {Editor[]} */
  editors = [];
  /** @type {string | null} */
  applyAt = null;
  version = 0;
  /** Nothing of what was entered is only here. */
  isKept = true;
  /** The server does not answer; what was entered waits here. */
  isAway = false;

  #liveId = "";
  /** @type {(Edit & { base: any })[]} */
  #queue = [];
  #isSending = false;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #timer;
  #onChange;
  #onOverlap;

  /**
   * @param {string} centre
   * @param {() => void} onChange  something is to be drawn anew
   * @param {(names: string, paths: Path[]) => void} onOverlap  somebody else changed the same
   */
  constructor(centre, onChange, onOverlap) {
    this.base = `/api/v1/centres/${encodeURIComponent(centre)}/configuration`;
    this.#onChange = onChange;
    this.#onOverlap = onOverlap;
    addEventListener("beforeunload", (event) => {
      if (!this.isKept) event.preventDefault();
    });
    document.addEventListener("visibilitychange", () => this.#look());
  }

  /** Ask for the draft, and go on asking what others do. */
  async open() {
    this.#take(await get(this.address("draft")));
    setInterval(() => this.#look(), LOOK_EVERY_MS);
  }

  /**
   * @param {string} path  below the configuration
   * @param {Record<string, string>} [query]
   */
  address(path, query = {}) {
    return `${this.base}/${path}?${new URLSearchParams({ language, ...query })}`;
  }

  /** @param {Path} path */
  value(path) {
    return valueAt(this.tree, path);
  }

  /** @param {Path} path */
  before(path) {
    return valueAt(this.live, path);
  }

  /** Whether the draft changes what is there. @param {Path} path */
  isChanged(path) {
    return !isSame(this.value(path), this.before(path));
  }

  /**
   * Problems at a key; with `below` also of what is within.
   *
   * @param {(string | number)[]} path
   * @param {boolean} [below]
   */
  problemsAt(path, below = false) {
    const key = keyOf(path);
    return this.problems.filter(
      (each) => each.key === key || (below && (each.key.startsWith(`${key}.`) || each.key.startsWith(`${key}[`))),
    );
  }

  get errors() {
    return this.problems.filter(({ severity }) => severity === "error");
  }

  /**
   * Set a value; undefined removes what is there.
   *
   * @param {Path} path
   * @param {any} value
   */
  set(path, value) {
    this.change([{ path, value }]);
  }

  /** Put back what is in force. @param {Path} path */
  restore(path) {
    this.set(path, this.before(path));
  }

  /** @param {Edit[]} edits */
  change(edits) {
    for (const edit of edits) {
      if (isSame(this.value(edit.path), edit.value)) continue;
      this.#queue.push({ ...edit, base: this.value(edit.path) });
      this.edits = withEdit(this.live, this.edits, edit);
      this.tree = laidOver(this.live, this.edits);
    }
    if (this.#queue.length) {
      this.isKept = false;
      this.#later(SEND_AFTER_MS);
    }
    this.#onChange();
  }

  /** Take everything entered so far to the server. */
  async flush() {
    clearTimeout(this.#timer);
    await this.#send();
    if (!this.isKept) throw new Refusal("unreachable", "the server does not answer");
  }

  /**
   * Do something with the newest version of the draft; the answer becomes the draft.
   *
   * @param {string} path  below the configuration
   * @param {Record<string, unknown>} [body]
   */
  async command(path, body = {}) {
    await this.flush();
    this.#take(await post(this.address(path), { version: this.version, ...body }, { attempts: 1 }));
    await this.reload();
  }

  /**
   * Send a file; the answer becomes the draft.
   *
   * @param {string} path  below the configuration
   * @param {Blob} file
   * @param {Record<string, string>} [query]
   */
  async upload(path, file, query = {}) {
    await this.flush();
    this.#take(await send(this.address(path, { version: String(this.version), ...query }), file));
    this.#onChange();
  }

  /**
   * What the server says about a file; the draft stays as it is.
   *
   * @param {string} path  below the configuration
   * @param {Blob} file
   */
  async ask(path, file) {
    await this.flush();
    return send(this.address(path), file);
  }

  /** Ask for everything anew. */
  async reload() {
    this.#take(await get(this.address("draft")));
    this.#onChange();
  }

  /** @param {number} delay  ms */
  #later(delay) {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#send(), delay);
  }

  async #send() {
    if (this.#isSending || !this.#queue.length) return;
    this.#isSending = true;
    const sent = this.#queue;
    this.#queue = [];
    try {
      const edits = sent.map(({ path, value }) => (value === undefined ? { path } : { path, value }));
      const body = { version: this.version, edits };
      const answer = await post(this.address("draft/edits", { live: this.#liveId }), body, { attempts: 1 });
      this.isAway = false;
      this.#take(answer);
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      this.#queue = [...sent, ...this.#queue];
      if (error.code === "draft_changed") await this.#catchUp();
      else if (error.status === 0 || error.status >= 500) this.isAway = true;
      else {
        this.#queue = [];
        await this.reload();
        throw error;
      }
    } finally {
      this.#isSending = false;
      this.isKept = this.#queue.length === 0;
      if (!this.isKept) this.#later(this.isAway ? TRY_AGAIN_MS : 0);
      this.#onChange();
    }
  }

  /** Somebody else was faster: take theirs, lay mine over it, and say where we met. */
  async #catchUp() {
    const answer = await get(this.address("draft"), { attempts: 1 });
    const theirs = laidOver(answer.live, answer.edits);
    const met = this.#queue.filter(({ path, base, value }) => {
      const now = valueAt(theirs, path);
      return !isSame(now, base) && !isSame(now, value);
    });
    this.#take(answer);
    if (met.length) {
      const others = answer.editors.map((/** @type {Editor} */ { name }) => name);
      this.#onOverlap(others.join(", "), met.map(({ path }) => path));
    }
  }

  /** What others did meanwhile. */
  async #look() {
    if (document.hidden || this.#isSending || this.#queue.length) return;
    try {
      const known = { version: String(this.version), live: this.#liveId };
      const answer = await get(this.address("draft", known), { attempts: 1 });
      if (this.#isSending || this.#queue.length) return;
      const isNews = this.isAway || answer.version !== this.version || answer.live !== null;
      this.isAway = false;
      this.#take(answer);
      if (isNews) this.#onChange();
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
    }
  }

  /** @param {State} state */
  #take(state) {
    if (state.live) [this.live, this.#liveId] = [state.live, state.live_id];
    const { version, edits, problems, editors, apply_at } = state;
    Object.assign(this, { version, edits, problems, editors, applyAt: apply_at });
    for (const { path, value } of this.#queue) this.edits = withEdit(this.live, this.edits, { path, value });
    this.tree = laidOver(this.live, this.edits);
  }
}
