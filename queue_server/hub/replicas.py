"""The replicas of this process: loaded on demand, kept current, evicted when nobody needs them."""

import asyncio
from collections.abc import Callable
from contextlib import suppress
from hashlib import blake2b

import structlog

from queue_server.clock import Clock
from queue_server.core.commands import Command, SkipNumbers
from queue_server.core.commit import Actor, Commit
from queue_server.core.errors import QueueError, StoreUnavailable, UnknownName
from queue_server.core.identifiers import CentreId, CommandId
from queue_server.core.protocols import Rules
from queue_server.core.timers import Due, due_commands
from queue_server.hub.clock_check import CHECK_EVERY_S, ClockCheck
from queue_server.hub.replica import Replica, Request, payload_hash
from queue_server.hub.trimmed import ArchivedCommits
from queue_server.journal.protocol import Journal

log = structlog.get_logger()

HEADS_EVERY_S = 1.0
"""A lost publication costs at most this long."""
TIMERS = Actor("system", "timer")


class Replicas:
    """Every centre this process has been asked for.

    `on_change` is called after each commit with the replica it was folded into. `machine` is the
    machine's clock where the store may run by another one: while they differ, nothing is decided.
    `archived` has the commits that were trimmed from the journal.
    `run` keeps everything current until it is cancelled.
    """

    def __init__(  # noqa: PLR0913  # its journal, rules and clocks
        self,
        journal: Journal,
        rules: Rules,
        clock: Clock,
        on_change: Callable[[Replica, Commit], None],
        machine: Clock | None = None,
        *,
        archived: ArchivedCommits | None = None,
    ) -> None:
        self.journal = journal
        self._rules = rules
        self._clock = clock
        self._on_change = on_change
        self._archived = archived
        self.clock_check = None if machine is None else ClockCheck(journal, machine)
        self._replicas: dict[CentreId, Replica] = {}
        self._loading: dict[CentreId, asyncio.Lock] = {}
        self._behind: set[CentreId] = set()
        self._wake = asyncio.Event()
        self._listener = journal.listener(self._hear, self._doubt_all)
        self.is_current = True
        """False while the store cannot be reached: the process is not ready."""

    def loaded(self) -> list[Replica]:
        """The replicas in memory."""
        return list(self._replicas.values())

    async def get(self, centre: CentreId, *, create: bool = False) -> Replica:
        """The centre's replica, loaded if need be.

        Raises:
            UnknownName: No such centre; with `create` it begins to exist.
            StoreUnavailable: It cannot be loaded now.
        """
        found = self._replicas.get(centre)
        if found is not None:
            return found
        async with self._loading.setdefault(centre, asyncio.Lock()):
            found = self._replicas.get(centre)
            if found is not None:
                return found
            known = await self.journal.centres()
            if not create and centre not in known:
                listed = ", ".join(known[:12]) or "none"
                message = f"expected a centre of this server ({listed}), got {centre!r}"
                raise UnknownName(message, kind="centre", name=centre)
            return await self._load(centre)

    async def _load(self, centre: CentreId) -> Replica:
        await self._listener.watch(centre)
        replica = Replica(
            centre,
            journal=self.journal,
            rules=self._rules,
            clock=self._clock,
            on_change=self._on_change,
            clock_check=self.clock_check,
            archived=self._archived,
        )
        await replica.load()
        self._replicas[centre] = replica
        return replica

    def _hear(self, commit: Commit) -> None:
        replica = self._replicas.get(commit.centre)
        if replica is not None and not replica.hear(commit):
            self._behind.add(commit.centre)
            self._wake.set()

    def _doubt_all(self) -> None:
        for replica in self._replicas.values():
            replica.doubt()
        self._behind.update(self._replicas)
        self._wake.set()

    async def run(self) -> None:
        """Listen, compare heads each second, do what falls due."""
        async with asyncio.TaskGroup() as tasks:
            tasks.create_task(self._listener.run())
            tasks.create_task(self._keep_current())
            tasks.create_task(self._do_due())
            tasks.create_task(self._compare_clocks())

    async def _keep_current(self) -> None:
        """Read the gaps that the listener noticed at once, all others within a second."""
        while True:
            try:
                async with asyncio.timeout(HEADS_EVERY_S):
                    await self._wake.wait()
            except TimeoutError:
                pass
            self._wake.clear()
            try:
                await self._compare_heads()
                self.is_current = True
            except StoreUnavailable as error:
                if self.is_current:
                    log.warning("the store cannot be reached", reason=error.message)
                self.is_current = False
            except Exception:
                log.exception("a centre cannot be read on; this process is not ready")
                self.is_current = False

    async def _compare_clocks(self) -> None:
        while self.clock_check is not None:
            with suppress(StoreUnavailable):  # told by `_keep_current`
                await self.clock_check.look()
            await asyncio.sleep(CHECK_EVERY_S)

    async def _compare_heads(self) -> None:
        heads = await self.journal.heads(list(self._replicas))
        for replica in self.loaded():
            head = heads.get(replica.centre.id)
            is_behind = head is not None and head != replica.position
            if is_behind or replica.centre.id in self._behind:
                self._behind.discard(replica.centre.id)
                await replica.catch_up()

    async def _do_due(self) -> None:
        """Submit what falls due by time, and save snapshots."""
        while True:
            await asyncio.sleep(HEADS_EVERY_S)
            for replica in self.loaded():
                try:
                    await self._do_due_of(replica)
                    await replica.save_snapshot()
                except QueueError as error:
                    log.warning(
                        "a timer was refused", centre=replica.centre.id, reason=error.message
                    )
                except Exception:
                    log.exception("a timer failed; the others go on", centre=replica.centre.id)

    async def _do_due_of(self, replica: Replica) -> None:
        if self.clock_check is not None and self.clock_check.is_off:
            return
        for due in due_commands(replica.centre, self._clock.now()):
            await submit_due(replica, due)
        if replica.has_lost_commits:
            await _skip_numbers(replica)
            replica.has_lost_commits = False

    async def close(self) -> None:
        """Write every state whole, so that the next start folds nothing."""
        for replica in self.loaded():
            try:
                await replica.save_snapshot(force=True)
            except QueueError as error:
                log.warning("no snapshot at the end", reason=error.message)


async def _skip_numbers(replica: Replica) -> None:
    """Issue no number that a lost commit may have given; one command for all processes."""
    day = replica.centre.day
    if day is not None and day.is_open:
        text = f"{replica.centre.id} SkipNumbers {replica.epoch}"
        command_id = blake2b(text.encode(), digest_size=16).hexdigest()
        await _submit(replica, SkipNumbers(), CommandId(command_id))


async def submit_due(replica: Replica, due: Due) -> None:
    """Do what fell due; a second process that noticed it too finds it done."""
    await _submit(replica, due.command, due.command_id(replica.centre))


async def _submit(replica: Replica, command: Command, command_id: CommandId) -> None:
    await replica.submit(
        Request(
            command=command,
            actor=TIMERS,
            command_id=command_id,
            payload_hash=payload_hash(command),
            may_act_for_others=True,
        )
    )
