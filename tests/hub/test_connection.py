"""One socket: what a client may watch, what it is told, and when it is sent away."""

import json
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from typing import Any

import pytest
from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import ConnectionClosed

from queue_server.core import commands as c
from queue_server.core.identifiers import CounterId, ProcedureCode, TicketId
from queue_server.hub.connection import CloseCode
from tests.support.live_servers import LiveServer

CENTRE = "an-binh"
COPY = ProcedureCode("2.000815")


@pytest.fixture(scope="module")
def live(tmp_path_factory: pytest.TempPathFactory) -> Iterator[LiveServer]:
    with LiveServer(tmp_path_factory.mktemp("live")) as server:
        yield server


@asynccontextmanager
async def socket(live: LiveServer, token: str = "") -> AsyncIterator[ClientConnection]:
    headers = {"authorization": f"Bearer {token}"} if token else None
    url = live.url.replace("http", "ws") + "/live"
    async with connect(url, additional_headers=headers) as line:
        yield line


async def say(line: ClientConnection, **message: object) -> None:
    await line.send(json.dumps(message))


async def hear(line: ClientConnection, kind: str) -> dict[str, Any]:
    """The next message of that type."""
    while True:
        message: dict[str, Any] = json.loads(await line.recv())
        if message["type"] == kind:
            return message


async def closed_with(line: ClientConnection) -> int:
    try:
        while True:
            await line.recv()
    except ConnectionClosed as closed:
        return closed.rcvd.code if closed.rcvd else 0


async def test_a_board_is_shown_whole_and_then_after_each_call(live: LiveServer) -> None:
    async with socket(live, "board") as line:
        await say(line, type="watch", view="board", centre=CENTRE, subject="")
        before = await hear(line, "view")
        live.do(c.IssueTicket(ticket=TicketId("f" * 32), procedure=COPY))

        after = await hear(line, "view")

        assert before["body"]["centre"]["vi"].startswith("Trung tâm")
        assert after["offset"] > before["offset"]
        assert after["epoch"] == before["epoch"]


async def test_what_is_shown_already_is_not_sent_again_but_the_server_answers(
    live: LiveServer,
) -> None:
    async with socket(live, "board") as line:
        await say(line, type="watch", view="board", centre=CENTRE, subject="")
        mark = (await hear(line, "view"))["mark"]
        await hear(line, "heartbeat")

        await say(line, type="watch", view="board", centre=CENTRE, subject="", mark=mark)
        assert json.loads(await line.recv())["type"] == "heartbeat"
        await say(line, type="watch", view="board", centre=CENTRE, subject="", mark="another")

        assert (await hear(line, "view"))["mark"] == mark


async def test_a_call_reaches_every_board(live: LiveServer) -> None:
    counter = CounterId("counter-3")
    async with socket(live, "board") as one, socket(live, "board") as other:
        for line in (one, other):
            await say(line, type="watch", view="board", centre=CENTRE, subject="")
            await hear(line, "view")

        live.do(c.Recall(counter=counter))

        calls = [(await hear(line, "view"))["body"]["calls"][0] for line in (one, other)]
        assert calls[0] == calls[1]
        assert calls[0]["is_recall"]


async def test_the_server_says_that_it_lives(live: LiveServer) -> None:
    async with socket(live) as line:
        beat = await hear(line, "heartbeat")

        assert beat["version"] == live._pages.version
        assert beat["at"].startswith("2026-11-23")
        assert beat["clock_speed"] == 1.0


async def test_nobody_may_watch_a_board_until_the_device_says_hello(live: LiveServer) -> None:
    async with socket(live) as line:
        await say(line, type="watch", view="board", centre=CENTRE)
        refused = await hear(line, "refused")
        await say(line, type="hello", token="board")  # noqa: S106  # a name
        await say(line, type="watch", view="board", centre=CENTRE)

        shown = await hear(line, "view")

        assert refused["code"] == "not_allowed"
        assert shown["view"] == "board"


@pytest.mark.parametrize(
    ("watch", "code"),
    [
        ({"view": "sideways", "centre": CENTRE}, "unknown_name"),
        ({"view": "board", "centre": "nowhere"}, "unknown_name"),
        ({"view": "ticket", "centre": CENTRE, "subject": "nobody"}, "unknown_name"),
        ({"view": "load", "centre": CENTRE}, "not_allowed"),
    ],
)
async def test_a_watch_that_cannot_be_is_refused_and_the_line_stays(
    live: LiveServer, watch: dict[str, str], code: str
) -> None:
    async with socket(live, "board") as line:
        await say(line, type="watch", **watch)
        refused = await hear(line, "refused")

        await say(line, type="watch", view="board", centre=CENTRE)

        assert refused["code"] == code
        assert refused["detail"]
        assert (await hear(line, "view"))["view"] == "board"


async def test_whoever_knows_a_ticket_id_may_watch_that_ticket(live: LiveServer) -> None:
    known = TicketId(f"{1:032x}")
    async with socket(live) as line:
        await say(line, type="watch", view="ticket", centre=CENTRE, subject=known)
        shown = await hear(line, "view")
        await say(line, type="watch", view="ticket", centre=CENTRE, subject="0" * 32)

        refused = await hear(line, "refused")

    assert shown["subject"] == known
    assert refused["code"] == "unknown_name"


@pytest.mark.parametrize(
    "text", ["{not json", '{"type":"dance"}', "[]", '{"type":"watch"}', b"\x00\xff", b"{}"]
)
async def test_what_cannot_be_read_ends_the_line_for_good(
    live: LiveServer, text: str | bytes
) -> None:
    async with socket(live) as line:
        await line.send(text)

        assert await closed_with(line) == CloseCode.UNREADABLE


async def test_a_flood_ends_the_line_for_good(live: LiveServer) -> None:
    async with socket(live) as line:
        for _ in range(100):
            await say(line, type="report", report="screen", value="x")

        assert await closed_with(line) == CloseCode.TOO_MANY_MESSAGES


async def test_an_oversized_message_ends_the_line(live: LiveServer) -> None:
    async with socket(live) as line:
        await line.send("x" * 20_000)

        assert await closed_with(line) == 1009


async def test_what_a_console_says_is_a_sign_of_life_of_its_clerk(live: LiveServer) -> None:
    async with socket(live, "lan") as line:
        await say(line, type="report", report="alive", value="")
        await say(line, type="watch", view="nothing", centre=live.centre)
        await hear(line, "refused")
        assert (live.centre, "lan") not in live.core.presence._pages
        counter = next(iter(live.configuration.counters))
        await say(line, type="watch", view="console", centre=live.centre, subject=counter)
        await hear(line, "view")

        await say(line, type="report", report="alive", value="")
        await say(line, type="watch", view="nothing", centre=live.centre)
        await hear(line, "refused")

    assert (live.centre, "lan") in live.core.presence._pages
