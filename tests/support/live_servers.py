"""A server on a port, for browsers: the sample centre on a Monday at 08:00, in memory.

Cookies `queue_session=lan` (clerk), `=minh` (manager), `=admin`, `queue_device=kiosk` and
`=board` sign in; see `servers.TOKENS`. Run it by hand to look at pages:
``python -m tests.support.live_servers``.
"""

import asyncio
import socket
import threading
import time
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from pathlib import Path
from typing import Self, cast

import uvicorn

from config.centre_file import load_centre
from displays.speech.page_speech import PageSpeech
from queue_server.api.remote import Counts, Door
from queue_server.app import core_of, uvicorn_config, web_application
from queue_server.clock import ScaledClock
from queue_server.core import commands as c
from queue_server.core.configuration import CentreConfiguration
from queue_server.core.identifiers import CentreId, CounterId, StaffId, TicketId
from queue_server.hub.replica import Replica
from queue_server.journal.memory_journal import MemoryJournal
from queue_server.pages import VIEWS, page_parts
from queue_server.places import Places
from queue_server.rules import rules_in_force
from tests.support.centres import MORNING
from tests.support.servers import PeopleInMemory, PlainDoorKeys, parts_for, submit

SAMPLE = Path(__file__).parents[2] / "config" / "centres" / "an-binh.toml"


class SteppedClock:
    """Begins on a Monday at 08:00, runs as the machine's, and can be put elsewhere."""

    def __init__(self, speed: float) -> None:
        self.speed = speed
        self._clock = ScaledClock.starting(MORNING, speed)

    def now(self) -> datetime:
        return self._clock.now()

    def step_to(self, instant: datetime) -> None:
        self._clock = ScaledClock.starting(instant, self.speed)


class LiveServer:
    """`with LiveServer(folder) as server:` serves at `server.url`; `do` sends a command.

    With speed 0 it is 08:00 for ever, for pictures that are compared.
    """

    def __init__(  # noqa: PLR0913 - what tests want otherwise
        self,
        folder: Path,
        *,
        port: int = 0,
        waiting: int = 12,
        speed: float = 1.0,
        state: Mapping[str, object] | None = None,
        configuration: CentreConfiguration | None = None,
    ) -> None:
        self.configuration = configuration or load_centre(SAMPLE)
        self.centre: CentreId = self.configuration.id
        self.url = ""
        self.places = Places(folder)
        self._clock = clock = SteppedClock(speed)
        self._pages = page_parts()
        self._parts = parts_for(MemoryJournal(clock), clock, VIEWS)
        self._parts.rules = rules_in_force()
        self.people = cast("PeopleInMemory", self._parts.people)
        self._parts.routes = self._pages.routes
        self._parts.version = self._pages.version
        self._parts.state = {
            "pages": self._pages.pages,
            "places": self.places,
            "is_demo": True,
            "door": Door(keys=PlainDoorKeys(), counts=Counts()),
            "public_url": "http://127.0.0.1",
            "page_speech": PageSpeech(self.places.page_speech),
            **(state or {}),
        }
        self.comments = self._parts.comments
        self.core = core_of(self._parts)
        app = web_application(self._parts, self.core)
        self._port = port
        self._server = uvicorn.Server(uvicorn_config(app, "127.0.0.1", port))
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._run, args=(waiting,), daemon=True)
        self._ready = threading.Event()

    def _run(self, waiting: int) -> None:
        asyncio.set_event_loop(self._loop)
        self._loop.run_until_complete(self._main(waiting))

    async def _main(self, waiting: int) -> None:
        listening = socket.create_server(("127.0.0.1", self._port))
        self.url = f"http://127.0.0.1:{listening.getsockname()[1]}"
        await self._begin(waiting)
        self._ready.set()
        await self._server.serve(sockets=[listening])

    async def _begin(self, waiting: int) -> None:
        commands: list[c.Command] = [
            c.ApplyConfiguration(configuration=self.configuration),
            c.OpenDay(),
        ]
        procedures = list(self.configuration.procedures)
        commands += [
            c.IssueTicket(
                ticket=TicketId(f"{n:032x}"), procedure=procedures[n * 7 % len(procedures)]
            )
            for n in range(1, waiting + 1)
        ]
        counters: Sequence[CounterId] = list(self.configuration.counters)[2:6]
        for n, counter in enumerate(counters):
            staff = StaffId(f"staff-{n}")
            commands += [
                c.TakeCounter(counter=counter, staff=staff, name=f"Cán bộ {n + 1}"),
                c.OpenCounter(counter=counter),
                c.CallNext(counter=counter),
            ]
        for command in commands:
            await submit(self.core, self.centre, command)

    def do(self, command: c.Command) -> None:
        """Send a command as the system."""
        self.do_at(self.centre, command)

    def do_at(self, centre: CentreId, command: c.Command) -> None:
        """Send a command to another centre, which begins to exist if need be."""
        future = asyncio.run_coroutine_threadsafe(submit(self.core, centre, command), self._loop)
        future.result(timeout=5)

    def replica(self) -> Replica:
        """The centre as this server has it; only read it."""
        future = asyncio.run_coroutine_threadsafe(self.core.replicas.get(self.centre), self._loop)
        return future.result(timeout=5)

    def set_clock(self, instant: datetime) -> None:
        """Step the server's clock."""
        self._clock.step_to(instant)

    def later(self, *, minutes: float) -> None:
        """Let the server's time pass at once."""
        self._clock.step_to(self._clock.now() + timedelta(minutes=minutes))

    def __enter__(self) -> Self:
        self._thread.start()
        if not self._ready.wait(timeout=20):
            message = "the server did not start within 20 s"
            raise TimeoutError(message)
        return self

    def __exit__(self, *_: object) -> None:
        self._server.should_exit = True
        self._thread.join(timeout=10)
        self._loop.close()


if __name__ == "__main__":
    with LiveServer(Path("data/try"), port=8099) as running:
        print(running.url)  # noqa: T201
        while True:
            time.sleep(1)
