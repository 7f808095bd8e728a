"""A procedure's checklist for everybody, to be kept on a phone or printed. Gives no number."""

from http import HTTPStatus
from typing import cast
from urllib.parse import quote, urlencode

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from displays.checklist.words import paper_words, term_words, text_of
from displays.kiosk.catalogue import procedures_in_force
from displays.phone.qr_drawing import qr_svg
from queue_server.clock import Clock
from queue_server.core.configuration import CentreConfiguration, Procedure
from queue_server.core.errors import UnknownName
from queue_server.core.hours import local_time
from queue_server.core.identifiers import ProcedureCode
from queue_server.web.centre_choice import centre_of_page
from queue_server.web.i18n import languages, translations
from queue_server.web.pages import Pages
from queue_server.web.routes import language_of


async def checklist_page(request: Request) -> Response:
    """What to bring for a procedure; a kind word for one that is not offered."""
    pages = cast("Pages", request.state.pages)
    facts, language = (await centre_of_page(request)).centre.facts, _language(request)
    procedure = _procedure(request, facts)
    if procedure is None:
        return _gone(pages, language)
    catalogue = translations(language)
    field = facts.fields[procedure.field]
    papers = [
        {
            "name": text_of(paper.name, language),
            "how": paper_words(paper, catalogue),
            "if_missing": text_of(paper.if_missing, language),
        }
        for paper in procedure.papers
    ]
    return pages.response(
        "displays/checklist/checklist.html",
        language=language,
        centre_name=text_of(facts.name, language),
        address=text_of(facts.address, language),
        hotline=facts.hotline,
        portal=facts.portal,
        procedure=text_of(procedure.name, language),
        field=text_of(field.name, language),
        zone=text_of(facts.zones[field.zone].name, language),
        papers=papers,
        opens_dossier=procedure.opens_dossier,
        terms=[term_words(term, catalogue, language) for term in procedure.terms],
        fee_note=text_of(procedure.fee_note, language),
        fee_exemption=text_of(procedure.fee_exemption, language),
        centre=facts.id,
    )


async def checklist_code(request: Request) -> Response:
    """QR code of the checklist's page; 404 where no phone can reach it."""
    public_url = cast("str | None", request.state.public_url)
    facts = (await centre_of_page(request)).centre.facts
    procedure = _procedure(request, facts)
    if not public_url or procedure is None:
        message = "expected a procedure that is in force today and a public address"
        raise UnknownName(message, kind="procedure")
    query = urlencode({"centre": facts.id, "language": _language(request)})
    address = f"{public_url.rstrip('/')}/p/{quote(procedure.code)}?{query}"
    return Response(qr_svg(address), media_type="image/svg+xml")


def _procedure(request: Request, facts: CentreConfiguration) -> Procedure | None:
    """The procedure in the path, if it is offered today."""
    clock = cast("Clock", request.state.clock)
    today = local_time(facts, clock.now()).date()
    code = ProcedureCode(request.path_params["code"])
    return next((each for each in procedures_in_force(facts, today) if each.code == code), None)


def _gone(pages: Pages, language: str) -> Response:
    _ = translations(language).gettext
    return pages.response(
        "error.html",
        language=language,
        status=HTTPStatus.NOT_FOUND,
        heading=_("This procedure is not offered here today"),
        text=_("Perhaps the address was not copied whole. Reception will help you."),
        home_url="/waits",
    )


def _language(request: Request) -> str:
    asked = language_of(request)
    return asked if asked in languages() else "vi"


ROUTES: list[BaseRoute] = [
    Route("/p/{code}", checklist_page),
    Route("/p/{code}/qr.svg", checklist_code),
]
