"""Which counters could be closed: idle ones that nobody would miss, as far as can be seen."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Final

from queue_server.core.centre import Centre
from queue_server.core.counter import Availability, CounterState
from queue_server.core.identifiers import CounterId
from queue_server.core.tallies import target_waiting_time_s

IDLE: Final = timedelta(minutes=15)
"""So long an open counter has had nobody."""
AT_RISK: Final = 0.5
"""Share of its target from which a wait is at risk of breaking it."""


def closable(centre: Centre, now: datetime) -> Iterator[CounterId]:
    """Open counters, idle for a while, whose every procedure is served elsewhere too.

    None while a wait anywhere is at risk: whoever is free then may be needed soon.
    """
    if _is_at_risk(centre, now):
        return
    opened = [each for each in centre.counters.values() if each.availability is Availability.OPEN]
    for counter in opened:
        since = counter.idle_since
        is_idle = counter.ticket is None and since is not None and now - since >= IDLE
        if is_idle and not counter.is_retired and _is_spare(centre, counter, opened):
            yield counter.id


def _is_at_risk(centre: Centre, now: datetime) -> bool:
    return any(
        (now - ticket.wait_began_at).total_seconds()
        >= AT_RISK * target_waiting_time_s(centre, ticket)
        for ticket in centre.waiting_tickets()
    )


def _is_spare(centre: Centre, counter: CounterState, opened: list[CounterState]) -> bool:
    """Whether other open counters serve all its fields and procedures, and nobody waits for it."""
    if any(ticket.reserved_for == counter.id for ticket in centre.waiting_tickets()):
        return False
    if any(centre.tickets[ticket].counter == counter.id for ticket in centre.parked):
        return False
    others = [other.profile for other in opened if other.id != counter.id]
    fields = {field for other in others for field in other.fields}
    return counter.profile.fields.keys() <= fields and all(
        any(other.level_of(procedure) is not None for other in others)
        for procedure in centre.facts.procedures.values()
        if counter.profile.level_of(procedure) is not None
    )
