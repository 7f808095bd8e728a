"""`queue-server demo`: serve the sample centre and fill it with life."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import datetime

import structlog

from config.centre_file import load_centre
from config.settings import Settings
from queue_server.accounts.devices import DeviceSettings
from queue_server.app import uvicorn_config
from queue_server.clock import KeptClock
from queue_server.core.configuration import CentreConfiguration
from queue_server.core.errors import QueueError
from queue_server.core.identifiers import CentreId
from queue_server.demo.citizens import Crowd
from queue_server.demo.clerks import Clerk
from queue_server.demo.day import skip_nights, start_clock
from queue_server.demo.people import OPERATOR, VISITORS, virtual_clerks
from queue_server.demo.people_time import give_people_time
from queue_server.demo.world import World, keep_living
from queue_server.home import PAGE_ADDRESSES
from queue_server.hub.replica import Replica
from queue_server.listening import bound_socket
from queue_server.secure.door import Door
from queue_server.secure_listening import secure_door, secure_lines
from queue_server.serve import (
    Server,
    announce,
    application,
    base_url,
    free_places,
    prepared,
    run_until_told,
)

log = structlog.get_logger()


async def run_demo(settings: Settings, speed: float) -> None:
    """Serve the demo until told to stop; start again and everything is where it was."""
    configuration = await asyncio.to_thread(load_centre, settings.centre.centre_file)
    try:
        places = free_places(settings)
        with bound_socket(settings.server) as listening, secure_door(settings, places) as door:
            clock = start_clock(places.clock, configuration, None, speed)
            async with prepared(settings, clock, is_demo=True, door=door) as server:
                last = await _last_commit_at(server, configuration.id)
                if last is not None:
                    start_clock(server.places.clock, configuration, last, speed)
                    clock.refresh()
                app = application(server, _life(server, configuration, clock, speed))
                config = uvicorn_config(app, settings.server.host, settings.server.port)
                announce(_welcome(settings, configuration, speed, door))
                await run_until_told(config, listening, door)
    except QueueError as error:
        log.error("the demo cannot start", reason=error.message)  # noqa: TRY400  # a refusal
        raise SystemExit(1) from None


async def _last_commit_at(server: Server, centre: CentreId) -> datetime | None:
    """When the centre last changed, by the demo's time; None for a new one."""
    parts = server.parts
    replica = Replica(
        centre,
        journal=parts.journal,
        rules=parts.rules,
        clock=parts.clock,
        on_change=lambda _, __: None,
        archived=parts.archived,
    )
    await replica.load()
    return replica.centre.changed_at


@asynccontextmanager
async def _life(
    server: Server, configuration: CentreConfiguration, clock: KeptClock, speed: float
) -> AsyncIterator[None]:
    """Virtual citizens and clerks, for as long as the server runs."""
    replica = await server.core.replicas.get(configuration.id)
    await give_people_time(replica, configuration, speed)
    clerks = virtual_clerks(configuration)
    accounts = server.accounts
    people = [clerk.person for clerk in clerks] + list(VISITORS)
    await accounts.ensure_demo_staff(configuration.id, [person.account for person in people])
    await accounts.ensure_demo_staff(None, [OPERATOR.account])
    kiosk = await _kiosk_token(server, configuration.id)
    port = server.settings.server.port
    world = World(configuration, f"http://127.0.0.1:{port}", clock, speed)
    crowd = Crowd(world, kiosk, len(clerks))
    tasks = [asyncio.create_task(keep_living(crowd.come, "citizens"))]
    for clerk in clerks:
        token = await accounts.demo_sign_in(clerk.person.id)
        life = Clerk(world, clerk, token, replica.centre).work
        tasks.append(asyncio.create_task(keep_living(life, clerk.person.name)))
    tasks.append(asyncio.create_task(skip_nights(replica.centre, clock, speed)))
    try:
        yield
    finally:
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        await world.close()


async def _kiosk_token(server: Server, centre: CentreId) -> str:
    """The token of the demo's kiosk, kept so that a restart does not add another device."""
    file = server.places.demo_kiosk
    if file.exists():
        token = file.read_text(encoding="utf-8")
        if await server.accounts.by_device(token) is not None:
            return token
    link = await server.accounts.create_device(
        centre, "kiosk", "Kiosk", DeviceSettings(zone=None, counter=None, printer=None)
    )
    token = await server.accounts.redeem_device(link)
    file.touch(mode=0o600)
    file.write_text(token, encoding="utf-8")
    return token


def _welcome(
    settings: Settings, configuration: CentreConfiguration, speed: float, door: Door | None
) -> list[str]:
    """The addresses of all pages."""
    base = base_url(settings)
    return [
        "",
        f"  {configuration.name['vi']}",
        f"  a living centre at {speed:g} times the usual speed; stop with Ctrl-C",
        "",
        *(f"  {name:<16}{base}{path}" for name, path in PAGE_ADDRESSES),
        *(secure_lines(settings, door) if door else ()),
        "",
    ]
