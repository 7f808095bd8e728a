/** What the rating tablet shows: at rest, asking, thanking. */

import { icon } from "../../web/js/icons.js";
import { _, language, textOf } from "../../web/js/i18n.js";
import { languageName } from "../../web/js/languages.js";
import { html, nothing } from "../../web/js/lit.js";
import { faceOf, SCORE_WORDS } from "../../web/js/ratings.js";
import { criteriaOf, faces } from "./faces.js";

/** @typedef {import("./rating.js").Tablet} Tablet */

/** @param {Tablet} tablet */
export const tabletPage = (tablet) => {
  if (tablet.isGone || !tablet.view) return gone();
  const screen = tablet.answer ? thanks(tablet) : tablet.asked ? asking(tablet) : rest(tablet);
  return html`${tablet.isPreview
      ? html`<p class="preview">${icon("info")}${_("Preview for managers: nothing is saved.")}</p>`
      : nothing}
    ${screen}`;
};

const gone = () => html`<main class="screen screen-rest">
  <h1>${_("This counter does not exist any more.")}</h1>
</main>`;

/** @param {Tablet} tablet */
const rest = ({ view }) => html`<main class="screen screen-rest">
  <p class="rest-centre">${textOf(view?.centre)}</p>
  <p class="rest-word">${_("Counter")}</p>
  <p class="rest-counter">${view?.counter}</p>
  <h1 class="rest-invitation">${_("After your visit, please tell us here how the service was.")}</h1>
</main>`;

/** @param {Tablet} tablet */
const asking = (tablet) => {
  const { asked, view } = tablet;
  return html`<main class="screen screen-ask">
    <header class="ask-head">
      <p class="ask-whose">
        <span class="ticket-number">${asked?.number}</span>
        <span>${textOf(asked?.procedure)} · ${_("Counter %(number)s", { number: view?.counter ?? "" })}</span>
      </p>
      ${languages(tablet)}
    </header>
    <div class="ask-middle">
      <h1>${_("How satisfied are you with the service?")}</h1>
      ${faces(null, tablet.choose)}
    </div>
    <footer class="ask-foot">
      <p class="dim">${_("Your answer is kept with the number, without your name.")}</p>
      <button class="button button-quiet" @click=${tablet.decline}>${_("Rather not")}</button>
    </footer>
  </main>`;
};

/** @param {Tablet} tablet */
const languages = ({ view, speak }) => html`<div class="segments" role="group" aria-label=${_("Language")}>
  ${view?.languages.map(
    (one) => html`<button
      class="button"
      lang=${one}
      aria-current=${one === language ? "true" : nothing}
      @click=${() => speak(one)}
    >
      ${languageName(one)}
    </button>`,
  )}
</div>`;

/** @param {Tablet} tablet */
const thanks = (tablet) => {
  const answer = /** @type {import("./rating.js").Answer} */ (tablet.answer);
  return html`<main class="screen screen-thanks" aria-live="polite">
    <header class="thanks-head">
      <span class="thanks-face face-${answer.score}">${icon(faceOf(answer.score))}</span>
      <div>
        <h1>${_("Thank you very much!")}</h1>
        <p>${SCORE_WORDS[answer.score]()}</p>
      </div>
      <button class="button" @click=${tablet.again}>${icon("undo")}${_("Choose again")}</button>
    </header>
    ${tablet.hasFailed
      ? html`<p class="notice is-danger" role="alert">${icon("warning")}
          ${_("Your answer could not be saved. You can also give it on your phone.")}</p>`
      : nothing}
    <section class="card stack" aria-labelledby="more">
      <h2 id="more">${_("If you like, tell us more:")}</h2>
      ${criteriaOf(answer.criteria, tablet.add)}
    </section>
    <button class="button button-main button-large" @click=${tablet.finish}>
      ${icon("check")}${_("Done")}
    </button>
  </main>`;
};
