"""A live centre as the start of a simulation.

`present_of` copies what waits and what is under way; `counters.simulation.rest` draws the rest of
the day and runs it.
"""

from collections.abc import Iterator
from datetime import datetime, time

from msgspec import Struct

from counters.estimates.coming import still_booked
from counters.estimates.pauses import back_at
from counters.routing.standing import seat_of
from counters.simulation.centre_of import rules_of_centre
from counters.simulation.expectation import DayExpectation, expectation_of_today, since_midnight
from counters.simulation.plans import CounterPlan, Stretch
from counters.simulation.scenario import Span
from counters.simulation.turns import Rules
from queue_server.core.centre import Centre
from queue_server.core.configuration import Level
from queue_server.core.counter import Availability, CounterState
from queue_server.core.hours import local_time, sessions_of
from queue_server.core.identifiers import CounterId, FieldId, PriorityClassId, ProcedureCode
from queue_server.core.ticket import Ticket


class Busy(Struct, frozen=True):
    """A ticket that is called to or served at a counter."""

    counter: CounterId
    ticket: Ticket
    called_s: float
    level: Level


class Present(Struct, frozen=True, kw_only=True):
    """A centre at an instant. Instants in seconds since the local midnight."""

    now_s: float
    tickets_until_s: float
    """When the last ticket of the day is given."""
    closes_s: float
    midnight: datetime
    plans: tuple[CounterPlan, ...]
    """What each counter will do if nothing is changed."""
    waiting: tuple[Ticket, ...]
    busy: tuple[Busy, ...]
    absent: tuple[Ticket, ...]
    """Missed their call and may come back."""
    booked: tuple[Ticket, ...]
    """Have not come yet and are not too late to be counted on."""
    rules: Rules
    expectation: DayExpectation
    procedures: dict[ProcedureCode, FieldId]
    mean_s: dict[ProcedureCode, float]
    priority_class: PriorityClassId | None
    next_id: int
    """Of the first visit that is drawn; those before it are the tickets' sequence numbers."""


def present_of(centre: Centre, now: datetime, expectation: DayExpectation | None = None) -> Present:
    """The centre at the instant.

    Args:
        centre: The live centre; only read.
        now: The instant.
        expectation: What the day is like as far as it was adjusted to today already; None makes
            a rough one from the configuration and today's tickets.
    """
    expected = expectation or expectation_of_today(centre, now)
    local = local_time(centre.facts, now)
    midnight = local.replace(hour=0, minute=0, second=0, microsecond=0)
    now_s = (now - midnight).total_seconds()
    sessions = sessions_of(centre.facts.hours, local.date())
    known = {**centre.retired_procedures, **centre.facts.procedures}
    return Present(
        now_s=now_s,
        tickets_until_s=max((_seconds(each.tickets_until) for each in sessions), default=now_s),
        closes_s=max((_seconds(each.closes) for each in sessions), default=now_s),
        midnight=midnight,
        plans=tuple(_plan(centre, each, now, expected) for each in centre.counters.values()),
        waiting=tuple(centre.waiting_tickets()),
        busy=tuple(_busy(centre, midnight)),
        absent=tuple(centre.tickets[ticket] for ticket in centre.absent),
        booked=tuple(still_booked(centre, now)),
        rules=rules_of_centre(centre),
        expectation=expected,
        procedures={code: procedure.field for code, procedure in known.items()},
        mean_s={
            code: expected.mean_s.get(code, centre.mean_transaction_time_s(code)) for code in known
        },
        priority_class=expected.priority_class or next(iter(centre.facts.priority_classes), None),
        next_id=centre.sequence + 1,
    )


def _plan(
    centre: Centre, counter: CounterState, now: datetime, expected: DayExpectation
) -> CounterPlan:
    """The counter goes on as it is; a clerk's pause ends, a closed counter stays closed."""
    now_s, back = since_midnight(centre.facts, now), back_at(counter, now)
    known = (*centre.facts.procedures, *centre.retired_procedures)
    seat = seat_of(centre, counter, known)
    stretches: tuple[Stretch, ...] = ()
    if counter.availability is Availability.OPEN:
        stretches = (Stretch(now_s, seat.levels),)
    elif back is not None:
        stretches = (Stretch(now_s + (back - now).total_seconds(), seat.levels),)
    return CounterPlan(
        id=counter.id,
        stretches=stretches,
        breaks=_breaks_ahead(counter, now_s, expected),
        clerk_factor=expected.clerk_factors.get(counter.id, 1.0),
        busy_s=counter.busy_time_s,
        languages=tuple(seat.languages),
    )


def _breaks_ahead(
    counter: CounterState, now_s: float, expected: DayExpectation
) -> tuple[Span, ...]:
    """Breaks from now on; who is open and free does not take this one."""
    ahead = [span for span in expected.breaks.get(counter.id, ()) if span[1] > now_s]
    if counter.availability is Availability.OPEN and counter.ticket is None:
        ahead = [span for span in ahead if span[0] > now_s]
    return tuple(ahead)


def _busy(centre: Centre, midnight: datetime) -> Iterator[Busy]:
    for counter in centre.counters.values():
        ticket = centre.ticket_at(counter)
        if ticket is not None:
            level = counter.profile.level_of(centre.procedure(ticket.procedure))
            since = counter.occupied_since or ticket.called_at or ticket.queued_at
            called_s = (since - midnight).total_seconds()
            yield Busy(counter.id, ticket, called_s, level or Level.BACK_UP)


def _seconds(clock: time) -> float:
    return clock.hour * 3600.0 + clock.minute * 60.0 + clock.second
