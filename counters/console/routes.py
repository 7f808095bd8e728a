"""The console's page, and the one question it asks beside its views."""

from http import HTTPStatus
from typing import cast
from urllib.parse import quote

import msgspec
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import BaseRoute, Route

from counters.console.catalogue import catalogue
from counters.console.find_number import find_number
from queue_server.accounts.principal import Principal
from queue_server.api.access import clerk, require
from queue_server.api.state import principal_of, replica_of
from queue_server.hub.replica import Replica
from queue_server.web.centre_choice import centre_of_page
from queue_server.web.i18n import translations
from queue_server.web.pages import Pages
from queue_server.web.routes import language_of


async def console_page(request: Request) -> Response:
    """The page, for staff who may work at a counter."""
    principal = await principal_of(request)
    if principal.kind != "staff":
        here = f"{request.url.path}?{request.url.query}".rstrip("?")
        return RedirectResponse(f"/sign-in?next={quote(here)}", HTTPStatus.SEE_OTHER)
    replica = await centre_of_page(request)
    if not clerk(principal, replica.centre.id):
        return _not_for(request)
    return _page(request, replica, principal)


def _page(request: Request, replica: Replica, principal: Principal) -> Response:
    facts, language = replica.centre.configuration, language_of(request)
    name = {} if facts is None else facts.name
    boot = {
        "centre": replica.centre.id,
        "timezone": None if facts is None else facts.timezone,
        "staff": {
            "id": principal.id,
            "name": principal.name or principal.id,
            "roles": sorted(principal.roles),
        },
        "catalogue": catalogue(facts),
    }
    return cast("Pages", request.state.pages).response(
        "counters/console/console.html",
        language=language,
        boot=boot,
        centre_name=name.get(language) or name.get("vi", ""),
        centre=replica.centre.id,
        staff_name=principal.name or principal.id,
    )


def _not_for(request: Request) -> Response:
    _ = translations(language_of(request)).gettext
    return cast("Pages", request.state.pages).response(
        "error.html",
        language=language_of(request),
        status=HTTPStatus.FORBIDDEN,
        heading=_("This page is for counter staff"),
        text=_("Your account may not work at a counter of this centre. Please ask your manager."),
    )


async def number(request: Request) -> Response:
    """Where the ticket with this number is."""
    replica = await replica_of(request)
    require(await principal_of(request), clerk, replica.centre.id)
    found = find_number(replica.centre, request.path_params["number"])
    return Response(msgspec.json.encode(found), media_type="application/json")


ROUTES: list[BaseRoute] = [
    Route("/console", console_page, methods=["GET"]),
    Route("/api/v1/centres/{centre}/numbers/{number}", number, methods=["GET"]),
]
