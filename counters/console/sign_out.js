/** Leave this computer: the counter is left too, and whoever is served there is asked about first. */

import { post } from "../../web/js/api.js";
import { _ } from "../../web/js/i18n.js";
import { sentenceOf } from "../../web/js/refusals.js";
import { toast } from "../../web/js/toast.js";
import { CLERK_SENTENCES } from "./refusals.js";

/** What signing out does to the citizen at the counter. @param {any} ticket */
export const signOutDetail = (ticket) => {
  if (!ticket) return _("Leaves the counter and ends your session");
  return ticket.state === "serving"
    ? _("%(number)s is still being served: the counter is paused until a colleague finishes", ticket)
    : _("%(number)s goes back to its place in the queue", ticket);
};

export const signOut = async () => {
  try {
    await post("/api/v1/session", {}, { method: "DELETE" });
    location.assign("/sign-in?next=/console");
  } catch (refusal) {
    toast(sentenceOf(refusal, CLERK_SENTENCES), "warning");
  }
};
