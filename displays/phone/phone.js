/** One ticket on a phone. Boot: `centre`, `ticket`, what it `held` and `at` which instant, `push_key`. */

import { post, Refusal } from "../../web/js/api.js";
import { boot } from "../../web/js/boot.js";
import { showConnection } from "../../web/js/connection.js";
import { _ } from "../../web/js/i18n.js";
import { render } from "../../web/js/lit.js";
import { isNear, steady } from "../forecast.js";
import { alarm, prepareAlarm, stopAlarm } from "./alarm.js";
import { Follower } from "./follow.js";
import { keepBright, nameTab } from "./tab.js";
import { ticketPage } from "./ticket_page.js";

/** How many are let go first by one touch. */
const LET_PASS = 3;
const TICK_MS = 1_000;
const MINE = `/api/v1/centres/${boot.centre}/tickets/${boot.ticket}`;
const WATCHED = new Set(["waiting", "called", "parked"]);

const place = /** @type {HTMLElement} */ (document.getElementById("ticket"));

/** @typedef {"unknown" | "impossible" | "off" | "on" | "changing" | "denied" | "failed"} PushState */

export class Phone {
  /** @type {import("./ticket_page.js").Held | null} */
  held = null;
  /** The forecast as it is shown. @type {import("../forecast.js").Forecast | null} */
  shown = null;
  isGone = false;
  isCancelling = false;
  isBusy = false;
  note = "";
  /** @type {import("./follow.js").Reach} */
  reach = "live";
  /** @type {PushState} */
  push = "unknown";
  /**
   * Parts whose modules come when they are wanted.
   *
   * @type {{ papers?: (phone: Phone) => unknown,
   *   rating?: (held: import("./ticket_page.js").Held, phone: Phone) => unknown }}
   */
  later = {};
  /** @type {import("./papers.js").Papers | null} */
  #papers = null;
  #calledAt = "";
  #isRatingWanted = false;
  #follower = new Follower({
    body: (held) => this.#take(held),
    gone: () => this.#go(),
    reach: (reach) => this.#reachIs(reach),
  });

  constructor() {
    this.#follower.begin(boot.held, boot.at);
    setInterval(() => this.draw(), TICK_MS);
    document.addEventListener("visibilitychange", () => this.#keepBright());
    if (boot.push_key && isSecureContext) this.#findPush();
  }

  get now() {
    return this.#follower.now();
  }

  /** Whether the holder should stay within call. */
  get isNear() {
    return this.held?.state === "waiting" && isNear(this.shown);
  }

  /** @param {import("./ticket_page.js").Held} held */
  #take(held) {
    const isOther = this.held?.transactions !== held.transactions;
    this.shown = isOther ? held.forecast : steady(this.shown, held.forecast);
    if (this.held && this.held.code !== held.code) this.#papers?.load(held.code);
    this.held = held;
    this.isGone = false;
    this.#ringIfCalled(held);
    nameTab(held, this.isNear);
    this.#keepBright();
    if (held.state === "completed" && held.rating) this.#askHowItWas();
    this.draw();
  }

  /** @param {import("./ticket_page.js").Held} held */
  #ringIfCalled(held) {
    const isCalled = held.state === "called";
    if (isCalled && held.called_at && held.called_at !== this.#calledAt) alarm();
    if (!isCalled) stopAlarm();
    this.#calledAt = isCalled ? (held.called_at ?? "") : "";
  }

  #go() {
    this.isGone = true;
    stopAlarm();
    keepBright(false);
    this.draw();
  }

  /** @param {import("./follow.js").Reach} reach */
  #reachIs(reach) {
    this.reach = reach;
    showConnection(reach === "lost" ? "lost" : "live");
    this.draw();
  }

  async #keepBright() {
    await keepBright(WATCHED.has(this.held?.state ?? ""));
    this.draw();
  }

  async #askHowItWas() {
    if (this.#isRatingWanted) return;
    this.#isRatingWanted = true;
    const { RatingPart } = await import("./rating_part.js");
    this.later.rating = new RatingPart(() => this.draw()).part;
    this.draw();
  }

  openPapers = async () => {
    if (!this.held) return;
    if (!this.#papers) {
      const { Papers } = await import("./papers.js");
      this.#papers ??= new Papers(() => this.draw());
      this.later.papers = this.#papers.list;
    }
    await this.#papers.load(this.held.code);
  };

  async #findPush() {
    const { pushState } = await import("./push.js");
    this.push = await pushState();
    this.draw();
  }

  startPush = () => this.#changePush("subscribe");
  stopPush = () => this.#changePush("unsubscribe");

  /** @param {"subscribe" | "unsubscribe"} what */
  async #changePush(what) {
    this.push = "changing";
    this.draw();
    const module = await import("./push.js");
    this.push = await module[what]();
    this.draw();
  }

  /** Sound needs a touch before it may be heard. */
  listen = async () => {
    await prepareAlarm();
    this.draw();
  };

  /** The holder has noticed. */
  come = () => {
    stopAlarm();
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
