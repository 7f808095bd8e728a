"""Several boards in one hall: one of them speaks, and when it is gone another goes on."""

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import httpx2
import pytest
import pytest_asyncio
from playwright.async_api import Page

from queue_server.core import commands as c
from queue_server.core.identifiers import CounterId, StaffId
from tests.support.browser import NewPage
from tests.support.live_servers import LiveServer

pytestmark = pytest.mark.asyncio(loop_scope="session")

HEARD = """
  window.spoken = [];
  const start = AudioBufferSourceNode.prototype.start;
  AudioBufferSourceNode.prototype.start = function (when = 0) {
    window.spoken.push(when);
    return start.call(this, when);
  };
"""
"""Counts the clips that a page starts."""


BLOCKED = "AudioContext = class extends AudioContext { get state() { return 'suspended'; } }"


SHUT = """
  window.isShut = true;
  window.AudioContext = class extends AudioContext {
    get state() { return isShut ? 'suspended' : super.state; }
  };
  window.called = new Set();
  new MutationObserver(() => called.add(document.documentElement.dataset.speaking)).observe(
    document, { subtree: true, attributeFilter: ['data-speaking'] });
"""
"""Silent until `isShut` is false; notes the calls that it speaks."""


class Hall:
    """A server, its boards, and a counter that calls."""

    def __init__(self, server: LiveServer, new_page: NewPage) -> None:
        self.server = server
        self._new_page = new_page
        self.counter = CounterId(next(iter(server.configuration.counters)))

    async def board(self, script: str = "") -> Page:
        page = await self._new_page()
        await page.context.add_cookies(
            [{"name": "queue_device", "value": "board", "url": self.server.url}]
        )
        await page.add_init_script(HEARD + script)
        await page.goto(f"{self.server.url}/board?centre=an-binh")
        return page

    def begin(self) -> None:
        for command in (
            c.TakeCounter(counter=self.counter, staff=StaffId("lan"), name="Lan"),
            c.OpenCounter(counter=self.counter),
        ):
            self.server.do(command)

    def call(self) -> None:
        self.server.do(c.CallNext(counter=self.counter))

    def recall(self) -> None:
        self.server.do(c.Recall(counter=self.counter))


@pytest_asyncio.fixture(loop_scope="session")
async def hall(tmp_path: Path, new_page: NewPage) -> AsyncIterator[Hall]:
    with LiveServer(tmp_path) as server:
        hall = Hall(server, new_page)
        hall.begin()
        yield hall


async def speaks(page: Page) -> None:
    """Wait until the page has started a clip."""
    await page.wait_for_function("() => window.spoken.length > 0")


async def clips(page: Page) -> int:
    number: int = await page.evaluate("() => window.spoken.length")
    return number


async def test_of_two_boards_one_speaks_and_the_other_goes_on_when_it_is_closed(hall: Hall) -> None:
    first = await hall.board()
    await speaks(first)  # the calls of the last minute
    second = await hall.board()
    await second.wait_for_selector(".frame")
    hall.call()
    await first.wait_for_function("() => document.documentElement.dataset.spoken")

    assert await clips(second) == 0
    await first.close(run_before_unload=True)
    hall.recall()

    await speaks(second)


async def test_who_has_arrived_or_was_not_meant_is_called_no_more(hall: Hall) -> None:
    hall.call()
    page = await hall.board(SHUT)
    await page.wait_for_selector(".newest-number")
    waiting = hall.server.replica().centre.calls[:]
    *_, undone, arrived = waiting
    assert len(waiting) == 5

    hall.server.do(c.StartServing(counter=arrived.counter))
    hall.server.do(c.UndoLast(counter=undone.counter))
    await page.wait_for_function(
        f"() => !document.querySelector('.called').textContent.includes('{undone.number}')"
    )
    await page.evaluate("() => { isShut = false; }")

    newest = f"an-binh-{waiting[0].id}"
    await page.wait_for_function(f"() => document.documentElement.dataset.spoken === '{newest}'")
    spoken = await page.evaluate("() => [...called]")
    assert spoken == [f"an-binh-{call.id}" for call in reversed(waiting[:-2])]


async def test_a_board_whose_line_is_cut_falls_silent_before_another_speaks(hall: Hall) -> None:
    first = await hall.board()
    await speaks(first)
    second = await hall.board()
    await second.wait_for_selector(".frame")
    await first.context.set_offline(offline=True)  # cuts sockets that are open, too
    await second.wait_for_function("() => document.documentElement.dataset.ownsSound === 'true'")

    owns: Any = await first.evaluate("() => document.documentElement.dataset.ownsSound")

    assert owns == "false"


async def test_a_board_that_the_browser_keeps_silent_says_so_and_staff_see_it(
    hall: Hall,
) -> None:
    page = await hall.board(script=BLOCKED)

    await page.get_by_role("button", name="Chạm vào đây để bật âm thanh").wait_for()
    url = f"{hall.server.url}/api/v1/centres/an-binh/sound"
    async with httpx2.AsyncClient(headers={"authorization": "Bearer lan"}) as staff:
        async with asyncio.timeout(10):
            zones = (await staff.get(url)).json()
            while zones[0]["state"] != "blocked":
                zones = (await staff.get(url)).json()
    assert {zone["state"] for zone in zones} == {"blocked"}
    assert {zone["reason"] for zone in zones} == {"suspended"}
