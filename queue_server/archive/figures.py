"""Figures of a group of visits and transactions: counts, times, promises kept. Pure."""

from collections import Counter
from collections.abc import Sequence
from datetime import datetime
from math import ceil

from msgspec import Struct

from queue_server.archive.ratings import Ratings
from queue_server.archive.visit import Ending
from queue_server.core.measures import service_level

ESTIMATE_TOLERANCE_S = 300
BIN_S = 300
BINS = 13
"""Five minutes each; the last is an hour and more."""


class VisitFacts(Struct, frozen=True, kw_only=True):
    """What a report needs of one visit."""

    ticket: str
    field: str
    procedure: str
    issued_at: datetime
    estimate_error_s: int | None
    """First waiting time minus what was told at issue; None where nothing was told or called."""
    first_wait_s: int | None = None
    told_at_most_s: int | None = None
    """The longest wait that was told at issue."""


class TransactionFacts(Struct, frozen=True, kw_only=True):
    """What a report needs of one transaction."""

    ticket: str
    field: str
    procedure: str
    counter: str | None
    queued_at: datetime
    called_at: datetime | None
    ended_at: datetime | None
    ending: str | None
    outcome: str | None
    waiting_time_s: int | None
    approach_time_s: int | None
    serving_time_s: int | None
    target_waiting_time_s: int | None
    is_last: bool
    """No other transaction of the visit came after it."""


class Spread(Struct, frozen=True, kw_only=True):
    """How long something took, in seconds; None without a single value."""

    count: int = 0
    mean_s: float | None = None
    p50_s: int | None = None
    p90_s: int | None = None
    max_s: int | None = None


class Figures(Struct, frozen=True, kw_only=True):
    """Figures of one group. Counts of endings count transactions, `issued` counts visits."""

    issued: int = 0
    called: int = 0
    """Tickets called at least once."""
    served: int = 0
    no_shows: int = 0
    no_show_rate: float | None = None
    """Tickets that were absent and did not come back ÷ tickets called."""
    cancelled: int = 0
    expired: int = 0
    transferred: int = 0
    waiting: Spread = Spread()
    service_level: float | None = None
    """Share of waits within their target, as `queue_server.core.measures` defines it."""
    approach: Spread = Spread()
    serving: Spread = Spread()
    outcomes: dict[str, int] = {}
    dossiers: int = 0
    """Dossiers opened and not voided."""
    estimates: int = 0
    estimate_error_s: float | None = None
    """Mean absolute error of what was told at issue, in seconds."""
    estimates_within_5_min: float | None = None
    estimate_bias_s: float | None = None
    """Mean of first waiting time minus what was told; above 0 people waited longer than told."""
    estimates_within_quarter: float | None = None
    """Share within five minutes or a quarter of the wait, whichever is more."""
    estimates_at_most_kept: float | None = None
    """Share that waited no longer than the longest wait told; aimed at nine of ten."""
    estimates_too_short: float | None = None
    """Share that waited more than five minutes longer than told."""
    ratings: Ratings = Ratings()
    """What citizens said of the visits that were served here last."""


def figures(
    visits: Sequence[VisitFacts],
    transactions: Sequence[TransactionFacts],
    dossiers: int,
    ratings: Ratings = Ratings(),  # noqa: B008  # frozen
) -> Figures:
    """Figures of a group; the visits that began in it and the transactions that belong to it."""
    endings = Counter(leg.ending for leg in transactions if leg.ending)
    errors = [visit.estimate_error_s for visit in visits if visit.estimate_error_s is not None]
    called = {leg.ticket for leg in transactions if leg.called_at is not None}
    absent = {leg.ticket for leg in transactions if leg.is_last and leg.ending == Ending.NO_SHOW}
    outcomes = Counter(leg.outcome for leg in transactions if leg.outcome)
    return Figures(
        issued=len(visits),
        called=len(called),
        served=endings[Ending.SERVED],
        no_shows=endings[Ending.NO_SHOW],
        no_show_rate=_share(len(absent), len(called)),
        cancelled=endings[Ending.CANCELLED],
        expired=endings[Ending.EXPIRED],
        transferred=endings[Ending.TRANSFERRED],
        waiting=spread([leg.waiting_time_s for leg in transactions]),
        service_level=_service_level(transactions),
        approach=spread([leg.approach_time_s for leg in transactions]),
        serving=spread([leg.serving_time_s for leg in transactions]),
        outcomes=dict(sorted(outcomes.items())),
        dossiers=dossiers,
        estimates=len(errors),
        estimate_error_s=_mean([abs(error) for error in errors]),
        estimates_within_5_min=_share(
            sum(abs(error) <= ESTIMATE_TOLERANCE_S for error in errors), len(errors)
        ),
        estimate_bias_s=_mean(errors),
        estimates_within_quarter=_share(sum(_is_fair(visit) for visit in visits), len(errors)),
        estimates_at_most_kept=_at_most_kept(visits),
        estimates_too_short=_share(
            sum(error > ESTIMATE_TOLERANCE_S for error in errors), len(errors)
        ),
        ratings=ratings,
    )


def _is_fair(visit: VisitFacts) -> bool:
    """Whether the estimate was off by at most five minutes or a quarter of the wait."""
    error_s, wait_s = visit.estimate_error_s, visit.first_wait_s
    if error_s is None or wait_s is None:
        return False
    return abs(error_s) <= max(ESTIMATE_TOLERANCE_S, wait_s / 4)


def _at_most_kept(visits: Sequence[VisitFacts]) -> float | None:
    """Share that waited no longer than was written: the next five minutes, at least the first."""
    told = [
        visit.first_wait_s <= max(ceil(visit.told_at_most_s / BIN_S), 1) * BIN_S
        for visit in visits
        if visit.first_wait_s is not None and visit.told_at_most_s is not None
    ]
    return _share(sum(told), len(told))


def percentile(values: Sequence[int], share: float) -> int:
    """Nearest-rank percentile: the smallest value that `share` of the values do not exceed.

    Args:
        values: Sorted, at least one.
        share: Above 0, at most 1.
    """
    return values[max(ceil(share * len(values)) - 1, 0)]


def spread(times_s: Sequence[int | None]) -> Spread:
    """How the times are spread; None among them does not count."""
    known = sorted(time_s for time_s in times_s if time_s is not None)
    if not known:
        return Spread()
    return Spread(
        count=len(known),
        mean_s=_mean(known),
        p50_s=percentile(known, 0.5),
        p90_s=percentile(known, 0.9),
        max_s=known[-1],
    )


def distribution(transactions: Sequence[TransactionFacts]) -> tuple[int, ...]:
    """How many waits lasted 0–5, 5–10 … 55–60, 60 and more minutes; the lower end is included."""
    bins = [0] * BINS
    for leg in transactions:
        if leg.waiting_time_s is not None:
            bins[min(leg.waiting_time_s // BIN_S, BINS - 1)] += 1
    return tuple(bins)


def _service_level(transactions: Sequence[TransactionFacts]) -> float | None:
    served = [leg for leg in transactions if leg.ending == Ending.SERVED]
    missed = [leg for leg in transactions if leg.ending == Ending.NO_SHOW]
    return service_level(
        served=len(served),
        served_within_target=sum(not _is_late(leg) for leg in served),
        no_shows_after_target=sum(_is_late(leg) for leg in missed),
    )


def _is_late(leg: TransactionFacts) -> bool:
    if leg.waiting_time_s is None or leg.target_waiting_time_s is None:
        return False
    return leg.waiting_time_s > leg.target_waiting_time_s


def _mean(values: Sequence[int]) -> float | None:
    return sum(values) / len(values) if values else None


def _share(part: int, whole: int) -> float | None:
    return part / whole if whole else None
