"""The clock: the one place that reads the time."""

import time
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Final, Protocol

import msgspec
from msgspec import Struct


class Clock(Protocol):
    """Tells the time to whoever decides; rules take `now` as an argument instead."""

    def now(self) -> datetime:
        """The present instant, aware, in UTC."""
        ...

    @property
    def speed(self) -> float:
        """Seconds that pass by it in each second of the machine's."""
        ...


class SystemClock:
    """The machine's clock."""

    speed: Final = 1.0

    def now(self) -> datetime:
        """The present instant by the machine."""
        return datetime.now(UTC)


class ScaledClock(Struct, frozen=True, kw_only=True):
    """A clock that runs `speed` times as fast as the machine's, from a chosen instant.

    The demo uses it: it starts at 07:30 of a working day and goes on from the last commit. It is
    kept in a file, so that every process of one demo has the same time.
    """

    start: datetime
    speed: float
    began_s: float
    """Seconds since 1970 by the machine when it was `start`."""

    @classmethod
    def starting(cls, start: datetime, speed: float) -> "ScaledClock":
        """A clock that shows `start` now."""
        return cls(start=start, speed=speed, began_s=time.time())

    def now(self) -> datetime:
        """The start plus the scaled time that has passed since."""
        return self.start + timedelta(seconds=(time.time() - self.began_s) * self.speed)

    def keep(self, file: Path) -> None:
        """Write the clock to a file, whole, for the processes of one demo."""
        new = file.with_suffix(".new")
        new.write_bytes(msgspec.json.encode(self))
        new.replace(file)


class KeptClock:
    """The clock in a file; looks once a second whether it was set anew."""

    def __init__(self, file: Path) -> None:
        self.file = file
        self._looked_at_s = 0.0
        self._clock = ScaledClock.starting(datetime.now(UTC), 1.0)
        self.refresh()

    def refresh(self) -> None:
        """Read the file now."""
        self._looked_at_s = time.monotonic()
        self._clock = msgspec.json.decode(self.file.read_bytes(), type=ScaledClock)

    def now(self) -> datetime:
        """The present instant by the clock in the file."""
        if time.monotonic() - self._looked_at_s > 1.0:
            self.refresh()
        return self._clock.now()

    @property
    def speed(self) -> float:
        """How fast the clock in the file runs."""
        return self._clock.speed


def clock_in(file: Path) -> Clock:
    """The clock that a demo keeps in `file`, or the machine's where there is none."""
    return KeptClock(file) if file.exists() else SystemClock()
