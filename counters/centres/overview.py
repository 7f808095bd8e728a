"""One line per centre: is it open, who waits, what needs attention. Pure."""

from collections import Counter as Count
from datetime import datetime

from msgspec import Struct

from counters.load.alarms import alarms_of
from counters.load.field_load import late_from
from queue_server.core.centre import Centre
from queue_server.core.configuration import Texts
from queue_server.core.counter import Availability
from queue_server.core.identifiers import CentreId
from queue_server.core.ticket import TicketState
from queue_server.hub.outlook import Outlook


class AlarmCount(Struct, frozen=True):
    """How many alarms of one kind hold now."""

    kind: str
    count: int


class CentreLine(Struct, frozen=True, kw_only=True):
    """A centre as its operator sees it."""

    id: CentreId
    name: Texts = {}
    is_open: bool = False
    waiting: int = 0
    late: int = 0
    """Who wait beyond their target."""
    oldest_since: datetime | None = None
    """Start of the longest wait; None when nobody waits."""
    at_counters: int = 0
    counters_open: int = 0
    counters: int = 0
    issued: int = 0
    served: int = 0
    waits: int = 0
    """Waits that ended in a call today."""
    waits_within_target: int = 0
    alarms: tuple[AlarmCount, ...] = ()
    """In the order in which a manager sees them."""
    fault: str = ""
    """Why nothing is known of the centre; empty when it is."""


def line_of(centre: Centre, outlook: Outlook, now: datetime) -> CentreLine:
    """The centre's line at `now`."""
    facts = centre.configuration
    if facts is None:
        return CentreLine(id=centre.id, fault="not configured")
    waiting = list(centre.waiting_tickets())
    states = Count(ticket.state for ticket in centre.tickets.values())
    tallies = list(centre.tallies.values())
    return CentreLine(
        id=centre.id,
        name=facts.name,
        is_open=centre.day is not None and centre.day.is_open,
        waiting=len(waiting),
        late=sum(late_from(centre, ticket) <= now for ticket in waiting),
        oldest_since=min((ticket.wait_began_at for ticket in waiting), default=None),
        at_counters=states[TicketState.CALLED] + states[TicketState.SERVING],
        counters_open=sum(
            counter.availability is Availability.OPEN for counter in centre.counters.values()
        ),
        counters=len(facts.counters),
        issued=len(centre.tickets),
        served=sum(tally.completed for tally in tallies),
        waits=sum(tally.waits for tally in tallies),
        waits_within_target=sum(tally.waits_within_target for tally in tallies),
        alarms=_alarms(centre, outlook, now),
    )


def _alarms(centre: Centre, outlook: Outlook, now: datetime) -> tuple[AlarmCount, ...]:
    holding = Count(
        alarm.kind
        for alarm in alarms_of(centre, outlook)
        if alarm.since <= now and (alarm.until is None or now < alarm.until)
    )
    return tuple(AlarmCount(kind, count) for kind, count in holding.items())
