/** The papers of the procedure, to be ticked off. What is ticked stays on this phone alone. */

import { get } from "../../web/js/api.js";
import { boot } from "../../web/js/boot.js";
import { _, n_, textOf } from "../../web/js/i18n.js";
import { html, nothing } from "../../web/js/lit.js";

/** @typedef {{ name: Record<string, string>, kind: string, copies: number, is_required: boolean }} Paper */
/** @typedef {{ papers: Paper[], fee_note: Record<string, string> }} Procedure */
/** @typedef {import("./phone.js").Phone} Phone */

const PREFIX = "papers:";

/** @type {Record<string, () => string>} */
const KINDS = {
  original: () => _("original"),
  copy: () => _("copy"),
  certified_copy: () => _("certified copy"),
  form: () => _("form"),
  shown: () => _("to show"),
};

export class Papers {
  /** @type {Procedure | null} */
  procedure = null;
  hasFailed = false;
  #code = "";

  /** @param {() => void} draw */
  constructor(draw) {
    this.draw = draw;
  }

  /** @param {string} code */
  async load(code) {
    if (this.#code === code && this.procedure) return;
    this.#code = code;
    this.hasFailed = false;
    try {
      this.procedure = await get(`/api/v1/centres/${boot.centre}/procedures/${code}`);
    } catch {
      this.procedure = null;
      this.hasFailed = true;
    }
    this.draw();
  }

  get #key() {
    return `${PREFIX}${boot.ticket}:${this.#code}`;
  }

  /** Places of the papers that are ticked. @returns {number[]} */
  get ticked() {
    try {
      return JSON.parse(localStorage.getItem(this.#key) ?? "[]");
    } catch {
      return [];
    }
  }

  /** @param {number} place @param {boolean} isThere */
  tick(place, isThere) {
    const rest = this.ticked.filter((each) => each !== place);
    try {
      forgetOthers(`${PREFIX}${boot.ticket}:`);
      localStorage.setItem(this.#key, JSON.stringify(isThere ? [...rest, place] : rest));
    } catch {
      // no storage: the tick lasts as long as the page
    }
    this.draw();
  }

  /** What stands under the heading. */
  list = () => {
    if (this.hasFailed)
      return html`<p>${_("The list cannot be loaded now. The counter will tell you.")}</p>`;
    if (!this.procedure) return html`<p class="dim">${_("Loading …")}</p>`;
    const { papers, fee_note } = this.procedure;
    const { ticked } = this;
    const missing = papers.filter((paper, place) => paper.is_required && !ticked.includes(place));
    return html`
      ${papers.length
        ? html`<ul class="paper-list">
            ${papers.map((paper, place) => this.#paper(paper, place, ticked.includes(place)))}
          </ul>`
        : html`<p>${_("No papers are listed: please ask at the counter.")}</p>`}
      ${papers.length
        ? html`<p class="small dim" role="status">
            ${missing.length
              ? n_("%(num)s paper not ticked yet.", "%(num)s papers not ticked yet.", missing.length)
              : _("You have everything.")}
            ${_("Ticks stay on this phone.")}
          </p>`
        : nothing}
      ${textOf(fee_note) ? html`<p class="small">${textOf(fee_note)}</p>` : nothing}
    `;
  };

  /** @param {Paper} paper @param {number} place @param {boolean} isTicked */
  #paper(paper, place, isTicked) {
    const notes = [
      paper.copies > 1 ? `${paper.copies} × ${KINDS[paper.kind]?.() ?? ""}` : KINDS[paper.kind]?.(),
      paper.is_required ? "" : _("if you have it"),
    ];
    return html`<li>
      <label class="choice">
        <input
          type="checkbox"
          .checked=${isTicked}
          @change=${(/** @type {any} */ event) => this.tick(place, event.target.checked)}
        />
        <span>${textOf(paper.name)}
          <span class="small dim">${notes.filter(Boolean).join(" · ")}</span></span>
      </label>
    </li>`;
  }
}

/** Ticks of earlier visits are of no use. @param {string} mine */
const forgetOthers = (mine) => {
  for (const key of Object.keys(localStorage)) {
    if (key.startsWith(PREFIX) && !key.startsWith(mine)) localStorage.removeItem(key);
  }
};
