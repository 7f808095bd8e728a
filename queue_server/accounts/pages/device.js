/** Pair this device by its one-time link and go to its page. Boot: `token` of the link. */

import { get, post, Refusal } from "../../web/js/api.js";
import { boot } from "../../web/js/boot.js";
import { _ } from "../../web/js/i18n.js";
import { icon } from "../../web/js/icons.js";
import { sentenceOf } from "../../web/js/refusals.js";
import { html, render } from "../../web/js/templates.js";
import { ACCOUNT_SENTENCES } from "./words.js";

/** Where a device keeps its token, beside the cookie that pages and sockets use. */
const KEPT_AS = "queue_device";

/** @typedef {{ token: string, name: string, page: string | null }} Paired */

const app = /** @type {HTMLElement} */ (document.getElementById("app"));
app.replaceChildren();

const pair = async () => {
  try {
    enter(await post("/api/v1/devices/redeem", { token: boot.token }, { attempts: 1 }));
  } catch (refusal) {
    const page = await pageOfOld();
    if (page) location.replace(page);
    else explain(refusal);
  }
};

/** @param {Paired} paired */
const enter = ({ token, name, page }) => {
  localStorage.setItem(KEPT_AS, token);
  if (page) location.replace(page);
  else showToken(token, name);
};

/**
 * Page of the device this already is: its start page may be this very link.
 *
 * @returns {Promise<string | null>}
 */
const pageOfOld = async () => {
  try {
    const me = await get("/api/v1/session", { attempts: 1 });
    return me.kind === "device" ? me.page : null;
  } catch {
    return null;
  }
};

/** @param {unknown} refusal */
const explain = (refusal) => {
  const isSpent = refusal instanceof Refusal && refusal.status === 401;
  const words = isSpent
    ? _("This link was used already, or it is too old. Please ask an administrator for a new one.")
    : sentenceOf(refusal, ACCOUNT_SENTENCES);
  render(
    html`<p class="error" role="alert">${icon("warning")}<span>${words}</span></p>
      ${isSpent ? "" : again()}`,
    app,
  );
};

const again = () => html`<button class="button button-main" @click=${pair}>
  ${icon("repeat")}${_("Try again")}
</button>`;

/**
 * A printer or loudspeaker has no page: its program is given the token.
 *
 * @param {string} token
 * @param {string} name
 */
const showToken = (token, name) =>
  render(
    html`<p>
        ${_("%(name)s is connected. Give this token to its program; it is shown only now.", { name })}
      </p>
      <div class="field">
        <label for="token">${_("Token")}</label>
        <input class="input" id="token" readonly .value=${token} />
      </div>`,
    app,
  );

await pair();
