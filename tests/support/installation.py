"""A real installation that may be killed anywhere: server, private store, crew, workers.

All of them carry the data folder in their environment or command line, by which they are found
in /proc, also when the process that started them is gone.
"""

import asyncio
import os
import signal
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import suppress
from enum import StrEnum
from pathlib import Path

import httpx2
from msgspec import Struct

from config.centre_writer import dump_centre
from queue_server.accounts.accounts import Accounts
from queue_server.accounts.devices import DeviceSettings
from queue_server.accounts.principal import Role
from queue_server.archive.database import open_database
from queue_server.archive.migrate import migrate
from queue_server.clock import SystemClock
from queue_server.core.configuration import CentreConfiguration
from queue_server.core.identifiers import StaffId
from queue_server.places import Places
from tests.support.accounts import PASSWORD

READY_LIMIT_S = 60.0
LOOK_EVERY_S = 0.1
END_LIMIT_S = 20.0
MAX_WORDS = 2_000


class Part(StrEnum):
    """What can be killed."""

    SERVER = "server"
    STORE = "store"
    CREW = "crew"
    """Parent of the workers."""
    WORKER = "worker"


class Running(Struct, frozen=True):
    """A process of the installation."""

    process_id: int
    part: Part


class Tokens(Struct, frozen=True):
    """Who may send commands."""

    kiosk: str
    manager: str
    clerks: Sequence[StaffId]
    """One for each counter."""


class NotReady(Exception):
    """The server does not come back."""


class Installation:
    """`queue-server serve` on a folder of its own, started again whenever it is gone."""

    def __init__(self, folder: Path, configuration: CentreConfiguration, port: int) -> None:
        self.folder = folder
        self.data = folder / "data"
        self.places = Places(self.data)
        self.url = f"http://127.0.0.1:{port}"
        self.starts = 0
        self._centre_file = folder / "centre.toml"
        self._centre_file.write_text(dump_centre(configuration), encoding="utf-8")
        self._centre = configuration.id
        self._port = port
        self._server: subprocess.Popen[bytes] | None = None

    async def make_accounts(self, clerks: int = 0) -> Tokens:
        """Let a kiosk, a manager and clerks in, before the server first starts."""
        self.data.mkdir(parents=True, exist_ok=True, mode=0o700)
        engine = open_database(f"sqlite:///{self.data / 'queue.sqlite3'}")
        migrate(engine)
        accounts = Accounts(engine, SystemClock())
        link = await accounts.create_staff("minh", "Minh", (Role.MANAGER,), None)
        manager = await accounts.choose_password(link, PASSWORD)
        link = await accounts.create_device(self._centre, "kiosk", "Kiosk", DeviceSettings())
        kiosk = await accounts.redeem_device(link)
        for number in range(clerks):
            await accounts.create_staff(f"clerk-{number}", "Cán bộ", (Role.CLERK,), None)
        seated = [person.id for person in await accounts.list_staff() if person.name == "Cán bộ"]
        engine.dispose()
        return Tokens(kiosk, manager, seated)

    def start(self) -> None:
        """Start the server process."""
        environment = {
            **os.environ,
            "QUEUE_DATA_FOLDER": str(self.data),
            "QUEUE_CENTRE_FILE": str(self._centre_file),
            "QUEUE_HOST": "127.0.0.1",
            "QUEUE_PORT": str(self._port),
            "QUEUE_PUBLIC_URL": self.url,
        }
        self.starts += 1
        with (self.folder / "server.log").open("ab") as log:
            self._server = subprocess.Popen(
                [sys.executable, "-m", "queue_server", "serve"],
                env=environment,
                stdout=log,
                stderr=log,
                start_new_session=True,
            )

    async def keep(self) -> None:
        """Start the server again whenever it has ended, as an init system does."""
        while True:
            if self._server is None or self._server.poll() is not None:
                self.start()
            await asyncio.sleep(LOOK_EVERY_S)

    async def wait_until_ready(self) -> None:
        """Return when the server can serve.

        Raises:
            NotReady: It does not become ready.
        """
        try:
            async with asyncio.timeout(READY_LIMIT_S), httpx2.AsyncClient(timeout=2) as client:
                while not await self._is_ready(client):  # noqa: ASYNC110  # another process
                    await asyncio.sleep(LOOK_EVERY_S)
        except TimeoutError:
            message = f"the server was not ready within {READY_LIMIT_S} s; it said: {self.log()}"
            raise NotReady(message[-MAX_WORDS:]) from None

    async def _is_ready(self, client: httpx2.AsyncClient) -> bool:
        try:
            answer = await client.get(f"{self.url}/health/ready")
        except httpx2.HTTPError:
            return False
        return answer.status_code == 200

    async def open_day(self, token: str) -> None:
        """Open the day, unless the timer did."""
        path = f"{self.url}/api/v1/centres/{self._centre}/day/open"
        async with httpx2.AsyncClient(timeout=READY_LIMIT_S) as client:
            await client.post(path, headers={"authorization": f"Bearer {token}"})

    def processes(self) -> list[Running]:
        """Everything of this installation that runs now."""
        found = list(_of_folder(str(self.data).encode()))
        crews = {process_id for process_id, parent, part in found if part is Part.CREW}
        return [
            Running(process_id, Part.WORKER if parent in crews else part)
            for process_id, parent, part in found
        ]

    def ids_of(self, part: Part) -> list[int]:
        """Process ids of one part."""
        return [each.process_id for each in self.processes() if each.part is part]

    async def stop(self) -> None:
        """End the server as an init system does; whatever is left then is killed."""
        if self._server is not None and self._server.poll() is None:
            self._server.send_signal(signal.SIGTERM)
            try:
                await asyncio.to_thread(self._server.wait, END_LIMIT_S)
            except subprocess.TimeoutExpired:
                self._server.kill()
                self._server.wait()
        for each in self.processes():
            kill(each.process_id)

    def log(self) -> str:
        """What the server and its workers said."""
        return (self.folder / "server.log").read_text(encoding="utf-8", errors="replace")


def kill(process_id: int) -> None:
    """End the process without a chance to say goodbye."""
    with suppress(ProcessLookupError):  # it has ended meanwhile
        os.kill(process_id, signal.SIGKILL)


def _of_folder(folder: bytes) -> Iterator[tuple[int, int, Part]]:
    """Process id, parent and part of each process that belongs to the data folder.

    A worker looks like its crew: it is the child of one.
    """
    for entry in Path("/proc").iterdir():
        if not entry.name.isdigit():
            continue
        try:
            line = (entry / "cmdline").read_bytes()
            if folder not in line and folder not in (entry / "environ").read_bytes():
                continue
            stat = (entry / "stat").read_text("ascii", errors="replace")
        except OSError:
            continue
        state, parent = stat.rpartition(")")[2].split()[:2]
        part = _part(line)
        if part is not None and state != "Z":
            yield int(entry.name), int(parent), part


def _part(line: bytes) -> Part | None:
    if b"store.sock" in line or b"--unixsocket" in line:
        return Part.STORE
    if b"\0serve\0" in line:
        return Part.SERVER
    return Part.CREW if b"\0work\0" in line else None
