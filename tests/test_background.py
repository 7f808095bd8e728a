"""Background loops go on through faults, and readiness tells when one does not."""

import asyncio
from collections.abc import AsyncIterator

import pytest
import structlog

from queue_server.app import core_of
from queue_server.background import Background
from queue_server.journal.memory_journal import MemoryJournal
from tests.support.centres import small_configuration
from tests.support.clocks import HandSetClock
from tests.support.servers import parts_for, running_server

PATIENCE_S = 5.0


class Loop:
    """Fails so often, then goes on."""

    def __init__(self, failures: int) -> None:
        self.failures = failures
        self.goes_on = asyncio.Event()

    async def run(self) -> None:
        if self.failures:
            self.failures -= 1
            message = "nobody thought of this"
            raise LookupError(message)
        self.goes_on.set()
        await asyncio.Event().wait()


@pytest.fixture
async def background() -> AsyncIterator[Background]:
    background = Background(first_pause_s=0.0, steady_s=0.0)
    yield background
    await background.stop()


async def test_a_loop_that_fails_is_begun_again(background: Background) -> None:
    loop = Loop(failures=3)

    with structlog.testing.capture_logs() as logs:
        background.start("follower", loop.run)
        async with asyncio.timeout(PATIENCE_S):
            await loop.goes_on.wait()

    assert [entry["loop"] for entry in logs] == ["follower"] * 3
    assert background.ended() == []


async def test_a_loop_that_just_returns_is_begun_again(background: Background) -> None:
    runs = asyncio.Semaphore(0)

    async def run() -> None:
        runs.release()

    background.start("follower", run)

    async with asyncio.timeout(PATIENCE_S):
        await runs.acquire()
        await runs.acquire()


async def test_a_loop_that_has_just_failed_is_not_well_at_once() -> None:
    background = Background(first_pause_s=0.0)
    failed, steady = Loop(failures=1), Loop(failures=0)
    background.start("follower", failed.run)
    background.start("archive", steady.run)
    async with asyncio.timeout(PATIENCE_S):
        await failed.goes_on.wait()

    assert background.ended() == ["follower"]
    await background.stop()


async def test_the_server_is_not_ready_while_a_loop_has_ended() -> None:
    clock = HandSetClock()
    parts = parts_for(MemoryJournal(clock), clock)
    core = core_of(parts)
    async with running_server(parts, small_configuration(), core) as client:
        before = await client.get("/health/ready")
        loop = asyncio.Event()

        async def ends() -> None:
            loop.set()

        core.background.start("archive", ends)
        await loop.wait()

        after = await client.get("/health/ready")

    assert before.status_code == 200
    assert after.status_code == 503
    assert after.json()["missing"] == ["a background loop has ended: archive; see the log"]
