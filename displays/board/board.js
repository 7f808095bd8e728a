/**
 * The lobby board: draws the view that is pushed, shows each new call once, speaks it.
 *
 * Boot: `centre`, `subject` of the view, `timezone`, `has_sound`, `words` by language. It runs for
 * months with nobody near: whatever is lost comes back by itself.
 */

import { boot } from "../../web/js/boot.js";
import { html, render } from "../../web/js/templates.js";
import { page } from "./board_page.js";
import { BoardSound } from "./board_sound.js";
import { CallShow } from "./call_show.js";
import { noticesNow } from "./foot.js";
import { planned } from "./geometry.js";
import { widest } from "./number_width.js";
import { setSizes } from "./sizes.js";
import { UnattendedLine } from "./unattended.js";
import { both, pairOf } from "./words.js";

const TICK_MS = 1_000;
const TURN_MS = 10_000;

const root = /** @type {HTMLElement} */ (document.getElementById("board"));
const said = /** @type {HTMLElement} */ (document.getElementById("said"));
document.documentElement.dataset.started = "yes";

const show = new CallShow();
/** @type {any} */
let board = null;
let em = { number: 3, counter: 1.35 };
/** @type {import("./geometry.js").Plan | null} */
let plan = null;
let laid = "";
/** @type {ReturnType<typeof setTimeout> | undefined} */
let due;

/** The words that stood there until now make room. */
const begin = () => {
  if (root.dataset.begun) return;
  root.dataset.begun = "yes";
  root.replaceChildren();
};

const draw = () => {
  if (!board) return;
  if (!board.is_configured) return hint(({ _ }) => _("This centre has no configuration yet"));
  const stale = line.stale();
  lay(stale !== null || noticesNow(board, line.now()).length > 0);
  begin();
  const turn = Math.floor(performance.now() / TURN_MS);
  const shown = { board, plan: /** @type {any} */ (plan), show, turn, now: line.now(), stale };
  render(page({ ...shown, isSoundBlocked: sound.isBlocked, unlock }), root);
};

/** Work the sizes out where something they depend on is new. @param {boolean} hasFoot */
const lay = (hasFoot) => {
  const { screen, fields, counters } = board;
  const asked = {
    width: innerWidth,
    height: innerHeight,
    screen,
    em,
    hasFoot,
    fields: fields.length,
    counters: counters.length,
  };
  const key = JSON.stringify(asked);
  if (key === laid) return;
  laid = key;
  plan = planned(asked);
  setSizes(plan);
  const { shownMm, wantedMm } = plan;
  const isSmall = shownMm < wantedMm * 0.99;
  const { dataset } = document.documentElement;
  dataset.screen = isSmall ? `small:${Math.round(shownMm)}:${Math.round(wantedMm)}` : "fits";
};

/** @param {any} body @param {boolean} isKept */
const take = (body, isKept) => {
  const had = board?.screen;
  board = body;
  if (JSON.stringify(had) !== JSON.stringify(body.screen)) em = widest(body.screen);
  if (!isKept) {
    show.take(body.calls, performance.now(), line.age);
    sound.set(boot.has_sound ? body.sound_zones : []);
    sound.speak(body);
  }
  draw();
  goOn();
};

/** Go on to the next call when the time of this one is over. */
const goOn = () => {
  clearTimeout(due);
  tell();
  const wait = show.due(performance.now());
  if (wait !== null) due = setTimeout(advance, wait + 1);
};

const advance = () => {
  if (show.advance(performance.now(), line.age)) draw();
  goOn();
};

/** For screen readers: the call in words, once. */
const tell = () => {
  const call = show.current?.call;
  if (!call || said.dataset.call === call.id) return;
  said.dataset.call = call.id;
  const say = (/** @type {any} */ { _ }) =>
    _("Number %(number)s, please come to counter %(counter)s", { number: call.number, counter: call.counter });
  render(html`${both(pairOf(board.languages, 0), say)}`, said);
};

function unlock() {
  sound.unlock();
}

/** @param {import("./words.js").Say} say */
const hint = (say) => {
  begin();
  render(html`<p class="hint stacked">${both(pairOf(Object.keys(boot.words), 0), say)}</p>`, root);
};

const refused = () => {
  board = null;
  hint(({ _ }) => _("This screen is not connected yet. An administrator adds it under “Devices”."));
};

const line = new UnattendedLine(() => draw());
const sound = new BoardSound({ line: line.raw, changed: () => draw() });
line.watch("board", take, refused);

addEventListener("resize", draw);
addEventListener("pointerdown", unlock);
document.addEventListener("visibilitychange", advance);
document.fonts.ready.then(() => {
  if (!board) return;
  em = widest(board.screen);
  draw();
});
setInterval(() => {
  if (show.advance(performance.now(), line.age)) goOn();
  draw();
}, TICK_MS);
