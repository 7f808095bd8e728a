/** The sign above a counter. Boot: `centre`, `subject` (the counter), `timezone`, `words`. */

import { boot } from "../../web/js/boot.js";
import { html, render } from "../../web/js/templates.js";
import { widest } from "../board/number_width.js";
import { UnattendedLine } from "../board/unattended.js";
import { both, pairOf } from "../board/words.js";
import { page } from "./sign_page.js";

const TICK_MS = 1_000;
const TURN_MS = 10_000;

const root = /** @type {HTMLElement} */ (document.getElementById("sign"));
document.documentElement.dataset.started = "yes";

/** @type {any} */
let sign = null;

const begin = () => {
  if (root.dataset.begun) return;
  root.dataset.begun = "yes";
  root.replaceChildren();
};

const draw = () => {
  if (!sign) return;
  if (sign.counter === null) return hint(({ _ }) => _("This counter is not configured"));
  begin();
  const turn = Math.floor(performance.now() / TURN_MS);
  render(page({ sign, turn, stale: line.stale() }), root);
};

/** The number is as large as its room: that of the widest there can be. */
const lay = () => {
  if (!sign?.counter) return;
  const em = widest({ letters: sign.letters, digits: sign.digits, counter: sign.counter });
  const { style } = document.documentElement;
  style.setProperty("--number-em", em.number.toFixed(3));
  style.setProperty("--counter-em", em.counter.toFixed(3));
};

/** @param {any} body */
const take = (body) => {
  sign = body;
  lay();
  draw();
};

/** @param {import("../board/words.js").Say} say */
const hint = (say) => {
  begin();
  render(html`<p class="hint stacked">${both(pairOf(Object.keys(boot.words), 0), say)}</p>`, root);
};

const refused = () => {
  sign = null;
  hint(({ _ }) => _("This screen is not connected yet. An administrator adds it under “Devices”."));
};

const line = new UnattendedLine(() => draw());
line.watch("counter_sign", take, refused);
document.fonts.ready.then(lay);
setInterval(draw, TICK_MS);
