"""A socket of somebody unknown, or known no more, is closed with a code that says so."""

import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest
from msgspec.structs import replace
from starlette.applications import Starlette
from starlette.requests import HTTPConnection
from starlette.routing import WebSocketRoute
from starlette.types import ASGIApp
from starlette.websockets import WebSocket
from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import ConnectionClosed

from queue_server.accounts.principal import NOBODY, NotAllowed, NotSignedIn, Principal
from queue_server.app import core_of, web_application
from queue_server.archive.database import DatabaseUnavailable
from queue_server.core import commands as c
from queue_server.core.identifiers import CentreId, StaffId
from queue_server.hub.connection import CloseCode, Connection, Surroundings
from queue_server.journal.memory_journal import MemoryJournal
from queue_server.pages import VIEWS
from tests.support.centres import small_configuration
from tests.support.clocks import HandSetClock
from tests.support.servers import parts_for, submit
from tests.support.web_server import serving

BOARD = Principal(kind="device", id="board-1", device_kind="board")
CENTRE = small_configuration().id


class Doorkeeper:
    """Says who is there, or why not, as it is told."""

    def __init__(self) -> None:
        self.says: Principal | Exception = BOARD

    async def __call__(self, connection: HTTPConnection) -> Principal:
        return await self.by_token(connection.url.path)

    async def by_token(self, token: str) -> Principal:
        del token
        if isinstance(self.says, Exception):
            raise self.says
        return self.says

    async def staff(self, staff: StaffId) -> Principal:
        return await self.by_token(staff)


@pytest.fixture
def doorkeeper() -> Doorkeeper:
    return Doorkeeper()


@asynccontextmanager
async def line_to(app: ASGIApp) -> AsyncIterator[ClientConnection]:
    async with serving(app) as url, connect(url.replace("http", "ws") + "/live") as line:
        yield line


async def hear(line: ClientConnection) -> str:
    return str(json.loads(await line.recv())["type"])


async def closed_with(line: ClientConnection) -> CloseCode:
    try:
        while True:
            await line.recv()
    except ConnectionClosed as closed:
        return CloseCode(closed.rcvd.code if closed.rcvd and closed.rcvd.reason else 0)


@pytest.mark.parametrize(
    ("says", "code"),
    [
        (NotSignedIn("expected the token of a session or device"), CloseCode.NOT_KNOWN),
        (NotAllowed("expected a request from a page of this server"), CloseCode.NOT_KNOWN),
        (DatabaseUnavailable("expected the database to answer"), CloseCode.STORE_AWAY),
    ],
)
async def test_who_cannot_be_identified_is_told_by_the_close_code(
    doorkeeper: Doorkeeper, says: Exception, code: CloseCode
) -> None:
    clock = HandSetClock()
    parts = parts_for(MemoryJournal(clock), clock)
    parts.identify = doorkeeper
    doorkeeper.says = says

    async with line_to(web_application(parts, core_of(parts))) as line:
        assert await closed_with(line) is code


@pytest.fixture
async def line(doorkeeper: Doorkeeper) -> AsyncIterator[ClientConnection]:
    """A board's socket whose heart beats quickly."""
    clock = HandSetClock()
    core = core_of(parts_for(MemoryJournal(clock), clock, VIEWS))
    await submit(core, CENTRE, c.ApplyConfiguration(configuration=small_configuration()))
    around = Surroundings(
        identify=doorkeeper.by_token,
        replicas=core.replicas,
        views=core.views,
        clock=clock,
        heard_page=lambda _, __: None,
        sound=core.sound,
        version="1",
        beat_every_s=0.01,
    )

    async def live(socket: WebSocket) -> None:
        async def ask() -> Principal:
            return await doorkeeper(socket)

        await socket.accept()
        await Connection(socket, BOARD, ask, around).run()

    async with line_to(Starlette(routes=[WebSocketRoute("/live", live)])) as line:
        yield line


@pytest.mark.parametrize("says", [NOBODY, NotSignedIn("expected a token")])
async def test_a_revoked_device_is_shut_out_at_a_heartbeat(
    line: ClientConnection, doorkeeper: Doorkeeper, says: Principal | Exception
) -> None:
    assert await hear(line) == "heartbeat"

    doorkeeper.says = says

    assert await closed_with(line) is CloseCode.REVOKED


async def test_who_was_known_stays_known_while_the_database_is_away(
    line: ClientConnection, doorkeeper: Doorkeeper
) -> None:
    doorkeeper.says = DatabaseUnavailable("expected the database to answer")

    assert [await hear(line) for _ in range(5)] == ["heartbeat"] * 5


async def test_rights_that_are_lost_end_their_views_and_the_line_stays(
    line: ClientConnection, doorkeeper: Doorkeeper
) -> None:
    await line.send(json.dumps({"type": "watch", "view": "board", "centre": CENTRE}))
    while await hear(line) != "view":
        pass

    doorkeeper.says = replace(BOARD, centre=CentreId("another"))

    while (kind := await hear(line)) == "heartbeat":
        pass
    assert kind == "refused"
    assert await hear(line) == "heartbeat"


async def test_hello_with_a_token_that_is_refused_closes(
    line: ClientConnection, doorkeeper: Doorkeeper
) -> None:
    doorkeeper.says = NotSignedIn("expected a token")
    await line.send(json.dumps({"type": "hello", "token": "x"}))

    assert await closed_with(line) in {CloseCode.NOT_KNOWN, CloseCode.REVOKED}
