"""A phone asks to be told of its ticket, or not any more; the ticket's id is the credential."""

import asyncio
from http import HTTPStatus
from typing import Annotated, cast

from msgspec import Meta, Struct
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from queue_server.api.body import convert, parse_object, read_body
from queue_server.api.state import replica_of
from queue_server.core.errors import IllegalAction, UnknownName
from queue_server.core.identifiers import Language, TicketId
from queue_server.core.ticket import FINISHED, Ticket
from queue_server.push.endpoints import LONGEST, checked_endpoint
from queue_server.push.subscriptions import Keys, Subscription, Subscriptions

MAX_BODY = 4_096


class Push(Struct, frozen=True, kw_only=True):
    """What pages and routes need of it."""

    subscriptions: Subscriptions
    public_key: str
    is_private_allowed: bool = False


class Subscribe(Struct, frozen=True, forbid_unknown_fields=True):
    """What a browser gives a page that may send messages."""

    endpoint: Annotated[str, Meta(max_length=LONGEST)]
    keys: Keys
    language: Annotated[str, Meta(pattern=r"^[A-Za-z0-9-]{2,35}\Z")] = "vi"


def push_of(request: Request) -> Push | None:
    """What the server offers; None where no messages are sent."""
    return cast("Push | None", getattr(request.state, "push", None))


async def subscribe(request: Request) -> Response:
    """Tell this phone when it is the ticket's turn, until the day ends."""
    push, ticket = await _wanted(request)
    body = convert(parse_object(await read_body(request, MAX_BODY)), Subscribe)
    if ticket.state in FINISHED:
        message = f"expected a ticket that is not over, {ticket.number} is {ticket.state}"
        raise IllegalAction(message, state=ticket.state.value)
    wanted = Subscription(
        ticket=ticket.id,
        endpoint=checked_endpoint(body.endpoint, is_private_allowed=push.is_private_allowed),
        keys=body.keys,
        language=Language(body.language),
    )
    centre = (await replica_of(request)).centre.id
    now = request.state.clock.now()
    await asyncio.to_thread(push.subscriptions.save, centre, wanted, now)
    return Response(status_code=HTTPStatus.NO_CONTENT)


async def unsubscribe(request: Request) -> Response:
    """Tell no phone of this ticket any more."""
    push, ticket = await _wanted(request)
    await asyncio.to_thread(push.subscriptions.forget_ticket, ticket.id)
    return Response(status_code=HTTPStatus.NO_CONTENT)


async def _wanted(request: Request) -> tuple[Push, Ticket]:
    push = push_of(request)
    if push is None:
        message = "expected a server that sends messages to phones"
        raise UnknownName(message, kind="push")
    ticket = (await replica_of(request)).centre.ticket(TicketId(request.path_params["ticket"]))
    return push, ticket


PUSH = "/api/v1/centres/{centre}/tickets/{ticket}/push"
ROUTES: list[BaseRoute] = [
    Route(PUSH, subscribe, methods=["POST"]),
    Route(PUSH, unsubscribe, methods=["DELETE"]),
]
