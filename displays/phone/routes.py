"""A ticket's page and its QR code. The id in the address is the only credential."""

from http import HTTPStatus
from pathlib import Path
from typing import cast

import msgspec
from starlette.requests import Request
from starlette.responses import FileResponse, Response
from starlette.routing import BaseRoute, Route

from displays.phone.qr_drawing import qr_svg
from displays.phone.view import KIND
from queue_server.core.configuration import Texts
from queue_server.core.errors import UnknownName
from queue_server.core.identifiers import CentreId, TicketId
from queue_server.hub.replica import Replica
from queue_server.hub.replicas import Replicas
from queue_server.hub.views import Views
from queue_server.push.routes import push_of
from queue_server.web.i18n import languages
from queue_server.web.pages import DEFAULT_LANGUAGE, Pages

WORKER = Path(__file__).parent / "worker.js"
PRIVATE = {"Referrer-Policy": "no-referrer", "Cache-Control": "no-store"}
"""The address must reach nobody else, and a phone that is handed on must not show it again."""


async def ticket_page(request: Request) -> Response:
    """The page of one ticket; a kind word for a number that is not of today."""
    pages = cast("Pages", request.state.pages)
    replica = await _replica_with(request)
    if replica is None:
        return _gone(pages, _language(request, DEFAULT_LANGUAGE))
    ticket = replica.centre.ticket(_ticket_id(request))
    facts = replica.centre.facts
    language = _language(request, ticket.language)
    views = cast("Views", request.state.views)
    boot = {
        "centre": replica.centre.id,
        "ticket": ticket.id,
        "timezone": facts.timezone,
        "held": msgspec.Raw(views.body(KIND, replica, ticket.id)),
        "at": request.state.clock.now(),
        "push_key": push.public_key if (push := push_of(request)) else "",
    }
    answer = pages.response(
        "displays/phone/phone.html",
        language=language,
        boot=boot,
        number=ticket.number,
        field=_text(replica.centre.field(ticket.field).name, language),
        centre_name=_text(facts.name, language),
    )
    answer.headers.update(PRIVATE)
    return answer


def _text(texts: Texts, language: str) -> str:
    return texts.get(language) or texts["vi"]


def _gone(pages: Pages, language: str) -> Response:
    answer = pages.response(
        "displays/phone/gone.html", language=language, status=HTTPStatus.NOT_FOUND
    )
    answer.headers.update(PRIVATE)
    return answer


async def worker(_: Request) -> Response:
    """What shows messages; under ``/t/``, since a browser lets it serve its own folder alone."""
    return FileResponse(WORKER, media_type="text/javascript", headers={"Cache-Control": "no-cache"})


async def ticket_code(request: Request) -> Response:
    """QR code of the ticket's page, for the kiosk's screen; 404 where no phone can reach it."""
    public_url = cast("str | None", request.state.public_url)
    if not public_url or await _replica_with(request) is None:
        message = "expected a ticket of today and a public address"
        raise UnknownName(message, kind="ticket")
    address = f"{public_url.rstrip('/')}/t/{_ticket_id(request)}"
    return Response(qr_svg(address), media_type="image/svg+xml", headers=PRIVATE)


async def _replica_with(request: Request) -> Replica | None:
    """The centre that has the ticket: a loaded one, or the one named by ``?centre=``."""
    replicas = cast("Replicas", request.state.replicas)
    ticket = _ticket_id(request)
    for replica in replicas.loaded():
        if ticket in replica.centre.tickets:
            return replica
    named = request.query_params.get("centre")
    if named is None:
        return None
    try:
        replica = await replicas.get(CentreId(named))
    except UnknownName:
        return None
    return replica if ticket in replica.centre.tickets else None


def _ticket_id(request: Request) -> TicketId:
    return TicketId(request.path_params["ticket"])


def _language(request: Request, preferred: str) -> str:
    """``?language=`` if there is such a catalogue, else the language of the ticket."""
    asked = request.query_params.get("language", preferred)
    return asked if asked in languages() else preferred


ROUTES: list[BaseRoute] = [
    Route("/t/worker.js", worker),
    Route("/t/{ticket}", ticket_page),
    Route("/t/{ticket}/qr.svg", ticket_code),
]
