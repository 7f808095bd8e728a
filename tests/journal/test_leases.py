"""What is true for seconds only: one suite for leases in memory and in the store."""

import asyncio
from collections.abc import AsyncIterator

import pytest

from queue_server.clock import SystemClock
from queue_server.core.errors import StoreUnavailable
from queue_server.core.identifiers import CentreId
from queue_server.journal.leases import Leases, MemoryLeases
from queue_server.journal.redis_leases import RedisLeases
from tests.support.waiting import until

LONG_MS, SHORT_MS = 60_000, 40


@pytest.fixture
async def leases(journal_url: str) -> AsyncIterator[Leases]:
    if not journal_url:
        yield MemoryLeases(SystemClock())
        return
    leases = RedisLeases(journal_url)
    yield leases
    await leases.close()


async def test_one_holder_has_it_and_may_have_it_longer(leases: Leases, centre: CentreId) -> None:
    assert await leases.hold(centre, "hall", "one", 1, LONG_MS)
    assert not await leases.hold(centre, "hall", "two", 1, LONG_MS)
    assert await leases.hold(centre, "hall", "one", 1, LONG_MS)
    assert await leases.holder(centre, "hall") == "one"
    assert await leases.hold(centre, "garden", "two", 1, LONG_MS)


async def test_of_many_who_ask_at_once_one_gets_it(leases: Leases, centre: CentreId) -> None:
    asked = [leases.hold(centre, "hall", f"board-{n}", 1, LONG_MS) for n in range(20)]

    assert sum(await asyncio.gather(*asked)) == 1


async def test_it_ends_by_itself(leases: Leases, centre: CentreId) -> None:
    assert await leases.hold(centre, "hall", "one", 1, SHORT_MS)

    await until(lambda: leases.hold(centre, "hall", "two", 1, LONG_MS))

    assert await leases.holder(centre, "hall") == "two"
    assert not await leases.hold(centre, "hall", "one", 1, LONG_MS)


async def test_only_the_holder_can_give_it_back(leases: Leases, centre: CentreId) -> None:
    await leases.hold(centre, "hall", "one", 1, LONG_MS)

    await leases.release(centre, "hall", "two")
    assert await leases.holder(centre, "hall") == "one"
    await leases.release(centre, "hall", "one")

    assert await leases.holder(centre, "hall") is None
    assert await leases.hold(centre, "hall", "two", 1, LONG_MS)


async def test_a_higher_rank_gets_it_next_and_never_meanwhile(
    leases: Leases, centre: CentreId
) -> None:
    await leases.hold(centre, "hall", "board", 2, 300)

    assert not await leases.hold(centre, "hall", "ceiling", 3, LONG_MS)
    assert await leases.holder(centre, "hall") == "board"
    assert not await leases.hold(centre, "hall", "board", 2, LONG_MS)
    await until(lambda: leases.hold(centre, "hall", "ceiling", 3, LONG_MS))

    assert not await leases.hold(centre, "hall", "board", 2, LONG_MS)
    assert await leases.hold(centre, "hall", "ceiling", 3, LONG_MS)


async def test_a_lower_rank_changes_nothing(leases: Leases, centre: CentreId) -> None:
    await leases.hold(centre, "hall", "ceiling", 3, LONG_MS)

    assert not await leases.hold(centre, "hall", "board", 2, LONG_MS)

    assert await leases.hold(centre, "hall", "ceiling", 3, LONG_MS)


async def test_notes_are_kept_by_topic_and_name(leases: Leases, centre: CentreId) -> None:
    await leases.note(centre, "sound", "one", b"running", LONG_MS)
    await leases.note(centre, "sound", "one", b"silent", LONG_MS)
    await leases.note(centre, "sound", "two", b"", LONG_MS)
    await leases.note(centre, "spoken", "3", b"", LONG_MS)

    assert await leases.notes(centre, "sound") == {"one": b"silent", "two": b""}
    await leases.forget(centre, "sound", "one")
    assert await leases.notes(centre, "sound") == {"two": b""}
    assert await leases.notes(centre, "nothing") == {}


async def test_notes_fade(leases: Leases, centre: CentreId) -> None:
    await leases.note(centre, "sound", "one", b"running", SHORT_MS)
    await leases.note(centre, "sound", "two", b"running", LONG_MS)

    async def has_faded() -> bool:
        return "one" not in await leases.notes(centre, "sound")

    await until(has_faded)
    assert list(await leases.notes(centre, "sound")) == ["two"]


async def test_a_store_that_is_away_is_told() -> None:
    leases = RedisLeases("unix:///nowhere/store.sock")

    with pytest.raises(StoreUnavailable):
        await leases.hold(CentreId("c"), "hall", "one", 1, LONG_MS)
    await leases.close()
