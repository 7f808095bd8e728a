"""A real `queue-server serve` in processes of its own: private store, workers, SQLite, HTTP."""

import os
import signal
import socket
import subprocess
import sys
from collections.abc import Mapping
from datetime import time
from pathlib import Path
from typing import Self

import httpx2
from msgspec.structs import replace

from config.centre_file import load_centre
from config.centre_writer import dump_centre
from config.settings import SAMPLE_CENTRE
from queue_server.core.configuration import CentreConfiguration, OpeningHours, Session
from queue_server.core.hours import WEEKDAYS
from queue_server.core.identifiers import PrinterId

READY_S = 40.0
KIOSK_PRINTER = PrinterId("kiosk")


def always_open(configuration: CentreConfiguration) -> CentreConfiguration:
    """The centre with doors open day and night, so that tests run at any hour."""
    whole_day = Session(opens=time(0), tickets_until=time(23, 59, 58), closes=time(23, 59, 59))
    hours = OpeningHours(weekdays=dict.fromkeys(WEEKDAYS, (whole_day,)))
    return replace(configuration, hours=hours)


def with_printer(configuration: CentreConfiguration, address: str) -> CentreConfiguration:
    """The centre with one network printer for slips and receipts."""
    printer = replace(configuration.printers[KIOSK_PRINTER], address=address)
    counters = {
        key: replace(counter, printer=KIOSK_PRINTER)
        for key, counter in configuration.counters.items()
    }
    return replace(configuration, printers={KIOSK_PRINTER: printer}, counters=counters)


def sample_centre(printer: str | None = None) -> CentreConfiguration:
    """The sample centre, always open, with a printer at the address if one is given."""
    configuration = always_open(load_centre(SAMPLE_CENTRE))
    return configuration if printer is None else with_printer(configuration, printer)


def free_port() -> int:
    """A TCP port that nobody listens on."""
    with socket.create_server(("127.0.0.1", 0)) as probe:
        return int(probe.getsockname()[1])


class ServedCentre:
    """`with ServedCentre(folder, configuration) as served:` serves at `served.url`."""

    def __init__(
        self,
        folder: Path,
        configuration: CentreConfiguration,
        settings: Mapping[str, str] | None = None,
    ) -> None:
        self.folder = folder
        self.configuration = configuration
        self.port = free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        self._settings = settings or {}
        self._process: subprocess.Popen[str] | None = None
        self.first_link = ""
        """The link with which the first administrator chooses a password."""

    def start(self) -> None:
        """Start the server and wait until it is ready."""
        self.folder.mkdir(parents=True, exist_ok=True)
        file = self.folder / "centre.toml"
        file.write_text(dump_centre(self.configuration), encoding="utf-8")
        environment = {
            **os.environ,
            "QUEUE_DATA_FOLDER": str(self.folder / "data"),
            "QUEUE_CENTRE_FILE": str(file),
            "QUEUE_HOST": "127.0.0.1",
            "QUEUE_PORT": str(self.port),
            "QUEUE_PUBLIC_URL": self.url,
            **self._settings,
        }
        log = (self.folder / "server.log").open("a", encoding="utf-8")
        with log:
            self._process = subprocess.Popen(
                [sys.executable, "-m", "queue_server", "serve"],
                env=environment,
                stdout=subprocess.PIPE,
                stderr=log,
                text=True,
                start_new_session=True,
            )
        self._read_welcome()
        self._wait_until_ready()

    def _read_welcome(self) -> None:
        assert self._process is not None
        assert self._process.stdout is not None
        for line in self._process.stdout:
            if "/welcome?token=" in line:
                token = line.split("/welcome?token=")[1].strip()
                self.first_link = f"{self.url}/welcome?token={token}"
            if "all pages" in line and self.first_link:
                return
            if "/welcome" in line:
                return
        raise AssertionError(self.log())

    def _wait_until_ready(self) -> None:
        transport = httpx2.HTTPTransport(retries=200)
        with httpx2.Client(transport=transport, timeout=READY_S) as client:
            answer = client.get(f"{self.url}/health/ready")
        assert answer.json()["is_ready"], self.log()

    def log(self) -> str:
        """What the server said."""
        return (self.folder / "server.log").read_text(encoding="utf-8")

    def stop(self) -> None:
        """Stop the server as Ctrl-C would."""
        if self._process is not None:
            os.kill(self._process.pid, signal.SIGTERM)
            self._process.wait(timeout=20)
            if self._process.stdout is not None:
                self._process.stdout.close()
            self._process = None

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.stop()
