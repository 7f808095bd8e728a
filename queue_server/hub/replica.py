"""A replica of one centre: commands are decided on it, appended, and applied; in this order.

Commands of one centre are decided one after another in a process. If another process was
faster, the append is refused as stale, the replica catches up, and the command is decided again.
If a reply of the store was lost, the catching-up finds the command's own commit by its id.
"""

import asyncio
from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from hashlib import blake2b

import msgspec
import structlog
from msgspec import Struct

from queue_server.clock import Clock
from queue_server.core.apply import apply
from queue_server.core.centre import Centre
from queue_server.core.commands import Command
from queue_server.core.commit import SCHEMA, Actor, Commit, Position
from queue_server.core.decide import decide
from queue_server.core.errors import CommandReused, CommandTooOld, Contended, StoreUnavailable
from queue_server.core.identifiers import CentreId, CommandId, Epoch
from queue_server.core.protocols import Circumstances, Rules
from queue_server.hub.clock_check import ClockCheck
from queue_server.hub.trimmed import ArchivedCommits, read_trimmed
from queue_server.journal.errors import CommitsTrimmed, EpochChanged, Stale
from queue_server.journal.protocol import Journal
from queue_server.journal.snapshot import Snapshot

log = structlog.get_logger()

ATTEMPTS = 40
"""Times a command is decided anew when other processes are faster."""
REMEMBERED_FOR = timedelta(hours=24)
SNAPSHOT_EVERY = 2000
"""Commits after which the state is written whole, so that a restart folds only the rest."""
READ_AT_ONCE = 1000


class Request(Struct, frozen=True, kw_only=True):
    """A command with everything that is not part of the decision."""

    command: Command
    actor: Actor
    command_id: CommandId
    payload_hash: str
    may_act_for_others: bool = False
    sent_at: datetime | None = None


class Remembered(Struct, frozen=True):
    """A command that was committed: enough to know a retry and to find its first answer."""

    payload_hash: str
    offset: int
    at: datetime


class ReplicaState(Struct, kw_only=True):
    """What a snapshot holds."""

    centre: Centre
    remembered: dict[CommandId, Remembered]


def payload_hash(command: Command) -> str:
    """Hash by which a reused command id is told from a retry."""
    return blake2b(msgspec.json.encode(command), digest_size=8).hexdigest()


class Replica:
    """One centre in this process. `load` first; `on_change` is called after every commit.

    `archived` has the commits that were trimmed: a snapshot that cannot be read is folded again.
    """

    def __init__(  # noqa: PLR0913  # its journal, rules and clocks
        self,
        centre: CentreId,
        *,
        journal: Journal,
        rules: Rules,
        clock: Clock,
        on_change: Callable[["Replica", Commit], None],
        clock_check: ClockCheck | None = None,
        archived: ArchivedCommits | None = None,
    ) -> None:
        self.centre = Centre(id=centre)
        self.epoch = Epoch("")
        self._epoch_folded = Epoch("")
        """Epoch of the last commit that was folded; the present one may have begun since."""
        self._journal = journal
        self._rules = rules
        self._clock = clock
        self._on_change = on_change
        self._clock_check = clock_check
        self._archived = archived
        self._remembered: dict[CommandId, Remembered] = {}
        self._turn = asyncio.Lock()
        self._is_current = False
        self._snapshot_offset = 0
        self.has_lost_commits = False
        """True after the store came back with less than it had acknowledged."""

    @property
    def position(self) -> Position:
        """How far this replica is."""
        return Position(self.epoch, self.centre.offset)

    async def load(self) -> None:
        """Settle the epoch, take the snapshot, fold what came after."""
        async with self._turn:
            await self._reload()

    async def _reload(self) -> None:
        settled = await self._journal.settle(self.centre.id)
        self.epoch = settled.position.epoch
        snapshot = await self._journal.load_snapshot(self.centre.id)
        state = None if snapshot is None else _state_of(snapshot)
        if state is not None and snapshot is not None:
            self.centre, self._remembered = state.centre, state.remembered
            self._snapshot_offset = snapshot.position.offset
            self._epoch_folded = snapshot.position.epoch
        else:
            self.centre, self._remembered = Centre(id=self.centre.id), {}
        await self._read_on()

    async def catch_up(self) -> None:
        """Fold what the journal has beyond this replica."""
        async with self._turn:
            await self._catch_up()

    async def _catch_up(self) -> None:
        had = self.centre.offset  # before asking: more may be heard until the answer comes
        settled = await self._journal.settle(self.centre.id)
        if not await self._is_continued(settled.position, had):
            log.error(
                "the store lost commits it had acknowledged; the centre is folded again",
                centre=self.centre.id,
                had=had,
                has=settled.position.offset,
            )
            self.has_lost_commits = True
            await self._reload()
            return
        self.epoch = settled.position.epoch
        await self._read_on()

    async def _is_continued(self, head: Position, had: int) -> bool:
        """Whether the journal still has the `had` commits that were folded here."""
        if head.offset < had:
            return False
        if head.epoch == self.epoch or self.centre.offset == 0:
            return True
        [last] = await self._journal.read(self.centre.id, after=self.centre.offset - 1, limit=1)
        return last.epoch == self._epoch_folded

    async def _read_on(self) -> None:
        while True:
            try:
                commits = await self._journal.read(
                    self.centre.id, after=self.centre.offset, limit=READ_AT_ONCE
                )
            except CommitsTrimmed:
                await self._fold_trimmed()
                continue
            for commit in commits:
                self._fold(commit)
            if len(commits) < READ_AT_ONCE:
                break
        self._is_current = True

    async def _fold_trimmed(self) -> None:
        commits = await read_trimmed(
            self._journal, self._archived, self.centre.id, self.centre.offset, READ_AT_ONCE
        )
        for commit in commits:
            self._fold(commit)

    def hear(self, commit: Commit) -> bool:
        """Take a published commit if it is the next; False when a gap must be read first."""
        if commit.offset <= self.centre.offset:
            return True
        is_next = commit.offset == self.centre.offset + 1 and commit.epoch == self.epoch
        if not is_next or not self._is_current:
            return False
        self._fold(commit)
        return True

    def doubt(self) -> None:
        """Read on before the next decision: a reply or a publication may have been lost."""
        self._is_current = False

    def _fold(self, commit: Commit) -> None:
        if commit.offset <= self.centre.offset:
            return
        apply(self.centre, commit)
        self._epoch_folded = commit.epoch
        self._remembered[commit.command_id] = Remembered(
            commit.payload_hash, commit.offset, commit.at
        )
        self._on_change(self, commit)

    async def submit(self, request: Request) -> Commit | None:
        """Decide, append, apply; None when there was nothing to do.

        Raises:
            QueueError: The command is refused, or the journal cannot be written.
        """
        async with self._turn:
            for _ in range(ATTEMPTS):
                if not self._is_current:
                    await self._catch_up()
                known = await self._first_answer(request)
                if known is not None:
                    return known
                commit = self._decide(request)
                if commit is None:
                    return None
                if await self._append(commit):
                    return commit
        message = f"other processes were faster {ATTEMPTS} times; try again"
        raise Contended(message)

    def _decide(self, request: Request) -> Commit | None:
        if self._clock_check is not None:
            self._clock_check.require()
        now = self._clock.now()
        if self.centre.changed_at is not None:
            now = max(now, self.centre.changed_at)
        circumstances = Circumstances(
            now=now,
            actor=request.actor,
            rules=self._rules,
            may_act_for_others=request.may_act_for_others,
        )
        events = decide(self.centre, request.command, circumstances)
        if not events:
            return None
        return Commit(
            centre=self.centre.id,
            offset=self.centre.offset + 1,
            epoch=self.epoch,
            at=now,
            actor=request.actor,
            command_id=request.command_id,
            payload_hash=request.payload_hash,
            events=events,
        )

    async def _append(self, commit: Commit) -> bool:
        """Append and fold; False when the command must be decided again."""
        try:
            await self._journal.append(commit)
        except (Stale, EpochChanged):
            await self._catch_up()
            return False
        except (StoreUnavailable, asyncio.CancelledError):
            self.doubt()
            raise
        self._fold(commit)
        return True

    async def _first_answer(self, request: Request) -> Commit | None:
        """The commit of an earlier sending of this command."""
        known = self._remembered.get(request.command_id)
        now = self._clock.now()
        if known is None:
            if request.sent_at is not None and now - request.sent_at > REMEMBERED_FOR:
                message = f"expected a command of the last 24 hours, got one of {request.sent_at}"
                raise CommandTooOld(message)
            return None
        if known.payload_hash != request.payload_hash:
            message = "expected the first payload of this Idempotency-Key, got another"
            raise CommandReused(message)
        commits = await self._journal.read(self.centre.id, after=known.offset - 1, limit=1)
        return commits[0] if commits else None

    async def wait_for(self, offset: int, timeout_s: float = 1.0) -> bool:
        """Wait until the replica is at `offset`; False when it is not in time."""
        if self.centre.offset >= offset:
            return True
        try:
            async with asyncio.timeout(timeout_s):
                await self.catch_up()
        except (TimeoutError, StoreUnavailable):
            return False
        return self.centre.offset >= offset

    async def save_snapshot(self, *, force: bool = False) -> None:
        """Write the state whole if enough commits came since the last time."""
        if not force and self.centre.offset - self._snapshot_offset < SNAPSHOT_EVERY:
            return
        if self.centre.offset == self._snapshot_offset:
            return
        self._forget_old()
        state = ReplicaState(centre=self.centre, remembered=self._remembered)
        position = Position(self._epoch_folded, self.centre.offset)
        snapshot = Snapshot.of(position, SCHEMA, msgspec.json.encode(state))
        await self._journal.save_snapshot(self.centre.id, snapshot)
        self._snapshot_offset = position.offset

    def _forget_old(self) -> None:
        horizon = self._clock.now() - REMEMBERED_FOR
        old = [key for key, known in self._remembered.items() if known.at < horizon]
        for key in old:
            del self._remembered[key]

    @property
    def remembered(self) -> Mapping[CommandId, Remembered]:
        """Commands of the last 24 hours, by id."""
        return self._remembered


_state_decoder = msgspec.json.Decoder(ReplicaState)


def _state_of(snapshot: Snapshot) -> ReplicaState | None:
    """The state in the snapshot; None when this release cannot read it, so all is folded anew."""
    if snapshot.schema != SCHEMA:
        return None
    try:
        return _state_decoder.decode(snapshot.state)
    except msgspec.DecodeError as error:
        log.warning("the snapshot cannot be read; the journal is folded whole", error=str(error))
        return None
