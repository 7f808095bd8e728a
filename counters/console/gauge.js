/** Bars that show a time: against a mark (the promised wait, the usual length), or running out. */

import { svg } from "../../web/js/templates.js";

/** Where on the bar, of 100, the mark stands: there is room to show how far beyond it is. */
const MARK = 72;

/**
 * @param {number} value
 * @param {number} mark  same unit; 0 shows no bar
 */
export const gauge = (value, mark) => {
  const share = mark > 0 ? value / mark : 0;
  const width = Math.min(100, Math.max(share * MARK, 1));
  return svg`<svg class="gauge ${share > 1 ? "is-beyond" : ""}" viewBox="0 0 100 8" preserveAspectRatio="none" aria-hidden="true">
    <rect class="gauge-track" width="100" height="8"></rect>
    <rect class="gauge-fill" width=${width.toFixed(1)} height="8"></rect>
    <rect class="gauge-mark" x=${MARK} width="1" height="8"></rect>
  </svg>`;
};

/** A bar that runs out. @param {number} share  what is left, 0 to 1 */
export const runningOut = (share) =>
  svg`<svg class="gauge" viewBox="0 0 100 8" preserveAspectRatio="none" aria-hidden="true">
    <rect class="gauge-track" width="100" height="8"></rect>
    <rect class="gauge-fill" width=${(Math.min(1, Math.max(0, share)) * 100).toFixed(1)} height="8"></rect>
  </svg>`;
