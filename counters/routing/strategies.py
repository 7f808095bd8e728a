"""Named orders among the tickets a counter may call.

A strategy gives each candidate a claim in seconds of waiting; the largest is called, ties go to
the earlier ticket. `STRATEGIES` is the only registry; an unknown name is refused where the
configuration is checked.
"""

from collections.abc import Callable, Iterable, Mapping
from typing import Final

from counters.routing.parameters import LONG_WAIT_S, Parameters
from counters.routing.standing import APPOINTMENT, PRIORITY, Standing
from queue_server.core.configuration import Level

Strategy = Callable[[Parameters, Standing, Level, float], float]
"""Claim in seconds of a ticket at a counter of that level, at an instant in seconds since 1970."""

DAY_S: Final = 86400
"""More than anybody can wait: a class apart."""


def graded_levels(parameters: Parameters, standing: Standing, level: Level, now_s: float) -> float:
    """Index D1: longest waiting in what the counter is best at.

    ``I = v · g · (m_ref ÷ m)^κ · (15 min ÷ target) + G · (waited ÷ 45 min)²`` with
    ``v = rate · waited + head start``. While an appointment's hour lies ahead its claim is the
    time to it, below zero: nobody is called before the hour unless nobody else waits.
    Source: routing study §3.1.
    """
    waited_s = now_s - standing.since_s
    if waited_s < 0 and standing.line == APPOINTMENT:
        return waited_s
    clock_s = standing.rate * waited_s + standing.head_start_s
    if clock_s < 0:
        return clock_s
    claim_s = clock_s * parameters.weights[level] * standing.factor
    long_waits = waited_s / LONG_WAIT_S
    return claim_s + parameters.long_wait_gain_s * long_waits * long_waits


def graded_lines(parameters: Parameters, standing: Standing, level: Level, now_s: float) -> float:
    """The claim of a ticket by itself; walk-ins claim for their line too (`line_claim_s`)."""
    return graded_levels(parameters, standing, level, now_s)


def line_claim_s(
    parameters: Parameters, line: Iterable[tuple[Standing, Level]], now_s: float
) -> float:
    """What the first of a line claims for itself and the next ones, who can only follow it.

    The largest over k of ``Σ v·g ÷ Σ (m ÷ m_ref)^κ · (target ÷ 15 min)`` of the first k, and
    what long waits add for the first. A long service before many short ones goes sooner; the
    order within the line stays. For one counter and κ = 1 that is the best order of lines there
    is (chains of jobs by weighted completion time: Sidney 1975, Lawler 1978).
    """
    clocks_s = needed = best_s = gain_s = 0.0
    for standing, level in line:
        waited_s = now_s - standing.since_s
        if not needed:
            long_waits = max(waited_s, 0.0) / LONG_WAIT_S
            gain_s = parameters.long_wait_gain_s * long_waits * long_waits
        clocks_s += waited_s * parameters.weights[level]
        needed += 1 / standing.factor
        best_s = max(best_s, clocks_s / needed)
    return best_s + gain_s


def longest_waiting(_: Parameters, standing: Standing, __: Level, now_s: float) -> float:
    """Whoever waited longest, whatever the level and class."""
    return now_s - standing.since_s


def strict_priority(_: Parameters, standing: Standing, __: Level, now_s: float) -> float:
    """Priority before appointments before everybody else; within each whoever waited longest.

    An appointment counts as one from its hour on.
    """
    waited_s = now_s - standing.since_s
    if standing.line == APPOINTMENT:
        return waited_s + DAY_S if waited_s >= 0 else waited_s
    return waited_s + (2 * DAY_S if standing.line.startswith(PRIORITY) else 0)


def accumulating_priority(_: Parameters, standing: Standing, __: Level, now_s: float) -> float:
    """``rate · waited + head start``: faster clocks for some, whatever the level.

    Source: Kleinrock 1964; Stanford, Taylor and Ziedins 2014 (accumulating priority queue).
    """
    return standing.rate * (now_s - standing.since_s) + standing.head_start_s


STRATEGIES: Final[Mapping[str, Strategy]] = {
    "graded_levels": graded_levels,
    "graded_lines": graded_lines,
    "longest_waiting": longest_waiting,
    "strict_priority": strict_priority,
    "accumulating_priority": accumulating_priority,
}

LINE_LENGTHS: Final[Mapping[str, int]] = {"graded_lines": 4}
"""Strategies by which the first walk-in of a series claims for so many of its series."""
