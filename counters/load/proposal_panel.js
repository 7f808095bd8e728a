/** Proposals for the work profiles: what each would bring, accepting, declining, what is in force. */

import { _, clockTime, n_, textOf } from "../../web/js/i18n.js";
import { icon } from "../../web/js/icons.js";
import { html, nothing, repeat } from "../../web/js/templates.js";
import { acceptProposal, declineProposal, endChange, orSay, switchAutomatic } from "./commands.js";
import { brief } from "./words.js";

/** @typedef {import("./load_types.js").Load} Load */
/** @typedef {import("./load_types.js").Proposal} Proposal */
/** @typedef {import("./load_types.js").ProposalShown} ProposalShown */
/** @typedef {import("./load_types.js").Effect} Effect */

/**
 * @param {Load} load
 * @param {number} now
 */
export const proposalPanel = (load, now) => {
  const { rebalancing } = load;
  if (!rebalancing.is_on || !load.day?.is_open) return nothing;
  const open = rebalancing.open.filter(({ valid_until }) => Date.parse(valid_until) > now);
  const inForce = rebalancing.answered.filter(({ is_in_force, is_wanted }) => is_in_force || is_wanted);
  return html`<section class="stack proposals" aria-labelledby="proposals-title">
    <div class="row row-apart">
      <div>
        <h2 id="proposals-title">${_("Proposals")}</h2>
        ${open.length || inForce.length ? nothing : html`<p class="dim small">${quiet(load)}</p>`}
      </div>
      ${automatic(load)}
    </div>
    <div class="stack" role="status" aria-live="polite">
      ${repeat(
        open,
        ({ proposal }) => proposal.id,
        (shown) => offer(shown, load),
      )}
      ${repeat(
        inForce,
        ({ proposal }) => proposal.id,
        (shown) => agreed(shown, load, now),
      )}
    </div>
  </section>`;
};

/** @param {Load} load */
const quiet = ({ rebalancing }) =>
  rebalancing.is_fully_graded
    ? _("Every open counter serves all it is trained for, each in its order of preference: changing work profiles has little left to gain.")
    : _("No change of a work profile would clearly shorten the waits now. This is looked at every few minutes.");

/**
 * @param {ProposalShown} shown
 * @param {Load} load
 */
const offer = ({ proposal, number }, load) => {
  const what = doing(proposal, number, load);
  const done = proposal.opens || proposal.closes ? _("Noted. Please tell the clerk.") : what;
  return html`<article class="card proposal" data-proposal=${proposal.id}>
    <p><strong>${what}</strong> ${bringing(proposal, load)}</p>
    <div class="row">
      <button
        class="button button-main"
        @click=${() => orSay(() => acceptProposal(proposal.id, done))}
      >
        ${icon("check")}${_("Accept")}
      </button>
      <button class="button" @click=${() => orSay(() => declineProposal(proposal.id, ""))}>
        ${_("Decline")}
      </button>
    </div>
  </article>`;
};

/**
 * @param {ProposalShown} shown
 * @param {Load} load
 * @param {number} now
 */
const agreed = ({ proposal, number, is_automatic, is_wanted }, load, now) => {
  const left = (Date.parse(proposal.until) - now) / 1000;
  return html`<article class="card proposal is-done" data-in-force=${proposal.id}>
    ${icon(is_wanted ? "bell" : "clock")}
    <p>
      ${is_wanted
        ? wanted(proposal, number)
        : html`<strong>${doing(proposal, number, load)}</strong> ${_("Back to before in %(time)s.", {
              time: brief(left),
            })}`}
      ${is_automatic ? html`<span class="dim">${_("Changed automatically.")}</span>` : nothing}
    </p>
    ${is_wanted
      ? nothing
      : html`<button class="button" @click=${() => orSay(() => endChange(proposal.counter, number))}>
          ${icon("undo")}${_("End it now")}
        </button>`}
  </article>`;
};

/** @param {Proposal} proposal @param {string} number */
const wanted = ({ opens }, number) =>
  opens
    ? _("Counter %(number)s should be opened: please ask somebody to sit down there.", { number })
    : _("Counter %(number)s can be closed: please tell the clerk.", { number });

/**
 * "Counter 5 also takes land until 11:30."
 *
 * @param {Proposal} proposal
 * @param {string} number
 * @param {Load} load
 */
const doing = ({ takes, drops, opens, closes, until }, number, load) => {
  const values = {
    number,
    takes: names(Object.keys(takes ?? {}), load),
    drops: names(drops ?? [], load),
    time: clockTime(until),
  };
  if (opens) return _("Open counter %(number)s.", values);
  if (closes) return _("Close counter %(number)s.", values);
  if (!values.drops) return _("Counter %(number)s also takes %(takes)s until %(time)s.", values);
  if (!values.takes) return _("Counter %(number)s leaves %(drops)s to others until %(time)s.", values);
  return _("Counter %(number)s takes %(takes)s instead of %(drops)s until %(time)s.", values);
};

/**
 * "Land: −21 (±4) min, others +0.3 (±0.2) min."
 *
 * @param {Proposal} proposal
 * @param {Load} load
 */
const bringing = ({ field, field_effect, others_effect, all_effect }, load) =>
  field === null
    ? _("All waits: %(all)s.", { all: minutes(all_effect) })
    : _("Mean wait in %(field)s: %(own)s, in the others: %(others)s.", {
        field: names([field], load),
        own: minutes(field_effect),
        others: minutes(others_effect),
      });

/**
 * "−21 (±4) min": 95 in 100 lie within; tenths where it is little.
 *
 * @param {Effect} effect
 */
const minutes = ({ mean_s, within_s }) => {
  const places = Math.abs(mean_s) < 300 ? 1 : 0;
  const shown = new Intl.NumberFormat(document.documentElement.lang, {
    minimumFractionDigits: places,
    maximumFractionDigits: places,
  });
  const signed = `${mean_s < 0 ? "\u2212" : "+"}${shown.format(Math.abs(mean_s) / 60)}`;
  return _("%(change)s (±%(within)s) min", {
    change: signed,
    within: shown.format(within_s / 60),
  });
};

/** @param {string[]} fields @param {Load} load */
const names = (fields, load) =>
  fields.map((id) => textOf(load.fields.find((field) => field.id === id)?.name) || id).join(", ");

/** @param {Load} load */
const automatic = ({ rebalancing: { is_automatic, automatic_changes_per_hour: most } }) =>
  html`<label class="choice small">
    <input
      type="checkbox"
      .checked=${is_automatic}
      @change=${() => orSay(() => switchAutomatic(!is_automatic, most))}
    />
    ${n_(
      "Added fields happen by themselves, at most %(num)s an hour",
      "Added fields happen by themselves, at most %(num)s an hour",
      most,
    )}
  </label>`;
