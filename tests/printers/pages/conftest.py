"""Two printers, and a server that searches for a third on loopback."""

from collections.abc import Iterator
from ipaddress import IPv4Network
from pathlib import Path

import pytest
from msgspec.structs import replace

from printers.agent_desk import AgentDesk
from printers.discovery import PrinterSearch
from queue_server.core import commands as c
from queue_server.core.identifiers import PrinterId, ZoneId
from queue_server.core.printer_configuration import PrinterConfiguration
from tests.support.live_servers import LiveServer
from tests.support.printer_emulator import PrinterEmulator
from tests.support.staff_pages import open_as

__all__ = ["open_as"]

KIOSK, DESK = PrinterId("kiosk"), PrinterId("desk")


@pytest.fixture
def found_printer() -> Iterator[PrinterEmulator]:
    """A printer that is not in the configuration yet."""
    with PrinterEmulator() as emulator:
        yield emulator


@pytest.fixture
def live_server(tmp_path: Path, found_printer: PrinterEmulator) -> Iterator[LiveServer]:
    search = PrinterSearch(
        lambda: [IPv4Network("127.0.0.1/32")], port=found_printer.port, ipp_port=1
    )
    state = {"printer_search": search, "agents": AgentDesk()}
    with LiveServer(tmp_path, waiting=3, state=state) as server:
        zone = ZoneId(next(iter(server.configuration.zones)))
        rows = {
            KIOSK: PrinterConfiguration(
                id=KIOSK,
                name={"vi": "Máy in phiếu ở cửa vào", "en": "Slip printer at the entrance"},
                model="epson_tm_t82",
                address="192.168.1.50:9100",
                zone=zone,
            ),
            DESK: PrinterConfiguration(
                id=DESK,
                name={"vi": "Máy in bàn hướng dẫn", "en": "Printer of the help desk"},
                address="192.168.1.51:9100",
                zone=zone,
            ),
        }
        facts = replace(server.configuration, printers=rows, kiosk_printer=KIOSK)
        server.do(c.ApplyConfiguration(configuration=facts))
        yield server
