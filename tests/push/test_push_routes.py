"""A phone asks to be told; what does not fit is refused."""

from collections.abc import AsyncIterator, Iterator
from pathlib import Path
from typing import Any

import httpx2
import pytest
from sqlalchemy import Engine

from queue_server.app import Core, core_of
from queue_server.archive.database import open_database
from queue_server.archive.migrate import migrate
from queue_server.core import commands as c
from queue_server.core.identifiers import TicketId
from queue_server.journal.memory_journal import MemoryJournal
from queue_server.push.keys import public_key, server_key
from queue_server.push.routes import ROUTES, Push
from queue_server.push.subscriptions import Subscriptions
from tests.support.centres import BIRTH, small_configuration
from tests.support.clocks import HandSetClock
from tests.support.push_phones import PhoneBrowser
from tests.support.servers import parts_for, running_server, submit

TICKET = TicketId("a" * 32)
PATH = f"/api/v1/centres/test/tickets/{TICKET}/push"
SERVICE = "https://fcm.googleapis.com/fcm/send/x"


@pytest.fixture
def engine(tmp_path: Path) -> Iterator[Engine]:
    engine = open_database(f"sqlite:///{tmp_path / 'queue.sqlite3'}")
    migrate(engine)
    yield engine
    engine.dispose()


@pytest.fixture
def core_and_parts(engine: Engine, tmp_path: Path) -> tuple[Core, Any]:
    clock = HandSetClock()
    parts = parts_for(MemoryJournal(clock), clock)
    parts.routes = ROUTES
    key = public_key(server_key(tmp_path / "push.key"))
    parts.state = {"push": Push(subscriptions=Subscriptions(engine), public_key=key)}
    return core_of(parts), parts


@pytest.fixture
async def client(core_and_parts: tuple[Core, Any]) -> AsyncIterator[httpx2.AsyncClient]:
    core, parts = core_and_parts
    async with running_server(parts, small_configuration(), core) as client:
        await submit(core, small_configuration().id, c.IssueTicket(ticket=TICKET, procedure=BIRTH))
        yield client


def body(**changes: object) -> dict[str, object]:
    keys = PhoneBrowser().keys
    return {
        "endpoint": SERVICE,
        "keys": {"p256dh": keys.p256dh, "auth": keys.auth},
        "language": "en",
        **changes,
    }


async def test_a_phone_is_kept_and_taken_away(client: httpx2.AsyncClient, engine: Engine) -> None:
    kept = await client.post(PATH, json=body())
    (found,) = Subscriptions(engine).of_ticket(TICKET)
    gone = await client.delete(PATH)

    assert (kept.status_code, gone.status_code) == (204, 204)
    assert (found.endpoint, found.language) == (SERVICE, "en")
    assert Subscriptions(engine).of_ticket(TICKET) == []


@pytest.mark.parametrize(
    "changes",
    [
        {"endpoint": "https://192.168.1.1/x"},
        {"endpoint": "http://fcm.googleapis.com/x"},
        {"endpoint": None},
        {"keys": {}},
        {"keys": {"p256dh": "x" * 87, "auth": "too short"}},
        {"language": "../vi"},
        {"more": 1},
    ],
)
async def test_what_does_not_fit_is_refused(
    client: httpx2.AsyncClient, engine: Engine, changes: dict[str, object]
) -> None:
    refused = await client.post(PATH, json=body(**changes))

    assert refused.status_code == 422, refused.text
    assert Subscriptions(engine).of_ticket(TICKET) == []


async def test_unknown_and_finished_tickets_are_followed_by_nobody(
    client: httpx2.AsyncClient, core_and_parts: tuple[Core, Any]
) -> None:
    unknown = await client.post(PATH.replace("a" * 32, "f" * 32), json=body())
    core, _ = core_and_parts
    await submit(core, small_configuration().id, c.CancelTicket(ticket=TICKET))
    over = await client.post(PATH, json=body())

    assert (unknown.status_code, over.status_code) == (404, 409)


async def test_a_server_that_sends_no_messages_says_so() -> None:
    clock = HandSetClock()
    parts = parts_for(MemoryJournal(clock), clock)
    parts.routes = ROUTES
    async with running_server(parts, small_configuration()) as client:
        assert (await client.post(PATH, json=body())).status_code == 404


def test_the_key_stays_the_same_and_is_private(tmp_path: Path) -> None:
    file = tmp_path / "push.key"

    first, second = (public_key(server_key(file)) for _ in range(2))

    assert first == second
    assert len(first) == 87
    assert file.stat().st_mode & 0o777 == 0o600
    assert [path.name for path in tmp_path.iterdir()] == ["push.key"]
