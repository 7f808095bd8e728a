"""Brings the journal into SQL, a little behind and never in anybody's way.

The SQL cursor says what is recorded; the journal's cursor `archive`, written after it, only
allows trimming. While SQL is away nothing is lost: the journal keeps what was not recorded.
"""

import asyncio
from collections.abc import Mapping
from typing import Final

import structlog
from sqlalchemy.exc import SQLAlchemyError

from queue_server.archive.database import DatabaseUnavailable
from queue_server.archive.divergence import last_common_offset
from queue_server.archive.recorder import FOLLOWER, Recorder
from queue_server.core.commit import Position
from queue_server.core.errors import QueueError, StoreUnavailable
from queue_server.core.identifiers import CentreId
from queue_server.journal.errors import CommitsTrimmed, TrimRefused
from queue_server.journal.first_kept import first_kept
from queue_server.journal.protocol import Journal

log = structlog.get_logger()

EVERY_S: Final = 0.5
LONGEST_PAUSE_S: Final = 30.0
TRIM_EVERY_S: Final = 3600.0
READ_AT_ONCE: Final = 500


class ArchiveFollower:
    """Records every centre of the journal. `run` it in a task; one per process is enough."""

    def __init__(
        self,
        journal: Journal,
        recorder: Recorder,
        *,
        every_s: float = EVERY_S,
        longest_pause_s: float = LONGEST_PAUSE_S,
    ) -> None:
        self._journal = journal
        self._recorder = recorder
        self._every_s = every_s
        self._longest_pause_s = longest_pause_s
        self._recorded: dict[CentreId, Position] = {}
        self._heads: Mapping[CentreId, Position] = {}
        self._stuck: set[CentreId] = set()
        self._trimmed_at: dict[CentreId, float] = {}
        self.is_well = True
        """False while SQL or the store cannot be reached."""

    @property
    def lag(self) -> dict[CentreId, int]:
        """Commits of each centre that are not yet recorded."""
        return {centre: self._lag_of(centre) for centre in self._heads}

    async def run(self) -> None:
        """Follow until cancelled; trouble is logged when it begins and when it ends."""
        pause_s = self._every_s
        while True:
            try:
                await self.follow()
            except Exception as error:  # whatever it is, the next try may do
                if self.is_well:
                    known = isinstance(error, QueueError | SQLAlchemyError)
                    log.warning(
                        "the archive cannot be written now",
                        reason=str(error),
                        exc_info=None if known else error,
                    )
                self.is_well = False
                pause_s = min(2 * pause_s, self._longest_pause_s)
            else:
                if not self.is_well:
                    log.info("the archive is written again")
                self.is_well = True
                pause_s = self._every_s
            await asyncio.sleep(pause_s)

    async def follow(self) -> None:
        """Record what is new in every centre; a centre that cannot be read holds up no other.

        Raises:
            DatabaseUnavailable: Nothing more can be recorded now.
            StoreUnavailable: Nothing more can be read now.
        """
        self._heads = await self._journal.heads(await self._journal.centres())
        for centre, head in self._heads.items():
            try:
                await self._follow_one(centre, head)
                self._stuck.discard(centre)
            except (DatabaseUnavailable, StoreUnavailable, SQLAlchemyError):
                raise
            except Exception:
                if centre not in self._stuck:
                    log.exception("a centre cannot be archived", centre=centre)
                self._stuck.add(centre)

    async def _follow_one(self, centre: CentreId, head: Position) -> None:
        at = self._recorded.get(centre)
        if at is None or at.epoch != head.epoch or at.offset > head.offset:
            at = await self._meet(centre)
        while at.offset < head.offset:
            after = await self._record_some(centre, at.offset)
            at = self._recorded[centre] = Position(head.epoch, after)
        await self._trim_sometimes(centre)

    async def _meet(self, centre: CentreId) -> Position:
        """Where to go on; what the journal has lost is made void first.

        The head is asked for after the archive: another process may have recorded more than an
        earlier head, and that is no loss.
        """
        recorded = await asyncio.to_thread(self._recorder.last_position, centre)
        last = recorded.offset if recorded else 0
        head = (await self._journal.heads([centre]))[centre]
        common = await last_common_offset(
            self._journal, self._recorder, centre, min(last, head.offset)
        )
        at = Position(head.epoch, common)
        if common < last:
            await asyncio.to_thread(self._recorder.void_after, centre, at)
        self._recorded[centre] = at
        return at

    async def _record_some(self, centre: CentreId, after: int) -> int:
        """Record the next commits; the offset of the last."""
        try:
            commits = await self._journal.read(centre, after=after, limit=READ_AT_ONCE)
        except CommitsTrimmed:
            first = await first_kept(self._journal, centre)
            if first <= after + 1:
                raise  # not its beginning is missing: the journal is damaged
            log.exception("the archive lacks commits", centre=centre, after=after, before=first)
            return first - 1
        await asyncio.to_thread(self._recorder.record, commits)
        last = commits[-1]
        await self._journal.save_cursor(centre, FOLLOWER, Position(last.epoch, last.offset))
        return last.offset

    async def _trim_sometimes(self, centre: CentreId) -> None:
        now_s = asyncio.get_running_loop().time()
        if now_s - self._trimmed_at.get(centre, -TRIM_EVERY_S) >= TRIM_EVERY_S:
            self._trimmed_at[centre] = now_s
            await self.trim(centre)

    async def trim(self, centre: CentreId) -> None:
        """Drop from the journal what is older than the day before the last one.

        What the snapshot or another consumer still stands on stays.
        """
        below = await asyncio.to_thread(self._recorder.first_offset_of_last_days, centre, 2)
        if below is None:
            return
        try:
            await self._journal.trim(centre, below)
        except TrimRefused as refused:
            if refused.allowed > 1:
                await self._journal.trim(centre, refused.allowed)

    def _lag_of(self, centre: CentreId) -> int:
        recorded = self._recorded.get(centre)
        return max(self._heads[centre].offset - (recorded.offset if recorded else 0), 0)
