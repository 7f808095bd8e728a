"""The numbers of the index, resolved from the mode and the centre's own choices.

Source: routing study §3.1; the defaults were measured there on days the study had not tuned on.
"""

from collections.abc import Mapping
from functools import lru_cache
from typing import Final

from msgspec import Struct

from queue_server.core.configuration import Level
from queue_server.core.routing_rules import RoutingMode, RoutingRules


class Parameters(Struct, frozen=True, kw_only=True):
    """Every number of the index, none left open. Times in seconds."""

    weights: Mapping[Level, float]
    """What a second of waiting is worth at a counter of that level."""
    length_exponent: float
    """0 is pure waiting time, 1 prefers short procedures."""
    long_wait_gain_s: float
    """What is added at `LONG_WAIT_S` of waiting; it grows with the square."""
    overtakes_allowed: int
    """How many later numbers of a series may go first; then the series is locked."""
    least_priority_head_start_s: float
    """Every priority class counts as having waited at least this long already."""
    appointment_rate: float
    appointment_head_start_s: float
    transfer_credit_s: float
    draw_window_s: float
    """Candidates whose claims differ by less are equals, and one is drawn; 0 draws never."""


LONG_WAIT_S: Final = 2700
"""45 minutes: the wait at which the long-wait gain counts once."""
TYPICAL_TARGET_S: Final = 900
"""The target waiting time that leaves a claim as it is."""


class _Mode(Struct, frozen=True, kw_only=True):
    length_exponent: float = 0.5
    long_wait_gain_s: float = 480
    overtakes_allowed: int = 0
    least_priority_head_start_s: float = 0


_MODES: Final[Mapping[RoutingMode, _Mode]] = {
    RoutingMode.EQUAL: _Mode(long_wait_gain_s=900),
    RoutingMode.STANDARD: _Mode(),
    RoutingMode.FAST: _Mode(length_exponent=1, overtakes_allowed=3),
    RoutingMode.STRICT_PRIORITY: _Mode(least_priority_head_start_s=10800),
}


@lru_cache(maxsize=64)
def parameters_of(rules: RoutingRules) -> Parameters:
    """The mode's numbers, with those the centre chose for itself in their place."""
    mode = _MODES[rules.mode]

    def chosen(name: str) -> float:
        own: float | None = getattr(rules, name)
        value: float = getattr(mode, name)
        return value if own is None else own

    return Parameters(
        weights={
            Level.PRIMARY: 1.0,
            Level.SECONDARY: rules.secondary_weight,
            Level.BACK_UP: rules.back_up_weight,
        },
        length_exponent=chosen("length_exponent"),
        long_wait_gain_s=chosen("long_wait_gain_s"),
        overtakes_allowed=int(chosen("overtakes_allowed")),
        least_priority_head_start_s=chosen("least_priority_head_start_s"),
        appointment_rate=rules.appointment_rate,
        appointment_head_start_s=rules.appointment_head_start_s,
        transfer_credit_s=rules.transfer_credit_s,
        draw_window_s=rules.draw_window_s,
    )
