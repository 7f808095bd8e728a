"""A server, a printer at another PC, and the print agent there, as the fixture `kiosk`."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from msgspec.structs import replace
from PIL import Image

from printers.agent.agent_line import AgentLine
from printers.agent.agent_queue import AgentQueue
from printers.agent.print_agent import PrintAgent
from printers.agent_desk import AgentDesk
from printers.drawing import png_bytes
from printers.escpos_printer import Timeouts
from queue_server.accounts.pairing import Pairing
from queue_server.core import commands as c
from queue_server.core.identifiers import CentreId, PrinterId, TicketId
from queue_server.core.printer_configuration import Connection, PrinterConfiguration
from queue_server.core.printing import Condition, PrintJob
from queue_server.places import Places
from tests.support.live_servers import LiveServer
from tests.support.printer_emulator import PrinterEmulator
from tests.support.printer_ways import PrinterDevice

KIOSK = PrinterId("kiosk")
TICKET = TicketId("c" * 32)
JOB = f"slip-{TICKET}-1"
SHORT = Timeouts(status_s=0.3, send_s=2.0, fence_s=0.5, mute_fence_s=0.1, look_every_s=0.1)
SENDER = "agent-agent-1"


async def draw(_: CentreId, job: str) -> bytes:
    """Another picture for each job."""
    ink = int.from_bytes(job.encode()[-4:], "little") % 200
    return png_bytes(Image.new("1", (576, 100 + ink), 0))


class Kiosk:
    """A server, a USB printer on another PC, and the agent there."""

    def __init__(self, server: LiveServer, printer: PrinterEmulator, folder: Path) -> None:
        self.server, self.printer, self.folder = server, printer, folder
        self.pairing = Pairing(server=server.url, token="agent", name="K", centre=server.centre)  # noqa: S106
        self.desk = AgentDesk()
        self.agents = 0

    @contextmanager
    def agent(self, pairing: Pairing | None = None) -> Iterator[PrintAgent]:
        """The agent after a start; leaving it is a power cut."""
        queue = AgentQueue(self.folder / "agent" / "jobs.sqlite3")
        with AgentLine(pairing or self.pairing) as line:
            agent = PrintAgent(line, queue, self.folder / "agent", SHORT)
            agent.settle()
            yield agent
        queue.close()

    def issue(self) -> None:
        procedure = next(iter(self.server.configuration.procedures))
        self.server.do(c.IssueTicket(ticket=TICKET, procedure=procedure, printer=KIOSK))

    @property
    def job(self) -> PrintJob:
        found: PrintJob = self.state("prints")[JOB]
        return found

    def result(self) -> str:
        return self.job.result

    @property
    def condition(self) -> Condition:
        condition: Condition = self.state("printers")[KIOSK].condition
        return condition

    def state(self, part: str) -> Any:
        (replica,) = self.server.core.replicas.loaded()
        return getattr(replica.centre, part)


@pytest.fixture
def kiosk(tmp_path: Path) -> Iterator[Kiosk]:
    desk = AgentDesk()
    state = {"agents": desk, "draw_paper": draw, "places": Places(tmp_path)}
    with (
        PrinterEmulator() as printer,
        PrinterDevice(printer.address) as device,
        LiveServer(tmp_path / "server", waiting=0, state=state) as server,
    ):
        server.core.hearers.append(desk.hear)
        row = PrinterConfiguration(
            id=KIOSK, connection=Connection.USB, address=device.path, has_agent=True
        )
        server.do(
            c.ApplyConfiguration(configuration=replace(server.configuration, printers={KIOSK: row}))
        )
        yield Kiosk(server, printer, tmp_path)
