"""Stops asking for a while after repeated failures, so that a dead line costs seconds, not hours.

The clock is `time.monotonic` or what a test passes in.
"""

import time
from collections.abc import Callable
from typing import Final

FAILURES: Final = 2
PAUSE_S: Final = 120.0


class CircuitBreaker:
    """Open after two failures in a row, for 120 s; then one trial decides."""

    def __init__(
        self,
        *,
        failures: int = FAILURES,
        pause_s: float = PAUSE_S,
        monotonic: Callable[[], float] = time.monotonic,
    ) -> None:
        self._allowed = failures
        self._pause_s = pause_s
        self._monotonic = monotonic
        self._failures = 0
        self._failed_at_s = 0.0

    def is_open(self) -> bool:
        """Whether one should not even try."""
        is_pausing = self._monotonic() - self._failed_at_s < self._pause_s
        return self._failures >= self._allowed and is_pausing

    def succeeded(self) -> None:
        """Forget the failures."""
        self._failures = 0

    def failed(self) -> None:
        """Count a failure."""
        self._failures += 1
        self._failed_at_s = self._monotonic()
