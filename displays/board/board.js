/**
 * The lobby board: draws the view that is pushed, speaks what it has not spoken.
 *
 * @typedef {import("../../web/js/live.js").State} State
 */

import { SoundLine } from "../speech/static/sound_line.js";
import { boot } from "../../web/js/boot.js";
import { showConnection } from "../../web/js/connection.js";
import { _ } from "../../web/js/i18n.js";
import { connect } from "../../web/js/live.js";
import { render } from "../../web/js/templates.js";
import { page } from "./board_page.js";

const NEW_FOR_MS = 4_500;
const NOTICE_FOR_MS = 12_000;

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
const sound = boot.has_sound
  ? new SoundLine({
      line,
      centre: boot.centre,
      zones: boot.zones,
      timezone: boot.timezone,
      onState: soundIs,
      onReport: heard,
    })
  : null;

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
  sound?.show(board.calls);
  draw();
};

/** @param {string} state @param {boolean} isOwner */
function soundIs(state, isOwner) {
  document.documentElement.dataset.ownsSound = String(isOwner);
  shown.isSoundBlocked = state !== "running";
  draw();
}

/** @param {any} report */
function heard(report) {
  if (report.kind === "started") document.documentElement.dataset.speaking = report.call.id;
  if (report.kind === "spoken") document.documentElement.dataset.spoken = report.call.id;
}

const unlock = () => sound?.unlock();

line.watch("board", boot.centre, boot.zone, show, { keep: true });
setInterval(() => {
  shown.notice += 1;
  draw();
}, NOTICE_FOR_MS);
setInterval(draw, 1_000);
