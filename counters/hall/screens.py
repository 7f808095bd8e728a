"""Screens of the lobby in trouble, for the reception: whose voice nobody hears.

What a screen says of itself is no fact of the queue and not in the journal; it is known in the
process that holds the screen's line, and asked for while a reception's page is open.
"""

from typing import cast

import msgspec
from msgspec import Struct
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from queue_server.api.access import reception, require
from queue_server.api.state import principal_of, replica_of
from queue_server.core.centre import Centre
from queue_server.core.configuration import Texts
from queue_server.core.identifiers import BoardId, ZoneId
from queue_server.hub.connection import Reported, Reports

HEARD = frozenset({"running", "off"})


class SilentScreen(Struct, frozen=True, kw_only=True):
    """A screen that should speak and cannot."""

    device: str
    name: str
    place: Texts
    """The board's name, or its zone's; empty for the whole centre."""


def silent_screens(centre: Centre, reports: Reports) -> list[SilentScreen]:
    """Connected screens of the centre whose sound the browser blocks, by name."""
    silent = [
        SilentScreen(
            device=told.device.id,
            name=told.device.name or told.device.id,
            place=_place(centre, told),
        )
        for told in reports.values()
        if told.device.is_of(centre.id) and told.said.get("sound", "off") not in HEARD
    ]
    return sorted(silent, key=lambda screen: screen.name)


def _place(centre: Centre, told: Reported) -> Texts:
    facts = centre.configuration
    if facts is None:
        return {}
    board = facts.boards.get(BoardId(told.device.board or ""))
    zone = facts.zones.get(ZoneId(told.device.zone or ""))
    if board is not None:
        return board.name
    return {} if zone is None else zone.name


async def screens(request: Request) -> Response:
    """The silent screens of a centre."""
    replica = await replica_of(request)
    require(await principal_of(request), reception, replica.centre.id)
    found = silent_screens(replica.centre, cast("Reports", request.state.reports))
    headers = {"Cache-Control": "no-store"}
    return Response(msgspec.json.encode(found), media_type="application/json", headers=headers)


ROUTES: list[BaseRoute] = [
    Route("/api/v1/centres/{centre}/silent-screens", screens, methods=["GET"])
]
