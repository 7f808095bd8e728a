"""The four times of a transaction, the time of a visit, and the service level.

Reports and live figures take every duration from here. Instants of one transaction come in the
order queued → called → serving → ended; clocks that were corrected between two of them would
give a negative time, which counts as zero.
"""

from datetime import datetime, timedelta
from typing import Final

ZERO: Final = timedelta(0)


def waiting_time(queued_at: datetime, called_at: datetime) -> timedelta:
    """Wait of a citizen for one transaction: ``called_at − queued_at``.

    Args:
        queued_at: Issue, check-in (never before the appointment), transfer or return.
        called_at: The last call before serving began, recalls included.

    Source: research of the field's KPI dictionaries, ``t2 − max(t1, t1a)``; Qmatic defines it as
    call − create. See docs/glossary.md, "waiting time".
    """
    return _between(queued_at, called_at)


def approach_time(called_at: datetime, serving_at: datetime) -> timedelta:
    """Way of the citizen to the counter: ``serving_at − called_at``, from the last call.

    Source: Qmatic's "walking time", ``t3 − t2``.
    """
    return _between(called_at, serving_at)


def serving_time(serving_at: datetime, ended_at: datetime) -> timedelta:
    """Time at the counter in one stretch: ``ended_at − serving_at``.

    A transaction that was parked has several stretches; its serving time is their sum, since
    nobody is served while parked.

    Source: ``t4 − t3``, counted from the confirmed arrival, not from the call.
    """
    return _between(serving_at, ended_at)


def transaction_time(called_at: datetime, ended_at: datetime) -> timedelta:
    """Time for which a transaction occupies a counter: ``ended_at − called_at``.

    The sum of approach and serving time where nobody was parked; what the estimator learns from.

    Source: Qmatic's transaction time where arrivals are not confirmed.
    """
    return _between(called_at, ended_at)


def visit_time(issued_at: datetime, ended_at: datetime) -> timedelta:
    """Stay of the citizen: ``ended_at − issued_at``, from issue to the last transaction's end.

    What was spent before the number was taken (the line at the door) is not in it.

    Source: ``t4(last) − t1(first)``.
    """
    return _between(issued_at, ended_at)


def service_level(
    *, served: int, served_within_target: int, no_shows_after_target: int
) -> float | None:
    """Share of kept promises: ``served_within_target ÷ (served + no_shows_after_target)``.

    Who gave up after waiting longer than promised counts against the centre; who was absent at a
    call that came in time does not.

    Args:
        served: Transactions that ended served.
        served_within_target: Those of them whose waiting time was at most their target.
        no_shows_after_target: Transactions that ended as no-show and had waited longer.

    Returns:
        0 to 1; None when there is nothing to judge by.

    Source: the project's KPI dictionary; of the two formulas in use (with and without those who
    left) it is the one that cannot be improved by letting people wait until they leave.
    """
    judged = served + no_shows_after_target
    return served_within_target / judged if judged else None


def _between(start: datetime, end: datetime) -> timedelta:
    return max(end - start, ZERO)
