/**
 * The lobby board: draws the view that is pushed, shows each new call once, speaks it.
 *
 * Boot: `centre`, `subject` of the view, `timezone`, `has_sound`, `words` by language. It runs for
 * months with nobody near: whatever is lost comes back by itself.
 */

import { boot } from "../../web/js/boot.js";
import { connect } from "../../web/js/live.js";
import { reloadOnce } from "../../web/js/live_version.js";
import { html, render } from "../../web/js/templates.js";
import { page } from "./board_page.js";
import { BoardSound } from "./board_sound.js";
import { CallShow } from "./call_show.js";
import { noticesNow } from "./foot.js";
import { planned } from "./geometry.js";
import { setSizes } from "./sizes.js";
import { widest } from "./number_width.js";
import { both, pairOf } from "./words.js";

const TICK_MS = 1_000;
const TURN_MS = 10_000;
const CHECK_MS = 1_500;
/** Heartbeats come every 5 s, and answers to checks more often. */
const STALE_AFTER_MS = 7_000;
/** A screen that was sent away or not let in tries again: nobody is there to press a key. */
const TRY_AGAIN_MS = 60_000;

const root = /** @type {HTMLElement} */ (document.getElementById("board"));
const said = /** @type {HTMLElement} */ (document.getElementById("said"));
document.documentElement.dataset.started = "yes";

const show = new CallShow();
/** @type {any} */
let board = null;
/** Server's time at which the board was known to be right. */
let rightAt = 0;
let isKept = false;
/** @type {{ number: number, counter: number }} */
let em = { number: 3, counter: 1.35 };
/** @type {import("./geometry.js").Plan | null} */
let plan = null;
/** @type {ReturnType<typeof setTimeout> | undefined} */
let due;

const line = connect({
  token: localStorage.getItem("queue_device") ?? "",
  checkEvery: CHECK_MS,
  onState: (state) => {
    document.documentElement.dataset.connection = state;
    if (state === "away") tryAgainLater();
    draw();
  },
});

const sound = new BoardSound({
  centre: boot.centre,
  report: (kind, value) => line.report(kind, value),
  changed: () => draw(),
});

const age = (/** @type {{ at: string }} */ call) => line.age(Date.parse(call.at));

/** What is shown may be old: nothing is heard, or it is from this device's memory. */
const staleness = () => {
  if (!isKept && line.quiet < STALE_AFTER_MS && line.state !== "away") {
    rightAt = line.now();
    return null;
  }
  return { at: rightAt, age: line.age(rightAt) };
};

/** The words that stood there until now make room. */
const begin = () => {
  if (root.dataset.begun) return;
  root.dataset.begun = "yes";
  root.replaceChildren();
};

const draw = () => {
  if (!board) return;
  begin();
  const stale = staleness();
  const hasFoot = stale !== null || noticesNow(board, line.now()).length > 0;
  lay(hasFoot);
  const turn = Math.floor(performance.now() / TURN_MS);
  const shown = { board, plan: /** @type {any} */ (plan), show, turn, now: line.now(), stale };
  if (board.is_configured) render(page({ ...shown, isSoundBlocked: sound.isBlocked, unlock }), root);
  else hint(({ _ }) => _("This centre has no configuration yet"));
};

let laid = "";

/** Work the sizes out where something they depend on is new. @param {boolean} hasFoot */
const lay = (hasFoot) => {
  const { screen, fields, counters } = board;
  const asked = { screen, em, hasFoot, fields: fields.length, counters: counters.length };
  const size = { width: innerWidth, height: innerHeight };
  const key = JSON.stringify([asked, size]);
  if (key === laid) return;
  laid = key;
  plan = planned({ ...asked, ...size });
  setSizes(plan);
  const { shownMm, wantedMm } = plan;
  const isSmall = shownMm < wantedMm * 0.99;
  line.report("screen", isSmall ? `small:${Math.round(shownMm)}:${Math.round(wantedMm)}` : "fits");
};

/** @param {any} body @param {import("../../web/js/live.js").Origin} origin */
const take = (body, origin) => {
  const had = board?.screen;
  board = body;
  isKept = origin.isKept;
  if (isKept) rightAt = origin.at;
  if (JSON.stringify(had) !== JSON.stringify(body.screen)) em = widest(body.screen);
  if (!isKept) {
    show.take(body.calls, performance.now(), age);
    sound.set(boot.has_sound && body.screen.has_sound);
    sound.speak(body.calls, age);
    if (body.is_configured) reloadOnce(Object.keys(boot.words).join(), body.languages.join());
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
  if (show.advance(performance.now(), age)) draw();
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

const tryAgainLater = () => setTimeout(() => location.reload(), TRY_AGAIN_MS);

line.watch("board", boot.centre, boot.subject, take, {
  keep: true,
  onRefused: () => {
    board = null;
    hint(({ _ }) => _("This screen is not connected yet. An administrator adds it under “Devices”."));
    tryAgainLater();
  },
});

addEventListener("resize", draw);
addEventListener("pointerdown", unlock);
document.addEventListener("visibilitychange", advance);
document.fonts.ready.then(() => {
  if (!board) return;
  em = widest(board.screen);
  draw();
});
setInterval(() => {
  if (show.advance(performance.now(), age)) goOn();
  draw();
}, TICK_MS);
