"""A clock that is set by hand."""

from datetime import datetime, timedelta

from tests.support.centres import MORNING


class HandSetClock:
    """Stands still until it is told otherwise."""

    speed = 1.0

    def __init__(self, start: datetime = MORNING) -> None:
        self.instant = start

    def now(self) -> datetime:
        return self.instant

    def later(self, *, seconds: float = 0, minutes: float = 0) -> None:
        self.instant += timedelta(seconds=seconds, minutes=minutes)
