"""What is told of a visit when it is over, folded: its rating, or all of it after an outage."""

from datetime import datetime

from msgspec.structs import replace

from queue_server.core import events as e
from queue_server.core.apply_holding import change
from queue_server.core.centre import Centre
from queue_server.core.tallies import count_wait, tally_of
from queue_server.core.ticket import Action, Rating


def rate(centre: Centre, event: e.VisitRated, at: datetime) -> None:
    """Keep what the citizen said; a changed rating keeps the instant of the first one.

    What undo knows of the ticket stays: a clerk may still take the completion back.
    """
    ticket = centre.tickets[event.ticket]
    rating = Rating(
        score=event.score,
        criteria=event.criteria,
        at=ticket.rating.at if ticket.rating else at,
        has_comment=event.has_comment,
    )
    centre.tickets[ticket.id] = replace(ticket, rating=rating)


def record_outage_visit(centre: Centre, event: e.OutageVisitRecorded) -> None:
    """Take the times of a visit that was served by hand."""
    ticket = change(
        centre,
        event.ticket,
        Action.RECORD_OUTAGE_VISIT,
        called_at=event.called_at,
        first_called_at=event.called_at,
        serving_at=event.serving_at,
        ended_at=event.ended_at,
        outcome=event.outcome,
        calls=1,
    )
    tally_of(centre, ticket.id).completed += 1
    count_wait(centre, ticket, sign=1)
