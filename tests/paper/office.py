"""A centre with three printers, one of them at a print agent, whose processes may be killed."""

import os
import signal
import subprocess
import sys
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from typing import Final

from msgspec.structs import replace

from queue_server.accounts.accounts import Accounts
from queue_server.accounts.devices import DeviceSettings
from queue_server.archive.database import open_database
from queue_server.clock import SystemClock
from queue_server.core.configuration import CentreConfiguration
from queue_server.core.identifiers import PrinterId, ZoneId
from queue_server.core.printer_configuration import Connection, PrinterConfiguration
from tests.support.busy_centre import busy_centre
from tests.support.installation import Installation
from tests.support.printer_emulator import PrinterEmulator

FRONT, BACK, USB = PrinterId("front"), PrinterId("back"), PrinterId("usb")
SLIP_WANTED_FOR_S: Final = 30
SETTINGS: Final[Mapping[str, str]] = {
    "QUEUE_PRINTER_CONFIRM_S": "1.0",
    "QUEUE_PRINTER_LOOK_S": "0.5",
}
"""Nobody in the run takes a second to put a roll in."""


def paper_centre(front: PrinterEmulator, back: PrinterEmulator, device: str) -> CentreConfiguration:
    """The sample centre with the run's printers; the two in the network are of one zone."""
    centre = busy_centre(SystemClock().now())
    zone = ZoneId(next(iter(centre.zones)))
    rows = (
        _network(FRONT, front, "epson_tm_t20", zone),
        _network(BACK, back, "generic_80mm", zone),
        PrinterConfiguration(id=USB, connection=Connection.USB, address=device, has_agent=True),
    )
    return replace(
        centre,
        printers={row.id: row for row in rows},
        kiosk_printer=FRONT,
        kiosks={},
        counters={key: replace(each, printer=None) for key, each in centre.counters.items()},
        limits=replace(centre.limits, slip_wanted_for_s=SLIP_WANTED_FOR_S),
        speech=replace(centre.speech, is_on=False),
    )


def _network(
    name: PrinterId, printer: PrinterEmulator, model: str, zone: ZoneId
) -> PrinterConfiguration:
    return PrinterConfiguration(
        id=name, model=model, address=f"127.0.0.1:{printer.port}", zone=zone
    )


async def agent_link(installation: Installation, centre: CentreConfiguration) -> str:
    """The one-time link of the print agent."""
    engine = open_database(f"sqlite:///{installation.data / 'queue.sqlite3'}")
    accounts = Accounts(engine, SystemClock())
    settings = DeviceSettings(printer=USB)
    token = await accounts.create_device(centre.id, "printer", "Agent", settings)
    engine.dispose()
    return f"{installation.url}/device?token={token}"


class AgentProcess:
    """The print agent, started again whenever it is gone."""

    def __init__(self, folder: Path, link: str) -> None:
        self._folder = folder
        self._link = link
        self._process: subprocess.Popen[bytes] | None = None
        self.starts = 0

    def keep(self) -> None:
        """Start it if it is not there."""
        if self._process is not None and self._process.poll() is None:
            return
        is_paired = (self._folder / "print-agent" / "pairing.json").exists()
        link = () if is_paired else ("--link", self._link)
        arguments = ("print-agent", "--data-folder", str(self._folder), *link)
        self.starts += 1
        with (self._folder.parent / "agent.log").open("ab") as log:
            self._process = subprocess.Popen(  # noqa: S603 - our own
                [sys.executable, "-m", "queue_server", *arguments],
                stdout=log,
                stderr=log,
                start_new_session=True,
                env={**os.environ, **SETTINGS},
            )

    def kill(self) -> bool:
        """Cut its power; whether it ran."""
        if self._process is None or self._process.poll() is not None:
            return False
        with suppress(ProcessLookupError):
            self._process.send_signal(signal.SIGKILL)
        self._process.wait()
        return True

    def stop(self) -> None:
        """End it as an init system does."""
        if self._process is not None and self._process.poll() is None:
            self._process.terminate()
            try:
                self._process.wait(20)
            except subprocess.TimeoutExpired:
                self.kill()
