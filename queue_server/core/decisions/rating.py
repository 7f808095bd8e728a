"""The decision about a rating: bound to a ticket, given once, changed only for a while."""

from datetime import datetime, timedelta

from queue_server.core import commands as c
from queue_server.core import events as e
from queue_server.core.centre import Centre
from queue_server.core.errors import AlreadyRated, NotRateable, TooLate
from queue_server.core.hours import local_time
from queue_server.core.protocols import Circumstances
from queue_server.core.ticket import Ticket, TicketState


def rate_visit(centre: Centre, command: c.RateVisit, at: Circumstances) -> tuple[e.Event, ...]:
    """Take the rating; a sentence that was written before stays."""
    ticket = centre.ticket(command.ticket)
    require_may_rate(centre, ticket, at.now)
    known = ticket.rating
    is_same = known is not None and (known.score, known.criteria) == (
        command.score,
        command.criteria,
    )
    if is_same and not command.has_comment:
        return ()
    rated = e.VisitRated(
        ticket=ticket.id,
        score=command.score,
        criteria=command.criteria,
        counter=ticket.served_by,
        has_comment=command.has_comment or (known is not None and known.has_comment),
    )
    return (rated,)


def require_may_rate(centre: Centre, ticket: Ticket, now: datetime) -> None:
    """Refuse a rating that would not say how this visit was.

    Raises:
        NotRateable: The centre asks for no ratings, or the visit is not over.
        TooLate: It ended too long ago.
        AlreadyRated: The time to change the rating is over.
    """
    rules = centre.facts.rating
    if not rules.is_on:
        message = f"centre {centre.id} asks for no ratings"
        raise NotRateable(message)
    if ticket.state is not TicketState.COMPLETED or ticket.ended_at is None:
        message = f"expected a visit that was served to its end, {ticket.number} is {ticket.state}"
        raise NotRateable(message)
    if ticket.rating is not None:
        if now - ticket.rating.at > timedelta(seconds=rules.change_within_s):
            message = f"{ticket.number} was rated, and a rating may be changed for a while only"
            raise AlreadyRated(message, within_s=rules.change_within_s)
        return
    if now - ticket.ended_at > timedelta(seconds=rules.within_s):
        ended = local_time(centre.facts, ticket.ended_at)
        message = (
            f"expected a rating within {rules.within_s // 60} minutes of the end of the service, "
            f"{ticket.number} was served until {ended:%H:%M}"
        )
        raise TooLate(message, within_s=rules.within_s)
