/** Booking a visit for a half hour, and the list of a day's appointments. */

import { get, post } from "../../web/js/api.js";
import { boot } from "../../web/js/boot.js";
import { dayInput } from "../../web/js/centre_time.js";
import {
  dialogProblem,
  fromDialog,
  isDialogBusy,
  redrawDialog,
  showDialog,
} from "../../web/js/dialog.js";
import { _, byName, clockTime, textOf, weekday } from "../../web/js/i18n.js";
import { icon } from "../../web/js/icons.js";
import { languageName } from "../../web/js/languages.js";
import { html, nothing, repeat } from "../../web/js/templates.js";
import { base } from "../load/commands.js";
import { shownNumber } from "../load/words.js";
import { languages, procedureName } from "./issue_panel.js";
import { STATES } from "./ticket_words.js";

/** @typedef {import("./hall_types.js").Procedure} Procedure */
/** @typedef {import("./hall_types.js").TicketState} TicketState */
/** @typedef {{ at: string, free: number }} Slot */
/** @typedef {{ id: string, code: string, at: string, procedure: string, is_cancelled: boolean }} Appointment */
/** @typedef {{ appointment: Appointment, number: string | null, state: TicketState | null }} Listed */

const path = `${base}/appointments`;

/** Fields that take appointments. @type {string[]} */
const fields = boot.appointment_fields ?? [];
/** @type {Procedure[]} */
const offered = (boot.procedures ?? [])
  .filter((/** @type {Procedure} */ { field }) => fields.includes(field))
  .sort((/** @type {Procedure} */ one, /** @type {Procedure} */ other) =>
    byName(textOf(one.name), textOf(other.name)),
  );

/** Whether this centre takes appointments at all. */
export const takesAppointments = () => offered.length > 0;

/** What is being looked at and booked. */
class Booking {
  day = "";
  procedure = "";
  chosen = "";
  /** @type {Slot[] | null} */
  slots = null;
  /** @type {Listed[]} */
  listed = [];
  /** @type {Appointment | null} */
  booked = null;
}

/** @param {{ now: () => number }} page */
export const openAppointmentDialog = (page) => {
  const booking = new Booking();
  booking.day = dayInput(page.now());
  showDialog(_("Appointments"), () => body(booking), { kind: "dialog-wide" });
  return load(booking);
};

/** @param {Booking} booking */
const load = (booking) =>
  fromDialog(
    async () => {
      booking.listed = await get(`${path}?day=${booking.day}`);
      booking.slots = booking.procedure
        ? await get(`${path}/slots?day=${booking.day}&procedure=${booking.procedure}`)
        : null;
      if (!booking.slots?.some(({ at, free }) => at === booking.chosen && free)) booking.chosen = "";
    },
    { stay: true },
  );

/** @param {Booking} booking */
const body = (booking) => html`<div class="stack">
  <form class="stack" autocomplete="off" @submit=${(/** @type {SubmitEvent} */ event) => submit(event, booking)}>
    <div class="issue-row appointment-row">
      <div class="field">
        <label for="appointment-day">${_("Day")}</label>
        <input
          class="input"
          id="appointment-day"
          type="date"
          required
          .value=${booking.day}
          @change=${(/** @type {Event} */ event) => {
            booking.day = /** @type {HTMLInputElement} */ (event.target).value;
            if (booking.day) load(booking);
          }}
        />
      </div>
      <div class="field">
        <label for="appointment-procedure">${_("Procedure")}</label>
        <select
          class="input"
          id="appointment-procedure"
          required
          @change=${(/** @type {Event} */ event) => {
            booking.procedure = /** @type {HTMLSelectElement} */ (event.target).value;
            booking.booked = null;
            load(booking);
          }}
        >
          <option value="">${_("Choose …")}</option>
          ${offered.map(
            ({ code, name }) => html`<option value=${code}>${textOf(name)}</option>`,
          )}
        </select>
      </div>
    </div>
    ${booking.slots ? slots(booking) : nothing}
    ${booking.chosen ? who() : nothing} ${dialogProblem()}
    ${booking.chosen
      ? html`<button class="button button-main" ?disabled=${isDialogBusy()}>
          ${icon("check")}${_("Book %(time)s", { time: clockTime(booking.chosen) })}
        </button>`
      : nothing}
  </form>
  <div aria-live="polite">${booking.booked ? bookedNote(booking.booked) : nothing}</div>
  ${list(booking)}
</div>`;

/** @param {Booking} booking */
const slots = (booking) =>
  booking.slots?.length
    ? html`<fieldset class="appointment-slots">
        <legend class="label">${_("Half hour")}</legend>
        ${booking.slots.map(
          ({ at, free }) => html`<label class="appointment-slot">
            <input
              type="radio"
              name="slot"
              value=${at}
              ?disabled=${!free}
              .checked=${at === booking.chosen}
              @change=${() => {
                booking.chosen = at;
                booking.booked = null;
                redrawDialog();
              }}
            />
            <span>${clockTime(at)}</span>
            <span class="small dim">${free ? _("%(free)s free", { free }) : _("full")}</span>
          </label>`,
        )}
      </fieldset>`
    : html`<p class="notice">
        ${icon("info")}<span>${_("No half hour of this day can be booked any more.")}</span>
      </p>`;

const who = () => html`<div class="issue-row">
  <div class="field">
    <label for="appointment-phone">${_("Phone number, so that it can be found by it")}</label>
    <input class="input" id="appointment-phone" name="phone" type="tel" maxlength="24" />
  </div>
  <div class="field">
    <label for="appointment-language">${_("Language")}</label>
    <select class="input" id="appointment-language" name="language">
      ${languages().map(
        (language) => html`<option value=${language}>${languageName(language)}</option>`,
      )}
    </select>
  </div>
</div>`;

/** @param {Appointment} booked */
const bookedNote = ({ code, at }) => html`<p class="given appointment-booked">
  <span
    >${weekday(at)} · ${clockTime(at)}<br /><span class="small dim"
      >${_("On arrival, this code is typed at the kiosk.")}</span
    ></span
  >
  <strong class="ticket-number" data-code=${code}>${spaced(code)}</strong>
</p>`;

/** @param {Booking} booking */
const list = (booking) => html`<section
  class="stack"
  aria-labelledby="appointments-of-day"
>
  <h3 id="appointments-of-day">${booking.day ? weekday(`${booking.day}T12:00:00Z`) : _("Day")}</h3>
  ${booking.listed.length
    ? html`<ul class="hall-entries">
        ${repeat(
          booking.listed,
          ({ appointment }) => appointment.id,
          (entry) => line(entry, booking),
        )}
      </ul>`
    : html`<p class="dim">${_("Nothing is booked for this day.")}</p>`}
</section>`;

/**
 * @param {Listed} entry
 * @param {Booking} booking
 */
const line = ({ appointment, number, state }, booking) => {
  const { id, at, code, procedure, is_cancelled: isCancelled } = appointment;
  const isBooked = state === null || state === "booked";
  const word = isCancelled ? _("Cancelled") : isBooked ? _("Booked") : STATES[state]().word;
  return html`<li class="hall-entry">
    <strong>${clockTime(at)}</strong>
    <span class="waiting-what"
      ><span>${procedureName(procedure)}</span
      ><span class="small dim"
        >${_("code %(code)s", { code: spaced(code) })} ·
        ${word}${number ? ` · ${shownNumber(number)}` : ""}</span
      ></span
    >
    ${isBooked && !isCancelled
      ? html`<button
          type="button"
          class="button"
          ?disabled=${isDialogBusy()}
          aria-label="${_("Cancel the appointment")}: ${clockTime(at)}, ${spaced(code)}"
          @click=${() => cancel(id, booking)}
        >
          ${icon("close")}${_("Cancel the appointment")}
        </button>`
      : nothing}
  </li>`;
};

/**
 * @param {string} id
 * @param {Booking} booking
 */
const cancel = (id, booking) =>
  fromDialog(() => post(`${path}/${id}/cancel`), { stay: true }).then(() => load(booking));

/**
 * @param {SubmitEvent} event
 * @param {Booking} booking
 */
const submit = async (event, booking) => {
  event.preventDefault();
  const data = new FormData(/** @type {HTMLFormElement} */ (event.target));
  await fromDialog(
    async () => {
      booking.booked = await post(path, {
        procedure: booking.procedure,
        at: booking.chosen,
        language: data.get("language"),
        phone: data.get("phone") || null,
      });
      booking.chosen = "";
    },
    { stay: true },
  );
  if (booking.booked) await load(booking);
};

/** "012 345" is easier to read out. @param {string} code */
const spaced = (code) => `${code.slice(0, 3)}\u00a0${code.slice(3)}`;
