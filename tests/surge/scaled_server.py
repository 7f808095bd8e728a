"""A real server on a scaled clock, with store and workers: ``python -m tests.surge.scaled_server``.

What `queue-server demo` starts, without its virtual people. When it serves, it says the tokens
with which the driver's people sign in, as one line of JSON.
"""

import asyncio
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import msgspec
from msgspec import Struct

from config.centre_file import load_centre
from config.settings import read_settings
from queue_server.accounts.devices import DeviceSettings
from queue_server.accounts.principal import Role
from queue_server.app import uvicorn_config
from queue_server.clock import KeptClock, ScaledClock
from queue_server.core.identifiers import CounterId, StaffId
from queue_server.listening import bound_socket
from queue_server.serve import Server, application, free_places, prepared, run_until_told
from tests.surge.centre import MORNING

MANAGER = StaffId("manager")


class Tokens(Struct, kw_only=True):
    """Who signs in with what."""

    clerks: dict[CounterId, str]
    manager: str
    kiosk: str


async def serve(speed: float) -> None:
    """Serve until told to stop; the clock starts when the doors open."""
    settings = read_settings()
    places = free_places(settings)
    with bound_socket(settings.server) as listening:
        ScaledClock.starting(MORNING, speed).keep(places.clock)
        async with prepared(settings, KeptClock(places.clock), is_demo=True) as server:
            app = application(server, _ready(server, speed))
            config = uvicorn_config(app, settings.server.host, settings.server.port)
            await run_until_told(config, listening)


@asynccontextmanager
async def _ready(server: Server, speed: float) -> AsyncIterator[None]:
    configuration = load_centre(server.settings.centre.centre_file)
    accounts, centre = server.accounts, configuration.id
    clerks = {counter: StaffId(f"clerk-{counter}") for counter in configuration.counters}
    people = [(who, who, f"Cán bộ {n}", (Role.CLERK,)) for n, who in enumerate(clerks.values(), 1)]
    manager = (MANAGER, MANAGER, "Quản lý", (Role.MANAGER,))
    await accounts.ensure_demo_staff(centre, [*people, manager])
    place = DeviceSettings(zone=None, counter=None, printer=None)
    link = await accounts.create_device(centre, "kiosk", "Kiosk", place)
    tokens = Tokens(
        clerks={counter: await accounts.demo_sign_in(who) for counter, who in clerks.items()},
        manager=await accounts.demo_sign_in(MANAGER),
        kiosk=await accounts.redeem_device(link),
    )
    # the start took seconds, which are minutes here: the day begins now
    ScaledClock.starting(MORNING, speed).keep(server.places.clock)
    sys.stdout.write(msgspec.json.encode(tokens).decode() + "\n")
    sys.stdout.flush()
    yield


if __name__ == "__main__":
    asyncio.run(serve(float(sys.argv[1])))
