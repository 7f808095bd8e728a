"""A journal in memory: for tests and simulations, and to be read as the specification.

It promises what `protocol.Journal` says, except that nothing outlives the process.
"""

import asyncio
from collections import defaultdict
from collections.abc import Callable, Collection, Mapping
from datetime import datetime, timedelta

from queue_server.clock import Clock
from queue_server.core.commit import Commit, Position
from queue_server.core.identifiers import CentreId, Epoch
from queue_server.journal.epoch import random_epoch
from queue_server.journal.errors import CommitsTrimmed, EpochChanged, Stale
from queue_server.journal.protocol import Settled
from queue_server.journal.snapshot import Snapshot
from queue_server.journal.trimming import check_trim


class _Log:
    """What is kept of one centre."""

    def __init__(self) -> None:
        self.head: Position | None = None
        self.run = 0
        self.commits: list[Commit] = []
        self.snapshot: Snapshot | None = None
        self.cursors: dict[str, Position] = {}
        self.heard: dict[str, datetime] = {}


class MemoryJournal:
    """Journal in this process. Nodes of a test share one instance as they would share a store."""

    def __init__(self, clock: Clock, new_epoch: Callable[[], Epoch] = random_epoch) -> None:
        self._clock = clock
        self._new_epoch = new_epoch
        self._run = 1
        self._logs: defaultdict[CentreId, _Log] = defaultdict(_Log)
        self._listeners: set[MemoryListener] = set()

    def restart(self, lost_commits: int = 0) -> None:
        """Begin a new life of the store, without the last commits of every centre."""
        self._run += 1
        for log in self._logs.values():
            for _ in range(min(lost_commits, len(log.commits))):
                lost = log.commits.pop()
                log.head = Position(lost.epoch, lost.offset - 1)
        for listener in self._listeners:
            listener.reconnect()

    async def settle(self, centre: CentreId) -> Settled:
        """See `Journal.settle`."""
        log = self._logs[centre]
        if log.head is not None and log.run == self._run:
            return Settled(log.head, is_new_epoch=False)
        log.head = Position(self._new_epoch(), 0 if log.head is None else log.head.offset)
        log.run = self._run
        return Settled(log.head, is_new_epoch=True)

    async def begin(self, centre: CentreId, after: int) -> None:
        """See `Journal.begin`."""
        log = self._logs[centre]
        if log.head is None or log.head.offset:
            raise Stale(centre, log.head)
        log.head = Position(log.head.epoch, after)

    async def append(self, commit: Commit) -> None:
        """See `Journal.append`."""
        log = self._logs[commit.centre]
        if log.head is None or log.run != self._run or log.head.epoch != commit.epoch:
            raise EpochChanged(commit.centre, log.head)
        if log.head.offset + 1 != commit.offset:
            raise Stale(commit.centre, log.head)
        log.commits.append(commit)
        log.head = Position(commit.epoch, commit.offset)
        for listener in self._listeners:
            listener.publish(commit)

    async def read(self, centre: CentreId, after: int, limit: int = 1000) -> list[Commit]:
        """See `Journal.read`."""
        log = self._logs[centre]
        found = [commit for commit in log.commits if commit.offset > after][:limit]
        next_offset = found[0].offset if found else (log.head.offset + 1 if log.head else 1)
        if next_offset > after + 1:
            raise CommitsTrimmed(centre, after)
        return found

    async def heads(self, centres: Collection[CentreId]) -> Mapping[CentreId, Position]:
        """See `Journal.heads`."""
        heads = {centre: self._logs[centre].head for centre in centres}
        return {centre: head for centre, head in heads.items() if head is not None}

    async def centres(self) -> list[CentreId]:
        """See `Journal.centres`."""
        return sorted(centre for centre, log in self._logs.items() if log.head is not None)

    def listener(
        self, on_commit: Callable[[Commit], None], on_reconnected: Callable[[], None]
    ) -> "MemoryListener":
        """See `Journal.listener`."""
        return MemoryListener(self._listeners, on_commit, on_reconnected)

    async def save_snapshot(self, centre: CentreId, snapshot: Snapshot) -> None:
        """See `Journal.save_snapshot`."""
        self._logs[centre].snapshot = snapshot

    async def load_snapshot(self, centre: CentreId) -> Snapshot | None:
        """See `Journal.load_snapshot`."""
        snapshot = self._logs[centre].snapshot
        if snapshot is None or not snapshot.is_intact():
            return None
        return snapshot if self._is_own_history(centre, snapshot.position) else None

    async def save_cursor(self, centre: CentreId, name: str, position: Position) -> None:
        """See `Journal.save_cursor`."""
        self._logs[centre].cursors[name] = position

    async def cursors(self, centre: CentreId) -> Mapping[str, Position]:
        """See `Journal.cursors`."""
        return dict(self._logs[centre].cursors)

    async def save_signs_of_life(self, centre: CentreId, heard: Mapping[str, datetime]) -> None:
        """See `Journal.save_signs_of_life`."""
        log = self._logs[centre]
        log.heard.update(heard)
        oldest = max(heard.values()) - timedelta(days=1)
        log.heard = {name: at for name, at in log.heard.items() if at > oldest}

    async def signs_of_life(self, centre: CentreId) -> Mapping[str, datetime]:
        """See `Journal.signs_of_life`."""
        return dict(self._logs[centre].heard)

    async def trim(self, centre: CentreId, below: int) -> None:
        """See `Journal.trim`."""
        log = self._logs[centre]
        snapshot = await self.load_snapshot(centre)
        needed = [0 if snapshot is None else snapshot.position.offset]
        needed += [
            cursor.offset if self._is_own_history(centre, cursor) else 0
            for cursor in log.cursors.values()
        ]
        check_trim(centre, below, needed)
        log.commits = [commit for commit in log.commits if commit.offset >= below]

    async def now(self) -> datetime:
        """See `Journal.now`."""
        return self._clock.now()

    def _is_own_history(self, centre: CentreId, position: Position) -> bool:
        """Whether the commit at `position` is still there and of the same epoch."""
        return position.offset == 0 or any(
            commit.offset == position.offset and commit.epoch == position.epoch
            for commit in self._logs[centre].commits
        )


class MemoryListener:
    """See `Listener`. Calls back from `run` alone, as if the news came over a line."""

    def __init__(
        self,
        listeners: "set[MemoryListener]",
        on_commit: Callable[[Commit], None],
        on_reconnected: Callable[[], None],
    ) -> None:
        self._listeners = listeners
        self._on_commit = on_commit
        self._on_reconnected = on_reconnected
        self._watched: set[CentreId] = set()
        self._news: asyncio.Queue[Commit | None] = asyncio.Queue()

    async def run(self) -> None:
        """See `Listener.run`."""
        self._listeners.add(self)
        try:
            while True:
                commit = await self._news.get()
                if commit is None:
                    self._on_reconnected()
                elif commit.centre in self._watched:
                    self._on_commit(commit)
        finally:
            self._listeners.discard(self)

    async def watch(self, centre: CentreId) -> None:
        """See `Listener.watch`."""
        self._watched.add(centre)
        self._listeners.add(self)

    async def unwatch(self, centre: CentreId) -> None:
        """See `Listener.unwatch`."""
        self._watched.discard(centre)

    def publish(self, commit: Commit) -> None:
        """Put the commit on the line."""
        if commit.centre in self._watched:
            self._news.put_nowait(commit)

    def reconnect(self) -> None:
        """Let the line be lost and found again."""
        self._news.put_nowait(None)
