"""What an announcer asks of the server when it starts."""

from typing import cast

import msgspec
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from queue_server.accounts.principal import NotAllowed
from queue_server.api.state import principal_of
from queue_server.core.identifiers import ZoneId
from queue_server.hub.replicas import Replicas


async def announcer(request: Request) -> Response:
    """Whose calls the announcer that asks speaks: its zones, and the centre's time zone."""
    principal = await principal_of(request)
    if principal.device_kind != "announcer" or principal.centre is None:
        message = f"expected an announcer, got {principal.name or principal.kind}"
        raise NotAllowed(message)
    replicas = cast("Replicas", request.state.replicas)
    facts = (await replicas.get(principal.centre)).centre.facts
    zone = principal.zone
    zones = [zone] if zone and ZoneId(zone) in facts.zones else list(facts.zones)
    body = msgspec.json.encode({"zones": zones, "timezone": facts.timezone})
    return Response(body, media_type="application/json")


ROUTES: list[BaseRoute] = [Route("/api/v1/announcer", announcer, methods=["GET"])]
