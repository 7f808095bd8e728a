"""Slows down those who guess passwords: ten wrong ones for a login in ten minutes are enough.

Kept in memory: a restart forgets it, each process counts for itself. It depends on the login
alone, known or not, so that it does not tell which logins exist.
"""

import math
from collections import deque
from datetime import datetime, timedelta
from typing import Final

from queue_server.core.errors import QueueError

MOST_TRIES: Final = 10
WINDOW: Final = timedelta(minutes=10)
_SWEEP_AT: Final = 1_000
"""Logins remembered before those of the past are swept out."""


class TooManyTries(QueueError):
    """Too many wrong passwords, or too many people signing in at once; wait `wait_s` seconds."""

    code = "too_many_tries"


class Lockout:
    """Wrong passwords of the last ten minutes, by login."""

    def __init__(self) -> None:
        self._tries: dict[str, deque[datetime]] = {}

    def begin(self, login: str, now: datetime) -> None:
        """Count a try before its password is looked at, so that tries at once count too.

        Raises:
            TooManyTries: This login must wait; the try is not counted.
        """
        self._sweep(now)
        tries = self._tries.setdefault(login, deque())
        while tries and now - tries[0] >= WINDOW:
            tries.popleft()
        if len(tries) >= MOST_TRIES:
            wait_s = math.ceil((tries[0] + WINDOW - now).total_seconds())
            message = f"expected a try in {wait_s} s or later, after too many wrong passwords"
            raise TooManyTries(message, wait_s=wait_s)
        tries.append(now)

    def succeed(self, login: str) -> None:
        """Forget the login's tries: its password was right."""
        self._tries.pop(login, None)

    def _sweep(self, now: datetime) -> None:
        if len(self._tries) > _SWEEP_AT:
            recent = self._tries.items()
            self._tries = {
                login: tries for login, tries in recent if tries and now - tries[-1] < WINDOW
            }
