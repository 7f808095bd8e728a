"""Who speaks in which zone now: for staff, who must know when nobody does."""

from typing import cast

import msgspec
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from queue_server.api.access import clerk, require
from queue_server.api.state import principal_of, replica_of
from queue_server.hub.sound import SoundDesk


async def sound(request: Request) -> Response:
    """Who speaks the calls in each zone, and why nobody does."""
    replica = await replica_of(request)
    require(await principal_of(request), clerk, replica.centre.id)
    desk = cast("SoundDesk", request.state.sound)
    zones = await desk.zones(replica.centre)
    return Response(msgspec.json.encode(zones), media_type="application/json")


ROUTES = [Route("/api/v1/centres/{centre}/sound", sound, methods=["GET"])]
