"""Named orders among the tickets a counter may call.

A strategy gives each candidate a claim in seconds of waiting; the largest is called, ties go to
the earlier ticket. `STRATEGIES` is the only registry; an unknown name is refused where the
configuration is checked.
"""

import math
from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Final

from counters.routing.eligibility import Eligible
from queue_server.core.configuration import CentreConfiguration, Level, RoutingRules

Strategy = Callable[[CentreConfiguration, Eligible, datetime], float]

TRANSFER_CREDIT_S = 300
"""A transferred citizen counts as having waited five minutes more (routing study, D1)."""
APPOINTMENT_RATE, APPOINTMENT_HEAD_START_S = 3.0, 1800
EQUITY_GAIN_S, EQUITY_SCALE_S = 480, 2700
"""Very long waits grow in weight: 8 minutes at 45 minutes of waiting, with the square."""
TYPICAL_TARGET_S = 900
LENGTH_EXPONENT = 0.5
"""0 is pure waiting time, 1 prefers short procedures."""


def waited_s(candidate: Eligible, now: datetime) -> float:
    """Seconds on the clock that orders the queue; negative before an appointment."""
    return (now - candidate.ticket.queued_at).total_seconds()


def longest_waiting(_: CentreConfiguration, candidate: Eligible, now: datetime) -> float:
    """Whoever waited longest, whatever the level and class."""
    return waited_s(candidate, now)


def graded_levels(configuration: CentreConfiguration, candidate: Eligible, now: datetime) -> float:
    """Index D1: longest waiting in what the counter is best at.

    Secondary services must have waited about 1.7 times, back-up services 3.3 times as long;
    priority counts as a head start and a faster clock; urgent targets count more.
    Source: routing study §3.1, defaults as measured there.
    """
    ticket, procedure = candidate.ticket, candidate.procedure
    waited = waited_s(candidate, now)
    rate, head_start_s = _clock(configuration, candidate)
    claim = rate * waited + head_start_s
    if claim < 0:
        return claim
    field = configuration.fields.get(ticket.field)
    field_target_s = field.target_waiting_time_s if field else TYPICAL_TARGET_S
    target_s = procedure.target_waiting_time_s or field_target_s
    mean_s = configuration.typical_transaction_time_s
    length = math.pow(mean_s / procedure.mean_transaction_time_s, LENGTH_EXPONENT)
    weight = level_weight(configuration.routing, candidate.level)
    equity = EQUITY_GAIN_S * (max(waited, 0.0) / EQUITY_SCALE_S) ** 2
    return claim * weight * length * (TYPICAL_TARGET_S / target_s) + equity


def _clock(configuration: CentreConfiguration, candidate: Eligible) -> tuple[float, float]:
    """Rate and head start in seconds by which the ticket's waiting time counts."""
    ticket = candidate.ticket
    if ticket.priority_class is not None:
        chosen = configuration.priority_classes.get(ticket.priority_class)
        if chosen is not None:
            return chosen.rate, chosen.head_start_s
    if ticket.appointment_at is not None:
        return APPOINTMENT_RATE, APPOINTMENT_HEAD_START_S
    if ticket.was_transferred:
        return 1.0, TRANSFER_CREDIT_S
    return 1.0, 0.0


def level_weight(rules: RoutingRules, level: Level) -> float:
    """Weight of a graded level."""
    weights = {
        Level.PRIMARY: 1.0,
        Level.SECONDARY: rules.secondary_weight,
        Level.BACK_UP: rules.back_up_weight,
    }
    return weights[level]


STRATEGIES: Final[Mapping[str, Strategy]] = {
    "graded_levels": graded_levels,
    "longest_waiting": longest_waiting,
}
