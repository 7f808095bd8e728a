/** The recording page as templates: functions from what is shown to what is seen. */

import { _, language as pageLanguage } from "../../web/js/i18n.js";
import { icon } from "../../web/js/icons.js";
import { classMap, html, nothing, repeat, svg } from "../../web/js/templates.js";
import { lengthOf, peaks } from "./take.js";

const COLUMNS = 120;
const HEIGHT = 64;
/** The level meter begins here. */
const FLOOR_DB = -60;
const LOUD_DB = -3;
const QUIET_DB = -30;

const KINDS = {
  phrase: _("Sentences"),
  letter: _("Letters of numbers"),
  digit: _("Digits"),
  number: _("Counters"),
  zone: _("Zones"),
};

/** Move the meter, many times a second, without drawing the page anew. @param {HTMLElement} root @param {number} level */
export const levelNow = (root, level) => {
  const meter = root.querySelector("meter");
  if (!meter) return;
  meter.value = Math.max(FLOOR_DB, level);
  const words = root.querySelector("[data-level]");
  const text = level > LOUD_DB ? _("Too loud") : level > QUIET_DB ? _("Good") : _("Quiet");
  if (words && words.textContent !== text) words.textContent = text;
};

/**
 * @param {Record<string, any>} shown
 * @param {Record<string, any>} actions
 */
export const page = (shown, actions) => {
  const language = shown.languages.find((/** @type {any} */ each) => each.language === shown.language);
  if (!language) return html`<p>${_("No language is spoken here. Choose one under Paper and voice.")}</p>`;
  const needed = language.clips.filter((/** @type {any} */ clip) => clip.is_needed);
  const done = needed.filter((/** @type {any} */ clip) => clip.is_recorded).length;
  return html`
    <header class="voice-head">
      <h1>${_("Record a voice")}</h1>
      ${languageChoice(shown, actions)}
    </header>
    ${trouble(shown)}
    <div class="voice">
      ${studio(shown, language, actions)} ${progress(shown, language, done, needed.length, actions)}
      ${list(shown, language, actions)}
    </div>
  `;
};

const NAMES = new Intl.DisplayNames([pageLanguage], { type: "language" });

/** @param {string} tag */
const languageName = (tag) => {
  const name = NAMES.of(tag) ?? tag;
  return name.charAt(0).toLocaleUpperCase(pageLanguage) + name.slice(1);
};

/** @param {Record<string, any>} shown @param {Record<string, any>} actions */
const languageChoice = (shown, actions) => html`
  <div class="segments" role="group" aria-label=${_("Language to record")}>
    ${shown.languages.map(
      (/** @type {any} */ { language }) => html`<button
        class="button"
        aria-pressed=${language === shown.language ? "true" : "false"}
        @click=${() => actions.chooseLanguage(language)}
      >
        ${languageName(language)}
      </button>`,
    )}
  </div>
`;

/** @param {Record<string, any>} shown */
const trouble = ({ trouble: kind }) => {
  /** @type {Record<string, string>} */
  const words = {
    insecure: _(
      "Browsers give the microphone to secure pages only. Open this page over HTTPS, or on the server's own screen.",
    ),
    refused: _("The microphone was refused. Allow it beside the address of this page, then try again."),
    missing: _("There is no microphone. Connect one, then try again."),
    failed: _("The microphone cannot be opened. Does another program use it?"),
  };
  if (!kind) return nothing;
  return html`<div class="notice is-notice" role="alert">${icon("warning")}<div>${words[kind]}</div></div>`;
};

/**
 * @param {Record<string, any>} shown
 * @param {Record<string, any>} language
 * @param {Record<string, any>} actions
 */
const studio = (shown, language, actions) => {
  const clip = language.clips.find((/** @type {any} */ each) => each.id === shown.clip);
  if (!clip) return nothing;
  return html`
    <section class="card studio" aria-label=${_("Recording")}>
      <div class="studio-kind dim">${KINDS[/** @type {keyof typeof KINDS} */ (clip.kind)]} ${hint(clip)}</div>
      <p class="studio-text" lang=${language.language} aria-live="polite">${clip.text}</p>
      ${shown.state === "closed" ? nothing : meter()}
      ${shown.take ? picture(shown, actions) : nothing}
      ${shown.problem ? html`<p class="error" role="alert">${icon("warning")}<span>${shown.problem}</span></p>` : nothing}
      ${shown.advice.length ? advice(shown.advice) : nothing}
      <div class="studio-buttons">${buttons(shown, clip, actions)}</div>
    </section>
  `;
};

/** How a thing is to be said. @param {any} clip */
const hint = ({ kind }) =>
  kind === "letter" || kind === "digit"
    ? html`<span>· ${_("evenly, as in the middle of a number")}</span>`
    : nothing;

const meter = () => html`
  <div class="level">
    <label for="level">${_("Level")}</label>
    <meter id="level" class="level-meter" min=${FLOOR_DB} max="0" low=${QUIET_DB} high=${LOUD_DB} optimum="-12" value=${FLOOR_DB}></meter>
    <span class="level-words" data-level></span>
  </div>
`;

/**
 * The take, with what is cut off greyed; the two edges are sliders.
 *
 * @param {Record<string, any>} shown
 * @param {Record<string, any>} actions
 */
const picture = ({ take }, actions) => {
  const length = take.samples.length;
  const seconds = lengthOf(take).toFixed(1);
  const isCut = (/** @type {number} */ column) => {
    const sample = ((column + 0.5) / COLUMNS) * length;
    return sample < take.begin || sample > take.end;
  };
  /** @param {"begin" | "end"} edge @param {string} name */
  const edge = (edge, name) => html`
    <label class="edge">
      <span>${name}</span>
      <input
        type="range"
        min="0"
        max=${length}
        step=${Math.max(1, Math.round(take.rate / 100))}
        .value=${String(take[edge])}
        @input=${(/** @type {any} */ event) => actions.trim(edge, Number(event.target.value))}
      />
    </label>
  `;
  return html`
    <figure class="take">
      <svg viewBox="0 0 ${COLUMNS} ${HEIGHT}" preserveAspectRatio="none" role="img" aria-label=${_("Recorded: %(seconds)s s", { seconds })}>
        ${peaks(take.samples, COLUMNS).map((peak, column) => {
          const height = Math.max(1, peak * HEIGHT);
          return svg`<rect class=${isCut(column) ? "is-cut" : "is-kept"} x=${column} width="0.8" y=${(HEIGHT - height) / 2} height=${height}></rect>`;
        })}
      </svg>
      <div class="edges">${edge("begin", _("Begins at"))} ${edge("end", _("Ends at"))}</div>
    </figure>
  `;
};

/** @param {string[]} found */
const advice = (found) => {
  /** @type {Record<string, string>} */
  const words = {
    clipped: _("It was too loud and is distorted: step back, and record it again."),
    quiet: _("It is quiet: come nearer to the microphone, and record it again."),
    noisy: _("The room is heard: close doors and windows, and record it again."),
  };
  return html`<div class="notice is-notice" role="status">
    ${icon("info")}
    <div>${_("It is kept.")} ${found.map((name) => html`<span>${words[name]}</span> `)}</div>
  </div>`;
};

/**
 * One button is the next step, and has the focus: the space bar does everything.
 *
 * @param {Record<string, any>} shown
 * @param {any} clip
 * @param {Record<string, any>} actions
 */
const buttons = (shown, clip, actions) => {
  switch (shown.state) {
    case "closed":
      return html`
        <button class="button button-main button-large" data-next ?disabled=${shown.trouble === "insecure"} @click=${actions.open}>
          ${icon("microphone")}${_("Switch the microphone on")}
        </button>
        ${kept(clip, actions)}
      `;
    case "recording":
      return html`<button class="button button-call button-large" data-next @click=${actions.stop}>
        ${icon("stop")}${_("Stop")}
      </button>`;
    case "taken":
      return html`
        <button class="button button-main button-large" data-next @click=${actions.keep}>${icon("check")}${_("Keep")}</button>
        <button class="button" @click=${actions.redo}>${icon("undo")}${_("Again")}</button>
        <button class="button" @click=${actions.listen}>${icon("play")}${_("Listen")}</button>
      `;
    case "saving":
      return html`<button class="button button-main button-large" disabled data-next>
        <span class="spinner" aria-hidden="true"></span>${_("Keeping …")}
      </button>`;
    default:
      return html`
        <button class="button button-main button-large" data-next @click=${actions.start}>
          <span class="dot" aria-hidden="true"></span>${clip.is_recorded ? _("Record again") : _("Record")}
        </button>
        ${kept(clip, actions)}
        <button class="button button-quiet" @click=${actions.next}>${_("Next")}${icon("arrow-right")}</button>
      `;
  }
};

/** @param {any} clip @param {Record<string, any>} actions */
const kept = (clip, actions) =>
  clip.is_recorded
    ? html`<button class="button" @click=${actions.listen}>${icon("play")}${_("Listen")}</button>
        <button class="button button-quiet" @click=${actions.drop}>${icon("close")}${_("Throw away")}</button>`
    : nothing;

/**
 * @param {Record<string, any>} shown
 * @param {Record<string, any>} language
 * @param {number} done
 * @param {number} all
 * @param {Record<string, any>} actions
 */
const progress = (shown, language, done, all, actions) => html`
  <section class="card voice-progress" aria-label=${_("How far you are")}>
    <p class="figure">
      <span class="figure-value">${done}</span>
      <span>${_("of %(all)s recorded", { all })}</span>
    </p>
    <progress class="meter" max=${all} value=${done} aria-label=${_("How far you are")}></progress>
    <p class="dim voice-now">
      ${icon("speaker")}<span>${_("Now speaking:")} <strong>${voiceName(language)}</strong></span>
    </p>
    ${language.example.length
      ? html`<button class="button" @click=${actions.hearExample}>${icon("play")}${_("Hear a call")}</button>`
      : nothing}
    ${done === all
      ? html`<button class="button button-main" ?disabled=${shown.isBeingUsed} @click=${actions.use}>
          ${shown.isBeingUsed ? html`<span class="spinner" aria-hidden="true"></span>` : icon("check")}
          ${language.is_own_voice ? _("Use the changes") : _("Speak with this voice")}
        </button>`
      : html`<p class="dim">${_("Once nothing is missing, the boards can speak with this voice. Until then the present one speaks.")}</p>`}
  </section>
`;

/** @param {Record<string, any>} language */
const voiceName = ({ voice, is_own_voice: isOwn }) => {
  if (isOwn) return _("your recordings");
  if (!voice) return _("nobody, the chime alone");
  if (voice === "espeak-ng") return _("the machine's voice");
  return voice.replace(/^pack-/, "");
};

/**
 * @param {Record<string, any>} shown
 * @param {Record<string, any>} language
 * @param {Record<string, any>} actions
 */
const list = (shown, language, actions) => {
  const reserve = language.clips.filter((/** @type {any} */ clip) => !clip.is_needed);
  const visible = language.clips.filter((/** @type {any} */ clip) => clip.is_needed || shown.showsReserve);
  return html`
    <section class="card voice-list" aria-label=${_("What there is to say")}>
      ${Object.entries(KINDS).map(([kind, name]) => {
        const clips = visible.filter((/** @type {any} */ clip) => clip.kind === kind);
        return clips.length ? group(name, clips, shown, language, actions) : nothing;
      })}
      ${reserve.length
        ? html`<button class="button button-quiet" aria-expanded=${shown.showsReserve ? "true" : "false"} @click=${actions.toggleReserve}>
            ${icon(shown.showsReserve ? "minus" : "plus")}
            ${_("Letters and counters that may come (%(count)s)", { count: reserve.length })}
          </button>`
        : nothing}
    </section>
  `;
};

/**
 * @param {string} name
 * @param {any[]} clips
 * @param {Record<string, any>} shown
 * @param {Record<string, any>} language
 * @param {Record<string, any>} actions
 */
const group = (name, clips, shown, language, actions) => html`
  <h2 class="voice-group">${name}</h2>
  <ul class="clips">
    ${repeat(
      clips,
      (clip) => clip.id,
      (clip) => html`<li>
        <button
          class=${classMap({ clip: true, "is-recorded": clip.is_recorded })}
          aria-current=${clip.id === shown.clip ? "true" : nothing}
          @click=${() => actions.choose(clip.id)}
        >
          ${clip.is_recorded ? icon("check") : html`<span class="dot" aria-hidden="true"></span>`}
          <span lang=${language.language}>${clip.text}</span>
          <span class="visually-hidden">${clip.is_recorded ? _("recorded") : _("missing")}</span>
        </button>
      </li>`,
    )}
  </ul>
`;
