"""A fault at a printer reaches the reception's view, through every real part."""

import asyncio
import json
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from websockets.asyncio.client import connect

from queue_server.clock import SystemClock
from queue_server.core.events import PrinterReported
from queue_server.core.identifiers import CentreId
from queue_server.core.printing import Condition
from queue_server.journal.redis_journal import RedisJournal
from tests.support.installation import Installation
from tests.support.printer_emulator import PrinterEmulator
from tests.support.printer_ways import SwitchedOff
from tests.support.served import free_port, sample_centre
from tests.support.waiting import until

GENEROUS = timedelta(seconds=30)
"""Five seconds are promised, by a machine that is not busy with tests."""


class Reception:
    """What the reception's page is sent of the printers to see to."""

    def __init__(self) -> None:
        self.notices: list[dict[str, Any]] | None = None

    async def until_it_sees(self, *conditions: Condition) -> None:
        await until(
            lambda: (
                self.notices is not None
                and [each["condition"] for each in self.notices] == list(conditions)
            )
        )


@asynccontextmanager
async def watching(url: str, token: str, centre: CentreId) -> AsyncIterator[Reception]:
    """The reception's page, as far as its socket."""
    reception = Reception()
    headers = {"authorization": f"Bearer {token}"}
    async with connect(f"{url.replace('http', 'ws')}/live", additional_headers=headers) as line:
        await line.send(json.dumps({"type": "watch", "view": "hall", "centre": centre}))

        async def listen() -> None:
            async for text in line:
                message = json.loads(text)
                if message["type"] == "view":
                    reception.notices = message["body"]["printers"]

        listening = asyncio.create_task(listen())
        yield reception
        listening.cancel()
        await asyncio.gather(listening, return_exceptions=True)


async def reported_at(
    installation: Installation, centre: CentreId, condition: Condition
) -> datetime:
    """When the journal had it."""
    journal = RedisJournal(installation.places.running_store.read_text(encoding="utf-8").strip())
    commits = await journal.read(centre, 0, limit=10_000)
    await journal.close()
    return max(
        commit.at
        for commit in commits
        for event in commit.events
        if isinstance(event, PrinterReported) and event.condition is condition
    )


@pytest.mark.redis
async def test_reception_sees_within_seconds_that_a_printer_cannot_print(
    tmp_path: Path, record_property: Callable[[str, object], None]
) -> None:
    printer = PrinterEmulator()
    centre = sample_centre(f"127.0.0.1:{printer.port}")
    installation = Installation(tmp_path, centre, free_port())
    tokens = await installation.make_accounts()
    begun: dict[Condition, datetime] = {}
    try:
        installation.start()
        await installation.wait_until_ready()
        async with watching(installation.url, tokens.manager, centre.id) as reception:
            with printer:
                await until(lambda: printer.connections > 1)
                begun[Condition.PAPER_OUT] = SystemClock().now()
                printer.faults.paper_out = True
                await reception.until_it_sees(Condition.PAPER_OUT)
                printer.change_roll()
                await reception.until_it_sees()
            with SwitchedOff(printer.port):
                begun[Condition.UNREACHABLE] = SystemClock().now()
                await reception.until_it_sees(Condition.UNREACHABLE)
        took = {
            condition: await reported_at(installation, centre.id, condition) - at
            for condition, at in begun.items()
        }
    finally:
        await installation.stop()

    for condition, time in took.items():
        record_property(condition.value, time.total_seconds())
        assert timedelta() < time < GENEROUS
