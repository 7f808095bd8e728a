"""What went another way than straight on, kept with the ticket for whoever serves it next."""

from collections.abc import Mapping
from datetime import datetime
from typing import Final

from msgspec.structs import replace

from queue_server.core import events as e
from queue_server.core.centre import Centre
from queue_server.core.identifiers import TicketId
from queue_server.core.ticket import Action, Step

KEPT_STEPS: Final = 20
"""The newest; a visit of more is for the journal to tell."""
_ACTIONS: Final[Mapping[type[e.Event], Action]] = {
    e.NoShowMarked: Action.MARK_NO_SHOW,
    e.TicketDelayed: Action.DELAY,
    e.TicketGivenBack: Action.GIVE_BACK,
    e.TicketParked: Action.PARK,
    e.TicketReinstated: Action.REINSTATE,
    e.TicketRequeued: Action.REQUEUE,
    e.TicketTransferred: Action.TRANSFER,
}


def step_of(centre: Centre, event: e.Event, at: datetime) -> tuple[TicketId, Step] | None:
    """The step that the event is, with the ticket as it was before; None for all other events."""
    action = _ACTIONS.get(type(event))
    if action is None:
        return None
    ticket = centre.tickets[getattr(event, "ticket")]  # noqa: B009 - each of them has one
    step = Step(
        at=at,
        action=action,
        counter=getattr(event, "counter", None),
        procedure=ticket.procedure,
        reason=getattr(event, "reason", ""),
    )
    return ticket.id, step


def add_step(centre: Centre, ticket_id: TicketId, step: Step) -> None:
    """Keep the step with its ticket. Undoing brings the ticket back without it."""
    ticket = centre.tickets[ticket_id]
    steps = (*ticket.steps, step)[-KEPT_STEPS:]
    centre.tickets[ticket_id] = replace(ticket, steps=steps)
