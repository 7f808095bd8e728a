"""What the manager sees of rebalancing: proposals, and whether there is anything to gain."""

from counters.load.values import ProposalShown, RebalancingLoad
from queue_server.core.centre import Centre
from queue_server.core.counter import Availability, CounterState
from queue_server.core.proposals import ProposalState

MOST_ANSWERED = 4
"""Answered proposals shown, the newest first."""


def rebalancing_load(centre: Centre) -> RebalancingLoad:
    """Proposals that wait for an answer, what became of the last ones, and the rules in force."""
    rules = centre.facts.rebalancing
    states = list(centre.proposals.values())
    answered = sorted(
        (state for state in states if state.answered_at is not None),
        key=lambda state: state.answered_at or state.made_at,
        reverse=True,
    )
    return RebalancingLoad(
        is_on=rules.is_on,
        is_automatic=rules.is_automatic,
        automatic_changes_per_hour=rules.automatic_changes_per_hour,
        is_fully_graded=is_fully_graded(centre),
        open=tuple(_shown(centre, state) for state in states if state.answer == "open"),
        answered=tuple(_shown(centre, state) for state in answered[:MOST_ANSWERED]),
    )


def is_fully_graded(centre: Centre) -> bool:
    """Whether every open counter serves all it is trained for: then little is left to gain."""
    return all(
        centre.trained_fields(counter).keys() <= counter.profile.fields.keys()
        for counter in centre.counters.values()
        if counter.availability is not Availability.CLOSED
    )


def _shown(centre: Centre, state: ProposalState) -> ProposalShown:
    counter = centre.counters.get(state.proposal.counter)
    return ProposalShown(
        proposal=state.proposal,
        number=centre.counter_facts(state.proposal.counter).number,
        made_at=state.made_at,
        valid_until=state.valid_until,
        answer=state.answer,
        answered_at=state.answered_at,
        is_automatic=state.is_automatic,
        is_in_force=counter is not None and _is_in_force(counter, state),
        is_wanted=counter is not None and _is_wanted(counter, state),
    )


def _is_in_force(counter: CounterState, state: ProposalState) -> bool:
    return counter.timed is not None and counter.timed.proposal == state.proposal.id


def _is_wanted(counter: CounterState, state: ProposalState) -> bool:
    """Accepted, and still to be done by somebody at the counter."""
    is_open = counter.availability is Availability.OPEN
    proposal = state.proposal
    is_done = is_open if proposal.opens else not is_open
    return state.answer == "accepted" and (proposal.opens or proposal.closes) and not is_done
