"""In which order waiting tickets are called: what a centre may choose."""

from enum import StrEnum

from msgspec import Struct


class RoutingMode(StrEnum):
    """Which numbers the order uses where the centre chose none of its own (routing.md §3.1)."""

    EQUAL = "equal"
    """Long waits weigh most: nobody waits much longer than others."""
    STANDARD = "standard"
    """The best balance of short and even waits; numbers of a series are never overtaken."""
    FAST = "fast"
    """The shortest waits on average; up to three later numbers of a series may go first."""
    STRICT_PRIORITY = "strict_priority"
    """Priority people go before almost everybody, however long others waited."""


class RoutingRules(Struct, frozen=True, kw_only=True):
    """In which order waiting tickets are called (docs/reference, strategies)."""

    strategy: str = "graded_levels"
    mode: RoutingMode = RoutingMode.STANDARD
    """Sets the numbers below that are left out."""
    secondary_weight: float = 0.6
    """0.6: a secondary service must have waited 1.7 times as long as one the counter is best at."""
    back_up_weight: float = 0.3
    """0.3: a back-up service must have waited 3.3 times as long."""
    length_exponent: float | None = None
    """0 looks at waiting time alone, 1 prefers short procedures; standard 0.5."""
    long_wait_gain_s: int | None = None
    """What is added to a wait of 45 minutes, in seconds; longer waits gain by the square.
    Standard 480."""
    overtakes_allowed: int | None = None
    """How many later numbers of a series may be called first; standard 0: numbers in order."""
    least_priority_head_start_s: int | None = None
    """Every priority class counts as having waited at least this long; standard 0."""
    appointment_rate: float = 3.0
    """How fast an appointment's clock runs from its hour on."""
    appointment_head_start_s: int = 1800
    """How long an appointment counts as having waited at its hour."""
    transfer_credit_s: int = 300
    """What is added to the wait of somebody sent on by another counter."""
    draw_window_s: int = 0
    """Who differ by less are equals, and one of them is drawn; 0 draws never."""
