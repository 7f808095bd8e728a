"""Random days of a centre on two processes: every journal, retries, and replies that are lost."""

import secrets
from collections.abc import Sequence
from datetime import datetime, timedelta

import pytest
from hypothesis import HealthCheck, settings
from hypothesis.stateful import run_state_machine_as_test
from msgspec.structs import replace

from queue_server.core import commands as c
from queue_server.core.centre import Centre
from queue_server.core.commit import Actor, Commit
from queue_server.core.errors import StoreUnavailable
from queue_server.core.events import Event
from queue_server.core.identifiers import CentreId, CommandId
from queue_server.hub.replica import Replica, Request, payload_hash
from queue_server.journal.memory_journal import MemoryJournal
from queue_server.journal.protocol import Journal
from queue_server.journal.redis_journal import RedisJournal
from tests.stateful.test_centre_machine import CentreMachine
from tests.support.centres import rules
from tests.support.clocks import HandSetClock
from tests.support.steps import FULL
from tests.support.store_proxy import StoreProxy
from tests.support.submitters import Submitter

PROCESSES = 2
LOSES_A_REPLY_EVERY = 5
"""Commands between two whose reply is lost on the way back from the store."""
SENDINGS = 4
"""A command is sent again until it is answered; one reply is lost at a time."""
REPLY_TIMEOUT = timedelta(seconds=5)


class ReplicaSubmitter:
    """Two replicas of one centre that take commands in turn; each command is sent twice."""

    def __init__(self, store_url: str | None) -> None:
        self._store_url = store_url
        self._clock = HandSetClock()
        self._id = CentreId(f"{FULL.id}-{secrets.token_hex(6)}")
        self._proxy: StoreProxy | None = None
        self._journals: list[Journal] = []
        self._replicas: list[Replica] = []
        self._sent = 0
        self._empty = Centre(id=self._id)

    @property
    def centre(self) -> Centre:
        """What the replica knows that took the last command."""
        return self._last.centre if self._replicas else self._empty

    @property
    def _last(self) -> Replica:
        return self._replicas[self._sent % PROCESSES]

    async def submit(self, command: c.Command, now: datetime, actor: Actor) -> tuple[Event, ...]:
        """The events of the commit; every retry must be answered with the same."""
        if not self._replicas:
            await self._open()
        self._clock.instant = now
        self._sent += 1
        command = self._of_this_centre(command)
        request = Request(
            command=command,
            actor=actor,
            command_id=CommandId(secrets.token_hex(16)),
            payload_hash=payload_hash(command),
            may_act_for_others=True,
        )
        if self._proxy is not None and self._sent % LOSES_A_REPLY_EVERY == 0:
            self._proxy.lose_next_reply()
        try:
            first = await self._send(self._last, request)
        finally:
            await self._meet()
        if first is None:
            return ()
        for replica in self._replicas:
            assert await self._send(replica, request) == first, "a retry was answered otherwise"
        return first.events

    def _of_this_centre(self, command: c.Command) -> c.Command:
        """A store is shared by many tests, so each has a centre of its own."""
        if not isinstance(command, c.ApplyConfiguration):
            return command
        return c.ApplyConfiguration(configuration=replace(command.configuration, id=self._id))

    async def _send(self, replica: Replica, request: Request) -> Commit | None:
        """Send until answered, as clients do."""
        for _ in range(SENDINGS - 1):
            try:
                return await replica.submit(request)
            except StoreUnavailable:
                continue
        return await replica.submit(request)

    async def _meet(self) -> None:
        """Both processes come to know the same."""
        for replica in self._replicas:
            await self._patiently_caught_up(replica)
        assert all(replica.centre == self.centre for replica in self._replicas)

    async def _patiently_caught_up(self, replica: Replica) -> None:
        for _ in range(SENDINGS - 1):
            try:
                return await replica.catch_up()
            except StoreUnavailable:
                continue
        return await replica.catch_up()

    async def _open(self) -> None:
        self._journals = await self._make_journals()
        for journal in self._journals:
            replica = Replica(
                self._id,
                journal=journal,
                rules=rules(),
                clock=self._clock,
                on_change=lambda _, __: None,
            )
            await replica.load()
            self._replicas.append(replica)

    async def _make_journals(self) -> list[Journal]:
        if self._store_url is None:
            return [MemoryJournal(self._clock)] * PROCESSES
        self._proxy = await StoreProxy(self._store_url).__aenter__()
        return [
            RedisJournal(self._proxy.url, reply_timeout=REPLY_TIMEOUT),
            RedisJournal(self._store_url, reply_timeout=REPLY_TIMEOUT),
        ]

    async def history(self) -> Sequence[Commit]:
        """The journal, read by the process that loses no replies; no command is in it twice."""
        commits = await self._journals[-1].read(self._id, after=0, limit=100_000)
        assert [commit.offset for commit in commits] == list(range(1, len(commits) + 1))
        assert len({commit.command_id for commit in commits}) == len(commits)
        return commits

    async def close(self) -> None:
        """Hang up."""
        for journal in self._journals:
            if isinstance(journal, RedisJournal):
                await journal.close()
        if self._proxy is not None:
            await self._proxy.__aexit__(None, None, None)


@pytest.mark.parametrize(
    ("kind", "examples", "steps"),
    [("memory", 60, 30), pytest.param("redis", 20, 25, marks=pytest.mark.redis)],
)
def test_two_processes_keep_the_promises_whatever_is_lost(
    request: pytest.FixtureRequest, kind: str, examples: int, steps: int
) -> None:
    url = None if kind == "memory" else str(request.getfixturevalue("store_url"))

    class Machine(CentreMachine):
        def make_submitter(self) -> Submitter:
            return ReplicaSubmitter(url)

    run_state_machine_as_test(
        Machine,
        settings=settings(
            max_examples=examples,
            stateful_step_count=steps,
            suppress_health_check=list(HealthCheck),
        ),
    )
