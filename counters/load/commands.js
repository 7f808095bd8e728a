/** What managers can ask the centre to do, and the note that says it is done. */

import { newKey, post } from "../../web/js/api.js";
import { boot } from "../../web/js/boot.js";
import { _ } from "../../web/js/i18n.js";
import { sentenceOf } from "../../web/js/refusals.js";
import { toast } from "../../web/js/toast.js";

/** @typedef {import("./load_types.js").CounterLoad} CounterLoad */
/** @typedef {import("./load_types.js").WorkProfile} WorkProfile */
/** @typedef {import("./load_types.js").Texts} Texts */

export const base = `/api/v1/centres/${boot.centre}`;

/** @param {string} id */
const counterPath = (id) => `${base}/counters/${encodeURIComponent(id)}`;

/**
 * Do it and say that it is done.
 *
 * @param {string} path
 * @param {unknown} body
 * @param {string} done
 */
export const send = async (path, body, done) => {
  const answer = await post(path, body);
  toast(done, "done");
  return answer;
};

/** Why a proposal does not fit any more. @type {import("../../web/js/refusals.js").Sentences} */
const OUTDATED = {
  expired: () => _("This proposal is too old. A newer one comes in a few minutes if it still helps."),
  answered: () => _("This proposal was answered already."),
  done: () => _("It is so already."),
  counter_closed: () => _("The counter was closed in the meantime."),
  counter_changed: () => _("The counter's work profile was changed in the meantime."),
  last_field: () => _("The counter would serve nothing."),
  nobody_waits: () => _("Nobody waits for that any more."),
  last_counter: () => _("No other open counter serves the field now."),
  proposal_stale: () => _("The centre has changed since: this does not fit any more."),
};

/** Outside a dialog: what was declined is said in a note. @param {() => Promise<unknown>} action */
export const orSay = async (action) => {
  try {
    await action();
  } catch (error) {
    toast(sentenceOf(error, OUTDATED), "warning");
  }
};

/**
 * Change what a counter serves; null restores what is configured.
 *
 * @param {CounterLoad} counter
 * @param {WorkProfile | null} profile
 * @param {string} [done]
 */
export const changeProfile = ({ id, number }, profile, done) =>
  send(
    `${counterPath(id)}/work-profile`,
    { profile },
    done ?? _("Counter %(number)s has a new work profile from its next call on.", { number }),
  );

/** @param {CounterLoad} counter */
export const openCounter = ({ id, number }) =>
  send(`${counterPath(id)}/open`, {}, _("Counter %(number)s is open.", { number }));

/**
 * @param {CounterLoad} counter
 * @param {string} reason  key of the configured reasons
 */
export const pauseCounter = ({ id, number }, reason) =>
  send(`${counterPath(id)}/pause`, { reason }, _("Counter %(number)s is paused.", { number }));

/** @param {CounterLoad} counter */
export const closeCounter = ({ id, number }) =>
  send(`${counterPath(id)}/close`, {}, _("Counter %(number)s is closed.", { number }));

/** @param {CounterLoad} counter */
export const freeCounter = ({ id, number }) =>
  send(`${counterPath(id)}/leave`, {}, _("Counter %(number)s is free for somebody else.", { number }));

/**
 * @param {{ texts: Texts, zones: string[], until: string | null, audience: "boards" | "counters", counters: string[] }} message
 */
export const announceMessage = (message) =>
  send(
    `${base}/messages`,
    { message: newKey(), ...message },
    message.audience === "boards" ? _("The message is on the boards.") : _("The message is at the counters."),
  );

/** @param {string} id */
export const withdrawMessage = (id) =>
  send(
    `${base}/messages/${encodeURIComponent(id)}/withdraw`,
    {},
    _("The message is taken off."),
  );

/** @param {string} id */
const proposalPath = (id) => `${base}/proposals/${encodeURIComponent(id)}`;

/** @param {string} id @param {string} done */
export const acceptProposal = (id, done) => send(`${proposalPath(id)}/accept`, {}, done);

/** @param {string} id @param {string} reason */
export const declineProposal = (id, reason) =>
  send(`${proposalPath(id)}/decline`, { reason }, _("Declined: it is not proposed again for a while."));

/** @param {string} counter @param {string} number */
export const endChange = (counter, number) =>
  send(
    `${counterPath(counter)}/work-profile/revert`,
    {},
    _("Counter %(number)s has its work profile back from its next call on.", { number }),
  );

/** @param {boolean} isOn @param {number} changesPerHour */
export const switchAutomatic = (isOn, changesPerHour) =>
  send(
    `${base}/rebalancing/automatic`,
    { is_on: isOn, changes_per_hour: changesPerHour },
    isOn ? _("Changes happen by themselves now.") : _("Nothing changes by itself any more."),
  );

export const openDay = () => send(`${base}/day/open`, {}, _("The day is open."));
export const closeDay = () => send(`${base}/day/close`, {}, _("The day is closed."));
