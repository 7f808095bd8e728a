"""The page about printers, the search in the own networks, and a test print on what it found."""

import asyncio
from http import HTTPStatus
from typing import Final, cast
from urllib.parse import quote, urlencode

import msgspec
from msgspec import Struct
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import BaseRoute, Route

from printers.discovery import FoundPrinter, PrinterSearch
from printers.printer import Verdict
from printers.printer_model import MODELS, model_named
from printers.trial_page import trial_page
from queue_server.api.access import administrator, require
from queue_server.api.body import convert, parse_object, read_body
from queue_server.api.state import principal_of, replica_of
from queue_server.clock import Clock
from queue_server.core.centre import Centre
from queue_server.core.errors import UnknownName
from queue_server.core.hours import local_time
from queue_server.web.centre_choice import centre_of_page
from queue_server.web.i18n import languages, translations
from queue_server.web.pages import Pages
from queue_server.web.routes import language_of

TRIAL_JOB: Final = "trial-found"


class Found(Struct, frozen=True):
    """What a search found, and where it looked."""

    networks: list[str]
    printers: list[FoundPrinter]


class TryFound(Struct, frozen=True, forbid_unknown_fields=True):
    """A printer of the last search to print a test page on."""

    host: str
    model: str = "generic_80mm"


class Tried(Struct, frozen=True):
    """What became of the test page."""

    result: str
    detail: str
    warning: str

    @classmethod
    def of(cls, verdict: Verdict) -> "Tried":
        """The verdict for the page."""
        return cls(verdict.result, str(verdict.detail), verdict.warning)


async def printers_page(request: Request) -> Response:
    """The page, for administrators; how the printers are comes over the socket."""
    centre = (await centre_of_page(request)).centre
    principal = await principal_of(request)
    if principal.kind == "nobody":
        here = request.url.path + (f"?{request.url.query}" if request.url.query else "")
        return RedirectResponse(f"/sign-in?next={quote(here)}", HTTPStatus.SEE_OTHER)
    pages, language = cast("Pages", request.state.pages), language_of(request)
    if not administrator(principal, centre.id):
        return _refused(pages, language)
    facts = centre.configuration
    name = facts.name if facts else {}
    boot = {
        "centre": centre.id,
        "timezone": facts.timezone if facts else "Asia/Ho_Chi_Minh",
        "models": {model.name: model.title for model in MODELS.values()},
        "networks": _search(request).networks(),
    }
    return pages.response(
        "printers/pages/printers.html",
        language=language,
        boot=boot,
        centre_name=name.get(language) or name.get("vi", centre.id),
        languages={tag: f"?{urlencode({'language': tag})}" for tag in languages()},
    )


def _refused(pages: Pages, language: str) -> Response:
    _ = translations(language).gettext
    return pages.response(
        "error.html",
        language=language,
        status=HTTPStatus.FORBIDDEN,
        heading=_("This page is for administrators"),
        text=_("Please ask an administrator, or sign in as one."),
    )


async def search_printers(request: Request) -> Response:
    """Look for printers in the server's own private networks; it takes a few seconds."""
    await _administrator(request)
    search = _search(request)
    return _json(Found(search.networks(), await search.search()))


async def try_found(request: Request) -> Response:
    """Print a test page on a printer that the last search found."""
    centre = await _administrator(request)
    wanted = convert(parse_object(await read_body(request)), TryFound)
    found = _search(request).found.get(wanted.host)
    if found is None:
        message = f"expected a printer of the last search, got {wanted.host!r}"
        raise UnknownName(message, kind="printer", name=wanted.host)
    model = model_named(wanted.model)
    clock = cast("Clock", request.state.clock)
    now = local_time(centre.facts, clock.now())
    page = trial_page(f"{found.host}:{found.port}", model.title, model.dots, now, model.code_page)

    def print_page() -> Verdict:
        from printers.escpos_printer import Address, NetworkPrinter  # noqa: PLC0415 - pictures
        from printers.trial_page_drawing import draw_trial_page  # noqa: PLC0415

        printer = NetworkPrinter(Address(found.host, found.port), model)
        return printer.print(TRIAL_JOB, draw_trial_page(page, model.dots))

    return _json(Tried.of(await asyncio.to_thread(print_page)))


async def _administrator(request: Request) -> Centre:
    centre = (await replica_of(request)).centre
    require(await principal_of(request), administrator, centre.id)
    return centre


def _search(request: Request) -> PrinterSearch:
    return cast("PrinterSearch", request.state.printer_search)


def _json(value: object) -> Response:
    headers = {"Cache-Control": "no-store"}
    return Response(msgspec.json.encode(value), media_type="application/json", headers=headers)


CENTRE = "/api/v1/centres/{centre}"
ROUTES: list[BaseRoute] = [
    Route("/printers", printers_page, methods=["GET"]),
    Route(f"{CENTRE}/printer-search", search_printers, methods=["POST"]),
    Route(f"{CENTRE}/printer-search/test", try_found, methods=["POST"]),
]
