"""Command endpoints: read the request, send one command, write the answer."""

import secrets
from collections.abc import Awaitable, Callable
from datetime import datetime
from hashlib import blake2b
from http import HTTPStatus
from typing import Any

import msgspec
from msgspec import Struct
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Match, Route
from starlette.types import Scope

from queue_server.accounts.principal import Principal, Role
from queue_server.api.access import require
from queue_server.api.body import convert, parse_object, read_body
from queue_server.api.endpoints import ENDPOINTS, Endpoint
from queue_server.api.problems import MalformedRequest
from queue_server.api.state import presence_of, principal_of, replica_of
from queue_server.core.commit import Commit
from queue_server.core.events import Event
from queue_server.core.identifiers import (
    CentreId,
    CommandId,
    Epoch,
    TicketId,
    TicketNumber,
)
from queue_server.hub import replica as hub
from queue_server.hub.replica import Replica

JSON = "application/json"
MAX_KEY = 255

Handle = Callable[[Request], Awaitable[Response]]


class AnsweredTicket(Struct, frozen=True):
    """The ticket the command was about."""

    id: TicketId
    number: TicketNumber


class Answer(Struct, frozen=True):
    """What an accepted command did. The same for every sending of one Idempotency-Key."""

    ticket: AnsweredTicket | None
    epoch: Epoch
    offset: int
    at: datetime | None
    events: tuple[Event, ...] = ()


def answer(replica: Replica, commit: Commit | None) -> Answer:
    """The answer of a commit; with None there was nothing to do."""
    if commit is None:
        return Answer(None, replica.epoch, replica.centre.offset, None)
    ticket = None
    for event in commit.events:
        ticket_id = getattr(event, "ticket", None)
        if isinstance(ticket_id, str) and ticket_id in replica.centre.tickets:
            found = replica.centre.tickets[TicketId(ticket_id)]
            ticket = AnsweredTicket(found.id, found.number)
            break
    return Answer(ticket, commit.epoch, commit.offset, commit.at, commit.events)


def command_id_of(request: Request, principal: Principal, centre: CentreId) -> CommandId:
    """The command's id from the Idempotency-Key and who sent it; random without a key.

    Raises:
        MalformedRequest: The key is too long.
    """
    key = request.headers.get("idempotency-key")
    if key is None:
        return CommandId(secrets.token_hex(16))
    if not 0 < len(key) <= MAX_KEY:
        message = f"expected an Idempotency-Key of 1 to {MAX_KEY} characters, got {len(key)}"
        raise MalformedRequest(message)
    text = f"{centre}\0{principal.kind}\0{principal.id}\0{key}"
    return CommandId(blake2b(text.encode(), digest_size=16).hexdigest())


def _payload_hash(endpoint: Endpoint, params: dict[str, Any], data: bytes) -> str:
    text = f"{endpoint.path}\0{sorted(params.items())}\0".encode()
    return blake2b(text + data, digest_size=8).hexdigest()


class CommandRoute(Route):
    """A route that looks at the last word of the path first.

    Starlette asks one route after another by regular expression; with this, the thirty that do
    not fit cost as little as one that does.
    """

    def __init__(self, path: str, endpoint: Handle, *, name: str) -> None:
        super().__init__(path, endpoint, methods=["POST"], name=name)
        self._ending = path[path.rindex("/") :]

    def matches(self, scope: Scope) -> tuple[Match, Scope]:
        """Whether the request is for this route, and its parameters."""
        if scope["type"] == "http" and scope["path"].endswith(self._ending):
            return super().matches(scope)
        return Match.NONE, {}


def route(endpoint: Endpoint) -> Route:
    """The Starlette route of one command endpoint."""

    async def handle(request: Request) -> Response:
        replica = await replica_of(request)
        principal = await principal_of(request)
        require(principal, endpoint.access, replica.centre.id)
        data = await read_body(request, endpoint.limit)
        params = dict(request.path_params)
        if principal.kind == "staff" and "counter" in params:
            presence_of(request).heard_command(replica.centre.id, params["counter"])
        body = {**parse_object(data), **params}
        del body["centre"]
        if endpoint.prepare is not None:
            await endpoint.prepare(request, principal, body)
        sent = hub.Request(
            command=convert(body, endpoint.command),
            actor=principal.actor,
            command_id=command_id_of(request, principal, replica.centre.id),
            payload_hash=_payload_hash(endpoint, params, data),
            may_act_for_others=principal.has_role(Role.MANAGER),
        )
        commit = await replica.submit(sent)
        status = HTTPStatus.OK if commit is None else HTTPStatus.CREATED
        return Response(
            msgspec.json.encode(answer(replica, commit)), status_code=status, media_type=JSON
        )

    name = endpoint.command.__name__
    path = f"/api/v1/centres/{{centre}}{endpoint.path}"
    return CommandRoute(path, handle, name=name)


ROUTES = [route(endpoint) for endpoint in ENDPOINTS]
