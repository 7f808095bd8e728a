"""A store that came back with less than it had acknowledged: its numbers are not issued twice."""

from collections.abc import Awaitable, Callable

import pytest

from queue_server.app import core_of
from queue_server.core import commands as c
from queue_server.core.identifiers import CentreId, CommandId, TicketId
from queue_server.hub.replica import Replica, Request, payload_hash
from queue_server.hub.replicas import Replicas
from queue_server.journal.memory_journal import MemoryJournal
from queue_server.journal.protocol import Settled
from tests.support.centres import BIRTH, CIVIL, SYSTEM, small_configuration
from tests.support.clocks import HandSetClock
from tests.support.servers import parts_for, submit

CENTRE = small_configuration().id


def issue(n: int) -> c.IssueTicket:
    return c.IssueTicket(ticket=TicketId(f"{n:032x}"), procedure=BIRTH)


def request(command: c.Command) -> Request:
    return Request(
        command=command,
        actor=SYSTEM,
        command_id=CommandId(payload_hash(command) * 2),
        payload_hash=payload_hash(command),
    )


@pytest.fixture
def journal() -> MemoryJournal:
    return MemoryJournal(HandSetClock())


async def replicas_of(journal: MemoryJournal, processes: int) -> list[Replicas]:
    """Processes that all know three numbers of the open day."""
    cores = [core_of(parts_for(journal, HandSetClock())) for _ in range(processes)]
    commands: list[c.Command] = [
        c.ApplyConfiguration(configuration=small_configuration()),
        c.OpenDay(),
    ]
    for command in [*commands, issue(1), issue(2), issue(3)]:
        await submit(cores[0], CENTRE, command)
    for core in cores:
        await (await core.replicas.get(CENTRE)).catch_up()
    return [core.replicas for core in cores]


async def after_the_loss(replicas: Replicas) -> Replica:
    replica = await replicas.get(CENTRE)
    await replica.catch_up()
    await replicas._do_due_of(replica)
    return replica


async def test_numbers_that_were_lost_are_skipped(journal: MemoryJournal) -> None:
    (replicas,) = await replicas_of(journal, processes=1)
    journal.restart(lost_commits=2)

    replica = await after_the_loss(replicas)

    assert replica.centre.next_number[CIVIL] == 52
    assert not replica.has_lost_commits


async def test_many_processes_skip_once(journal: MemoryJournal) -> None:
    several = await replicas_of(journal, processes=3)
    journal.restart(lost_commits=2)

    found = [await after_the_loss(replicas) for replicas in several]

    assert [replica.centre.next_number[CIVIL] for replica in found] == [52, 52, 52]


async def test_a_restart_that_lost_nothing_skips_nothing(journal: MemoryJournal) -> None:
    (replicas,) = await replicas_of(journal, processes=1)
    journal.restart()

    replica = await after_the_loss(replicas)

    assert replica.centre.next_number[CIVIL] == 4


async def test_a_history_that_went_on_from_less_is_folded_again(journal: MemoryJournal) -> None:
    one, other = await replicas_of(journal, processes=2)
    journal.restart(lost_commits=2)
    ahead = await after_the_loss(one)
    for n in (4, 5, 6):
        await ahead.submit(request(issue(n)))

    replica = await after_the_loss(other)

    assert replica.centre == ahead.centre


async def test_a_snapshot_of_a_store_that_restarted_is_believed(journal: MemoryJournal) -> None:
    (replicas,) = await replicas_of(journal, processes=1)
    journal.restart()
    replica = await after_the_loss(replicas)

    await replica.save_snapshot(force=True)

    kept = await journal.load_snapshot(CENTRE)
    assert kept is not None
    assert kept.position.offset == replica.centre.offset


class OneMoreMeanwhile(MemoryJournal):
    """A journal in which something happens while the head is on its way back."""

    meanwhile: Callable[[], Awaitable[None]] | None = None

    async def settle(self, centre: CentreId) -> Settled:
        settled = await super().settle(centre)
        if self.meanwhile is not None:
            happens, self.meanwhile = self.meanwhile, None
            await happens()
        return settled


async def test_a_commit_heard_while_catching_up_is_no_loss() -> None:
    """The head that was asked for is older than what was heard before its answer came."""
    journal = OneMoreMeanwhile(HandSetClock())
    one, other = await replicas_of(journal, processes=2)
    replica, faster = await one.get(CENTRE), await other.get(CENTRE)

    async def one_more() -> None:
        commit = await faster.submit(request(issue(4)))
        assert commit is not None
        assert replica.hear(commit)

    journal.meanwhile = one_more
    await replica.catch_up()

    assert not replica.has_lost_commits
    assert replica.centre == faster.centre
