"""Command endpoints: read the request, send one command, write the answer."""

import secrets
from collections.abc import Mapping, Sequence
from datetime import datetime
from hashlib import blake2b
from http import HTTPStatus
from time import monotonic
from typing import Annotated, Any, cast

import msgspec
from msgspec import Struct
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Match, Route
from starlette.types import Receive, Scope, Send

from queue_server.accounts.principal import Principal, Role
from queue_server.api.access import require
from queue_server.api.body import convert, parse_object, read_body
from queue_server.api.endpoints import ENDPOINTS, Endpoint
from queue_server.api.health import Metrics
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


def sent_at_of(request: Request) -> datetime | None:
    """When the client first sent the command, if it says so.

    Raises:
        MalformedRequest: It is no instant.
    """
    text = request.headers.get("command-sent-at")
    if text is None:
        return None
    try:
        sent_at: datetime = msgspec.convert(text, Annotated[datetime, msgspec.Meta(tz=True)])
    except msgspec.ValidationError:
        message = f"expected Command-Sent-At such as 2026-11-23T08:00:00Z, got {text[:40]!r}"
        raise MalformedRequest(message) from None
    return sent_at


def _payload_hash(endpoint: Endpoint, params: Mapping[str, Any], data: bytes) -> str:
    text = f"{endpoint.path}\0{sorted(params.items())}\0".encode()
    return blake2b(text + data, digest_size=8).hexdigest()


class CommandEndpoint:
    """Answers the requests of one endpoint, as a plain ASGI application.

    Its refusals are answered where those of every route are, by `problems.HANDLERS`.
    """

    def __init__(self, endpoint: Endpoint) -> None:
        self._endpoint = endpoint

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request, whatever becomes of it, and count its time."""
        began_s = monotonic()
        try:
            await self._answer(scope, receive, send)
        finally:
            cast("Metrics", scope["state"]["metrics"]).command_time.observe(monotonic() - began_s)

    async def _answer(self, scope: Scope, receive: Receive, send: Send) -> None:
        request, endpoint = Request(scope, receive, send), self._endpoint
        replica = await replica_of(request)
        principal = await principal_of(request)
        require(principal, endpoint.access, replica.centre.id)
        payload = await read_body(request, endpoint.limit)
        params = request.path_params
        if principal.kind == "staff" and "counter" in params:
            presence_of(request).heard_command(replica.centre.id, params["counter"])
        body = {**parse_object(payload), **params}
        del body["centre"]
        if endpoint.prepare is not None:
            await endpoint.prepare(request, principal, body)
        sent = hub.Request(
            command=convert(body, endpoint.command),
            actor=principal.actor,
            command_id=command_id_of(request, principal, replica.centre.id),
            payload_hash=_payload_hash(endpoint, params, payload),
            sent_at=sent_at_of(request),
            may_act_for_others=principal.has_role(Role.MANAGER),
        )
        commit = await replica.submit(sent)
        status = HTTPStatus.OK if commit is None else HTTPStatus.CREATED
        data = msgspec.json.encode(answer(replica, commit))
        await Response(data, status_code=status, media_type=JSON)(scope, receive, send)


def route(endpoint: Endpoint) -> Route:
    """The Starlette route of one command endpoint."""
    return Route(
        f"/api/v1/centres/{{centre}}{endpoint.path}",
        CommandEndpoint(endpoint),
        methods=["POST"],
        name=endpoint.command.__name__,
    )


class CommandRoutes(BaseRoute):
    """All command endpoints as one route, which is found by the last word of the path.

    Starlette asks one route after another by regular expression; asking forty took longer than
    deciding the command.
    """

    def __init__(self, routes: Sequence[Route]) -> None:
        self.routes = routes
        self._by_ending: dict[str, list[Route]] = {}
        for one in routes:
            self._by_ending.setdefault(_ending(one.path), []).append(one)

    def matches(self, scope: Scope) -> tuple[Match, Scope]:
        """Whether the request is for one of the routes, and for which."""
        if scope["type"] == "http":
            for one in self._by_ending.get(_ending(scope["path"]), ()):
                match, found = one.matches(scope)
                if match is not Match.NONE:
                    return match, {**found, "route": one}
        return Match.NONE, {}

    async def handle(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass on to the route that was found."""
        await scope["route"].handle(scope, receive, send)


def _ending(path: str) -> str:
    return path.rpartition("/")[2]


ROUTES = [CommandRoutes([route(endpoint) for endpoint in ENDPOINTS])]
