"""What the rating tablet of one counter watches: whose service ended there a moment ago.

The tablet decides when the moment is over; the view holds instants alone.
"""

from datetime import datetime, timedelta

from msgspec import Struct

from queue_server.accounts.principal import Principal, Role
from queue_server.core.centre import Centre
from queue_server.core.configuration import Texts
from queue_server.core.counter import Activity, CounterState, activity_of
from queue_server.core.identifiers import CounterId, Language, TicketId, TicketNumber
from queue_server.core.ticket import Ticket, TicketState
from queue_server.hub.outlook import Outlook
from queue_server.hub.views import ViewKind


class Asked(Struct, frozen=True, kw_only=True):
    """The citizen who is asked."""

    ticket: TicketId
    number: TicketNumber
    language: Language
    procedure: Texts
    until: datetime
    is_rated: bool


class RatingView(Struct, frozen=True, kw_only=True):
    """One counter, for its tablet."""

    centre: Texts
    counter: str
    """Its number."""
    languages: tuple[Language, ...]
    asked: Asked | None


def rating(centre: Centre, subject: str, _: Outlook) -> RatingView:
    """The counter of that id.

    Raises:
        UnknownName: There is none.
    """
    counter = centre.counter(CounterId(subject))
    return RatingView(
        centre=centre.facts.name,
        counter=centre.counter_facts(counter.id).number,
        languages=centre.facts.languages,
        asked=_asked(centre, counter),
    )


def _asked(centre: Centre, counter: CounterState) -> Asked | None:
    """Whom to ask; nobody once the next citizen is served: the one before has left."""
    ticket = _served_last(centre, counter)
    if ticket is None or ticket.ended_at is None or not centre.facts.rating.is_on:
        return None
    if activity_of(centre.ticket_at(counter)) is Activity.SERVING:
        return None
    return Asked(
        ticket=ticket.id,
        number=ticket.number,
        language=ticket.language,
        procedure=centre.procedure(ticket.procedure).name,
        until=ticket.ended_at + timedelta(seconds=centre.facts.rating.ask_for_s),
        is_rated=ticket.rating is not None,
    )


def _served_last(centre: Centre, counter: CounterState) -> Ticket | None:
    if counter.served_last is None:
        return None
    ticket = centre.tickets.get(counter.served_last)
    return ticket if ticket and ticket.state is TicketState.COMPLETED else None


def may_watch(principal: Principal, centre: Centre, subject: str) -> bool:
    """The tablet of the counter; a manager who looks how it will be."""
    if not principal.is_of(centre.id):
        return False
    if principal.kind == "device":
        return principal.device_kind == "rating" and principal.counter == subject
    return principal.has_role(Role.MANAGER)


KIND = ViewKind(name="rating", compute=rating, may_watch=may_watch)
