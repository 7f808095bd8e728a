"""When a paused counter is counted on again: the same for estimates and simulated days."""

from datetime import datetime, timedelta
from typing import Final

from queue_server.core.counter import Availability, CounterState

USUAL_PAUSE: Final = timedelta(minutes=10)
LEAST_LEFT: Final = timedelta(minutes=1)
"""A pause that has lasted for longer than usual is not over at once."""


def back_at(counter: CounterState, now: datetime) -> datetime | None:
    """When the counter's pause is thought to end; None where no clerk is there to end it."""
    if counter.availability is not Availability.PAUSED:
        return None
    if counter.staff is None or counter.is_silent:
        return None
    since = counter.availability_since or now
    return max(since + USUAL_PAUSE, now + LEAST_LEFT)
