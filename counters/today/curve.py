"""The curves of a day: arrivals with the next two hours' forecast, and waits.

What came is counted from the day's tickets; what will come is the learned day scaled to today
(`counters.rebalancing.expectation_of`), the same that what-ifs and proposals reckon with.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Final

from counters.rebalancing.expectation_of import expectation_of
from counters.today.values import FieldCurve
from queue_server.core.centre import Centre
from queue_server.core.hours import local_time, sessions_of
from queue_server.core.identifiers import FieldId
from queue_server.core.learned import HALF_HOUR_S, HALF_HOURS
from queue_server.core.ticket import Ticket, TicketState

WAITS_STEP_S: Final = 600
AHEAD: Final = 5
"""Half hours of the forecast: the rest of the present one and two hours."""


def midnight_of(centre: Centre, now: datetime) -> datetime:
    """Begin of the local day."""
    local = local_time(centre.facts, now)
    return local.replace(hour=0, minute=0, second=0, microsecond=0)


def span_of(centre: Centre, midnight: datetime, now_s: float) -> tuple[int, int]:
    """First half hour to show and closing time, in seconds since midnight."""
    sessions = sessions_of(centre.facts.hours, midnight.date())
    opens = [each.opens.hour * 3600 + each.opens.minute * 60 for each in sessions]
    closes = [each.closes.hour * 3600 + each.closes.minute * 60 for each in sessions]
    came = [_seconds(arrived_at(ticket), midnight) for ticket in _arrived(centre)]
    first = min([*opens, *came], default=int(now_s))
    return int(first // HALF_HOUR_S * HALF_HOUR_S), max(closes, default=int(now_s))


def field_curves(
    centre: Centre, midnight: datetime, now: datetime, from_s: int
) -> tuple[FieldCurve, ...]:
    """Of every configured field, in their order."""
    now_s = _seconds(now, midnight)
    arrivals: dict[FieldId, list[float]] = defaultdict(list)
    for ticket in _arrived(centre):
        arrivals[ticket.field].append(_seconds(arrived_at(ticket), midnight))
    expected = expectation_of(centre, now).arrivals
    waits = _waits(centre, midnight)
    steps = {each: _stepped(waits.get(each, ()), from_s, now_s) for each in centre.facts.fields}
    return tuple(
        FieldCurve(
            id=field,
            arrivals=_counted(arrivals[field], from_s, now_s),
            expected=_ahead(expected.get(field, ()), now_s),
            waits_s=tuple(_mean(step) for step in steps[field]),
            calls=tuple(len(step) for step in steps[field]),
        )
        for field in centre.facts.fields
    )


def arrived_at(ticket: Ticket) -> datetime:
    """When the citizen came: the issue, or the check-in of an appointment."""
    return ticket.issued_at if ticket.appointment_at is None else ticket.first_queued_at


def _arrived(centre: Centre) -> Iterable[Ticket]:
    return (each for each in centre.tickets.values() if each.state is not TicketState.BOOKED)


def _waits(centre: Centre, midnight: datetime) -> Mapping[FieldId, list[tuple[float, float]]]:
    """When each first wait ended in a call, and how long it was."""
    waits: dict[FieldId, list[tuple[float, float]]] = defaultdict(list)
    for ticket in centre.tickets.values():
        if ticket.first_called_at is not None:
            called_s = _seconds(ticket.first_called_at, midnight)
            waited_s = (ticket.first_called_at - ticket.first_queued_at).total_seconds()
            waits[ticket.field].append((called_s, max(0.0, waited_s)))
    return waits


def _counted(instants_s: Sequence[float], from_s: int, now_s: float) -> tuple[int, ...]:
    counts = [0] * (max(0, int((now_s - from_s) // HALF_HOUR_S)) + 1)
    for instant_s in instants_s:
        place = int((instant_s - from_s) // HALF_HOUR_S)
        counts[min(max(place, 0), len(counts) - 1)] += 1
    return tuple(counts)


def _ahead(half_hours: Sequence[float], now_s: float) -> tuple[float, ...]:
    first = int(now_s // HALF_HOUR_S)
    places = range(first, min(first + AHEAD, HALF_HOURS, len(half_hours)))
    left = (first + 1) - now_s / HALF_HOUR_S
    return tuple(
        round(half_hours[place] * (left if place == first else 1.0), 2) for place in places
    )


def _stepped(waits: Iterable[tuple[float, float]], from_s: int, now_s: float) -> list[list[float]]:
    """The waits by the ten minutes in which they ended."""
    steps: list[list[float]] = [
        [] for _ in range(max(0, int((now_s - from_s) // WAITS_STEP_S)) + 1)
    ]
    for called_s, waited_s in waits:
        place = int((called_s - from_s) // WAITS_STEP_S)
        steps[min(max(place, 0), len(steps) - 1)].append(waited_s)
    return steps


def _mean(waits_s: Sequence[float]) -> int | None:
    return round(sum(waits_s) / len(waits_s)) if waits_s else None


def _seconds(instant: datetime, midnight: datetime) -> float:
    return (instant - midnight).total_seconds()
