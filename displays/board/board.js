/**
 * The lobby board: draws the view that is pushed, speaks what it has not spoken.
 *
 * @typedef {import("../../web/js/live.js").State} State
 */

import { Announcer } from "../speech/static/announcer.js";
import { boot } from "../../web/js/boot.js";
import { showConnection } from "../../web/js/connection.js";
import { _ } from "../../web/js/i18n.js";
import { connect } from "../../web/js/live.js";
import { render } from "../../web/js/templates.js";
import { page } from "./board_page.js";

const NEW_FOR_MS = 4_500;
const NOTICE_FOR_MS = 12_000;
const CLIPS_AGAIN_MS = 60_000;

const root = /** @type {HTMLElement} */ (document.getElementById("board"));
root.replaceChildren();

const shown = {
  /** @type {any} */
  board: null,
  newest: "",
  newUntil: 0,
  notice: 0,
  isSoundBlocked: false,
};

const line = connect({ onState: showConnection, token: localStorage.getItem("queue_device") ?? "" });
const announcer = boot.has_sound ? new Announcer({ onReport: heard }) : null;

const draw = () =>
  render(page({ ...shown, now: line.now(), timezone: boot.timezone, unlock, _ }), root);

/** @param {any} board */
const show = (board) => {
  const newest = board.calls[0]?.id ?? "";
  if (shown.board !== null && newest && newest !== shown.newest) {
    shown.newUntil = performance.now() + NEW_FOR_MS;
    setTimeout(draw, NEW_FOR_MS + 50);
  }
  shown.newest = newest;
  shown.board = board;
  speak(board.calls);
  draw();
};

/** Oldest first; a call that is too old is left out by the announcer. @param {any[]} calls */
const speak = (calls) => {
  for (const call of [...calls].reverse()) {
    const age = Math.max(0, line.now() - Date.parse(call.at));
    announcer?.play({ id: call.id, ticket: call.number, spoken: call.spoken }, { age });
  }
};

/** @param {any} report */
function heard(report) {
  if (report.kind === "state") {
    shown.isSoundBlocked = report.state !== "running";
    line.report("sound", report.state);
    draw();
  }
  if (report.kind === "dropped") line.report("dropped_call", report.call.id);
  if (report.kind === "started") document.documentElement.dataset.speaking = report.call.id;
  if (report.kind === "spoken") document.documentElement.dataset.spoken = report.call.id;
}

async function unlock() {
  await announcer?.unlock();
  shown.isSoundBlocked = announcer?.state !== "running";
  draw();
}

const loadClips = async () => {
  try {
    const answer = await fetch(`/api/v1/centres/${boot.centre}/clips`);
    if (answer.ok) await announcer?.load(await answer.json());
  } catch {
    // without a line the clips that are loaded stay; it is tried again
  }
};

line.watch("board", boot.centre, boot.zone, show, { keep: true });
if (announcer) {
  shown.isSoundBlocked = announcer.state !== "running";
  line.report("sound", announcer.state);
  loadClips();
  setInterval(loadClips, CLIPS_AGAIN_MS);
}
setInterval(() => {
  shown.notice += 1;
  draw();
}, NOTICE_FOR_MS);
setInterval(draw, 1_000);
