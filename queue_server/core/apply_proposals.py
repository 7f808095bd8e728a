"""Events about proposals, folded into the state."""

from datetime import datetime
from typing import Literal

from msgspec.structs import replace

from queue_server.core import events as e
from queue_server.core.centre import Centre
from queue_server.core.proposals import ProposalState

ProposalEvent = (
    e.ProposalsMade | e.ProposalAccepted | e.ProposalDeclined | e.AutomaticRebalancingSwitched
)


def apply_event(centre: Centre, event: ProposalEvent, at: datetime) -> None:
    """Fold one event about proposals."""
    match event:
        case e.ProposalsMade():
            _make(centre, event, at)
        case e.ProposalAccepted():
            _answer(centre, event.proposal, "accepted", at, is_automatic=event.is_automatic)
        case e.ProposalDeclined():
            _answer(centre, event.proposal, "declined", at, reason=event.reason)
        case e.AutomaticRebalancingSwitched():
            rules = replace(
                centre.facts.rebalancing,
                is_automatic=event.is_on,
                automatic_changes_per_hour=event.changes_per_hour,
            )
            centre.configuration = replace(centre.facts, rebalancing=rules)


def _make(centre: Centre, event: e.ProposalsMade, at: datetime) -> None:
    unanswered = [key for key, state in centre.proposals.items() if state.answer == "open"]
    for key in unanswered:
        del centre.proposals[key]
    for proposal in event.proposals:
        centre.proposals[proposal.id] = ProposalState(
            proposal=proposal, made_at=at, valid_until=event.valid_until
        )


def _answer(
    centre: Centre,
    proposal: str,
    answer: Literal["accepted", "declined"],
    at: datetime,
    **more: object,
) -> None:
    state = centre.proposals[proposal]
    centre.proposals[proposal] = replace(state, answer=answer, answered_at=at, **more)
