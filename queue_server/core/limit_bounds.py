"""Between which numbers each limit of a centre must be."""

from collections.abc import Mapping
from typing import Final

DAY_S: Final = 86_400

LIMIT_BOUNDS: Final[Mapping[str, tuple[int, int]]] = {
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
    "call_automatically_after_s": (5, 3600),
}
"""Lowest and highest value; a limit that may be None is not bounded then."""

LEAST_SILENCE_S: Final = 30
"""Two lost heartbeats and a reconnection are no silence yet."""
