/** What the style guide shows that needs a script: clock, formats, toasts, dialog, lost line. */

import { showConnection } from "./connection.js";
import { _, clockTimeWithSeconds, duration, number, weekday } from "./i18n.js";
import { html, render } from "./templates.js";
import { toast } from "./toast.js";

/** @param {string} id */
const part = (id) => /** @type {HTMLElement} */ (document.getElementById(id));

const tick = () => {
  part("clock").textContent = clockTimeWithSeconds(Date.now());
  part("date").textContent = weekday(Date.now());
};
tick();
setInterval(tick, 1_000);

part("duration").textContent = duration(95 * 60);

/** @type {[string, number, number][]} */
const ROWS = [
  [_("Civil status"), 14, 22 * 60],
  [_("Land and construction"), 1_009, 95 * 60],
];
render(
  ROWS.map(
    ([field, waiting, seconds]) => html`<tr>
      <th scope="row">${field}</th>
      <td class="is-number">${number(waiting)}</td>
      <td class="is-number">${duration(seconds)}</td>
    </tr>`,
  ),
  part("rows"),
);

part("show-done").onclick = () => toast(_("Completed"), "done");
part("show-warning").onclick = () => toast(_("The printer of the kiosk has no paper."), "warning");
part("show-dialog").onclick = () =>
  /** @type {HTMLDialogElement} */ (part("dialog")).showModal();
part("show-lost").onclick = () =>
  showConnection(document.documentElement.dataset.connection === "lost" ? "live" : "lost");

part("contrast").addEventListener("click", ({ target }) => {
  const chosen = /** @type {HTMLElement} */ (target).closest("button");
  if (!chosen) return;
  document.documentElement.dataset.contrast = chosen.dataset.contrast;
  for (const button of part("contrast").querySelectorAll("button")) {
    button.ariaPressed = String(button === chosen);
  }
});
