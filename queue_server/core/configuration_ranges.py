"""Least and greatest values of the numbers a centre may choose; None is not bounded."""

from collections.abc import Mapping
from typing import Final

HOUR_S: Final = 3600
DAY_S: Final = 24 * HOUR_S

Ranges = Mapping[str, tuple[int, int]]

LIMITS: Final[Ranges] = {
    "tickets_per_person": (1, 100),
    "reinstate_within_s": (0, DAY_S),
    "undo_within_s": (0, 600),
    "delays_per_ticket": (0, 100),
    "dossiers_per_ticket": (1, 1000),
    "parked_for_s": (60, DAY_S),
    "calls_before_no_show": (1, 10),
    "pause_keeps_parked_s": (0, DAY_S),
    "reserved_for_s": (60, DAY_S),
    "silent_after_s": (0, DAY_S),
    "silent_serving_s": (60, DAY_S),
    "call_automatically_after_s": (5, HOUR_S),
    "slip_wanted_for_s": (15, HOUR_S),
}
LEAST_SILENCE_S: Final = 30
"""Two lost heartbeats and a reconnection are no silence yet."""
ROUTING: Final[Ranges] = {
    "length_exponent": (0, 1),
    "long_wait_gain_s": (0, 2 * HOUR_S),
    "overtakes_allowed": (0, 20),
    "least_priority_head_start_s": (0, DAY_S),
    "appointment_rate": (0, 20),
    "appointment_head_start_s": (0, DAY_S),
    "transfer_credit_s": (0, DAY_S),
    "draw_window_s": (0, HOUR_S),
}
SPEECH: Final[Ranges] = {"times": (1, 3), "volume": (0, 100)}
REBALANCING: Final[Ranges] = {
    "every_s": (60, HOUR_S),
    "horizon_s": (600, 3 * HOUR_S),
    "max_changes": (1, 6),
    "change_for_s": (900, 8 * HOUR_S),
    "declined_for_s": (0, DAY_S),
    "least_gain_s": (0, HOUR_S),
    "least_pause_s": (0, DAY_S),
    "trials": (10, 200),
    "automatic_changes_per_hour": (1, 20),
}
BOARDS: Final[Ranges] = {"diagonal_inch": (7, 150), "farthest_seat_m": (1, 50)}
RATING: Final[Ranges] = {
    "within_s": (60, DAY_S),
    "change_within_s": (0, DAY_S),
    "ask_for_s": (10, 600),
}
REMOTE_TICKETS: Final[Ranges] = {
    "code_every_s": (10, 600),
    "per_code": (1, 1000),
    "per_address": (1, 10_000),
}
RULES: Final[Mapping[str, Ranges]] = {
    "limits": LIMITS,
    "rebalancing": REBALANCING,
    "rating": RATING,
    "remote_tickets": REMOTE_TICKETS,
}
"""By the part of the configuration they are in; those of the order are checked with it."""
