"""Two processes decide on one centre; one append wins, the other decides again."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager

import pytest
from msgspec.structs import replace

from queue_server.core import commands as c
from queue_server.core.commit import Actor, Commit
from queue_server.core.errors import CommandReused, CounterBusy, UnknownName
from queue_server.core.identifiers import CentreId, CommandId, CounterId, StaffId, TicketId
from queue_server.hub.replica import Replica, Request, payload_hash
from queue_server.hub.replicas import Replicas
from queue_server.journal.memory_journal import MemoryJournal
from queue_server.journal.protocol import Journal
from tests.support.centres import BIRTH, COPY, rules, small_configuration
from tests.support.clocks import HandSetClock

COUNTERS = (CounterId("1"), CounterId("2"))
PATIENCE_S = 5.0


def request(command: c.Command, command_id: str) -> Request:
    return Request(
        command=command,
        actor=Actor("system", "test"),
        command_id=CommandId(command_id),
        payload_hash=payload_hash(command),
        may_act_for_others=True,
    )


async def do(replica: Replica, *commands: c.Command) -> None:
    for n, command in enumerate(commands):
        await replica.submit(request(command, f"{payload_hash(command)}{n:016x}"))


@asynccontextmanager
async def process(
    journal: Journal, clock: HandSetClock, on_commit: Callable[[Commit], None] | None = None
) -> AsyncIterator[Replicas]:
    """The replicas of one process, kept current while the block runs."""
    replicas = Replicas(journal, rules(), clock, lambda _, commit: on_commit and on_commit(commit))
    running = asyncio.create_task(replicas.run())
    try:
        yield replicas
    finally:
        running.cancel()
        await asyncio.gather(running, return_exceptions=True)


@pytest.fixture
async def centre_with_two_waiting(journal: Journal, centre: CentreId) -> CentreId:
    async with process(journal, HandSetClock()) as replicas:
        replica = await replicas.get(centre, create=True)
        configuration = replace(small_configuration(), id=centre)
        await do(replica, c.ApplyConfiguration(configuration=configuration), c.OpenDay())
        for n, counter in enumerate(COUNTERS):
            await do(
                replica,
                c.IssueTicket(ticket=TicketId(f"{n:032x}"), procedure=(BIRTH, COPY)[n]),
                c.TakeCounter(counter=counter, staff=StaffId(f"s{n}")),
                c.OpenCounter(counter=counter),
            )
    return centre


async def test_two_counters_pressing_together_get_two_tickets(
    journal: Journal, centre_with_two_waiting: CentreId
) -> None:
    clock = HandSetClock()
    async with process(journal, clock) as one, process(journal, clock) as other:
        replicas = [
            await one.get(centre_with_two_waiting),
            await other.get(centre_with_two_waiting),
        ]

        commits = await asyncio.gather(
            *(
                replica.submit(request(c.CallNext(counter=counter), f"{counter:0>32}"))
                for replica, counter in zip(replicas, COUNTERS, strict=True)
            )
        )

        offsets = [commit.offset for commit in commits if commit is not None]
        assert offsets[0] != offsets[1]
        await replicas[0].catch_up()
        tickets = {replicas[0].centre.counters[counter].ticket for counter in COUNTERS}
        assert len(tickets - {None}) == 2


async def test_a_second_process_hears_what_the_first_committed(
    journal: Journal, centre_with_two_waiting: CentreId
) -> None:
    heard = asyncio.Event()
    clock = HandSetClock()
    async with (
        process(journal, clock) as one,
        process(journal, clock, lambda _: heard.set()) as other,
    ):
        listener = await other.get(centre_with_two_waiting)
        heard.clear()
        replica = await one.get(centre_with_two_waiting)

        await do(replica, c.CallNext(counter=COUNTERS[0]))

        async with asyncio.timeout(PATIENCE_S):
            await heard.wait()
        assert listener.position == replica.position


async def test_a_retry_gets_the_first_answer_from_another_process(
    journal: Journal, centre_with_two_waiting: CentreId
) -> None:
    clock = HandSetClock()
    async with process(journal, clock) as one, process(journal, clock) as other:
        call = request(c.CallNext(counter=COUNTERS[0]), "a" * 32)
        first = await (await one.get(centre_with_two_waiting)).submit(call)
        replica = await other.get(centre_with_two_waiting)
        await replica.catch_up()

        again = await replica.submit(call)

        assert again == first
        with pytest.raises(CounterBusy):
            await replica.submit(request(c.CallNext(counter=COUNTERS[0]), "b" * 32))
        with pytest.raises(CommandReused):
            await replica.submit(request(c.CallNext(counter=COUNTERS[1]), "a" * 32))


async def test_a_restart_folds_only_what_came_after_the_snapshot(
    journal: Journal, centre_with_two_waiting: CentreId
) -> None:
    clock = HandSetClock()
    async with process(journal, clock) as one:
        replica = await one.get(centre_with_two_waiting)
        await replica.save_snapshot(force=True)
        await do(replica, c.CallNext(counter=COUNTERS[0]))
        before = replica
    folded: list[Commit] = []

    async with process(journal, clock, folded.append) as again:
        loaded = await again.get(centre_with_two_waiting)

    assert loaded.centre == before.centre
    assert [commit.offset for commit in folded] == [before.centre.offset]
    assert loaded.remembered == before.remembered


async def test_an_unknown_centre_is_refused_by_name(journal: Journal) -> None:
    async with process(journal, HandSetClock()) as replicas:
        with pytest.raises(UnknownName, match="expected a centre of this server"):
            await replicas.get(CentreId("nowhere"))


async def test_a_store_that_lost_commits_is_folded_again_and_says_so() -> None:
    clock = HandSetClock()
    journal = MemoryJournal(clock)
    async with process(journal, clock) as replicas:
        replica = await replicas.get(CentreId("test"), create=True)
        configuration = small_configuration()
        await do(replica, c.ApplyConfiguration(configuration=configuration), c.OpenDay())
        await do(replica, c.IssueTicket(ticket=TicketId("1" * 32), procedure=BIRTH))

        journal.restart(lost_commits=1)
        await replica.catch_up()

        assert replica.has_lost_commits
        assert replica.centre.tickets == {}
        await do(replica, c.IssueTicket(ticket=TicketId("2" * 32), procedure=BIRTH))
        assert replica.centre.numbers == {"H001": "2" * 32}
