"""A whole server in the test's process, on a journal of the test's choice."""

import hashlib
import secrets
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager
from datetime import date

import httpx2
from starlette.requests import HTTPConnection
from starlette.types import Receive, Scope, Send

from queue_server.accounts.principal import NOBODY, Principal, Role
from queue_server.app import Core, Parts, core_of, web_application
from queue_server.clock import Clock
from queue_server.core import commands as c
from queue_server.core.commit import Actor
from queue_server.core.configuration import CentreConfiguration
from queue_server.core.errors import UnknownName
from queue_server.core.identifiers import (
    CentreId,
    CommandId,
    PersonKey,
    PersonRef,
    StaffId,
    TicketId,
)
from queue_server.hub.replica import Replica, Request, payload_hash
from queue_server.hub.views import ViewKind
from queue_server.journal.protocol import Journal
from tests.support.centres import rules

AN_BINH = CentreId("an-binh")
TOKENS: Mapping[str, Principal] = {
    "kiosk": Principal(kind="device", id="kiosk-1", device_kind="kiosk"),
    "ceiling": Principal(
        kind="device",
        id="ceiling-1",
        name="Loa trần",
        device_kind="announcer",
        centre=CentreId("an-binh"),
    ),
    "board": Principal(kind="device", id="board-1", device_kind="board"),
    "agent": Principal(kind="device", id="agent-1", device_kind="printer", printer="kiosk"),
    "rating": Principal(
        kind="device", id="rating", device_kind="rating", counter="counter-1", centre=AN_BINH
    ),
    "door": Principal(kind="device", id="door", device_kind="door", centre=AN_BINH),
    "rating-1": Principal(kind="device", id="rating-1", device_kind="rating", counter="1"),
    "rating-2": Principal(kind="device", id="rating-2", device_kind="rating", counter="2"),
    "lan": Principal(kind="staff", id="lan", name="Lan", roles=frozenset({Role.CLERK})),
    "hoa": Principal(kind="staff", id="hoa", name="Hoa", roles=frozenset({Role.CLERK})),
    "minh": Principal(kind="staff", id="minh", name="Minh", roles=frozenset({Role.MANAGER})),
    "admin": Principal(
        kind="staff", id="admin", name="Admin", roles=frozenset({Role.ADMINISTRATOR})
    ),
}


class TokensByName:
    """Identifies whoever sends one of the known tokens."""

    async def __call__(self, connection: HTTPConnection) -> Principal:
        header = connection.headers.get("authorization", "")
        cookies = connection.cookies
        cookie = cookies.get("queue_session") or cookies.get("queue_device", "")
        return await self.by_token(header.removeprefix("Bearer ") or cookie)

    async def by_token(self, token: str) -> Principal:
        return TOKENS.get(token, NOBODY)

    async def staff(self, staff: StaffId) -> Principal:
        found = TOKENS.get(staff, NOBODY)
        if found.kind != "staff":
            message = f"expected staff of the test, got {staff}"
            raise UnknownName(message, kind="staff", name=staff)
        return found


class PeopleInMemory:
    """Names kept in a dict."""

    def __init__(self) -> None:
        self.rows: dict[PersonRef, tuple[str, str | None]] = {}

    async def save(
        self, _: CentreId, name: str, phone: str | None, *, has_consented: bool
    ) -> PersonRef:
        ref = PersonRef(f"person-{len(self.rows) + 1}-{has_consented}")
        self.rows[ref] = (name, phone)
        return ref

    def key(self, centre: CentreId, identity: str) -> PersonKey:
        return PersonKey(hashlib.sha256(f"{centre}{identity}".encode()).hexdigest())

    def lasting_key(self, centre: CentreId, identity: str) -> PersonKey:
        return PersonKey(hashlib.sha256(f"lasting {centre}{identity}".encode()).hexdigest())


class CommentsInMemory:
    """Sentences kept in a dict."""

    def __init__(self) -> None:
        self.texts: dict[TicketId, str] = {}

    async def save(self, _: CentreId, ticket: TicketId, __: date, text: str) -> None:
        self.texts[ticket] = text


class PlainDoorKeys:
    """The same key for every centre."""

    def key(self, _: CentreId) -> bytes:
        return b"the door"


class PlentyOfSpace:
    """A disk that is never full."""

    def __init__(self) -> None:
        self.is_full = False

    def has_space(self) -> bool:
        return not self.is_full


def parts_for(journal: Journal, clock: Clock, views: Sequence[ViewKind] = ()) -> Parts:
    """Parts of a server for tests."""
    return Parts(
        journal=journal,
        rules=rules(),
        clock=clock,
        identify=TokensByName(),
        people=PeopleInMemory(),
        comments=CommentsInMemory(),
        space=PlentyOfSpace(),
        views=views,
    )


async def submit(
    core: Core, centre: CentreId, command: c.Command, command_id: CommandId | None = None
) -> Replica:
    """Do a command as the system; the centre begins to exist if need be.

    The same command again is done again; with the same ``command_id`` it is a retry.
    """
    replica = await core.replicas.get(centre, create=True)
    await replica.submit(
        Request(
            command=command,
            actor=Actor("system", "test"),
            command_id=command_id or CommandId(secrets.token_hex(16)),
            payload_hash=payload_hash(command),
            may_act_for_others=True,
        )
    )
    return replica


@asynccontextmanager
async def running_server(
    parts: Parts, configuration: CentreConfiguration, core: Core | None = None
) -> AsyncIterator[httpx2.AsyncClient]:
    """A server with one open centre, and a client that talks to it in process."""
    core = core or core_of(parts)
    app = web_application(parts, core)
    async with app.router.lifespan_context(app) as state:
        await submit(core, configuration.id, c.ApplyConfiguration(configuration=configuration))
        await submit(core, configuration.id, c.OpenDay())

        async def with_state(scope: Scope, receive: Receive, send: Send) -> None:
            scope["state"] = dict(state or {})
            await app(scope, receive, send)

        transport = httpx2.ASGITransport(app=with_state, raise_app_exceptions=False)
        async with httpx2.AsyncClient(transport=transport, base_url="http://test") as client:
            yield client
