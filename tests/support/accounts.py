"""What tests of the accounts build with."""

from collections.abc import AsyncIterator, Iterator, Mapping, Sequence
from contextlib import asynccontextmanager, contextmanager
from pathlib import Path
from typing import Any

import httpx2
from argon2 import PasswordHasher
from sqlalchemy import Engine, event
from starlette.applications import Starlette
from starlette.routing import BaseRoute

from queue_server.accounts.accounts import Accounts
from queue_server.accounts.devices import Device
from queue_server.accounts.principal import Role
from queue_server.api.problems import HANDLERS
from queue_server.archive.database import open_database
from queue_server.archive.migrate import migrate
from queue_server.core.centre import Centre
from queue_server.core.identifiers import CentreId
from queue_server.hub.messages import Sound
from queue_server.hub.sound import SoundDesk
from tests.support.centres import small_configuration

AN_BINH = CentreId("an-binh")
AN_PHU = CentreId("an-phu")
PASSWORD = "con mèo ăn cá khô"  # noqa: S105  # of nobody
QUICK = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)
"""Argon2id with too little work for anything but tests."""


async def signed_in(
    accounts: Accounts,
    login: str = "lan",
    *roles: Role,
    centre: CentreId | None = AN_BINH,
) -> str:
    """Token of the session of somebody new."""
    link = await accounts.create_staff(login, f"Trần {login}", roles or (Role.CLERK,), centre)
    return await accounts.choose_password(link, PASSWORD)


async def cannot_be_heard(sound: SoundDesk, device: Device) -> None:
    """The page of a board says that the browser blocks its sound."""
    centre = Centre(id=device.centre, configuration=small_configuration())
    asked = Sound(centre=device.centre, zones=(), holder="its-page", ask=1, state="suspended")
    await sound.ask(device.principal, centre, asked)


@contextmanager
def statements(engine: Engine) -> Iterator[list[str]]:
    """The SQL that is said to the database meanwhile."""
    said: list[str] = []

    def note(*args: object) -> None:
        said.append(str(args[2]))

    event.listen(engine, "before_cursor_execute", note)
    try:
        yield said
    finally:
        event.remove(engine, "before_cursor_execute", note)


def open_file(folder: Path) -> Engine:
    """A migrated SQLite file."""
    engine = open_database(f"sqlite:///{folder / 'queue.db'}")
    migrate(engine)
    return engine


def application(state: Mapping[str, Any], routes: Sequence[BaseRoute]) -> Starlette:
    """A server of these routes, whose requests find `state`."""

    @asynccontextmanager
    async def lifespan(_: Starlette) -> AsyncIterator[dict[str, Any]]:
        yield dict(state)

    return Starlette(routes=list(routes), lifespan=lifespan, exception_handlers=HANDLERS)


@asynccontextmanager
async def client_of(
    state: Mapping[str, Any], routes: Sequence[BaseRoute], base_url: str = "http://test"
) -> AsyncIterator[httpx2.AsyncClient]:
    """A browser of our own pages: it keeps cookies and says where its requests come from."""
    app = application(state, routes)

    async def with_state(scope: Any, receive: Any, send: Any) -> None:
        scope["state"] = dict(state)
        await app(scope, receive, send)

    headers = {"origin": base_url}
    transport = httpx2.ASGITransport(app=with_state, raise_app_exceptions=False)
    async with httpx2.AsyncClient(
        transport=transport, base_url=base_url, headers=headers
    ) as client:
        yield client
