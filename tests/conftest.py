"""How properties are tried, one browser, and every journal, the real ones on a server."""

import asyncio
import secrets
from collections.abc import AsyncIterator, Iterator

import pytest
import structlog
from hypothesis import HealthCheck, settings

from queue_server.clock import SystemClock
from queue_server.core.identifiers import CentreId
from queue_server.journal.embedded_redis import EmbeddedRedis
from queue_server.journal.memory_journal import MemoryJournal
from queue_server.journal.protocol import Journal
from queue_server.journal.redis_journal import RedisJournal
from tests.support.browser import browser, new_page, page

__all__ = ["browser", "new_page", "page"]

settings.register_profile(
    "queue",
    deadline=None,  # a busy machine is no fault of the code
    suppress_health_check=[HealthCheck.too_slow],
    print_blob=True,  # what failed at random can be tried again
)
settings.load_profile("queue")


@pytest.fixture(autouse=True)
def logs_as_they_were() -> Iterator[None]:
    """A test that sets up the logs of a program leaves them as they were."""
    yield
    structlog.reset_defaults()


@pytest.fixture(scope="session")
def store_url(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A server for all tests of this process; each test takes a centre of its own."""
    store = EmbeddedRedis(tmp_path_factory.mktemp("store"), min_free_bytes=0)
    yield asyncio.run(store.start())
    asyncio.run(store.stop())


@pytest.fixture
def centre() -> CentreId:
    """A centre no other test knows."""
    return CentreId(f"centre-{secrets.token_hex(6)}")


@pytest.fixture
async def redis_journal(store_url: str) -> AsyncIterator[RedisJournal]:
    """A journal on the real server."""
    journal = RedisJournal(store_url)
    yield journal
    await journal.close()


@pytest.fixture(params=["memory", pytest.param("redis", marks=pytest.mark.redis)])
def journal_url(request: pytest.FixtureRequest) -> str:
    """Where the journal of the test is; empty for the one in memory."""
    return "" if request.param == "memory" else str(request.getfixturevalue("store_url"))


@pytest.fixture
async def journal(journal_url: str) -> AsyncIterator[Journal]:
    """Every journal in turn."""
    if not journal_url:
        yield MemoryJournal(SystemClock())
        return
    journal = RedisJournal(journal_url)
    yield journal
    await journal.close()
