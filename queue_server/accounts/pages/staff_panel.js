/** The staff: who may come in, and what each may do. */

import { post } from "../../web/js/api.js";
import { _, day, textOf } from "../../web/js/i18n.js";
import { icon } from "../../web/js/icons.js";
import { ROLE_NAMES } from "../../web/js/roles.js";
import { html, nothing } from "../../web/js/templates.js";
import { ask, showLink } from "./dialogs.js";
import { ROLE_DUTIES } from "./words.js";

/** @typedef {import("./words.js").Role} Role */

/**
 * @typedef {object} Person
 * @property {string} id
 * @property {string | null} centre  null: every centre
 * @property {string} name
 * @property {string} login
 * @property {Role[]} roles
 * @property {string} organisation
 * @property {boolean} is_active
 * @property {boolean} has_password
 * @property {string | null} link_until
 */

/** @typedef {import("./office.js").Office} Office */

const ROLES = /** @type {Role[]} */ (Object.keys(ROLE_NAMES));

/** @param {Office} office */
export const staffPanel = (office) => html`
  <div class="row row-apart">
    <div>
      <h1 class="page-title" id="staff-title" tabindex="-1">${_("Staff")}</h1>
      <p class="dim">${_("Who may sign in, and what each may do.")}</p>
    </div>
    <button class="button button-main" @click=${() => add(office)}>
      ${icon("plus")}${_("Add a person")}
    </button>
  </div>
  <div class="table-frame" tabindex="0" role="region" aria-labelledby="staff-title">
    <table class="table">
      <thead>
        <tr>
          <th scope="col">${_("Name")}</th>
          <th scope="col">${_("User name")}</th>
          <th scope="col">${_("Roles")}</th>
          <th scope="col">${_("Access")}</th>
          <th scope="col"><span class="visually-hidden">${_("Actions")}</span></th>
        </tr>
      </thead>
      <tbody>
        ${office.people.map((person) => row(office, person))}
      </tbody>
    </table>
  </div>
`;

/**
 * @param {Office} office
 * @param {Person} person
 */
const row = (office, person) => html`<tr class=${person.is_active ? "" : "is-away"}>
  <th scope="row">
    ${person.name}
    <div class="dim small">${office.centreName(person.centre)}</div>
    ${person.organisation ? html`<div class="dim small">${person.organisation}</div>` : nothing}
  </th>
  <td>${person.login}</td>
  <td><div class="roles">${person.roles.map(roleChip)}</div></td>
  <td>${access(person)}</td>
  <td>
    <div class="actions">
      <button class="button button-quiet" @click=${() => changeRoles(office, person)}>
        ${_("Roles")}<span class="visually-hidden"> – ${person.name}</span>
      </button>
      <button class="button button-quiet" @click=${() => renew(office, person)}>
        ${_("New link")}<span class="visually-hidden"> – ${person.name}</span>
      </button>
      <button class="button button-quiet" @click=${() => changeAccess(office, person)}>
        ${person.is_active ? _("Deactivate") : _("Activate")}<span class="visually-hidden">
          – ${person.name}</span
        >
      </button>
    </div>
  </td>
</tr>`;

/** @param {Role} role */
const roleChip = (role) => html`<span class="chip">${ROLE_NAMES[role]}</span>`;

/** @param {Person} person */
const access = ({ is_active, has_password, link_until }) => {
  if (!is_active) return html`<span class="state">${icon("close")}${_("Deactivated")}</span>`;
  if (has_password)
    return html`<span class="state is-done">${icon("check")}${_("Can sign in")}</span>`;
  if (link_until && new Date(link_until) > new Date()) {
    const words = _("Link until %(day)s", { day: day(link_until) });
    return html`<span class="state is-notice">${icon("clock")}${words}</span>`;
  }
  return html`<span class="state is-danger">${icon("warning")}${_("Needs a new link")}</span>`;
};

/** @param {Office} office */
const add = (office) =>
  ask({
    title: _("Add a person"),
    action: _("Add"),
    body: () => html`
      <div class="field">
        <label for="new-name">${_("Full name")}</label>
        <input class="input" id="new-name" name="name" maxlength="120" required />
      </div>
      <div class="field">
        <label for="new-login">${_("User name")}</label>
        <input
          class="input"
          id="new-login"
          name="login"
          maxlength="64"
          autocomplete="off"
          autocapitalize="none"
          spellcheck="false"
          pattern="\\S+"
          title=${_("Without spaces")}
          required
        />
      </div>
      ${roleChoices(["clerk"])} ${centreChoice(office)}
      <div class="field">
        <label for="new-organisation">${_("Organisation")}</label>
        <input
          class="input"
          id="new-organisation"
          name="organisation"
          maxlength="120"
          aria-describedby="new-organisation-hint"
        />
        <p class="hint" id="new-organisation-hint">
          ${_("Only for staff lent by others, e.g. Vietnam Post.")}
        </p>
      </div>
    `,
    send: async (form) => {
      const { name, login, organisation } = Object.fromEntries(form);
      const body = { name, login, organisation, roles: form.getAll("roles"), centre: null };
      const centre = office.me.centre ?? (form.get("centre") || null);
      const link = await post("/api/v1/staff", { ...body, centre }, { attempts: 1 });
      await office.reload();
      showPersonLink(String(name), link.page);
    },
  });

/** @param {Office} office */
const centreChoice = (office) => {
  if (office.me.centre !== null) return nothing;
  return html`<div class="field">
    <label for="new-centre">${_("Centre")}</label>
    <select class="input" id="new-centre" name="centre">
      ${office.centres.map(
        ({ id, name }, place) => html`<option value=${id} ?selected=${place === 0}>
          ${textOf(name) || id}
        </option>`,
      )}
      <option value="">${_("Every centre")}</option>
    </select>
  </div>`;
};

/** @param {Role[]} chosen */
const roleChoices = (chosen) => html`<fieldset class="plain field">
  <legend>${_("Roles")}</legend>
  ${ROLES.map(
    (role) => html`<label class="choice">
      <input
        type="checkbox"
        name="roles"
        value=${role}
        ?checked=${chosen.includes(role)}
      />
      <span><strong>${ROLE_NAMES[role]}</strong><br /><span class="dim small">${ROLE_DUTIES[role]}</span></span>
    </label>`,
  )}
</fieldset>`;

/**
 * @param {Office} office
 * @param {Person} person
 */
const changeRoles = (office, person) =>
  ask({
    title: _("Roles of %(name)s", { name: person.name }),
    action: _("Save"),
    body: () => roleChoices(person.roles),
    send: async (form) => {
      await change(person, { roles: form.getAll("roles") });
      await office.reload();
    },
  });

/**
 * @param {Office} office
 * @param {Person} person
 */
const changeAccess = (office, person) =>
  ask({
    title: person.is_active
      ? _("Deactivate %(name)s?", { name: person.name })
      : _("Activate %(name)s?", { name: person.name }),
    action: person.is_active ? _("Deactivate") : _("Activate"),
    isDangerous: person.is_active,
    body: () => html`<p>
      ${person.is_active
        ? _("This person is signed out at once and cannot sign in. What was done stays on record.")
        : _("This person can sign in again with the same password.")}
    </p>`,
    send: async () => {
      await change(person, { is_active: !person.is_active });
      await office.reload();
    },
  });

/**
 * @param {Office} office
 * @param {Person} person
 */
const renew = (office, person) =>
  ask({
    title: _("New link for %(name)s?", { name: person.name }),
    action: _("Make a link"),
    body: () => html`<p>
      ${_("With it a new password is chosen. Links made before stop working.")}
    </p>`,
    send: async () => {
      const link = await post(`/api/v1/staff/${person.id}/one-time-link`);
      await office.reload();
      showPersonLink(person.name, link.page);
    },
  });

/**
 * @param {Person} person
 * @param {object} body
 */
const change = (person, body) => post(`/api/v1/staff/${person.id}`, body, { method: "PATCH" });

/**
 * @param {string} name
 * @param {string} page
 */
const showPersonLink = (name, page) =>
  showLink(
    _("Link for %(name)s", { name }),
    _("Send it to this person only. It works once, for 7 days: a password is chosen with it."),
    page,
  );
