/** The administrator's page: staff and devices. Boot: `me`, who is signed in. */

import { get, post, Refusal } from "../../web/js/api.js";
import { boot } from "../../web/js/boot.js";
import { _, byName, textOf } from "../../web/js/i18n.js";
import { icon } from "../../web/js/icons.js";
import { sentenceOf } from "../../web/js/refusals.js";
import { html, render } from "../../web/js/templates.js";
import { toast } from "../../web/js/toast.js";
import { devicePanel } from "./device_panel.js";
import { staffPanel } from "./staff_panel.js";
import { ACCOUNT_SENTENCES } from "./words.js";

/** @typedef {{ id: string, name: import("../../web/js/i18n.js").Texts }} Centre */

const PANELS = { staff: staffPanel, devices: devicePanel };
/** @typedef {keyof typeof PANELS} Panel */

/** What the panels show and how they ask for more. */
export class Office {
  /** @type {{ centre: string | null }} */
  me = boot.me;
  /** @type {Centre[]} */
  centres = [];
  /** @type {import("./staff_panel.js").Person[]} */
  people = [];
  /** @type {import("./device_panel.js").Device[]} */
  devices = [];

  /** Ask for everything again and show it. */
  reload = async () => {
    const [people, devices, centres] = await Promise.all([
      get("/api/v1/staff"),
      get("/api/v1/devices"),
      get("/api/v1/centres"),
    ]);
    this.people = people.sort(bySortedName);
    this.devices = devices.sort(bySortedName);
    this.centres = centres.filter(
      (/** @type {Centre} */ { id }) => this.me.centre === null || this.me.centre === id,
    );
    show();
  };

  /**
   * Do something; a refusal is said in a note.
   *
   * @template T
   * @param {() => Promise<T>} act
   * @returns {Promise<T | null>} null when it was refused
   */
  tell = async (act) => {
    try {
      return await act();
    } catch (error) {
      toast(sentenceOf(error, ACCOUNT_SENTENCES), "warning");
      return null;
    }
  };

  /** @param {string | null} id */
  centreName = (id) => {
    if (id === null) return _("Every centre");
    return textOf(this.centres.find((centre) => centre.id === id)?.name) || id;
  };
}

/** @type {(one: { name: string }, other: { name: string }) => number} */
const bySortedName = (one, other) => byName(one.name, other.name);

const office = new Office();
/** @type {Panel} */
let chosen = location.hash === "#devices" ? "devices" : "staff";

const show = () =>
  render(
    html`<h1>${_("Staff and devices")}</h1>
      <div class="row">
        <div class="segments" role="group" aria-label=${_("What to show")}>
          ${segment("staff", "people", _("Staff"))} ${segment("devices", "screen", _("Devices"))}
        </div>
      </div>
      ${PANELS[chosen](office)}`,
    app,
  );

/**
 * @param {Panel} panel
 * @param {string} drawing
 * @param {string} words
 */
const segment = (panel, drawing, words) => html`<button
  class="button"
  aria-pressed=${panel === chosen}
  @click=${() => choose(panel)}
>
  ${icon(drawing)}${words}
</button>`;

/** @param {Panel} panel */
const choose = (panel) => {
  chosen = panel;
  history.replaceState(null, "", `#${panel}`);
  show();
};

const app = /** @type {HTMLElement} */ (document.getElementById("app"));
app.replaceChildren();

const signOut = /** @type {HTMLElement} */ (document.getElementById("sign-out"));
signOut.onclick = () =>
  office.tell(async () => {
    await post("/api/v1/session", {}, { method: "DELETE" });
    location.assign("/sign-in?next=/admin");
  });

try {
  await office.reload();
} catch (error) {
  if (error instanceof Refusal && error.status === 401) location.assign("/sign-in?next=/admin");
  else toast(sentenceOf(error, ACCOUNT_SENTENCES), "warning");
}
