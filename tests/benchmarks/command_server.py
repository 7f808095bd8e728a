"""A server process of many centres, as in service but without workers and follower.

Real journal, real accounts in SQLite, every view registered; what is measured is the path of a
command. It writes its staff's token to standard output when it is ready.
"""

import argparse
import asyncio
import contextlib
import os
import socket
import sys
from collections.abc import AsyncIterator
from pathlib import Path

import uvloop
from msgspec.structs import replace

from queue_server.accounts.accounts import Accounts
from queue_server.accounts.principal import Role
from queue_server.app import (
    Core,
    Parts,
    core_of,
    uvicorn_config,
    web_application,
)
from queue_server.archive.database import open_database
from queue_server.archive.migrate import migrate
from queue_server.clock import SystemClock
from queue_server.core import commands as c
from queue_server.core.configuration import CentreConfiguration
from queue_server.core.identifiers import CentreId, StaffId
from queue_server.garbage import collect_seldom
from queue_server.identity import AccountsIdentify
from queue_server.journal.embedded_redis import EmbeddedRedis
from queue_server.journal.redis_journal import RedisJournal
from queue_server.logs import set_up_logs
from queue_server.pages import VIEWS
from queue_server.rules import rules_in_force
from queue_server.serve import run_until_told
from tests.support.accounts import PASSWORD
from tests.support.busy_centre import busy_centre
from tests.support.servers import CommentsInMemory, PeopleInMemory, PlentyOfSpace, submit

BIG = "big"
"""Id of the one centre with as many counters as there are connections."""


async def _sign_in(accounts: Accounts) -> str:
    link = await accounts.create_staff("minh", "Minh", (Role.MANAGER,), None)
    return await accounts.choose_password(link, PASSWORD)


async def _begin(core: Core, configuration: CentreConfiguration) -> None:
    """Open the centre and all its counters."""
    commands: list[c.Command] = [
        c.ApplyConfiguration(configuration=configuration),
        c.OpenDay(),
    ]
    for counter in configuration.counters:
        staff = StaffId(f"staff-{counter}")
        commands.append(c.TakeCounter(counter=counter, staff=staff, name="Lan"))
        commands.append(c.OpenCounter(counter=counter))
    for command in commands:
        await submit(core, configuration.id, command)


@contextlib.asynccontextmanager
async def _tell(core: Core, centres: int, accounts: Accounts) -> AsyncIterator[None]:
    now = SystemClock().now()
    one = busy_centre(now)
    configurations = [replace(one, id=CentreId(f"c{n}")) for n in range(centres)]
    configurations.append(busy_centre(now, centre=BIG, counters=centres))
    await asyncio.gather(*(_begin(core, configuration) for configuration in configurations))
    token = await _sign_in(accounts)
    collect_seldom()
    sys.stdout.write(token + "\n")
    sys.stdout.flush()
    yield


async def run(port: int, folder: Path, centres: int) -> None:
    """Serve until told to stop."""
    clock = SystemClock()
    store = EmbeddedRedis(folder / "store", min_free_bytes=0)
    engine = open_database(f"sqlite:///{folder / 'queue.sqlite3'}")
    await asyncio.to_thread(migrate, engine)
    accounts = Accounts(engine, clock)
    journal = RedisJournal(await store.start())
    try:
        parts = Parts(
            journal=journal,
            rules=rules_in_force(),
            clock=clock,
            identify=AccountsIdentify(accounts),
            people=PeopleInMemory(),
            comments=CommentsInMemory(),
            space=PlentyOfSpace(),
            views=VIEWS,
        )
        core = core_of(parts)
        app = web_application(parts, core, _tell(core, centres, accounts))
        with socket.create_server(("127.0.0.1", port)) as listening:
            await run_until_told(uvicorn_config(app, "127.0.0.1", port), listening)
    finally:
        await journal.close()
        await store.stop()


def main() -> None:
    """Read the arguments and serve; profile if `QUEUE_PROFILE` names a file."""
    parser = argparse.ArgumentParser()
    parser.add_argument("port", type=int)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--centres", type=int, default=64)
    arguments = parser.parse_args()
    set_up_logs("plain")
    serving = run(arguments.port, arguments.folder, arguments.centres)
    profile_file = os.environ.get("QUEUE_PROFILE")
    if profile_file is None:
        uvloop.run(serving)
        return
    import cProfile  # noqa: PLC0415  # for whoever looks for the costly line

    with cProfile.Profile() as profile:
        uvloop.run(serving)
    profile.dump_stats(profile_file)


if __name__ == "__main__":
    main()
