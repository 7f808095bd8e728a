"""A centre on a real store with one number issued and one network printer, as a worker has them."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from msgspec.structs import replace

from config.settings import read_settings
from queue_server.core import commands as c
from queue_server.core.identifiers import CentreId, PrinterId, TicketId
from queue_server.core.printer_configuration import PrinterConfiguration
from queue_server.core.printing import PrintJob
from queue_server.workshop import Workshop
from tests.support.centres import COPY, small_configuration
from tests.support.clocks import HandSetClock
from tests.support.printer_emulator import PrinterEmulator

FRONT = PrinterId("front")
TICKET = TicketId("a" * 32)
JOB = f"slip-{TICKET}-1"


@pytest.fixture
def printer() -> Iterator[PrinterEmulator]:
    with PrinterEmulator() as emulator:
        yield emulator


@pytest.fixture
def shop(
    tmp_path: Path,
    store_url: str,
    centre: CentreId,
    printer: PrinterEmulator,
    monkeypatch: pytest.MonkeyPatch,
) -> Iterator[Workshop]:
    """A centre on a real store with one number issued."""
    monkeypatch.setenv("QUEUE_DATA_FOLDER", str(tmp_path))
    monkeypatch.setenv("QUEUE_REDIS_URL", store_url)
    monkeypatch.setenv("QUEUE_PRINTER_CONFIRM_S", "0.4")
    clock = HandSetClock()
    shop = Workshop(read_settings(), store_url, clock)
    row = PrinterConfiguration(id=FRONT, address=f"127.0.0.1:{printer.port}")
    configuration = replace(
        small_configuration(), id=centre, printers={FRONT: row}, kiosk_printer=FRONT
    )
    shop.submit(centre, c.ApplyConfiguration(configuration=configuration))
    shop.submit(centre, c.OpenDay())
    shop.submit(centre, c.IssueTicket(ticket=TICKET, procedure=COPY))
    yield shop
    shop.close()


def job_of(shop: Workshop, centre: CentreId) -> PrintJob:
    return shop.centre(centre).prints[JOB]
