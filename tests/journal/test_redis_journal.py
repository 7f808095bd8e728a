"""What only a journal behind a network has to get right: groups, lost replies, broken lines."""

import asyncio
from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path

import pytest

from queue_server.core.commit import Commit, Position
from queue_server.core.errors import StoreUnavailable
from queue_server.core.identifiers import CentreId
from queue_server.journal.errors import Stale, StoreTooOld
from queue_server.journal.redis_journal import RedisJournal
from queue_server.journal.store_connection import (
    LINE_FAULTS,
    Server,
    StoreConnection,
    check_version,
)
from queue_server.journal.store_durability import check_store
from tests.support.commits import commit_after, position_of
from tests.support.store_proxy import StoreProxy


@pytest.fixture
async def proxy(store_url: str) -> AsyncIterator[StoreProxy]:
    async with StoreProxy(store_url) as proxy:
        yield proxy


@pytest.fixture
async def impatient(proxy: StoreProxy) -> AsyncIterator[RedisJournal]:
    """A journal behind the proxy that waits half a second for replies."""
    journal = RedisJournal(proxy.url, reply_timeout=timedelta(milliseconds=500))
    yield journal
    await journal.close()


@pytest.fixture
async def patient(proxy: StoreProxy) -> AsyncIterator[RedisJournal]:
    """A journal behind the proxy with the usual time-out."""
    journal = RedisJournal(proxy.url)
    yield journal
    await journal.close()


async def store_says(url: str, *command: str) -> None:
    connection = await StoreConnection.open(url)
    await connection.execute([command])
    connection.close()


async def test_the_password_and_database_of_the_address_are_used(store_url: str) -> None:
    third = f"{store_url.partition('?')[0]}?db=3"
    await store_says(store_url, "ACL", "SETUSER", "lan", "on", ">pa s", "~*", "+@all")
    await store_says(third, "SET", "place", "third")
    await store_says(store_url, "SET", "place", "first")

    connection = await StoreConnection.open(f"{third}&username=lan&password=pa%20s")
    replies = await connection.execute([("ACL", "WHOAMI"), ("GET", "place")])

    connection.close()
    assert replies == [b"lan", b"third"]


async def test_a_wrong_password_is_a_refused_line(store_url: str) -> None:
    with pytest.raises(LINE_FAULTS, match="WRONGPASS"):
        await StoreConnection.open(f"{store_url}&username=minh&password=wrong")


async def test_who_waits_is_told_at_once_that_the_store_hung_up(store_url: str) -> None:
    connection = await StoreConnection.open(store_url)

    with pytest.raises(LINE_FAULTS, match="hung up"):
        async with asyncio.timeout(5):
            await connection.execute([("QUIT",), ("PING",)])

    assert not connection.is_usable()


async def test_appends_of_many_centres_travel_in_one_group(
    redis_journal: RedisJournal, centre: CentreId
) -> None:
    centres = [CentreId(f"{centre}-{number}") for number in range(40)]
    settled = await asyncio.gather(*map(redis_journal.settle, centres))
    before = redis_journal.write_groups

    await asyncio.gather(
        *(
            redis_journal.append(commit_after(one, where.position))
            for one, where in zip(centres, settled, strict=True)
        )
    )

    heads = await redis_journal.heads(centres)
    assert {head.offset for head in heads.values()} == {1}
    assert len(heads) == 40
    assert redis_journal.write_groups - before <= 2  # two when the script is new to the server


async def test_a_refused_append_does_not_spoil_its_group(
    redis_journal: RedisJournal, centre: CentreId
) -> None:
    other = CentreId(f"{centre}-other")
    head = (await redis_journal.settle(centre)).position
    other_head = (await redis_journal.settle(other)).position
    good = commit_after(centre, head)
    late = commit_after(other, Position(other_head.epoch, 5))

    results = await asyncio.gather(
        redis_journal.append(late), redis_journal.append(good), return_exceptions=True
    )

    assert isinstance(results[0], Stale)
    assert results[1] is None


async def test_a_server_that_forgot_the_scripts_is_told_again(
    redis_journal: RedisJournal, store_url: str, centre: CentreId
) -> None:
    head = (await redis_journal.settle(centre)).position
    commit = commit_after(centre, head)
    await store_says(store_url, "SCRIPT", "FLUSH")

    await redis_journal.append(commit)

    assert await redis_journal.read(centre, after=0) == [commit]


async def test_a_lost_reply_is_reported_and_the_commit_is_found_again(
    patient: RedisJournal, proxy: StoreProxy, centre: CentreId
) -> None:
    head = (await patient.settle(centre)).position
    commit = commit_after(centre, head)
    proxy.lose_next_reply()

    with pytest.raises(StoreUnavailable):
        await patient.append(commit)
    with pytest.raises(Stale):
        await patient.append(commit)

    assert await patient.read(centre, after=0) == [commit]


async def test_a_lost_reply_is_never_repaired_by_sending_twice(
    patient: RedisJournal, proxy: StoreProxy, centre: CentreId
) -> None:
    head = (await patient.settle(centre)).position
    proxy.lose_next_reply()

    with pytest.raises(StoreUnavailable):
        await patient.append(commit_after(centre, head))

    assert proxy.connections_accepted == 1


async def test_a_silent_store_is_given_up_and_everyone_waiting_is_told(
    impatient: RedisJournal, proxy: StoreProxy, centre: CentreId
) -> None:
    head = (await impatient.settle(centre)).position
    proxy.drop_replies()

    first = asyncio.create_task(impatient.append(commit_after(centre, head)))
    second = asyncio.create_task(impatient.append(commit_after(centre, head)))
    results = await asyncio.gather(first, second, return_exceptions=True)

    assert [type(result) for result in results] == [StoreUnavailable, StoreUnavailable]
    proxy.pass_replies()
    assert len(await impatient.read(centre, after=0)) == 1


async def test_a_caller_that_gives_up_leaves_the_others_unharmed(
    patient: RedisJournal, proxy: StoreProxy, centre: CentreId
) -> None:
    head = (await patient.settle(centre)).position
    other = CentreId(f"{centre}-other")
    other_head = (await patient.settle(other)).position
    proxy.command_passed.clear()
    leaving = asyncio.create_task(patient.append(commit_after(centre, head)))
    staying = asyncio.create_task(patient.append(commit_after(other, other_head)))
    await proxy.command_passed.wait()

    leaving.cancel()
    await staying

    assert (await patient.heads([other]))[other].offset == 1


async def test_a_cut_line_is_replaced(
    patient: RedisJournal, proxy: StoreProxy, centre: CentreId
) -> None:
    head = (await patient.settle(centre)).position
    proxy.cut()

    # The first command may still meet the broken line; what matters is that the next does not.
    await asyncio.gather(patient.settle(centre), return_exceptions=True)
    await patient.append(commit_after(centre, head))

    assert (await patient.heads([centre]))[centre].offset == 1


async def test_a_store_that_is_not_there_is_unavailable(tmp_path: Path, centre: CentreId) -> None:
    journal = RedisJournal(f"unix://{tmp_path}/nobody.sock?db=0")

    with pytest.raises(StoreUnavailable):
        await journal.settle(centre)
    with pytest.raises(StoreUnavailable):
        await journal.now()
    await journal.close()


async def test_closing_refuses_who_still_waits(
    patient: RedisJournal, proxy: StoreProxy, centre: CentreId
) -> None:
    head = (await patient.settle(centre)).position
    proxy.drop_replies()
    proxy.command_passed.clear()
    waiting = asyncio.create_task(patient.append(commit_after(centre, head)))
    await proxy.command_passed.wait()

    await patient.close()

    with pytest.raises(StoreUnavailable):
        await waiting


async def test_closing_before_anything_was_sent_refuses_too(
    patient: RedisJournal, centre: CentreId
) -> None:
    head = (await patient.settle(centre)).position

    refused, _ = await asyncio.gather(
        patient.append(commit_after(centre, head)), patient.close(), return_exceptions=True
    )

    assert isinstance(refused, StoreUnavailable)


@pytest.mark.parametrize("fault", ["cut", "silence"])
async def test_a_listener_comes_back_and_says_so(
    redis_journal: RedisJournal,
    impatient: RedisJournal,
    proxy: StoreProxy,
    centre: CentreId,
    fault: str,
) -> None:
    heard: asyncio.Queue[Commit] = asyncio.Queue()
    reconnected = asyncio.Event()
    listener = impatient.listener(heard.put_nowait, reconnected.set)
    head = (await redis_journal.settle(centre)).position
    missed = commit_after(centre, head)
    commit = commit_after(centre, position_of(missed))
    async with asyncio.timeout(10), asyncio.TaskGroup() as tasks:
        running = tasks.create_task(listener.run())
        await listener.watch(centre)
        assert not reconnected.is_set()

        if fault == "cut":
            proxy.cut()
        else:
            proxy.drop_replies()
            await redis_journal.append(missed)
            proxy.pass_replies()
            proxy.cut()
        await reconnected.wait()
        if fault == "cut":
            await redis_journal.append(missed)
        await redis_journal.append(commit)

        while (await heard.get()) != commit:
            pass
        running.cancel()


async def test_a_listener_gives_up_a_line_without_a_sign_of_life(
    impatient: RedisJournal, proxy: StoreProxy, centre: CentreId
) -> None:
    reconnected = asyncio.Event()
    listener = impatient.listener(lambda _: None, reconnected.set)
    async with asyncio.timeout(10), asyncio.TaskGroup() as tasks:
        running = tasks.create_task(listener.run())
        await listener.watch(centre)
        proxy.accepted.clear()

        proxy.drop_replies()
        await proxy.accepted.wait()
        proxy.pass_replies()

        await reconnected.wait()
        running.cancel()


async def test_watching_without_a_store_is_refused_in_time(
    impatient: RedisJournal, centre: CentreId
) -> None:
    listener = impatient.listener(lambda _: None, lambda: None)

    with pytest.raises(StoreUnavailable):
        await listener.watch(centre)  # nobody runs the listener


async def test_what_a_newer_release_wrote_is_not_skipped_when_heard(
    redis_journal: RedisJournal, store_url: str, centre: CentreId
) -> None:
    heard: asyncio.Queue[Commit] = asyncio.Queue()
    listener = redis_journal.listener(heard.put_nowait, lambda: None)
    head = (await redis_journal.settle(centre)).position
    commit = commit_after(centre, head)
    async with asyncio.timeout(10), asyncio.TaskGroup() as tasks:
        running = tasks.create_task(listener.run())
        await listener.watch(centre)

        await store_says(store_url, "PUBLISH", f"queue:{{{centre}}}:published", '{"new": 1}')
        await redis_journal.append(commit)

        assert await heard.get() == commit
        running.cancel()


@pytest.mark.parametrize("version", ["6.2.14", "5.0"])
def test_a_server_below_seven_is_refused(version: str) -> None:
    with pytest.raises(StoreTooOld, match=version):
        check_version(Server("run", "redis", version, 1))


async def test_the_embedded_store_has_no_weak_settings(store_url: str) -> None:
    assert await check_store(store_url) == []
