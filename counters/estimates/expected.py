"""Who will still come: the learned profile of the day, as busy as today is, evenly spaced.

``rate of a field = profile · (seen today + 15) ÷ (expected until now + 15)``; one in some is a
priority ticket, and procedures come in their usual mix. Source: routing study §3.2.
"""

from collections.abc import Iterator, Sequence
from itertools import accumulate
from typing import Final

from msgspec import Struct

from queue_server.core.identifiers import FieldId, ProcedureCode
from queue_server.core.learned import HALF_HOUR_S

HORIZON_S: Final = 75 * 60.0
"""How far ahead arrivals are counted on."""
PSEUDO_ARRIVALS: Final = 15
"""How many arrivals a usual day weighs when it is compared with today."""
_PROCEDURE_STEP: Final = 0.6180339887498949
"""The golden ratio: its multiples fill 0 to 1 evenly, so every short run has the usual mix."""
_PRIORITY_STEP: Final = 0.7548776662466927
"""The first of the plastic pair: evenly spread too, and independent of the procedures."""


class Mix(Struct, frozen=True):
    """The procedures of a field with what share of its visits each has; shares add up to 1."""

    procedures: tuple[ProcedureCode, ...]
    up_to: tuple[float, ...]

    @classmethod
    def of(cls, shares: Sequence[tuple[ProcedureCode, float]]) -> "Mix":
        """A mix from shares of any sum; all alike where nothing is known."""
        if not shares:
            return cls((), ())
        total = sum(share for _, share in shares)
        even = [(code, 1.0) for code, _ in shares] if total <= 0 else list(shares)
        sums = list(accumulate(share for _, share in even))
        return cls(tuple(code for code, _ in even), tuple(each / sums[-1] for each in sums))

    def pick(self, u: float) -> ProcedureCode:
        """The procedure at that point of the mix, from 0 to 1."""
        for code, up_to in zip(self.procedures, self.up_to, strict=True):
            if u < up_to:
                return code
        return self.procedures[-1]

    def spread(self, count: int) -> list[ProcedureCode]:
        """So many procedures in the mix's proportion, one after another."""
        if not self.procedures:
            return []
        return [self.pick(place * _PROCEDURE_STEP % 1) for place in range(1, count + 1)]


class Newcomer(Struct, frozen=True, gc=False):
    """Somebody who is expected to join."""

    at_s: float
    """Seconds since the day's midnight."""
    field: FieldId
    procedure: ProcedureCode
    is_priority: bool


def expected_until(profile: Sequence[float], from_s: float, until_s: float) -> float:
    """How many the profile (by half hour from midnight) expects between two times of the day."""
    total = 0.0
    for place, count in enumerate(profile):
        begins_s = place * HALF_HOUR_S
        overlap_s = min(until_s, begins_s + HALF_HOUR_S) - max(from_s, begins_s)
        if overlap_s > 0:
            total += count * overlap_s / HALF_HOUR_S
    return total


def adjustment(profile: Sequence[float], now_s: float, seen: int) -> float:
    """How busy today is against a usual day: 1 for just as busy."""
    expected = expected_until(profile, 0, now_s)
    return (seen + PSEUDO_ARRIVALS) / (expected + PSEUDO_ARRIVALS)


def newcomers(  # noqa: PLR0913  # a field, its day, and how far to look
    field: FieldId,
    profile: Sequence[float],
    mix: Mix,
    *,
    factor: float,
    now_s: float,
    priority_share: float,
    until_s: float,
) -> Iterator[Newcomer]:
    """Who joins the field from now on, in order of time.

    Args:
        field: The field.
        profile: Its arrivals by half hour from midnight on a usual such day.
        mix: Its procedures.
        factor: How busy today is (`adjustment`).
        now_s: Seconds since midnight.
        priority_share: Share of priority tickets.
        until_s: No arrivals from then on, e.g. the end of the tickets; seconds since midnight.
    """
    if not mix.procedures:
        return
    times = _evenly(profile, factor, now_s, until_s)
    for place, at_s in enumerate(times, start=1):
        yield Newcomer(
            at_s=at_s,
            field=field,
            procedure=mix.pick(place * _PROCEDURE_STEP % 1),
            is_priority=(place + 0.5) * _PRIORITY_STEP % 1 < priority_share,
        )


def _evenly(
    profile: Sequence[float], factor: float, now_s: float, until_s: float
) -> Iterator[float]:
    """Times at which the expected count passes one half, one and a half, and so on."""
    passed, due = 0.0, 0.5
    begins_s = now_s
    while begins_s < until_s:
        place = int(begins_s // HALF_HOUR_S)
        if place >= len(profile):
            return
        ends_s = min((place + 1) * HALF_HOUR_S, until_s)
        rate = profile[place] * factor / HALF_HOUR_S
        count = rate * (ends_s - begins_s)
        while rate > 0 and due <= passed + count:
            yield begins_s + (due - passed) / rate
            due += 1
        passed += count
        begins_s = ends_s
