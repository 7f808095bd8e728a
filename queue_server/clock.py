"""The clock: the one place that reads the time."""

import time
from datetime import UTC, datetime, timedelta
from typing import Protocol


class Clock(Protocol):
    """Tells the time to whoever decides; rules take `now` as an argument instead."""

    def now(self) -> datetime:
        """The present instant, aware, in UTC."""
        ...


class SystemClock:
    """The machine's clock."""

    def now(self) -> datetime:
        """The present instant by the machine."""
        return datetime.now(UTC)


class ScaledClock:
    """A clock that runs `speed` times as fast as the machine's, from a chosen instant.

    The demo uses it: it starts at 07:30 of a working day and goes on from the last commit.
    """

    def __init__(self, start: datetime, speed: float) -> None:
        self._start = start
        self._speed = speed
        self._began = time.monotonic()

    def now(self) -> datetime:
        """The start plus the scaled time that has passed since."""
        return self._start + timedelta(seconds=(time.monotonic() - self._began) * self._speed)

    def advance_to(self, instant: datetime) -> None:
        """Jump ahead to `instant` if it is later than now."""
        if instant > self.now():
            self._start = instant
            self._began = time.monotonic()
