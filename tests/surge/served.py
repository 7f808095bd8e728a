"""The scaled server as a process of its own, and its clock."""

import os
import signal
import subprocess
import sys
from pathlib import Path
from typing import Self

import httpx2
import msgspec

from config.centre_writer import dump_centre
from queue_server.clock import KeptClock
from queue_server.core.configuration import CentreConfiguration
from tests.support.served import READY_S, free_port
from tests.surge.scaled_server import Tokens


class ScaledCentre:
    """`with ScaledCentre(folder, configuration, speed) as served:` serves at `served.url`."""

    def __init__(self, folder: Path, configuration: CentreConfiguration, speed: float) -> None:
        self.folder = folder
        self.configuration = configuration
        self.speed = speed
        self.port = free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        self.tokens = Tokens(clerks={}, manager="", kiosk="")
        self._process: subprocess.Popen[str] | None = None

    @property
    def clock(self) -> KeptClock:
        """The centre's time."""
        return KeptClock(self.folder / "data" / "clock.json")

    def __enter__(self) -> Self:
        (self.folder / "data").mkdir(parents=True, exist_ok=True)
        file = self.folder / "centre.toml"
        file.write_text(dump_centre(self.configuration), encoding="utf-8")
        environment = {
            **os.environ,
            "QUEUE_DATA_FOLDER": str(self.folder / "data"),
            "QUEUE_CENTRE_FILE": str(file),
            "QUEUE_HOST": "127.0.0.1",
            "QUEUE_PORT": str(self.port),
        }
        with (self.folder / "server.log").open("w", encoding="utf-8") as log:
            self._process = subprocess.Popen(  # noqa: S603  # own arguments
                [sys.executable, "-m", "tests.surge.scaled_server", str(self.speed)],
                env=environment,
                stdout=subprocess.PIPE,
                stderr=log,
                text=True,
                start_new_session=True,
            )
        assert self._process.stdout is not None
        for line in self._process.stdout:
            if line.startswith("{"):
                self.tokens = msgspec.json.decode(line, type=Tokens)
                self._wait_until_ready()
                return self
        raise AssertionError(self.log())

    def _wait_until_ready(self) -> None:
        transport = httpx2.HTTPTransport(retries=200)
        with httpx2.Client(transport=transport, timeout=READY_S) as client:
            assert client.get(f"{self.url}/health/ready").json()["is_ready"], self.log()

    def log(self) -> str:
        """What the server said."""
        return (self.folder / "server.log").read_text(encoding="utf-8")

    def __exit__(self, *_: object) -> None:
        if self._process is not None:
            os.kill(self._process.pid, signal.SIGTERM)
            self._process.wait(timeout=20)
            if self._process.stdout is not None:
                self._process.stdout.close()
