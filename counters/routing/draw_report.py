"""Deviations per clerk: what each one's draws were, and whether they look like chance."""

from collections import Counter
from collections.abc import Iterable, Sequence
from math import erfc, exp, pi, sqrt

from msgspec import Struct

from counters.routing.draw_check import CallRecord, DayDraws
from queue_server.core.identifiers import StaffId

LEAST_EXPECTED = 5
"""A place that is expected less often says nothing yet (the usual rule for chi-square)."""


class ClerkDraws(Struct, frozen=True, kw_only=True):
    """One clerk's calls over some days."""

    clerk: StaffId
    name: str
    calls: int
    """By the rules."""
    draws: int
    """Calls that were drawn among equals."""
    deviations: int
    out_of_order: int
    taken_back: int
    """Calls undone or put back."""
    first_expected: float
    """How often the first of the equals should have been drawn, by chance."""
    first_actual: int
    p_value: float | None
    """Chance of places at least so uneven, if all was drawn; None with too few draws."""


def clerk_draws(days: Iterable[DayDraws]) -> tuple[ClerkDraws, ...]:
    """One line per clerk, most deviations first."""
    known = list(days)
    names = {staff: name for day in known for staff, name in day.names.items()}
    calls: dict[StaffId, list[CallRecord]] = {}
    for day in known:
        for call in day.calls:
            calls.setdefault(call.clerk, []).append(call)
    deviations = Counter(each.call.clerk for day in known for each in day.deviations)
    out_of_order = Counter(each.clerk for day in known for each in day.out_of_order)
    taken_back = Counter(each.clerk for day in known for each in day.taken_back)
    lines: list[ClerkDraws] = []
    for clerk in {*calls, *out_of_order}:
        own = calls.get(clerk, [])
        drawn = [call for call in own if call.equals > 1]
        lines.append(
            ClerkDraws(
                clerk=clerk,
                name=names.get(clerk, ""),
                calls=len(own),
                draws=len(drawn),
                deviations=deviations[clerk],
                out_of_order=out_of_order[clerk],
                taken_back=taken_back[clerk],
                first_expected=sum(1 / call.equals for call in drawn),
                first_actual=sum(call.drawn == 0 for call in drawn),
                p_value=evenness(drawn),
            )
        )
    return tuple(sorted(lines, key=lambda line: (-line.deviations, -line.out_of_order, line.clerk)))


def evenness(drawn: Sequence[CallRecord]) -> float | None:
    """P-value of the clerk's drawn places against even chances, by chi-square.

    Draws among k are a stratum of their own with k − 1 degrees of freedom; strata in which a
    place is expected less than `LEAST_EXPECTED` times are left out.
    """
    statistic, degrees = 0.0, 0
    for equals, draws in Counter(call.equals for call in drawn).items():
        expected = draws / equals
        if expected < LEAST_EXPECTED:
            continue
        places = Counter(call.drawn for call in drawn if call.equals == equals)
        statistic += sum((places[place] - expected) ** 2 for place in range(equals)) / expected
        degrees += equals - 1
    return chi_square_tail(statistic, degrees) if degrees else None


def chi_square_tail(statistic: float, degrees: int) -> float:
    """Chance that chi-square with whole degrees of freedom is at least the statistic.

    Closed form of the incomplete gamma function at half-integers: Abramowitz and Stegun,
    26.4.4 (odd degrees) and 26.4.5 (even degrees).
    """
    half = statistic / 2
    if degrees % 2:
        term = sqrt(statistic) * 2 * exp(-half) / sqrt(2 * pi)
        tail, start = erfc(sqrt(half)), 3
    else:
        term = exp(-half)
        tail, start = 0.0, 2
    for degree in range(start, degrees + 1, 2):
        tail += term
        term *= statistic / degree
    return min(tail, 1.0)
