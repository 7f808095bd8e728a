"""Decision about what past days taught: only sound numbers enter the journal."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from math import isfinite

from queue_server.core import commands as c
from queue_server.core import events as e
from queue_server.core.centre import Centre
from queue_server.core.errors import InvalidValue
from queue_server.core.hours import WEEKDAYS
from queue_server.core.identifiers import FieldId
from queue_server.core.learned import HALF_HOURS, LearnedParameters, QuantileRow
from queue_server.core.protocols import Circumstances

LONGEST_S = 24 * 3600.0


def learn_parameters(
    centre: Centre, command: c.LearnParameters, _: Circumstances
) -> tuple[e.Event, ...]:
    """Take the numbers if each of them can be true; nothing when they are in force already."""
    learned = command.parameters
    problem = next(_problems_of(learned), None)
    if problem is not None:
        raise InvalidValue(problem)
    if learned == centre.learned:
        return ()
    return (e.ParametersLearned(parameters=learned),)


def _problems_of(learned: LearnedParameters) -> Iterator[str]:
    yield from _outside(learned.mean_transaction_time_s.items(), 1, LONGEST_S, "a mean in seconds")
    yield from _outside(learned.clerk_factors.items(), 0.1, 10, "a clerk's factor")
    yield from _outside(learned.demand.items(), 0, 1, "a share of the visits")
    shares = {
        "no_show_share": learned.no_show_share,
        "priority_share": learned.priority_share,
        "again_share": learned.again_share,
    }
    yield from _outside(shares.items(), 0, 1, "a share")
    cv = {"transaction_time_cv": learned.transaction_time_cv}
    yield from _outside(cv.items(), 0, 10, "a coefficient of variation")
    for weekday, fields in learned.arrivals.items():
        if weekday not in WEEKDAYS:
            yield f"expected a weekday of {', '.join(WEEKDAYS)}, got {weekday!r}"
        yield from _bad_profiles(fields)
    for usual in learned.usual_waits_s.values():
        known = {field: [each or 0.0 for each in waits] for field, waits in usual.items()}
        yield from _bad_profiles(known)
    for name, rows in learned.quantiles.items():
        yield from _bad_rows(name, rows)


def _outside(
    numbers: Iterable[tuple[str, float]], least: float, most: float, what: str
) -> Iterator[str]:
    for name, number in numbers:
        if not (isfinite(number) and least <= number <= most):
            yield f"expected {what} of {least:g} to {most:g} for {name}, got {number!r}"


def _bad_profiles(fields: Mapping[FieldId, Sequence[float]]) -> Iterator[str]:
    for field, profile in fields.items():
        if len(profile) != HALF_HOURS:
            yield f"expected {HALF_HOURS} half hours for field {field}, got {len(profile)}"
        yield from _outside(((field, each) for each in profile), 0, 1e5, "arrivals in a half hour")


def _bad_rows(name: str, rows: Sequence[QuantileRow]) -> Iterator[str]:
    before = QuantileRow(-1, 0, 0, 0)
    for row in rows:
        steps = (0 <= row.p50_s <= row.p80_s <= row.p90_s <= LONGEST_S) and (
            row.computed_s > before.computed_s
            and row.p50_s >= before.p50_s
            and row.p80_s >= before.p80_s
            and row.p90_s >= before.p90_s
        )
        if not steps:
            yield f"expected quantiles of {name} that never fall, got {row} after {before}"
        before = row
