"""The operator's page and the lines it shows."""

from typing import cast

import msgspec
import structlog
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from counters.centres.overview import CentreLine, line_of
from counters.staff_page import pages_of, turned_away
from queue_server.accounts.principal import Principal, Role
from queue_server.api.access import require
from queue_server.api.state import principal_of
from queue_server.core.errors import QueueError
from queue_server.core.identifiers import CentreId
from queue_server.hub.replicas import Replicas
from queue_server.hub.views import Views
from queue_server.web.routes import language_of

log = structlog.get_logger()

ALL = CentreId("*")
"""Stands for every centre where a centre is asked for."""


def operator(principal: Principal, _: CentreId) -> bool:
    """Managers and administrators whose account is for every centre."""
    is_of_all = principal.kind == "staff" and principal.centre is None
    return is_of_all and principal.has_role(Role.MANAGER)


async def centres_page(request: Request) -> Response:
    """The page; its lines are asked for every few seconds."""
    if answer := await turned_away(request, operator, ALL):
        return answer
    return pages_of(request).response(
        "counters/centres/centres.html", language=language_of(request), boot={}
    )


async def overview(request: Request) -> Response:
    """All centres of this deployment, one line each; what cannot be read says why."""
    require(await principal_of(request), operator, ALL)
    replicas = cast("Replicas", request.state.replicas)
    lines = [await _line(request, centre) for centre in await replicas.journal.centres()]
    body = msgspec.json.encode({"at": request.state.clock.now(), "centres": lines})
    return Response(body, media_type="application/json", headers={"Cache-Control": "no-store"})


async def _line(request: Request, name: CentreId) -> CentreLine:
    replicas, views = cast("Replicas", request.state.replicas), cast("Views", request.state.views)
    try:
        replica = await replicas.get(name)
        return line_of(replica.centre, views.outlook(replica), request.state.clock.now())
    except QueueError as refusal:
        log.warning("a centre cannot be read", centre=name, reason=refusal.message)
        return CentreLine(id=name, fault=refusal.message)


ROUTES: list[BaseRoute] = [
    Route("/centres", centres_page, methods=["GET"]),
    Route("/api/v1/overview", overview, methods=["GET"]),
]
