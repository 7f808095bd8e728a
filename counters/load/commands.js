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

/** Outside a dialog: what was declined is said in a note. @param {() => Promise<unknown>} action */
export const orSay = async (action) => {
  try {
    await action();
  } catch (error) {
    toast(sentenceOf(error), "warning");
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
 * @param {{ texts: Texts, zones: string[], until: string | null }} message
 */
export const announceMessage = (message) =>
  send(`${base}/messages`, { message: newKey(), ...message }, _("The message is on the boards."));

/** @param {string} id */
export const withdrawMessage = (id) =>
  send(
    `${base}/messages/${encodeURIComponent(id)}/withdraw`,
    {},
    _("The message is off the boards."),
  );

export const openDay = () => send(`${base}/day/open`, {}, _("The day is open."));
export const closeDay = () => send(`${base}/day/close`, {}, _("The day is closed."));
