"""Whether the counter's last action may still be taken back, and until when."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Final

from msgspec import Struct

from queue_server.core.centre import Centre
from queue_server.core.counter import Availability, CounterState, LastAction
from queue_server.core.identifiers import TicketId, TicketNumber
from queue_server.core.ticket import AT_COUNTER, UNDO_OF, Action, TicketState, next_state

ACTION_OF: Final[Mapping[Action, Action]] = {
    **{undo: action for action, undo in UNDO_OF.items()},
    Action.UNDO_TRANSFER: Action.TRANSFER,
    Action.UNDO_TRANSFER_OF_CALLED: Action.TRANSFER,
}
"""The action that each undoing action takes back."""


class UndoOffer(Struct, frozen=True):
    """What undo would take back now; the screen hides it at `until`."""

    action: Action
    number: TicketNumber
    until: datetime


def undo_offer(centre: Centre, counter: CounterState) -> UndoOffer | None:
    """The offer, by the rules of the command `UndoLast` except the time, which the screen knows."""
    last = counter.last_action
    if last is None or not _is_still_last(centre, counter, last):
        return None
    window = timedelta(seconds=centre.facts.limits.undo_within_s)
    return UndoOffer(ACTION_OF[last.undo], last.before.number, last.at + window)


def _is_still_last(centre: Centre, counter: CounterState, last: LastAction) -> bool:
    ticket = centre.tickets.get(last.before.id)
    if ticket is None or ticket.last_offset != last.offset:
        return False
    is_call = next_state(ticket.state, last.undo) is TicketState.CALLED
    if is_call and counter.availability is not Availability.OPEN:
        return False
    is_taken = last.before.state in AT_COUNTER and counter.ticket not in {None, ticket.id}
    return not is_taken and not _has_gone_out(centre, ticket.id)


def _has_gone_out(centre: Centre, ticket: TicketId) -> bool:
    """Whether a dossier of the ticket went to an outside system."""
    return any(
        dossier.ticket == ticket and dossier.hand_over not in {"held", "voided"}
        for dossier in centre.dossiers.values()
    )
