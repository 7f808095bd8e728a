/** Looking for printers in the server's own networks, and a test print on what was found. */

import { post } from "../../web/js/api.js";
import { boot } from "../../web/js/boot.js";
import { _, n_, textOf } from "../../web/js/i18n.js";
import { icon } from "../../web/js/icons.js";
import { reasonWords, RESULTS } from "../../web/js/printer_words.js";
import { sentenceOf } from "../../web/js/refusals.js";
import { html, nothing } from "../../web/js/templates.js";
import { toast } from "../../web/js/toast.js";

/** @typedef {import("./printer_types.js").FoundPrinter} FoundPrinter */
/** @typedef {import("./printer_types.js").PrinterLine} PrinterLine */
/** @typedef {{ result: string, detail: string, warning: string }} Tried */

/** A search of all networks and a print that is waited for take their time. */
const PATIENCE_MS = 60_000;

/** @param {FoundPrinter} found */
const addressOf = ({ host, port }) => `${host.includes(":") ? `[${host}]` : host}:${port}`;

export class SearchPanel {
  /** @type {FoundPrinter[] | null} */
  #found = null;
  /** Models chosen for hosts. @type {Map<string, string>} */
  #models = new Map();
  /** @type {Map<string, Tried>} */
  #tried = new Map();
  /** What is being done: "search", or a host. */
  #busy = "";
  #draw;
  #configured;

  /**
   * @param {() => void} draw
   * @param {() => PrinterLine[]} configured  the centre's printers now
   */
  constructor(draw, configured) {
    this.#draw = draw;
    this.#configured = configured;
  }

  get isBusy() {
    return this.#busy !== "";
  }

  draw = () => html`<section class="card stack printer-search" aria-labelledby="search-title">
    <h2 id="search-title" class="card-title">${_("Find a printer in the network")}</h2>
    <p>
      ${boot.networks.length
        ? _("Looks at port 9100 in %(networks)s. It takes a few seconds.", {
            networks: boot.networks.join(", "),
          })
        : _("The server is in no private network that could be searched.")}
    </p>
    <div class="row">
      <button
        class="button button-main"
        aria-disabled=${this.isBusy || !boot.networks.length}
        @click=${this.#search}
      >
        ${this.#busy === "search"
          ? html`<span class="spinner" aria-hidden="true"></span>${_("Looking …")}`
          : html`${icon("search")}${_("Look for printers")}`}
      </button>
    </div>
    <div role="status">${this.#found ? this.#results(this.#found) : nothing}</div>
  </section>`;

  /** @param {FoundPrinter[]} found */
  #results(found) {
    if (!found.length)
      return html`<p class="notice">
        ${icon("info")}<span
          >${_("Nothing was found. Is the printer switched on and in this network? Its self-test page shows its address.")}</span
        >
      </p>`;
    return html`<p>${n_("%(num)s was found.", "%(num)s were found.", found.length)}</p>
      <ul class="found-printers">
        ${found.map((each) => this.#line(each))}
      </ul>`;
  }

  /** @param {FoundPrinter} found */
  #line(found) {
    const name = [found.maker, found.model_text].filter(Boolean).join(" ");
    const known = this.#known(found);
    return html`<li class="found-printer" data-found=${found.host}>
      <div>
        <strong>${found.host}</strong>
        <div class="dim small">
          ${found.is_office
            ? _("A printer of an office: set it up in CUPS.")
            : name || _("It does not say what it is.")}
        </div>
        ${known
          ? html`<div class="small">${_("Already set up as %(name)s", { name: textOf(known.name) || known.id })}</div>`
          : nothing}
      </div>
      ${found.is_office ? nothing : this.#trial(found)}
    </li>`;
  }

  /** @param {FoundPrinter} found */
  #trial(found) {
    const model = this.#models.get(found.host) || found.model || "generic_80mm";
    const tried = this.#tried.get(found.host);
    return html`<div class="row">
        <label class="visually-hidden" for="model-${found.host}">${_("Model")}</label>
        <select
          class="input"
          id="model-${found.host}"
          @change=${(/** @type {Event} */ event) => {
            this.#models.set(found.host, /** @type {HTMLSelectElement} */ (event.target).value);
            this.#draw();
          }}
        >
          ${Object.entries(/** @type {Record<string, string>} */ (boot.models)).map(
            ([id, title]) => html`<option value=${id} ?selected=${id === model}>${title}</option>`,
          )}
        </select>
        <button class="button" aria-disabled=${this.isBusy} @click=${() => this.#try(found, model)}>
          ${this.#busy === found.host
            ? html`<span class="spinner" aria-hidden="true"></span>`
            : icon("printer")}${_("Test print")}<span class="visually-hidden">: ${found.host}</span>
        </button>
      </div>
      ${tried ? this.#outcome(found, model, tried) : nothing}`;
  }

  /**
   * @param {FoundPrinter} found
   * @param {string} model
   * @param {Tried} tried
   */
  #outcome(found, model, { result, detail }) {
    const { tone, drawing, word } = (RESULTS[result] ?? RESULTS.unknown)();
    const isNew = !this.#known(found);
    const row = `[printers.${this.#freeName(found)}]\nmodel = "${model}"\naddress = "${addressOf(found)}"`;
    const why = result === "printed" ? "" : reasonWords(detail);
    return html`<div class="stack found-about">
        <span class="state ${tone}">${icon(drawing)}${word}${why ? ` (${why})` : nothing}</span>
        <p>${_("Look at the paper:")}</p>
        <ul class="printer-checks">
          <li>${_("Letters: all 178 of Vietnamese, with clear marks.")}</li>
          <li>${_("Code: a phone reads it.")}</li>
          <li>${_("Width: a black bar at each edge; if one is missing, choose the narrower model.")}</li>
          <li>${_("Cut: the paper is cut, or ends at the tear bar.")}</li>
        </ul>
        ${isNew
          ? html`<p>${_("If all is well, add it under Administration, or write into the centre file:")}</p>`
          : nothing}
      </div>
      ${isNew ? html`<pre class="found-row" tabindex="0">${row}</pre>` : nothing}`;
  }

  /** The printer of the centre that was found; an agent's address is another machine's. @param {FoundPrinter} found */
  #known(found) {
    return this.#configured().find(
      ({ connection, address, has_agent }) =>
        connection === "network" && !has_agent && address === addressOf(found),
    );
  }

  /** A name that no printer has, another one for each that was found. @param {FoundPrinter} found */
  #freeName(found) {
    const taken = new Set(this.#configured().map(({ id }) => id));
    const others = (this.#found ?? []).filter((each) => !each.is_office && !this.#known(each));
    const numbered = Array.from({ length: taken.size + others.length }, (__, n) => `printer-${n + 2}`);
    const free = ["kiosk", ...numbered].filter((name) => !taken.has(name));
    return free[others.indexOf(found)] ?? free[0];
  }

  #search = async () => {
    if (this.isBusy || !boot.networks.length) return;
    await this.#do("search", async () => {
      const path = `/api/v1/centres/${boot.centre}/printer-search`;
      const answer = await post(path, {}, { attempts: 1, patienceMs: PATIENCE_MS });
      this.#found = answer.printers;
      this.#tried.clear();
    });
  };

  /**
   * @param {FoundPrinter} found
   * @param {string} model
   */
  async #try({ host }, model) {
    if (this.isBusy) return;
    await this.#do(host, async () => {
      const path = `/api/v1/centres/${boot.centre}/printer-search/test`;
      const options = { attempts: 1, patienceMs: PATIENCE_MS };
      this.#tried.set(host, await post(path, { host, model }, options));
    });
  }

  /**
   * @param {string} what
   * @param {() => Promise<void>} act
   */
  async #do(what, act) {
    this.#busy = what;
    this.#draw();
    try {
      await act();
    } catch (refusal) {
      toast(sentenceOf(refusal), "warning");
    } finally {
      this.#busy = "";
      this.#draw();
    }
  }
}
