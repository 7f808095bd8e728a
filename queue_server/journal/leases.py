"""What is true for seconds only: who holds something, and what devices say of themselves.

A lease is held by one holder at a time, in all processes; it ends by itself unless it is asked
for again. A note is a few words that fade. Neither is part of the journal: a store that restarts
may forget them.
"""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Protocol

from queue_server.clock import Clock
from queue_server.core.identifiers import CentreId


class Leases(Protocol):
    """Leases and notes of the centres.

    Every method raises `StoreUnavailable` when the store cannot be reached.
    """

    async def hold(self, centre: CentreId, name: str, holder: str, rank: int, for_ms: int) -> bool:
        """Whether `holder` has the lease from now on for at least `for_ms`.

        Who asks with a higher rank than the present holder's gets it when that one's time is over:
        until then nobody of a lower rank is given more time.
        """
        ...

    async def release(self, centre: CentreId, name: str, holder: str) -> None:
        """End the lease if `holder` has it."""
        ...

    async def holder(self, centre: CentreId, name: str) -> str | None:
        """Who has the lease."""
        ...

    async def note(
        self, centre: CentreId, topic: str, name: str, words: bytes, for_ms: int
    ) -> None:
        """Remember the words under that name for a while; newer words replace them."""
        ...

    async def forget(self, centre: CentreId, topic: str, name: str) -> None:
        """Take a note away before its time."""
        ...

    async def notes(self, centre: CentreId, topic: str) -> Mapping[str, bytes]:
        """The notes of a topic that have not faded, by name."""
        ...


class MemoryLeases:
    """Leases in this process: for tests, and to be read as the specification."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._held: dict[tuple[CentreId, str], tuple[str, int, datetime]] = {}
        self._wanted: dict[tuple[CentreId, str], tuple[int, datetime]] = {}
        self._notes: dict[tuple[CentreId, str], dict[str, tuple[bytes, datetime]]] = {}

    async def hold(self, centre: CentreId, name: str, holder: str, rank: int, for_ms: int) -> bool:
        """See `Leases.hold`."""
        key, now = (centre, name), self._clock.now()
        until = now + timedelta(milliseconds=for_ms)
        wanted, wanted_until = self._wanted.get(key, (0, now))
        if wanted_until > now and wanted > rank:
            return False
        if await self.holder(centre, name) not in {None, holder}:
            if rank > self._held[key][1]:
                self._wanted[key] = (rank, now + 2 * timedelta(milliseconds=for_ms))
            return False
        self._held[key] = (holder, rank, until)
        self._wanted.pop(key, None)
        return True

    async def release(self, centre: CentreId, name: str, holder: str) -> None:
        """See `Leases.release`."""
        if await self.holder(centre, name) == holder:
            del self._held[centre, name]

    async def holder(self, centre: CentreId, name: str) -> str | None:
        """See `Leases.holder`."""
        now = self._clock.now()
        holder, _, until = self._held.get((centre, name), (None, 0, now))
        return holder if until > now else None

    async def note(
        self, centre: CentreId, topic: str, name: str, words: bytes, for_ms: int
    ) -> None:
        """See `Leases.note`."""
        until = self._clock.now() + timedelta(milliseconds=for_ms)
        self._notes.setdefault((centre, topic), {})[name] = (words, until)

    async def forget(self, centre: CentreId, topic: str, name: str) -> None:
        """See `Leases.forget`."""
        self._notes.get((centre, topic), {}).pop(name, None)

    async def notes(self, centre: CentreId, topic: str) -> Mapping[str, bytes]:
        """See `Leases.notes`."""
        now, kept = self._clock.now(), self._notes.get((centre, topic), {})
        return {name: words for name, (words, until) in kept.items() if until > now}
