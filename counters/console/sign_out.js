/** Leave the counter, or this computer too; who is served there is thought of first. */

import { get, post } from "../../web/js/api.js";
import { redrawDialog } from "../../web/js/dialog.js";
import { _ } from "../../web/js/i18n.js";
import { icon } from "../../web/js/icons.js";
import { sentenceOf } from "../../web/js/refusals.js";
import { html, nothing } from "../../web/js/templates.js";
import { toast } from "../../web/js/toast.js";
import { choose } from "./choose.js";
import { CLERK_SENTENCES } from "./refusals.js";

const SESSION = "/api/v1/session";

/**
 * Whoever is signed in at another place too goes on sitting there; the dialog says so.
 *
 * @param {any} view
 * @param {(action: "close" | "leave") => void} send
 */
export const askToLeave = ({ ticket, counter }, send) => {
  let isElsewhere = false;
  const detail = ticket ? _("%(number)s goes back to its place in the queue", ticket) : "";
  const close = { word: _("Close the counter, stay here"), detail, icon: "lock", do: () => send("close") };
  const leave = { word: _("Leave the counter"), detail, icon: "sign-out", do: () => send("leave") };
  const out = { word: _("Sign out"), detail: signOutDetail(ticket), icon: "person", do: signOut };
  const isServing = ticket?.state === "serving";
  const leaving = counter.availability === "closed" ? [leave] : [leave, close];
  choose(_("Counter %(number)s", counter), isServing ? [out] : [...leaving, out], {
    above: () => html`
      ${isServing ? note(_("Finish %(number)s first, or park or transfer: then the counter can be left or closed.", ticket)) : nothing}
      ${isElsewhere ? note(_("You are signed in at another place too: signing out here leaves the counter to that place.")) : nothing}
    `,
  });
  elsewhere().then((is) => {
    isElsewhere = is;
    redrawDialog();
  });
};

/** @param {string} words */
const note = (words) => html`<p class="notice notice-slim">${icon("info")}<span>${words}</span></p>`;

const elsewhere = async () => {
  try {
    return (await get(SESSION, { attempts: 1 }))?.is_elsewhere === true;
  } catch {
    return false; // it is only a hint
  }
};

/** What signing out does to the citizen at the counter. @param {any} ticket */
const signOutDetail = (ticket) => {
  if (!ticket) return _("Leaves the counter and ends your session");
  return ticket.state === "serving"
    ? _("%(number)s is still being served: the counter is paused until a colleague finishes", ticket)
    : _("%(number)s goes back to its place in the queue", ticket);
};

const signOut = async () => {
  try {
    await post(SESSION, {}, { method: "DELETE" });
    location.assign("/sign-in?next=/console");
  } catch (refusal) {
    toast(sentenceOf(refusal, CLERK_SENTENCES), "warning");
  }
};
