"""Queries: what can be read over HTTP. Views are the same bytes that sockets are sent."""

from datetime import date, datetime
from http import HTTPStatus
from typing import cast

import msgspec
from msgspec import Struct
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from queue_server.accounts.principal import NotAllowed
from queue_server.api.access import administrator, require
from queue_server.api.problems import problem
from queue_server.api.state import principal_of, replica_of
from queue_server.core.configuration import Texts
from queue_server.core.errors import InvalidValue
from queue_server.core.hours import are_tickets_open, next_tickets_at
from queue_server.core.identifiers import CentreId, FieldId, Language
from queue_server.core.ticket import Forecast
from queue_server.hub.replicas import Replicas
from queue_server.hub.views import Views

JSON = "application/json"
MAX_DIGITS = 18
"""Of an offset; a store's own numbers have no more."""


class CentreSummary(Struct, frozen=True):
    """One centre of this server."""

    id: CentreId
    name: Texts
    languages: tuple[Language, ...]


class FieldWait(Struct, frozen=True):
    """How long a field's queue is now."""

    field: FieldId
    letter: str
    name: Texts
    waiting: int
    forecast: Forecast | None
    """Of who takes a number now."""
    quieter_from: datetime | None = None
    """From when on it is usually much shorter today."""


class Waits(Struct, frozen=True):
    """Public live waits of a centre, so that people can choose the quiet one."""

    centre: CentreId
    name: Texts
    are_tickets_open: bool
    at: datetime
    """When the forecasts were made."""
    opens_at: datetime | None
    """When tickets are issued next; None while they are, or when not within a month."""
    fields: tuple[FieldWait, ...]


class Draws(Struct, frozen=True):
    """What everybody may know of the day's draws."""

    centre: CentreId
    day: date | None
    is_open: bool = False
    draw_key_hash: str = ""
    """SHA-256 of the key, in hexadecimal."""
    draw_key: str = ""
    """In hexadecimal; empty until the day is closed."""


async def centres(request: Request) -> Response:
    """Every centre of this server."""
    replicas = cast("Replicas", request.state.replicas)
    found: list[CentreSummary] = []
    for centre in await replicas.journal.centres():
        facts = (await replicas.get(centre)).centre.configuration
        if facts is not None:
            found.append(CentreSummary(facts.id, facts.name, facts.languages))
    return _json(found)


async def waits(request: Request) -> Response:
    """Who waits where, for everybody."""
    replica = await replica_of(request)
    centre, facts = replica.centre, replica.centre.facts
    views = cast("Views", request.state.views)
    outlook = views.outlook(replica)
    waiting = list(centre.waiting.values())
    fields = tuple(
        FieldWait(
            field.id,
            field.series.letter,
            field.name,
            waiting.count(field.id),
            outlook.by_field.get(field.id),
            outlook.quieter_from.get(field.id),
        )
        for field in facts.fields.values()
    )
    now = request.state.clock.now()
    is_open = are_tickets_open(facts, now)
    opens_at = None if is_open else next_tickets_at(facts, now)
    return _json(Waits(centre.id, facts.name, is_open, outlook.at, opens_at, fields))


async def draws(request: Request) -> Response:
    """The draw key of the day: its hash from opening on, itself once the day is closed."""
    centre = (await replica_of(request)).centre
    day = centre.day
    if day is None:
        return _json(Draws(centre.id, None))
    return _json(Draws(centre.id, day.date, day.is_open, day.draw_key_hash, day.draw_key))


async def view(request: Request) -> Response:
    """A view as it is now; `min_offset` waits until this process has folded that far."""
    replica = await replica_of(request)
    views = cast("Views", request.state.views)
    kind = views.kind(request.path_params["view"])
    subject = request.query_params.get("subject", "")
    principal = await principal_of(request)
    if not kind.may_watch(principal, replica.centre, subject):
        message = f"{principal.kind} may not watch {kind.name} of {replica.centre.id}"
        raise NotAllowed(message)
    wanted = _min_offset(request)
    if not await replica.wait_for(wanted):
        detail = f"expected offset {wanted}, this server is at {replica.centre.offset}"
        return problem(HTTPStatus.SERVICE_UNAVAILABLE, "behind", detail, {})
    position = replica.position
    headers = {
        "Queue-Epoch": position.epoch,
        "Queue-Offset": str(position.offset),
        "Queue-Time": request.state.clock.now().isoformat(),
    }
    return Response(views.body(kind, replica, subject), media_type=JSON, headers=headers)


def _min_offset(request: Request) -> int:
    text = request.query_params.get("min_offset", "0")
    if not text.isdecimal() or len(text) > MAX_DIGITS:
        message = f"expected min_offset as a number from 0, got {text[:40]!r}"
        raise InvalidValue(message)
    return int(text)


async def configuration(request: Request) -> Response:
    """The applied configuration, for administrators."""
    replica = await replica_of(request)
    require(await principal_of(request), administrator, replica.centre.id)
    return _json(replica.centre.facts)


def _json(value: object) -> Response:
    return Response(msgspec.json.encode(value), media_type=JSON)


CENTRE = "/api/v1/centres/{centre}"
ROUTES = [
    Route("/api/v1/centres", centres, methods=["GET"]),
    Route(f"{CENTRE}/waits", waits, methods=["GET"]),
    Route(f"{CENTRE}/draws", draws, methods=["GET"]),
    Route(f"{CENTRE}/views/{{view}}", view, methods=["GET"]),
    Route(f"{CENTRE}/configuration", configuration, methods=["GET"]),
]
