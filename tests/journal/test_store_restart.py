"""A store that was restarted: the epoch is renewed before anything is appended, nothing is lost."""

import asyncio
import os
import signal
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from queue_server.clock import SystemClock
from queue_server.core.commit import Commit
from queue_server.core.errors import StoreUnavailable
from queue_server.core.identifiers import CentreId
from queue_server.journal.embedded_redis import EmbeddedRedis
from queue_server.journal.errors import EpochChanged, Stale
from queue_server.journal.memory_journal import MemoryJournal
from queue_server.journal.protocol import Settled
from queue_server.journal.redis_journal import RedisJournal
from tests.support.commits import commit_after, position_of


@pytest.fixture
async def store(tmp_path: Path) -> AsyncIterator[EmbeddedRedis]:
    """A store of this test's own, started."""
    store = EmbeddedRedis(tmp_path)
    yield store
    await store.stop()


@pytest.fixture
async def journal(store: EmbeddedRedis) -> AsyncIterator[RedisJournal]:
    """A journal on the store of this test."""
    journal = RedisJournal(await store.start())
    yield journal
    await journal.close()


async def kill(store: EmbeddedRedis) -> None:
    assert store.process_id is not None
    os.kill(store.process_id, signal.SIGKILL)


@pytest.mark.parametrize("is_killed", [False, True])
async def test_a_restart_renews_the_epoch_and_offsets_go_on(
    store: EmbeddedRedis, journal: RedisJournal, centre: CentreId, *, is_killed: bool
) -> None:
    before = (await journal.settle(centre)).position
    commit = commit_after(centre, before)
    await journal.append(commit)

    if is_killed:
        await kill(store)
    await store.stop()
    await store.start()
    settled = await settle_patiently(journal, centre)

    assert settled.is_new_epoch
    assert settled.position.epoch != before.epoch
    assert settled.position.offset == 1
    following = commit_after(centre, settled.position)
    await journal.append(following)
    assert await journal.read(centre, after=0) == [commit, following]


async def test_nothing_is_appended_in_the_old_epoch_after_a_restart(
    store: EmbeddedRedis, journal: RedisJournal, centre: CentreId
) -> None:
    head = (await journal.settle(centre)).position
    await store.stop()
    await store.start()
    other_process = RedisJournal(await restart(store))

    with pytest.raises(EpochChanged):
        await other_process.append(commit_after(centre, head))

    await other_process.close()


async def test_the_second_to_settle_after_a_restart_keeps_the_firsts_epoch(
    store: EmbeddedRedis, journal: RedisJournal, centre: CentreId
) -> None:
    await journal.settle(centre)
    url = await restart(store)
    first, second = RedisJournal(url), RedisJournal(url)

    settled = await first.settle(centre)
    settled_again = await second.settle(centre)

    assert settled.is_new_epoch
    assert not settled_again.is_new_epoch
    assert settled_again.position == settled.position
    await first.close()
    await second.close()


async def test_an_emptied_store_gives_a_new_epoch(journal: RedisJournal, centre: CentreId) -> None:
    head = (await journal.settle(centre)).position
    await journal.append(commit_after(centre, head))

    await journal._writes.execute(("FLUSHALL",))

    with pytest.raises(EpochChanged):
        await journal.append(commit_after(centre, head))
    settled = await journal.settle(centre)
    assert settled.position.offset == 0
    assert settled.position.epoch != head.epoch


async def test_the_journal_in_memory_restarts_like_a_store(centre: CentreId) -> None:
    journal = MemoryJournal(SystemClock())
    head = (await journal.settle(centre)).position
    first = commit_after(centre, head)
    second = commit_after(centre, position_of(first))
    await journal.append(first)
    await journal.append(second)

    journal.restart(lost_commits=1)

    with pytest.raises(EpochChanged):
        await journal.append(commit_after(centre, position_of(first)))
    settled = await journal.settle(centre)
    assert settled.is_new_epoch
    assert settled.position.offset == 1
    assert await journal.read(centre, after=0) == [first]


async def test_no_acknowledged_commit_is_lost_when_the_store_is_killed_again_and_again(
    store: EmbeddedRedis, journal: RedisJournal
) -> None:
    centres = [CentreId(f"centre-{number}") for number in range(8)]
    acknowledged: dict[CentreId, list[Commit]] = {centre: [] for centre in centres}

    for _ in range(4):
        async with asyncio.timeout(20), asyncio.TaskGroup() as tasks:
            writers = [
                tasks.create_task(append_until_killed(journal, centre, acknowledged[centre]))
                for centre in centres
            ]
            tasks.create_task(kill_after(store, acknowledged, 40))
        assert all(writer.done() for writer in writers)
        await restart(store)

    for centre in centres:
        await settle_patiently(journal, centre)
        kept = await journal.read(centre, after=0)
        assert [commit.offset for commit in kept] == list(range(1, len(kept) + 1))
        kept_ids = [commit.command_id for commit in kept]
        assert len(set(kept_ids)) == len(kept_ids)
        assert {commit.command_id for commit in acknowledged[centre]} <= set(kept_ids)


async def append_until_killed(
    journal: RedisJournal, centre: CentreId, acknowledged: list[Commit]
) -> None:
    """Append commit after commit as a hub would, until the store is gone."""
    head = (await settle_patiently(journal, centre)).position
    try:
        while True:
            commit = commit_after(centre, head)
            try:
                await journal.append(commit)
            except Stale:
                head = (await journal.settle(centre)).position
            else:
                acknowledged.append(commit)
                head = position_of(commit)
    except StoreUnavailable:
        return


async def kill_after(
    store: EmbeddedRedis, acknowledged: dict[CentreId, list[Commit]], count: int
) -> None:
    """Kill the store in the middle of the appends, once `count` more were acknowledged."""
    enough = sum(map(len, acknowledged.values())) + count
    while sum(map(len, acknowledged.values())) < enough:
        await asyncio.to_thread(os.sched_yield)
    await kill(store)


async def restart(store: EmbeddedRedis) -> str:
    """Stop what is left of the store and start it again."""
    await store.stop()
    return await store.start()


async def settle_patiently(journal: RedisJournal, centre: CentreId) -> Settled:
    """Settle on a line whose break may not have been noticed yet."""
    try:
        return await journal.settle(centre)
    except StoreUnavailable:
        return await journal.settle(centre)
