/** One ticket on a phone. Boot: `centre`, `ticket`. */

import { post, Refusal } from "../../web/js/api.js";
import { boot } from "../../web/js/boot.js";
import { showConnection } from "../../web/js/connection.js";
import { _ } from "../../web/js/i18n.js";
import { connect, PHONE_DELAY_MS } from "../../web/js/live.js";
import { render } from "../../web/js/lit.js";
import { steady } from "../forecast.js";
import { alarm, prepareAlarm } from "./alarm.js";
import { ticketPage } from "./ticket_page.js";

/** How many are let go first by one touch. */
const LET_PASS = 3;
const TICK_MS = 1_000;
const MINE = `/api/v1/centres/${boot.centre}/tickets/${boot.ticket}`;

const place = /** @type {HTMLElement} */ (document.getElementById("ticket"));

export class Phone {
  /** @type {import("./ticket_page.js").Held | null} */
  held = null;
  /** The forecast as it is shown. @type {import("../forecast.js").Forecast | null} */
  shown = null;
  isGone = false;
  isCancelling = false;
  isBusy = false;
  hasSound = false;
  note = "";
  #calledAt = "";
  line = connect({ maxDelay: PHONE_DELAY_MS, onState: showConnection });

  constructor() {
    this.line.watch("ticket", boot.centre, boot.ticket, (held) => this.#take(held), {
      onRefused: () => {
        this.isGone = true;
        this.draw();
      },
    });
    setInterval(() => this.draw(), TICK_MS);
  }

  get now() {
    return this.line.now();
  }

  /** @param {import("./ticket_page.js").Held} held */
  #take(held) {
    const isOther = this.held?.transactions !== held.transactions;
    this.shown = isOther ? held.forecast : steady(this.shown, held.forecast);
    this.held = held;
    this.isGone = false;
    const isCalled = held.state === "called";
    document.title = isCalled
      ? _("%(number)s: counter %(counter)s", {
          number: held.number,
          counter: held.called?.counter ?? "",
        })
      : held.number;
    if (isCalled && held.called_at && held.called_at !== this.#calledAt) alarm();
    this.#calledAt = isCalled ? (held.called_at ?? "") : "";
    this.draw();
  }

  /** Sound needs a touch before it may be heard. */
  listen = () => {
    this.hasSound = prepareAlarm();
    this.draw();
  };

  delay = () =>
    this.#send("delay", { let_pass: LET_PASS }, _("Done. Others are called before you now."));

  /** @param {boolean} isAsked */
  askToCancel = (isAsked) => {
    this.isCancelling = isAsked;
    this.draw();
    document.getElementById("sure")?.closest(".card")?.scrollIntoView({ block: "nearest" });
  };

  cancel = () => this.#send("cancel", {}, _("Your number is cancelled. Thank you for telling us."));

  /**
   * @param {string} action
   * @param {unknown} body
   * @param {string} done
   */
  async #send(action, body, done) {
    if (this.isBusy) return;
    Object.assign(this, { isBusy: true, note: "" });
    this.draw();
    try {
      await post(`${MINE}/${action}`, body);
      this.note = done;
    } catch (refusal) {
      if (!(refusal instanceof Refusal)) throw refusal;
      this.note = refusalWords(refusal);
    }
    Object.assign(this, { isBusy: false, isCancelling: false });
    this.draw();
  }

  draw() {
    if (!this.held && !this.isGone) return;
    if (!place.dataset.drawn) place.replaceChildren();
    place.dataset.drawn = "yes";
    render(ticketPage(this), place);
  }
}

/** @param {Refusal} refusal */
const refusalWords = ({ code }) => {
  switch (code) {
    case "too_many_delays":
      return _("This number was delayed as often as possible. Reception can help you.");
    case "invalid_value":
      return _("Nobody waits behind you, so there is nobody to let go first.");
    case "illegal_action":
      return _("That is not possible any more. Please look at your number's state.");
    default:
      return _("The system does not answer at the moment. Please try again in a minute.");
  }
};

new Phone();
