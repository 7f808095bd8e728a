"""What a journal promises. `memory_journal` is the same in code that reads like a specification.

A journal is one append-only log of commits per centre. Offsets are consecutive from 1 and go on
for ever; an epoch is one unbroken life of the store. Every promise below is kept by the
conformance suite for each implementation.
"""

from collections.abc import Callable, Collection, Mapping
from datetime import datetime
from typing import Protocol

from msgspec import Struct

from queue_server.core.commit import Commit, Position
from queue_server.core.identifiers import CentreId
from queue_server.journal.snapshot import Snapshot


class Settled(Struct, frozen=True):
    """Where a centre's journal stands, after the fence.

    With `is_new_epoch`, commits that were acknowledged may be missing: what a replica holds
    beyond `position` is void, and number series must skip ahead.
    """

    position: Position
    is_new_epoch: bool


class Listener(Protocol):
    """Hears the published commits of the centres that are watched.

    Publications are news, not truth: one may be lost, and the listener's owner compares heads
    once a second. They come in the order of the offsets, a process's own commits among them.
    """

    async def run(self) -> None:
        """Listen until cancelled, coming back by itself whenever the store does."""
        ...

    async def watch(self, centre: CentreId) -> None:
        """Hear every commit of `centre` that is appended after this returns.

        Raises:
            StoreUnavailable: Not confirmed in time; it is tried again when the store is back,
                unless `unwatch` is called.
        """
        ...

    async def unwatch(self, centre: CentreId) -> None:
        """Stop hearing of `centre`; a last commit may still come."""
        ...


class Journal(Protocol):
    """The append-only logs of the centres, with their snapshots and cursors.

    Every method raises `StoreUnavailable` when the store cannot be reached. After an append
    that failed so, the commit may or may not exist: catch up, look for the command id, and only
    then try again.
    """

    async def settle(self, centre: CentreId) -> Settled:
        """Make sure that the centre's epoch belongs to the present life of the store.

        To be called before a process first reads or appends a centre and again after every
        reconnect. The first one to come after a restart renews the epoch; offsets go on.
        """
        ...

    async def begin(self, centre: CentreId, after: int) -> None:
        """Let the offsets of a settled, empty journal go on after `after`; for restoring a backup.

        Raises:
            Stale: The journal is not empty.
        """
        ...

    async def append(self, commit: Commit) -> None:
        """Append and publish `commit` if it follows the head in the same epoch.

        Raises:
            Stale: The head is elsewhere; nothing was appended.
            EpochChanged: The store lives a new life, or the centre was never settled.
        """
        ...

    async def read(self, centre: CentreId, after: int, limit: int = 1000) -> list[Commit]:
        """At most `limit` commits that follow offset `after`, without a gap.

        Raises:
            CommitsTrimmed: The first of them is no longer kept.
            UnreadableCommit: One of them is not understood by this release.
        """
        ...

    async def heads(self, centres: Collection[CentreId]) -> Mapping[CentreId, Position]:
        """Last positions; a centre the store does not know is absent."""
        ...

    async def centres(self) -> list[CentreId]:
        """Every centre that was ever settled, in alphabetical order."""
        ...

    def listener(
        self, on_commit: Callable[[Commit], None], on_reconnected: Callable[[], None]
    ) -> Listener:
        """Listener whose `run` calls back, in its task.

        Args:
            on_commit: Told each commit of a watched centre; must be quick and not raise.
            on_reconnected: Told when the line was lost and all watched centres are heard
                again: settle them and catch up.
        """
        ...

    async def save_snapshot(self, centre: CentreId, snapshot: Snapshot) -> None:
        """Replace the centre's snapshot as a whole."""
        ...

    async def load_snapshot(self, centre: CentreId) -> Snapshot | None:
        """The snapshot, or None when there is none, it is damaged, or it is of a lost history."""
        ...

    async def save_cursor(self, centre: CentreId, name: str, position: Position) -> None:
        """Remember how far the consumer `name` has come."""
        ...

    async def cursors(self, centre: CentreId) -> Mapping[str, Position]:
        """How far each consumer has come."""
        ...

    async def save_signs_of_life(self, centre: CentreId, heard: Mapping[str, datetime]) -> None:
        """Remember when somebody was heard last, by name, at least one; kept for a day."""
        ...

    async def signs_of_life(self, centre: CentreId) -> Mapping[str, datetime]:
        """When each was heard last, to the millisecond. A store that restarts may forget it."""
        ...

    async def trim(self, centre: CentreId, below: int) -> None:
        """Drop the commits with offsets less than `below`.

        Raises:
            TrimRefused: There is no snapshot, or it or a cursor stands before `below`.
        """
        ...

    async def now(self) -> datetime:
        """The store's clock, aware, in UTC."""
        ...
