/** The devices: kiosks, boards, counter signs and printers that may come in. */

import { get, post } from "../../web/js/api.js";
import { _, clockTime, day, textOf } from "../../web/js/i18n.js";
import { icon } from "../../web/js/icons.js";
import { html, nothing } from "../../web/js/templates.js";
import { ask, showLink } from "./dialogs.js";
import { KINDS } from "./words.js";

/** @typedef {import("./words.js").Kind} Kind */
/** @typedef {import("../../web/js/i18n.js").Texts} Texts */
/** @typedef {import("./office.js").Office} Office */

/**
 * @typedef {object} Device
 * @property {string} id
 * @property {string} centre
 * @property {Kind} kind
 * @property {string} name
 * @property {{ zone?: string, board?: string, kiosk?: string, counter?: string, printer?: string }} settings
 * @property {boolean} is_paired
 * @property {string | null} link_until
 * @property {string | null} last_seen_at
 * @property {boolean} is_online
 * @property {string | null} sound
 */

/**
 * What a device can stand for.
 *
 * @typedef {object} Places
 * @property {Record<string, { name: Texts }>} zones
 * @property {Record<string, { number: string, name?: Texts }>} counters
 * @property {Record<string, { name?: Texts }>} [printers]
 * @property {Record<string, { name?: Texts }>} [boards]
 * @property {Record<string, { name?: Texts }>} [kiosks]
 */

/** @param {Office} office */
export const devicePanel = (office) => html`
  <div class="row row-apart">
    <div>
      <h1 class="page-title" id="devices-title" tabindex="-1">${_("Devices")}</h1>
      <p class="dim">${_("Kiosks, boards, counter signs and printers that may come in, each by a link of its own.")}</p>
    </div>
    <button
      class="button button-main"
      @click=${() => add(office)}
      ?disabled=${office.centres.length === 0}
    >
      ${icon("plus")}${_("Add a device")}
    </button>
  </div>
  ${office.devices.length ? table(office) : empty()}
`;

const empty = () => html`<p class="card dim">
  ${_("No device yet. Add a kiosk or a board, then open its link on the device.")}
</p>`;

/** @param {Office} office */
const table = (office) =>
  html`<div class="table-frame" tabindex="0" role="region" aria-labelledby="devices-title">
    <table class="table">
      <thead>
        <tr>
          <th scope="col">${_("Name")}</th>
          <th scope="col">${_("Kind")}</th>
          <th scope="col">${_("Stands for")}</th>
          <th scope="col">${_("State")}</th>
          <th scope="col"><span class="visually-hidden">${_("Actions")}</span></th>
        </tr>
      </thead>
      <tbody>
        ${office.devices.map((device) => row(office, device))}
      </tbody>
    </table>
  </div>`;

/**
 * @param {Office} office
 * @param {Device} device
 */
const row = (office, device) => html`<tr>
  <th scope="row">
    ${device.name}
    <div class="dim small">${office.centreName(device.centre)}</div>
  </th>
  <td>
    <span class="state">${icon(KINDS[device.kind].icon)}${KINDS[device.kind].name}</span>
  </td>
  <td>${standsFor(office, device)}</td>
  <td>${state(device)} ${sound(device)}</td>
  <td>
    <div class="actions">
      <button class="button button-quiet" @click=${() => revoke(office, device)}>
        ${_("Revoke")}<span class="visually-hidden"> – ${device.name}</span>
      </button>
    </div>
  </td>
</tr>`;

/**
 * What the device stands for, by the names that people know.
 *
 * @param {Office} office
 * @param {Device} device
 */
const standsFor = (
  { places: { zones, counters, printers, kiosks } },
  { settings: { zone, board, kiosk, counter, printer } },
) => {
  const parts = [
    zone && _("Zone %(name)s", { name: textOf(zones[zone]?.name) || zone }),
    board && _("Board %(name)s", { name: board }),
    kiosk && _("Kiosk %(name)s", { name: textOf(kiosks?.[kiosk]?.name) || kiosk }),
    counter && _("Counter %(name)s", { name: counters[counter]?.number ?? counter }),
    printer && _("Printer %(name)s", { name: textOf(printers?.[printer]?.name) || printer }),
  ].filter(Boolean);
  return parts.length ? parts.join(", ") : _("The whole centre");
};

/** @param {Device} device */
const state = ({ is_paired, is_online, link_until, last_seen_at }) => {
  if (is_online) return html`<span class="state is-done">${icon("check")}${_("Connected")}</span>`;
  if (is_paired) {
    const words = last_seen_at
      ? _("Last seen %(day)s, %(time)s", { day: day(last_seen_at), time: clockTime(last_seen_at) })
      : _("Never seen");
    return html`<span class="state is-notice">${icon("offline")}${words}</span>`;
  }
  if (link_until && new Date(link_until) > new Date()) {
    const words = _("Link until %(day)s, %(time)s", {
      day: day(link_until),
      time: clockTime(link_until),
    });
    return html`<span class="state is-notice">${icon("clock")}${words}</span>`;
  }
  return html`<span class="state is-danger">${icon("warning")}${_("The link is too old")}</span>`;
};

/** A browser plays nothing before somebody has touched the page. @param {Device} device */
const sound = (device) =>
  device.sound && device.sound !== "running"
    ? html`<span class="state is-danger">${icon("warning")}${_("Sound is blocked: touch the screen once")}</span>`
    : nothing;

/** @param {Office} office */
const add = async (office) => {
  let centre = office.centres[0]?.id ?? "";
  /** @type {Kind} */
  let kind = "kiosk";
  let row = "";
  let places = await office.tell(() => placesOf(centre));
  if (!places) return;

  /** @param {Event} event */
  const chooseCentre = async ({ currentTarget }) => {
    centre = /** @type {HTMLSelectElement} */ (currentTarget).value;
    places = (await office.tell(() => placesOf(centre))) ?? places;
    row = "";
    show();
  };
  /** @param {Event} event */
  const chooseKind = ({ currentTarget }) => {
    kind = /** @type {Kind} */ (/** @type {HTMLSelectElement} */ (currentTarget).value);
    row = "";
    show();
  };
  /** @param {Event} event */
  const chooseRow = ({ currentTarget }) => {
    row = /** @type {HTMLSelectElement} */ (currentTarget).value;
    show();
  };

  const show = ask({
    title: _("Add a device"),
    action: _("Add"),
    body: () => html`
      ${choice("centre", _("Centre"), centreNames(office), { change: chooseCentre })}
      ${choice("kind", _("Kind"), kindNames(), { change: chooseKind })}
      <div class="field">
        <label for="new-device-name">${_("Name")}</label>
        <input
          class="input"
          id="new-device-name"
          name="name"
          maxlength="120"
          placeholder=${_("e.g. Kiosk by the door")}
          required
        />
      </div>
      ${settings(kind, /** @type {Places} */ (places), { row, change: chooseRow })}
    `,
    send: async (form) => {
      const body = Object.fromEntries(form);
      const link = await post("/api/v1/devices", body, { attempts: 1 });
      await office.reload();
      showLink(
        _("Link for %(name)s", { name: String(body.name) }),
        _("Open this address on the device within 24 hours. It works once."),
        link.page,
      );
    },
  });
};

/**
 * @param {Kind} kind
 * @param {Places} places
 * @param {{ row: string, change: (event: Event) => void }} chosen  a configured board or kiosk: the rest
 *   is in its row of the configuration
 */
const settings = (kind, { zones, counters, printers = {}, boards = {}, kiosks = {} }, chosen) => {
  const zone = () =>
    choice("zone", _("Zone"), names(zones, (it) => it.name), { none: _("The whole centre") });
  const printer = (/** @type {string | undefined} */ none) =>
    choice("printer", _("Printer"), names(printers, (it) => it.name), { none });
  if (kind === "kiosk") {
    const none = _("None of them: the usual kind");
    const its = choice("kiosk", _("Kiosk"), names(kiosks, (it) => it.name), { none, change: chosen.change });
    const others = [zone(), printer(_("The usual printer of the kiosks"))];
    return Object.keys(kiosks).length ? [its, chosen.row ? nothing : others] : others;
  }
  if (kind === "board" && Object.keys(boards).length) {
    const none = _("None of them: by zone");
    const its = choice("board", _("Board"), names(boards, (it) => it.name), { none, change: chosen.change });
    return [its, chosen.row ? nothing : zone()];
  }
  if (kind === "board" || kind === "announcer") return zone();
  if (kind === "door") return nothing;
  if (kind === "printer") return printer(undefined);
  const numbers = Object.entries(counters).map(
    ([id, it]) => /** @type {[string, string]} */ ([id, it.number]),
  );
  return choice("counter", _("Counter"), numbers, {});
};

/**
 * @param {string} name
 * @param {string} label
 * @param {[string, string][]} options  value and words
 * @param {{ none?: string, change?: (event: Event) => void }} more
 */
const choice = (name, label, options, { none, change }) => html`<div class="field">
  <label for=${`new-${name}`}>${label}</label>
  <select
    class="input"
    id=${`new-${name}`}
    name=${name}
    @change=${change ?? nothing}
    ?required=${none === undefined}
  >
    ${none === undefined ? nothing : html`<option value="">${none}</option>`}
    ${options.map(([value, words]) => html`<option value=${value}>${words}</option>`)}
  </select>
</div>`;

/**
 * @template T
 * @param {Record<string, T>} things
 * @param {(thing: T) => Texts | undefined} nameOf
 * @returns {[string, string][]}
 */
const names = (things, nameOf) =>
  Object.entries(things).map(([id, thing]) => [id, textOf(nameOf(thing)) || id]);

/**
 * @param {Office} office
 * @returns {[string, string][]}
 */
const centreNames = (office) => office.centres.map(({ id, name }) => [id, textOf(name) || id]);

/** @returns {[string, string][]} */
const kindNames = () => Object.entries(KINDS).map(([kind, { name }]) => [kind, name]);

/**
 * @param {string} centre
 * @returns {Promise<Places>}
 */
const placesOf = (centre) => get(`/api/v1/centres/${centre}/configuration`);

/**
 * @param {Office} office
 * @param {Device} device
 */
const revoke = (office, device) =>
  ask({
    title: _("Revoke %(name)s?", { name: device.name }),
    action: _("Revoke"),
    isDangerous: true,
    body: () => html`<p>
      ${_("The device is shut out at once and for ever. To use it again, add it anew.")}
    </p>`,
    send: async () => {
      await post(`/api/v1/devices/${device.id}/revoke`);
      await office.reload();
    },
  });
