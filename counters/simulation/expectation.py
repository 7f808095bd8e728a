"""What is expected of a centre's day: who comes when for what, and how long it takes.

A plain value. Learned figures make a good one; `usual_expectation` makes a rough one from nothing
but the configuration and what came today so far.
"""

from collections import Counter as Count
from collections.abc import Mapping, Sequence
from datetime import datetime, time
from itertools import pairwise
from statistics import fmean
from typing import Final

from msgspec import Struct, field
from msgspec.structs import replace

from counters.estimates.hall import LEVEL_TIME
from counters.simulation.scenario import Span
from queue_server.core.centre import Centre
from queue_server.core.configuration import CentreConfiguration, Counter, Level, Procedure
from queue_server.core.hours import local_time, sessions_of
from queue_server.core.identifiers import CounterId, FieldId, PriorityClassId, ProcedureCode
from queue_server.core.learned import HALF_HOUR_S, HALF_HOURS
from queue_server.core.ticket import TicketState

USUAL_LOAD: Final = 0.6
"""Share of the open counters' time that a centre nobody knows anything about is busy."""
PRIOR_VISITS: Final = 15.0
"""So many visits of a field must have come before today counts as much as what is usual."""
MORNING_SHAPE: Final = (0.058, 0.097, 0.107, 0.097, 0.083, 0.068, 0.058, 0.039, 0.019, 0.015)
AFTERNOON_SHAPE: Final = (0.019, 0.039, 0.063, 0.068, 0.058, 0.049, 0.039, 0.024)
USUAL_SHAPE: Final = MORNING_SHAPE + AFTERNOON_SHAPE
"""How visits spread over a day's half hours, stretched to the hours (routing study, §2.1)."""


class DayExpectation(Struct, frozen=True, kw_only=True):
    """A day of a centre, as far as it can be foreseen."""

    arrivals: Mapping[FieldId, Sequence[float]]
    """Expected visits without appointment in each of the 48 half hours of the local day."""
    mix: Mapping[ProcedureCode, float] = {}
    """How often a procedure is asked for, in any unit; a field without any is mixed evenly."""
    mean_s: Mapping[ProcedureCode, float] = {}
    """Mean transaction time; what is missing is as configured."""
    cv: float = 0.7
    """Standard deviation of a procedure's transaction times over their mean."""
    clerk_factors: Mapping[CounterId, float] = {}
    """Above 1 where transactions take longer than the centre's."""
    slowdown: Mapping[Level, float] = field(default_factory=lambda: LEVEL_TIME)
    breaks: Mapping[CounterId, tuple[Span, ...]] = {}
    """Known breaks of the day, in seconds since midnight."""
    no_show_share: float = 0.05
    return_share: float = 0.4
    return_delay_s: Span = (300.0, 1200.0)
    no_show_s: float = 45.0
    transfer_share: float = 0.06
    priority_share: float = 0.08
    priority_class: PriorityClassId | None = None
    """What priority people are; None takes the centre's first class."""


def usual_expectation(
    configuration: CentreConfiguration, day: datetime, visits: Mapping[FieldId, float] | None = None
) -> DayExpectation:
    """A day nobody has learned yet.

    Args:
        configuration: The centre.
        day: An instant of the day.
        visits: Expected visits by field; None keeps the counters busy for 60 % of the day,
            each field with the same share of the visits.
    """
    expected = _visits(configuration, day) if visits is None else visits
    shape = _shape(configuration, day)
    return DayExpectation(
        arrivals={each: [count * share for share in shape] for each, count in expected.items()},
        breaks=_breaks(configuration, day),
    )


def expectation_of_today(
    centre: Centre, now: datetime, usual: DayExpectation | None = None
) -> DayExpectation:
    """The usual day, each field scaled to what came today so far.

    ``(seen + 15) ÷ (expected + 15)`` (routing study §3.2): a field of which little was expected
    yet stays near the usual.
    """
    expectation = usual or usual_expectation(centre.facts, now)
    seen = Count(
        ticket.field
        for ticket in centre.tickets.values()
        if ticket.appointment_at is None and ticket.state is not TicketState.BOOKED
    )
    return scaled(expectation, seen, since_midnight(centre.facts, now))


def scaled(
    expectation: DayExpectation, seen: Mapping[FieldId, int], now_s: float
) -> DayExpectation:
    """The day with each field scaled to how many came until the instant since midnight."""
    arrivals = {}
    for each, half_hours in expectation.arrivals.items():
        expected = until(half_hours, now_s)
        factor = (seen.get(each, 0) + PRIOR_VISITS) / (expected + PRIOR_VISITS)
        arrivals[each] = [count * factor for count in half_hours]
    return replace(expectation, arrivals=arrivals)


def until(half_hours: Sequence[float], now_s: float) -> float:
    """Expected visits from midnight to the instant."""
    place = now_s / HALF_HOUR_S
    whole = min(int(place), len(half_hours))
    part = half_hours[whole] * (place - whole) if whole < len(half_hours) else 0.0
    return sum(half_hours[:whole]) + part


def _visits(configuration: CentreConfiguration, day: datetime) -> dict[FieldId, float]:
    """Visits that keep every counter busy with what it is best at, for the usual share."""
    sessions = sessions_of(configuration.hours, local_time(configuration, day).date())
    open_s = sum(_seconds_of(each.closes) - _seconds_of(each.opens) for each in sessions)
    own_of: dict[FieldId, list[Procedure]] = {each: [] for each in configuration.fields}
    for procedure in configuration.procedures.values():
        own_of.setdefault(procedure.field, []).append(procedure)
    visits = dict.fromkeys(own_of, 0.0)
    for counter in configuration.counters.values():
        best = _best_fields(counter, own_of)
        for each in best:
            mean_s = fmean(procedure.mean_transaction_time_s for procedure in own_of[each])
            visits[each] += USUAL_LOAD * open_s / len(best) / mean_s
    return visits


def _best_fields(counter: Counter, own_of: Mapping[FieldId, Sequence[Procedure]]) -> list[FieldId]:
    """The fields that the counter serves at its best level."""
    for level in Level:
        best = [
            each
            for each, own in own_of.items()
            if any(counter.profile.level_of(procedure) is level for procedure in own)
        ]
        if best:
            return best
    return []


def _breaks(configuration: CentreConfiguration, day: datetime) -> dict[CounterId, tuple[Span, ...]]:
    """Each counter's own breaks; between two sessions nobody is at the counters."""
    sessions = sessions_of(configuration.hours, local_time(configuration, day).date())
    gaps = [
        (_seconds_of(one.closes), _seconds_of(other.opens)) for one, other in pairwise(sessions)
    ]
    return {
        counter.id: _merged(
            (*gaps, *((_seconds_of(own.begins), _seconds_of(own.ends)) for own in counter.breaks))
        )
        for counter in configuration.counters.values()
    }


def _merged(spans: Sequence[Span]) -> tuple[Span, ...]:
    """In order of time, those that touch as one."""
    merged: list[Span] = []
    for begins_s, ends_s in sorted(spans):
        if merged and begins_s <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(merged[-1][1], ends_s))
        else:
            merged.append((begins_s, ends_s))
    return tuple(merged)


def _shape(configuration: CentreConfiguration, day: datetime) -> list[float]:
    """Shares of the day's half hours: the usual shape stretched from opening to the last ticket."""
    sessions = sessions_of(configuration.hours, local_time(configuration, day).date())
    if not sessions:
        return [0.0] * HALF_HOURS
    first, last = _seconds_of(sessions[0].opens), _seconds_of(sessions[-1].tickets_until)
    shares = [0.0] * HALF_HOURS
    width = (last - first) / len(USUAL_SHAPE)
    for index, share in enumerate(USUAL_SHAPE):
        middle_s = first + (index + 0.5) * width
        is_open = any(
            _seconds_of(each.opens) <= middle_s < _seconds_of(each.tickets_until)
            for each in sessions
        )
        shares[int(middle_s // HALF_HOUR_S)] += share if is_open else 0.0
    total = sum(shares)
    return [share / total for share in shares] if total else shares


def since_midnight(configuration: CentreConfiguration, now: datetime) -> float:
    """Seconds since the centre's local midnight."""
    local = local_time(configuration, now)
    return (local - local.replace(hour=0, minute=0, second=0, microsecond=0)).total_seconds()


def _seconds_of(clock: time) -> float:
    return clock.hour * 3600.0 + clock.minute * 60.0 + clock.second
